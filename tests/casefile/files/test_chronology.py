"""The chronology through the desk, on both stores: filters, marks by hand, several files of a family, bands, paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.errors import Invalid, Missing
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.chronology.actions import mark_event
from casefile.files.chronology.model import Chronology, Wanted, chosen
from casefile.files.chronology.queries import chronology
from casefile.files.chronology.timeline import DAYS, SIZES, scale_of, timeline_of
from casefile.files.picture.shapes import Words
from casefile.files.queries.docket import open_docket, versions
from casefile.paper.chronology import preview_chronology, print_chronology
from tests.conftest import officer_of

DAY = "2026-10-05"


class Kept:
    """F-1 with two children; F-2 where the younger one's father has another child."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.file, self.other = desk.do(open_file, "F-1").result, desk.do(open_file, "F-2").result
        self.kayla, self.tyler = self.child("Kayla", self.file), self.child("Tyler", self.file)
        self.ben = self.child("Ben", self.other)
        desk.do(record_fact, self.other, self.tyler, "involvement", {"role": "sibling"})
        visit: dict[str, Any] = {
            "kind": "visit_unannounced",
            "by_whom": "PC Dale",
            "child_seen": "with_others",
            "note": "At home.",
        }
        risk: dict[str, Any] = {"trigger": "first", "rationale": "As said.", "review_on": "2027-01-01"}
        self.visit = self.entry("contact", "2026-10-05", **visit, concerns=[str(self.kayla)])
        self.risk = self.entry("risk", "2026-10-06", **risk, level="high")
        self.entry("risk", "2026-10-20", **risk, level="standard")
        self.shared = self.entry(
            "disclosure", "2026-10-07", kind="received", other_party="Dr Aas", agency="hospital", what="A letter",
            lawful_basis="dpa18_law_enforcement",
        )  # fmt: skip
        self.elsewhere = self.entry("contact", "2026-10-09", file=self.other, **visit)

    def child(self, given: str, file: UUID) -> UUID:
        name = {"kind": "legal", "given": given, "family": "Marsh"}
        home = {"address": "12 Weir Street", "kind": "home", "from_on": "2026-01-01"}
        facts = {"name": name, "involvement": {"role": "subject"}, "residence": home}
        return self.desk.do(add_person, file, facts).result

    def entry(self, section: str, day: str, file: UUID | None = None, **values: object) -> UUID:
        form = {"happened_on": day, "known_on": day, **values}
        return self.desk.do(record_entry, file or self.file, section, form).result.thread_id

    def read(self, *beside: UUID) -> Chronology:
        return self.desk.read(chronology, self.file, beside)


def sections(told: Chronology, wanted: Wanted) -> list[str]:
    return [one.section for one in chosen(told, wanted)]


def test_it_is_filtered_by_person_agency_section_weight_words_and_days(desk: Desk) -> None:
    kept = Kept(desk)
    told = kept.read()
    assert sections(told, Wanted()) == ["contact", "risk", "disclosure", "risk"]
    assert sections(told, Wanted(person=kept.kayla)) == ["contact"]
    assert sections(told, Wanted(agency="hospital")) == ["disclosure"]
    assert sections(told, Wanted(section="risk")) == ["risk", "risk"]
    assert sections(told, Wanted(weight="danger")) == ["risk"]
    assert sections(told, Wanted(words="dr aas october")) == ["disclosure"]
    assert sections(told, Wanted(since=date(2026, 10, 7), until=date(2026, 10, 19))) == ["disclosure"]
    assert told.people == {kept.kayla: "Kayla Marsh"}


def test_a_mark_by_hand_stands_beside_the_entry_and_is_taken_back_by_a_later_word(
    sign_in: Callable[[str], Desk],
) -> None:
    desk = sign_in("Rhodes")
    kept = Kept(desk)
    signed = desk.read(versions, kept.visit)
    with pytest.raises(Invalid, match="Say why"):
        desk.do(mark_event, kept.visit, " ")
    with pytest.raises(Invalid, match="Nobody has marked"):
        desk.do(mark_event, kept.visit, "It was nothing.", significant=False)
    desk.do(mark_event, kept.visit, "The first time that nobody opened.")
    event = kept.read().events[0]
    assert event.weight == "significant"
    assert event.mark is not None
    assert (event.mark.why, event.mark.by) == ("The first time that nobody opened.", "R 101 Rhodes")
    assert next(
        one for one in desk.read(open_docket, kept.file).chronology if one.thread_id == kept.visit
    ).weight
    assert sections(kept.read(), Wanted(words="nobody opened")) == ["contact"]
    with pytest.raises(Invalid, match="already"):
        sign_in("Okafor").do(mark_event, kept.visit, "Yes.")
    sign_in("Okafor").do(mark_event, kept.visit, "It opened an hour later.", significant=False)
    assert kept.read().events[0].weight == ""
    assert desk.read(versions, kept.visit) == signed
    desk.do(mark_event, kept.risk, "Look at this first.")
    assert next(one for one in kept.read().events if one.thread_id == kept.risk).weight == "danger"
    rows = [one for one in sign_in("Lindqvist").read(log_page, text="mark_event") if one.outcome == "done"]
    assert len(rows) == 3
    assert {one.category for one in rows} == {"alteration"}


def test_files_of_the_family_stand_beside_one_another_and_restricted_ones_do_not(
    sign_in: Callable[[str], Desk],
) -> None:
    desk = sign_in("Rhodes")
    kept = Kept(desk)
    told = kept.read()
    assert [(one.reference, one.shares) for one in told.others] == [("F-2", ("Tyler Marsh",))]
    both = kept.read(kept.other)
    assert [one.reference for one in both.events] == ["F-1", "F-1", "F-1", "F-2", "F-1"]
    stranger = desk.do(open_file, "F-3").result
    with pytest.raises(Missing, match="shares nobody"):
        kept.read(stranger)
    sign_in("Okafor").do(restrict_file, kept.other, [], "A witness is at risk.")
    assert kept.read().others == ()
    with pytest.raises(Missing):
        kept.read(kept.other)


def test_bands_say_what_was_so_over_time(sign_in: Callable[[str], Desk]) -> None:
    desk = sign_in("Okafor")
    kept = Kept(desk)
    desk.do(allocate, kept.file, "officer", officer_of(desk), date(2026, 9, 1))
    told = kept.read()
    bands = {one.key: [(span.from_on, span.until_on, span.words) for span in one.spans] for one in told.bands}
    assert bands["risk"] == [
        (date(2026, 10, 6), date(2026, 10, 19), "High"),
        (date(2026, 10, 20), None, "Standard"),
    ]
    assert bands["household"] == [(date(2026, 1, 1), None, "2: Kayla, Tyler")]
    assert bands["officer"] == [(date(2026, 9, 1), None, "DS 103 Okafor")]


def test_time_is_drawn_from_years_to_days_and_nothing_covers_another(desk: Desk) -> None:
    told = Kept(desk).read()
    many = [
        replace(told.events[at % 4], thread_id=UUID(int=at + 1), happened_on=date(2024, 1 + at % 12, 1 + at % 28))
        for at in range(300)
    ]  # fmt: skip
    for events in (told.events, sorted(many, key=lambda one: one.day)):
        widths = []
        for _, day in SIZES:
            drawing = timeline_of(told, events, scale_of(events, told.today, day))
            widths.append(drawing.width)
            assert {one.key for one in drawing.places} == {one.thread_id for one in events}
        assert widths == sorted(widths)
        drawing = timeline_of(told, events, scale_of(events, told.today, DAYS))
        assert "Plan" not in str(drawing.shapes)
        assert drawing.height < 400
        said = sorted(one.x for one in drawing.shapes if isinstance(one, Words) and "Household:" in one.text)
        assert all(later - before < 600 for before, later in pairwise(said)), (
            "what is in view says what it is"
        )
        assert said[-1] > drawing.width - 600
    fitted = timeline_of(told, told.events, scale_of(told.events, told.today, room=700))
    assert fitted.width == pytest.approx(700)
    assert "High" in str(fitted.shapes)


def test_it_prints_with_its_filters_as_a_disclosure(sign_in: Callable[[str], Desk]) -> None:
    desk = sign_in("Okafor")
    kept = Kept(desk)
    desk.do(mark_event, kept.visit, "Nobody opened.")
    wanted = Wanted(weight="significant", until=date(2026, 10, 10))
    printed = desk.do(print_chronology, kept.file, "The conference chair", wanted, (kept.other,)).result
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages).replace("\n", " ")
    assert "Files: F-1, F-2." in text
    assert "Only events significant or dangerous, until 10 October 2026. 2 of 5 events." in text
    assert "Marked as significant by" in text
    assert "Nobody opened." in text
    assert "Dr Aas" not in text
    assert desk.read(preview_chronology, kept.file).startswith(b"%PDF")
    row = next(iter(sign_in("Lindqvist").read(log_page, category="disclosure")))
    assert (row.details["recipient"], row.details["events"]) == ("The conference chair", 2)
    assert set(row.files) == {kept.file, kept.other}
