"""Research through the desk, on both stores: the grid, recording checks, the report to a conference, giving it out."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from casefile.alarms.queries import alarms_on
from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.diary.queries import diary
from casefile.diary.rows import Wanted
from casefile.errors import Invalid, Missing, Refused
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import open_docket, owed_on, versions
from casefile.files.queries.drafts import foresee
from casefile.files.queries.tasks import my_tasks
from casefile.files.research.actions import Found, Occasion, record_checks
from casefile.files.research.model import ResearchGrid
from casefile.files.research.queries import research
from casefile.paper.report import Given, give_report, preview_report
from casefile.paper.research import preview_research, print_research
from casefile.record.owed import TaskState
from casefile.sections.researched import CheckState
from casefile.supervision.queue import review_queue
from casefile.supervision.remarks import endorse_entry
from tests.conftest import Clock, officer_of

CHAIR = Given("Imelda Crane, conference chair", "ca89_s47")


class Kept:
    """F-1: Kayla, her mother Dana who was a Vane, and Lee, who is new; a conference is fixed for 20 November 2026."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.file = desk.do(open_file, "F-1").result
        self.kayla = self.person("Kayla", "subject", born="2016-05-01")
        self.dana = self.person("Dana", "mother", born="1991-03-03")
        self.lee = self.person("Lee", "partner", family="Pike")
        desk.do(
            record_fact, self.file, self.dana, "name", {"kind": "maiden", "given": "Dana", "family": "Vane"}
        )
        self.entry(
            "strategy",
            "2026-10-26",
            mode="meeting",
            outcome="s47",
            s47_kind="joint",
            conference_on="2026-11-20",
        )

    def person(self, given: str, role: str, family: str = "Marsh", born: str = "") -> UUID:
        facts: dict[str, Any] = {
            "name": {"kind": "legal", "given": given, "family": family},
            "involvement": {"role": role, "verified": role != "partner"},
            "residence": {"address": "12 Weir Street", "kind": "home"},
        }
        return self.desk.do(
            add_person, self.file, facts | ({"birth": {"born_on": born}} if born else {})
        ).result

    def entry(self, section: str, day: str, **values: object) -> UUID:
        form = {"happened_on": day, "known_on": day, **values}
        return self.desk.do(record_entry, self.file, section, form).result.thread_id

    def read(self) -> ResearchGrid:
        return self.desk.read(research, self.file)

    def record(self, person: UUID, *found: Found, occasion: Occasion | None = None) -> UUID:
        return self.desk.do(record_checks, self.file, person, found, occasion).result.thread_id

    def report(self, **more: object) -> UUID:
        """The report as drafted, with a view, signed."""
        draft = self.desk.do(
            start_draft,
            self.file,
            "report",
            values={"view": "A plan is needed.", "view_code": "plan", **more},
        ).result
        return self.desk.do(sign_entry, draft.id).result.thread_id


@pytest.fixture
def kept(desk: Desk) -> Kept:
    return Kept(desk)


def text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", " ")


def test_the_grid_says_who_is_to_be_searched_on_what_why_and_by_when(kept: Kept) -> None:
    told = kept.read()
    assert told.conference is not None
    assert (told.conference.on, told.conference.report_by) == (date(2026, 11, 20), date(2026, 11, 18))
    assert [one.name for one in told.people] == ["Kayla Marsh", "Dana Marsh", "Lee Pike"]
    kayla, dana = told.person(kept.kayla), told.person(kept.dana)
    assert {key for key, one in kayla.cells.items() if one.state is CheckState.MISSING} == {
        "crime", "come_to_notice", "convictions", "other_forces", "social_care",
    }  # fmt: skip
    assert dana.names == "Dana Marsh; Dana Vane; born 3 March 1991"
    assert told.occasion(dana) == "new_person"
    wanted = dana.cells["intelligence"]
    assert wanted.due_on == date(2026, 11, 4)
    assert "Needed for the conference of 20 November 2026." in wanted.why
    assert {one.key for one in told.more} >= {"firearms", "custody"}
    lines = [one for row in kept.desk.read(open_docket, kept.file).dividers for one in row.missing]
    assert "Dana Marsh has not been checked on any system." in lines


def test_many_checks_of_one_person_are_one_signed_entry_filled_in_from_the_file(kept: Kept) -> None:
    found = [
        Found("convictions", "no_trace"),
        Found("cris", "trace", found="Two calls."),
        Found("social_care", "asked"),
    ]
    kept.record(kept.dana, *found)
    told = kept.read()
    dana = told.person(kept.dana)
    assert dana.cells["convictions"].state is CheckState.DONE
    made = dana.cells["convictions"].searches[0]
    assert (made.system, made.tried, made.by) == ("pnc", dana.names, kept.desk.actor.name)
    assert (made.occasion, made.on) == ("new_person", date(2026, 11, 2))
    assert dana.cells["crime"].searches[0].found == "Two calls."
    assert dana.cells["social_care"].state is CheckState.AWAITED
    assert told.occasion(dana) == "conference"
    assert [one.check for one in dana.wanted] == ["intelligence", "other_forces", "offender_register"]
    summaries = [one.summary for one in kept.desk.read(open_docket, kept.file).chronology]
    assert "3 systems searched, 1 with a trace" in summaries
    lines = [one for row in kept.desk.read(open_docket, kept.file).dividers for one in row.missing]
    assert "Dana Marsh: no check of Local intelligence, Other forces, Sexual and violent offenders." in lines
    assert any("is not finished" in one for one in lines), "an answer is awaited"


def test_what_is_due_is_a_task_of_each_person_in_my_work_diary_and_queue_until_it_is_recorded(
    kept: Kept, sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    supervisor = sign_in("Okafor")
    supervisor.do(allocate, kept.file, "researcher", officer_of(sign_in("Rhodes")))
    supervisor.do(allocate, kept.file, "officer", officer_of(sign_in("Marsh")))
    supervisor.do(allocate, kept.file, "supervisor", officer_of(sign_in("Okafor")))

    def mine(desk: Desk) -> list[str]:
        return [one.task.title for one in desk.read(my_tasks) if one.task.timescale == "RESEARCH"]

    kayla = "Research Kayla Marsh: Crime and local records; Come to notice, missing; Convictions and warnings; Other forces; Social care"
    assert mine(kept.desk) == mine(sign_in("Marsh")) == mine(supervisor)
    assert kayla in mine(kept.desk)
    assert len(mine(kept.desk)) == 3, "one for each person"
    days = kept.desk.read(diary, Wanted(date(2026, 11, 4), date(2026, 11, 4)))
    assert {one.officer for one in days.rows if one.title == kayla} == {"R 101 Rhodes"}, (
        "the researcher’s to do"
    )
    wanted = [one.check for one in kept.read().person(kept.kayla).wanted]
    foreseen = kept.desk.read(
        foresee, kept.file, "research",
        {"happened_on": "2026-11-02", "concerns": [str(kept.kayla)],
         "searches": [{"system": kept.read().column(one).system, "result": "no_trace"} for one in wanted]},
    )  # fmt: skip
    assert foreseen.closes == (kayla,)
    clock.forward(days=3)
    (row,) = [one for one in supervisor.read(review_queue).rows if one.file_id == kept.file]
    assert row.why.endswith("; research 1 day late")
    assert f"{kayla}: 1 day late." in [
        said for one in kept.desk.read(open_docket, kept.file).dividers for said in one.missing
    ]
    kept.record(kept.kayla, *(Found(one, "no_trace") for one in wanted))
    assert kayla not in mine(kept.desk)
    states = {one.title: one.state for one in kept.desk.read(open_docket, kept.file).owed}
    assert states[kayla] is TaskState.DONE_LATE
    then = {one.title: one.state for one in kept.desk.read(owed_on, kept.file, date(2026, 11, 4))}
    assert then[kayla] is TaskState.DUE, "any past day is replayed"
    for who in (kept.dana, kept.lee):
        kept.record(who, *(Found(one.check, "no_trace") for one in kept.read().person(who).wanted))
    (row,) = [one for one in supervisor.read(review_queue).rows if one.file_id == kept.file]
    assert "research" not in row.why
    before = mine(kept.desk)
    clock.forward(days=337)
    assert before == []
    assert len(mine(kept.desk)) == 3, "it grows old without a write"


def test_what_is_left_when_nothing_is_wanted_any_more_is_complete(kept: Kept) -> None:
    wanted = [one.check for one in kept.read().person(kept.lee).wanted]
    thread = kept.record(kept.lee, *(Found(one, "no_trace") for one in wanted))
    told = kept.read()
    assert told.person(kept.lee).wanted == ()
    assert {one.thread_id for cell in told.person(kept.lee).cells.values() for one in cell.searches} == {
        thread
    }
    missing = [one for row in kept.desk.read(open_docket, kept.file).dividers for one in row.missing]
    assert not any("Lee Pike" in one for one in missing)


def test_the_alarm_falls_silent_when_everybody_was_searched_again(kept: Kept) -> None:
    day = date(2026, 11, 19)
    held = [one for one in kept.desk.read(alarms_on, day) if one.key == "research_not_repeated"]
    assert ["Kayla Marsh, Dana Marsh and Lee Pike" in one.because for one in held] == [True]
    for who in (kept.kayla, kept.dana, kept.lee):
        kept.record(who, Found("crime", "no_trace"))
    assert [one for one in kept.desk.read(alarms_on, day) if one.key == "research_not_repeated"] == []


def test_what_cannot_stand_is_said_and_nothing_is_recorded(kept: Kept) -> None:
    before = kept.read()
    stranger = kept.desk.do(open_file, "F-2").result
    tries: tuple[tuple[type[Exception], UUID, UUID, tuple[Found, ...]], ...] = (
        (Invalid, kept.file, kept.dana, ()),
        (Invalid, kept.file, kept.dana, (Found("nothing_known", "trace"),)),
        (Invalid, kept.file, kept.dana, (Found("pnc", "perhaps"),)),
        (Invalid, kept.file, kept.dana, (Found("pnc", "trace", source="Z"),)),
        (Missing, stranger, kept.dana, (Found("pnc", "trace"),)),
        (Missing, kept.dana, kept.dana, (Found("pnc", "trace"),)),
    )
    for error, file, person, found in tries:
        with pytest.raises(error):
            kept.desk.do(record_checks, file, person, found)
    with pytest.raises(Invalid, match="has not come"):
        kept.record(kept.dana, Found("pnc", "no_trace"), occasion=Occasion(on=date(2026, 11, 3)))
    assert kept.read() == before


def test_a_report_is_drafted_from_the_file_line_by_line_with_its_source(kept: Kept) -> None:
    kept.entry(
        "referral",
        "2026-10-20",
        direction="in",
        source="2A",
        referrer="A. Nunn, neighbour",
        account="Shouting at night.",
    )
    kept.entry("risk", "2026-10-27", trigger="first", level="high", rationale="Two calls.", review_on="2026-11-20",
               factors=[{"factor": "domestic_violence", "factor_state": "present"}])  # fmt: skip
    kept.record(kept.lee, Found("pnd", "trace", found="Violence to a partner in 2022.", reference="P-1"),
                Found("intelligence", "trace", found="Carries a knife.", source="2", information="C", handling="C"),
                Found("pnc", "no_trace"))  # fmt: skip
    values = dict(kept.desk.do(start_draft, kept.file, "report").result.values)
    assert (values["conference_on"], values["conference_kind"]) == ("2026-11-20", "initial")
    family = {row["about"]: row for row in values["family"]}
    assert family[str(kept.dana)]["said"].startswith("Dana Marsh, also Dana Vane: mother. Born 3 March 1991.")
    assert family[str(kept.lee)]["mark"] == "told", "nobody has verified him"
    assert family[str(kept.lee)]["source"].endswith("not verified by police")
    told = [row for row in values["incidents"] if "Shouting at night." in row["said"]]
    assert [(row["mark"], "Nunn" in row["said"]) for row in told] == [("told", False)]
    assert all(row["source"] for group in ("family", "incidents", "checks") for row in values[group])
    checks = {row["source"].partition(",")[0]: row for row in values["checks"]}
    assert checks["Police National Database (PND)"]["mark"] == "fact"
    assert "P-1, searched 2 November 2026 by" in checks["Police National Database (PND)"]["source"]
    graded = checks["Local intelligence system"]
    assert (graded["mark"], graded["graded"]) == ("intelligence", "2/C/C")
    assert graded["said"] == "Carries a knife. Shared with conditions."
    assert any(
        row["said"] == "Lee Pike: nothing found in Police National Computer (PNC)."
        for row in values["checks"]
    )
    assert "Dana Marsh: missing: Crime and local records" in values["not_known"]
    assert values["risk"].startswith("Assessed as high by ")
    assert "Factors: domestic" in values["risk"]
    assert "view" not in values, "what police think is for whoever signs"


def test_intelligence_that_stays_with_police_is_left_out_and_named_only_in_the_file(
    kept: Kept,
) -> None:
    found = (
        Found("crimint", "trace", found="A source close to him.", source="B", information="2", handling="4"),
        Found("pnc", "trace", found="Caution, 2022."),
    )
    kept.record(kept.lee, *found, occasion=Occasion(on=date(2026, 10, 30)))
    thread = kept.report()
    page = text(kept.desk.read(preview_report, thread))
    assert "Caution, 2022." in page
    assert "A source close to him" not in page
    assert "CRIMINT" not in page, "that something was left out is not printed either"
    assert "within the originating agency only" in kept.desk.read(versions, thread)[-1].get("withheld")
    assert "No supervisor has endorsed this version" in page


def test_who_only_spoke_and_an_address_that_keeps_somebody_safe_stay_out_of_a_draft(kept: Kept) -> None:
    nicola = kept.person("Nicola", "witness", family="Barratt")
    refuge = {"address": "Elm House", "kind": "refuge"}
    kept.desk.do(record_fact, kept.file, kept.dana, "residence", refuge)
    both = {"searches": [{"system": "cris", "result": "trace", "found": "Two calls to the house."}]}
    people = [str(kept.dana), str(kept.lee), str(nicola)]
    kept.entry("research", "2026-11-01", occasion="referral", searched_by="R Ash", concerns=people, **both)
    values = dict(kept.desk.do(start_draft, kept.file, "report").result.values)
    drafted = str({key: one for key, one in values.items() if key != "withheld"})
    assert "Barratt" not in drafted
    assert "Elm House" not in drafted
    assert "Refuge: address not given here" in drafted
    assert drafted.count("Two calls to the house.") == 1, "said once, though it is about three people"
    assert "Nicola Barratt, witness: not named in the draft." in values["withheld"]
    assert "Dana Marsh: the address." in values["withheld"]


def test_fact_stands_before_opinion_and_each_under_its_own_head(kept: Kept) -> None:
    kept.record(kept.lee, Found("pnc", "trace", found="Caution, 2022."))
    page = text(kept.desk.read(preview_report, kept.report(asks="Lee Pike lives elsewhere.")))
    facts, _, opinion = page.partition("Part 2. What police think of it")
    assert "Part 1. What is recorded" in facts
    assert "Caution, 2022." in facts
    assert "A plan is needed." not in facts
    for said in (
        "A plan is needed.",
        "A child protection plan",
        "Lee Pike lives elsewhere.",
        "The risk has not been assessed.",
    ):
        assert said in opinion
    assert "Preview, not a copy" in page


def test_only_an_endorsed_version_is_given_and_giving_it_is_recorded_as_shared(
    kept: Kept, sign_in: Callable[[str], Desk]
) -> None:
    thread = kept.report()
    with pytest.raises(Refused, match="endorsed version 1") as refused:
        kept.desk.do(give_report, thread, CHAIR)
    assert "may do it" in refused.value.remedy
    supervisor = sign_in("Okafor")
    supervisor.do(endorse_entry, thread, "Fair.")
    for wrong in (Given(" ", "ca89_s47"), Given("The chair", ""), Given("The chair", "because")):
        with pytest.raises(Invalid):
            kept.desk.do(give_report, thread, wrong)
    owed = [one for one in kept.desk.read(open_docket, kept.file).owed if one.timescale == "CONF-R1"]
    assert [one.state.outstanding for one in owed] == [True]
    docket = kept.desk.read(open_docket, kept.file)
    assert {one.mark for one in docket.dividers if one.key == "conferences"} == {"empty"}, "none was held"
    lines = [one.title for one in docket.owed if one.timescale != "RESEARCH"]
    assert not any("Marsh" in one for one in lines), "a line of a report is owed by nobody"
    page = text(kept.desk.do(give_report, thread, CHAIR).result)
    assert "Copy 1" in page
    assert CHAIR.recipient in page
    assert "Endorsed by DS" in page
    docket = kept.desk.read(open_docket, kept.file)
    assert f"Given by police: {CHAIR.recipient}" in [one.summary for one in docket.chronology]
    owed = [one for one in docket.owed if one.timescale == "CONF-R1"]
    assert [one.state for one in owed] == [TaskState.DONE]
    row = next(
        one for one in supervisor.read(log_page) if one.act == "paper.give_report" and one.outcome == "done"
    )
    assert row.details["recipient"] == CHAIR.recipient
    form = kept.desk.do(start_draft, kept.file, "conference").result.values
    assert form["report_sent_on"] == "2026-11-02", "nobody is asked twice"


def test_an_amended_report_is_endorsed_anew_and_both_versions_stay(
    kept: Kept, sign_in: Callable[[str], Desk]
) -> None:
    thread = kept.report()
    sign_in("Okafor").do(endorse_entry, thread)
    draft = kept.desk.do(
        start_draft, kept.file, "report", thread_id=thread, values={"view": "No plan."}
    ).result
    kept.desk.do(sign_entry, draft.id, reason="What the school said.")
    with pytest.raises(Refused, match="endorsed version 2"):
        kept.desk.do(give_report, thread, CHAIR)
    with pytest.raises(Refused):
        kept.desk.do(endorse_entry, thread)
    sign_in("Okafor").do(endorse_entry, thread)
    assert "No plan." in text(kept.desk.do(give_report, thread, CHAIR).result)


def test_what_a_restricted_file_holds_is_not_there_for_others(
    kept: Kept, sign_in: Callable[[str], Desk]
) -> None:
    thread = kept.report()
    sign_in("Okafor").do(restrict_file, kept.file, [officer_of(kept.desk)], "A relative works here.")
    stranger = sign_in("Marsh")
    for act in (
        lambda: stranger.read(research, kept.file),
        lambda: stranger.read(preview_report, thread),
        lambda: stranger.do(give_report, thread, CHAIR),
        lambda: stranger.do(print_research, kept.file, "me"),
        lambda: stranger.do(record_checks, kept.file, kept.dana, [Found("pnc", "trace")]),
    ):
        with pytest.raises(Missing):
            act()


def test_the_grid_prints_with_what_is_missing_and_who_it_is_for(
    kept: Kept, sign_in: Callable[[str], Desk]
) -> None:
    kept.record(kept.dana, Found("pnc", "trace", found="Shop theft."))
    with pytest.raises(Invalid):
        kept.desk.do(print_research, kept.file, " ")
    page = text(kept.desk.do(print_research, kept.file, "The strategy meeting").result)
    for said in ("Dana Marsh", "Shop theft.", "Tried: Dana Marsh; Dana Vane", "Missing, by 4 November 2026"):
        assert said in page
    assert "Preview, not a copy" in text(kept.desk.read(preview_research, kept.file))
