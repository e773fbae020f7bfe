"""The front sheet says who holds the file, where it stands and which files are linked; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from casefile.desk import Desk
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import divider_page, open_docket
from casefile.paper.gather import gather
from casefile.paper.model_file import PrintedDivider
from casefile.sections import SECTIONS
from casefile.work.progress import Quiet
from casefile.work.unit import Work
from tests.casefile.sections.whole_file import entry
from tests.conftest import officer_of


def front(desk: Desk, file_id: UUID) -> dict[str, str]:
    return {one.label: one.value for one in desk.read(open_docket, file_id).front}


def somebody(desk: Desk, file_id: UUID, role: str, given: str, *, born_on: str = "") -> UUID:
    says = {
        "name": {"kind": "legal", "given": given, "family": "Ashdown"},
        "involvement": {"role": role},
    }
    return desk.do(add_person, file_id, says | ({"birth": {"born_on": born_on}} if born_on else {})).result


def test_an_empty_file_says_what_nobody_has_filled(desk: Desk) -> None:
    said = front(desk, desk.do(open_file, "N/17/09").result)
    assert said["Reference"] == "N/17/09"
    assert said["Conference liaison officer"] == said["Supervising sergeant"] == "Nobody named"
    assert said["Next supervision"] == "No day is fixed"
    assert said["Legal status"] == "Not recorded"
    assert said["Linked files"] == "None known"


def test_who_holds_it_their_team_and_where_it_stands(desk: Desk, sign_in: Callable[[str], Desk]) -> None:
    sergeant, liaison = sign_in("Okafor"), sign_in("Lindqvist")
    file_id = desk.do(open_file).result
    older = somebody(desk, file_id, "subject", "Wren", born_on="2015-03-14")
    younger = somebody(desk, file_id, "subject", "Rowan", born_on="2021-03-14")
    for role, who in (("supervisor", sergeant), ("conference_liaison", liaison), ("deputy", sergeant)):
        sergeant.do(allocate, file_id, role, officer_of(who))
    desk.do(
        record_entry,
        file_id,
        "legal",
        {"happened_on": "2026-10-01", "known_on": "2026-10-01", "legal_status": "C1", "detail": "Made."},
    )
    said = front(desk, file_id)
    assert said["Conference liaison officer"].endswith("Lindqvist")
    assert said["Covering officer"].endswith("Okafor")
    assert said["Team"] == "North"
    assert said["Legal status"] == "Interim care order"
    desk.do(
        record_entry, file_id, "legal",
        {"happened_on": "2026-10-20", "known_on": "2026-10-20", "legal_status": "C2", "court_order": "care",
         "until_on": "2027-02-01", "detail": "Made.",
         "concerns": [str(older)]},
    )  # fmt: skip
    assert younger
    assert front(desk, file_id)["Legal status"] == (
        "Wren Ashdown: Full care order, Care order until 1 February 2027; Rowan Ashdown: Interim care order"
    )


def test_linked_files_are_those_in_which_somebody_of_the_family_stands(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    here, there = desk.do(open_file, "A").result, desk.do(open_file, "B").result
    hidden, unlike = desk.do(open_file, "C").result, desk.do(open_file, "D").result
    mother = somebody(desk, here, "mother", "Tamsin")
    doctor = somebody(desk, here, "health_professional", "Anjali")
    for file_id, role in ((there, "ex_partner"), (hidden, "mother")):
        desk.do(record_fact, file_id, mother, "involvement", {"role": role})
    desk.do(record_fact, unlike, doctor, "involvement", {"role": "health_professional"})
    assert front(desk, here)["Linked files"] == "B (Tamsin Ashdown); C (Tamsin Ashdown)"
    sergeant = sign_in("Okafor")
    sergeant.do(restrict_file, hidden, [officer_of(sergeant)], "A relative works here.")
    assert front(desk, here)["Linked files"] == "B (Tamsin Ashdown)"


def test_when_a_child_was_seen_and_what_it_said_is_drawn_from_the_records(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    child = somebody(desk, file_id, "subject", "Wren", born_on="2015-03-14")
    unseen = somebody(desk, file_id, "sibling", "Rowan", born_on="2021-03-14")
    told = {"kind": "visit_announced", "by_whom": "Ruth Calloway", "note": "Seen.", "concerns": [str(child)]}
    for day, more in (
        ("2026-09-01", {"child_seen": "alone", "child_said": "I sleep at Nan's."}),
        ("2026-10-02", {"child_seen": "alone", "agency": "social_care"}),
        ("2026-10-20", {"child_seen": "with_others", "agency": "education"}),
        ("2026-10-27", {"child_seen": "not_seen"}),
    ):
        desk.do(record_entry, file_id, "contact", {"happened_on": day, "known_on": day, **told, **more})
    seen = {one.person_id: dict(one.lines()) for one in desk.read(open_docket, file_id).seen}
    assert seen[child] == {
        "Last seen by police": "1 September 2026",
        "Last seen alone": "2 October 2026",
        "Last seen by anybody": "20 October 2026",
        "The child said": "I sleep at Nan's. (1 September 2026)",
    }
    assert set(seen[unseen].values()) == {"Nothing says when"}


WEIGHED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("referral", {"injury": True}, "danger"),
    ("referral", {"decision": "strategy"}, "significant"),
    ("referral", {"decision": "nfa"}, ""),
    ("strategy", {"outcome": "s47"}, "significant"),
    ("section47", {"outcome": "nfa"}, "significant"),
    ("conference", {"kind": "initial", "outcome": "plan"}, "significant"),
    ("conference", {"kind": "review", "review_outcome": "end"}, "significant"),
    ("conference", {"kind": "review", "review_outcome": "continue"}, ""),
    ("conference", {"kind": "review", "review_outcome": "continue", "dissent": "Police."}, "significant"),
    ("contact", {"child_seen": "refused"}, "danger"),
    ("contact", {"child_seen": "alone"}, ""),
    ("contact", {"kind": "visit_failed", "child_seen": "not_seen"}, "significant"),
    ("medical", {"opinion": "nai"}, "danger"),
    ("medical", {"opinion": "awaited"}, "significant"),
    ("medical", {"opinion": "accident"}, ""),
    ("photographs", {"injuries": [{"site": "face"}]}, "danger"),
    ("risk", {"level": "high"}, "danger"),
    ("risk", {"level": "medium"}, ""),
    ("bail", {"kind": "pre_charge"}, "significant"),
    ("bail", {"kind": "pre_charge", "breaches": "Seen at the house."}, "danger"),
    ("police_protection", {}, "danger"),
    ("legal", {"court_order": "epo"}, "significant"),
    ("legal", {"legal_status": "C1"}, ""),
    ("investigation", {"outcome": "charged"}, "significant"),
    ("plan", {"status": "on_plan"}, "significant"),
    ("household", {"occupants": [{"name": "A man", "identified": False}]}, "significant"),
    ("household", {"occupants": [{"name": "Mother", "identified": True}]}, ""),
    ("closure", {}, "significant"),
    ("minutes", {}, ""),
)


@pytest.mark.parametrize(("section", "values", "weight"), WEIGHED)
def test_how_much_an_event_weighs_in_the_chronology(
    section: str, values: dict[str, Any], weight: str
) -> None:
    assert SECTIONS[section].weight(entry(section, **values)) == weight


def test_decisions_are_numbered_as_they_were_written_and_keep_their_number(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    told = {
        "kind": "bail",
        "decided_by": "DS Okafor",
        "information": "As known.",
        "rationale": "Proportionate.",
    }
    written = [
        desk.do(
            record_entry,
            file_id,
            "decision",
            {"happened_on": day, "known_on": "2026-10-30", "decision": what, **told},
        ).result
        for day, what in (("2026-10-20", "Bail with conditions."), ("2026-10-02", "Arrest by appointment."))
    ]
    page = desk.read(divider_page, file_id, "decisions")
    assert {page.title_of(one).split(":")[0][:5] for one in page.entries} == {"No. 1", "No. 2"}
    assert [page.numbers[one.thread_id] for one in written] == [1, 2], (
        "by when it was written, not by its day"
    )
    printed = next(one for one in gather_of(desk, file_id) if one.key == "divider-decisions")
    titles = [one.title.split(":")[0] for one in printed.records]
    assert [one[:5] for one in titles] == ["No. 2", "No. 1"]


def gather_of(desk: Desk, file_id: UUID) -> tuple[PrintedDivider, ...]:
    """The dividers as paper has them; read while the store is open, as they are laid."""
    with desk.store.reading() as session:
        work = Work(session, desk.actor, desk.now(), desk.standards, None, Quiet())
        gathered = gather(work, file_id, ["decisions"])
        return tuple(replace(one, records=tuple(one.records)) for one in gathered.dividers)
