"""Every timescale once: what starts it, when it runs out by hand-reckoned dates, what settles it.

Sources: ``resources/standards``; the bank holidays that fall into the gaps are named beside the case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.record.facts import EntryFact
from casefile.record.owed import Owed, TaskState, derive, lasting, standing
from casefile.sections import SECTIONS
from casefile.standards import library
from casefile.work.ids import derived_id

FILE = derived_id("a file of the tests")
D = date


def entry(
    section: str,
    on: date,
    known: date | None = None,
    *,
    version: int = 1,
    groups: dict[str, Any] | None = None,
    **values: Any,
) -> EntryFact:
    thread = derived_id(section, on)
    return EntryFact(
        id=uuid5(thread, str(version)), file_id=FILE, thread_id=thread, section=section, version=version,
        versions=version, happened_on=on, happened_at=None, known_on=known or on,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC), author_id=FILE, author="", reason=None, marking="",
        origin=None, summary=section, values=values, groups=groups or {},
    )  # fmt: skip


def owed(as_of: date, *entries: EntryFact) -> dict[str, Owed]:
    return {one.timescale: one for one in derive(entries, [], SECTIONS, library(), as_of)}


CLOCKS: tuple[tuple[str, date, dict[str, Any], str, date], ...] = (
    # Referral. 2 April 2026 is the Thursday before Easter: Good Friday and Easter Monday do not count.
    ("referral", D(2026, 4, 2), {"direction": "in"}, "REF-1", D(2026, 4, 7)),
    ("referral", D(2026, 4, 2), {"direction": "in", "decision": "nfa"}, "REF-2", D(2026, 4, 9)),
    ("referral", D(2026, 3, 2), {"direction": "in", "decision": "strategy"}, "STR-1", D(2026, 3, 3)),
    ("referral", D(2026, 3, 2), {"direction": "in", "injury": True}, "STR-1", D(2026, 3, 3)),
    ("referral", D(2026, 3, 2), {"direction": "in", "rating": "red"}, "MASH-RED", D(2026, 3, 2)),
    ("referral", D(2026, 3, 2), {"direction": "in", "rating": "amber"}, "MASH-AMBER", D(2026, 3, 3)),
    ("referral", D(2026, 3, 2), {"direction": "in", "rating": "green"}, "MASH-GREEN", D(2026, 3, 5)),
    ("referral", D(2026, 3, 2), {"direction": "in", "injury": True}, "PHOTO-1", D(2026, 3, 4)),
    # Strategy discussion and enquiry. Christmas 2009: 25 and 28 December, 1 January.
    ("strategy", D(2009, 12, 14), {"outcome": "s47"}, "ICPC", D(2010, 1, 7)),
    ("strategy", D(2026, 3, 2), {"outcome": "s47"}, "S47-1", D(2026, 3, 23)),
    ("strategy", D(2026, 3, 2), {"outcome": "s47", "conference_on": D(2026, 3, 20)}, "CONF-R1", D(2026, 3, 18)),
    ("strategy", D(2026, 3, 2), {"outcome": "s47", "medical": True}, "MED-1", D(2026, 3, 3)),
    ("strategy", D(2012, 3, 1), {"outcome": "s47", "medical": True}, "MED-0-SEEN", D(2012, 3, 1)),
    ("section47", D(2026, 3, 2), {}, "ICPC", D(2026, 3, 23)),
    # Assessments: 7, 10 and 35 working days, then 45.
    ("assessment", D(2008, 3, 3), {"kind": "initial"}, "IA-06", D(2008, 3, 12)),
    ("assessment", D(2011, 3, 1), {"kind": "initial"}, "IA-10", D(2011, 3, 15)),
    ("assessment", D(2008, 4, 1), {"kind": "core"}, "CA", D(2008, 5, 21)),  # 5 May 2008
    ("assessment", D(2026, 3, 2), {"kind": "single"}, "SA", D(2026, 5, 7)),  # Easter, 4 May
    # Conferences. 3 April 2026 is Good Friday, 6 April Easter Monday.
    ("conference", D(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "CG-1", D(2026, 4, 7)),
    ("conference", D(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "RCPC-1", D(2026, 6, 20)),
    ("conference", D(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "CONF-D", D(2026, 3, 23)),
    ("conference", D(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "CONF-M", D(2026, 4, 14)),
    ("conference", D(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "VIS-3-ANY", D(2026, 5, 1)),
    ("conference", D(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "LEG-3", D(2027, 9, 20)),
    ("conference", D(2026, 6, 1), {"kind": "review", "review_outcome": "continue"}, "RCPC-n", D(2026, 12, 1)),
    ("conference", D(2026, 6, 1), {"kind": "review", "review_outcome": "continue", "next_on": D(2026, 11, 26)}, "CONF-R2", D(2026, 11, 19)),
    ("minutes", D(2026, 3, 20), {"kind": "initial_conference", "received_on": D(2026, 3, 30)}, "CONF-C", D(2026, 4, 15)),
    ("core_group", D(2026, 1, 31), {}, "CG-n", D(2026, 2, 28)),
    ("plan", D(2026, 3, 2), {"status": "on_plan"}, "RCPC-1", D(2026, 6, 2)),
    ("plan", D(2026, 3, 2), {"status": "on_plan", "born_on": D(2026, 5, 1)}, "RCPC-B", D(2026, 5, 11)),
    ("plan", D(2026, 3, 2), {"status": "on_plan", "born_on": D(2026, 5, 1), "mother_fit": False}, "RCPC-B-UNFIT", D(2026, 5, 21)),
    # Seeing the child.
    ("contact", D(2026, 3, 2), {"agency": "social_care", "child_seen": "alone"}, "VIS-1", D(2026, 3, 16)),
    ("contact", D(2026, 3, 2), {"agency": "social_care", "child_seen": "alone"}, "VIS-3-SW", D(2026, 3, 30)),
    ("contact", D(2026, 3, 2), {"child_seen": "with_others"}, "VIS-3-ANY", D(2026, 4, 13)),
    ("contact", D(2026, 3, 2), {"child_seen": "alone", "injury": True}, "PHOTO-1", D(2026, 3, 4)),
    # Medicals and photographs.
    ("medical", D(2026, 3, 2), {"kind": "child_protection"}, "MED-0-REPORT", D(2026, 3, 5)),
    ("medical", D(2007, 3, 5), {"kind": "child_protection"}, "MED-0-REPORT", D(2007, 3, 12)),
    ("medical", D(2026, 3, 2), {"kind": "child_protection", "final_report_due": D(2026, 3, 20)}, "MED-0-REPORT", D(2026, 3, 20)),
    ("medical", D(2014, 3, 3), {"kind": "sexual_abuse", "requested_on": D(2014, 3, 3)}, "MED-0-FORENSIC", D(2014, 3, 3)),
    ("photographs", D(2026, 3, 2), {"taken": False, "not_taken_why": "booked"}, "PHOTO-1", D(2026, 3, 4)),
    ("photographs", D(2026, 3, 2), {"taken": True, "again_on": D(2026, 3, 9)}, "PHOTO-AGAIN", D(2026, 3, 9)),
    # Investigation, bail (a limit of the Act begins with the bail start date), victims.
    ("investigation", D(2012, 3, 5), {}, "CRIME", D(2012, 3, 8)),
    ("investigation", D(2026, 3, 2), {}, "CRIME", D(2026, 3, 3)),
    ("investigation", D(2026, 3, 2), {"outcome_on": D(2026, 4, 2)}, "VCOP-ENH", D(2026, 4, 7)),
    ("bail", D(2026, 3, 2), {"kind": "pre_charge"}, "BAIL-22-CUSTODY", D(2026, 6, 1)),
    ("bail", D(2026, 3, 2), {"kind": "pre_charge", "authorised_by": "inspector"}, "BAIL-22-INSP", D(2026, 9, 1)),
    ("bail", D(2026, 3, 2), {"kind": "pre_charge", "authorised_by": "superintendent"}, "BAIL-22-SUPT", D(2026, 12, 1)),
    ("bail", D(2026, 3, 2), {"kind": "pre_charge", "authorised_by": "magistrates"}, "BAIL-22-MAX", D(2028, 3, 1)),
    ("bail", D(2026, 3, 2), {"kind": "pre_charge_complex"}, "BAIL-22x", D(2027, 3, 1)),
    ("bail", D(2018, 3, 1), {"kind": "pre_charge_2017", "authorised_by": "inspector"}, "BAIL-17-INSP", D(2018, 3, 28)),
    ("bail", D(2018, 3, 1), {"kind": "pre_charge_2017", "authorised_by": "superintendent"}, "BAIL-17-SUPT", D(2018, 5, 31)),
    ("bail", D(2007, 3, 1), {"kind": "bail_to_return", "expires_on": D(2007, 5, 1)}, "BAIL-0", D(2007, 5, 1)),
    ("bail", D(2026, 3, 2), {"kind": "rui"}, "RUI", D(2026, 3, 30)),
    ("bail", D(2026, 3, 2), {"kind": "pre_charge"}, "VCOP-ENH", D(2026, 3, 3)),
    # Law and information.
    ("police_protection", D(2026, 3, 2), {}, "PP", D(2026, 3, 5)),
    ("legal", D(2007, 6, 5), {"advice_asked_on": D(2007, 6, 5)}, "LEG-1", D(2007, 6, 15)),
    ("legal", D(2026, 3, 2), {"court_order": "epo"}, "EPO", D(2026, 3, 10)),
    ("legal", D(2026, 3, 2), {"court_order": "cao"}, "CAO", D(2026, 3, 8)),
    ("legal", D(2026, 3, 2), {"proceedings": "issued"}, "CARE", D(2026, 8, 31)),
    ("legal", D(2026, 3, 2), {"proceedings": "pre_proceedings"}, "PRE", D(2026, 6, 22)),
    ("legal", D(2026, 3, 2), {"next_hearing_on": D(2026, 4, 14)}, "HEARING", D(2026, 4, 14)),
    ("disclosure", D(2026, 3, 2), {"kind": "request_out"}, "INFO", D(2026, 3, 9)),
    ("disclosure", D(2026, 3, 2), {"kind": "request_in", "answer_due": D(2026, 3, 12)}, "ANSWER", D(2026, 3, 12)),
    ("disclosure", D(2022, 3, 1), {"kind": "family_court"}, "DISC-13", D(2022, 3, 29)),
    ("disclosure", D(2026, 3, 2), {"kind": "family_court"}, "DISC-24", D(2026, 3, 30)),
    ("disclosure", D(2026, 3, 2), {"kind": "subject_access"}, "SAR", D(2026, 4, 2)),
    # Risk: the date stated, but never later than the interval of the level.
    ("risk", D(2026, 3, 2), {"level": "high", "review_on": D(2026, 3, 30)}, "RISK-REVIEW", D(2026, 3, 9)),
    ("risk", D(2026, 3, 2), {"level": "standard", "review_on": D(2026, 3, 16)}, "RISK-REVIEW", D(2026, 3, 16)),
    ("supervision", D(2026, 3, 2), {"review_on": D(2026, 3, 16)}, "SUPERVISION", D(2026, 3, 16)),
)  # fmt: skip


@pytest.mark.parametrize(("section", "on", "values", "timescale", "due"), CLOCKS)
def test_a_clock_starts_and_runs_out(
    section: str, on: date, values: dict[str, Any], timescale: str, due: date
) -> None:
    as_of = max([on, *(one for one in values.values() if isinstance(one, date) and one < due)])
    under_a_plan = [entry("plan", D(2026, 2, 2), status="on_plan")] if section == "contact" else []
    assert owed(as_of, entry(section, on, **values), *under_a_plan)[timescale].due_on == due


def test_every_clock_stands_in_the_table() -> None:
    asked = {one.id for one in library().timescales if not one.no_task}
    stages = {f"ESC-{number}" for number in range(1, 6)}
    assert asked - {case[3] for case in CLOCKS} == {"CHASE", *stages}, (
        "CHASE counts for each piece of evidence, below; the stages of a challenge stand in test_challenge"
    )


def test_each_piece_of_evidence_outstanding_is_chased_from_the_day_it_stands_so() -> None:
    rows = (
        {"kind": "medical", "detail": "skeletal survey", "evidence_state": "asked"},
        {"kind": "phone", "detail": "handset", "evidence_state": "asked", "chase_on": D(2026, 3, 20)},
        {"kind": "statement", "detail": "neighbour", "evidence_state": "received"},
    )
    first = entry("investigation", D(2026, 3, 2), groups={"evidence": rows})
    tasks = {one.title: one for one in derive([first], [], SECTIONS, library(), D(2026, 3, 12))}
    assert tasks["Chase evidence: skeletal survey"].due_on == D(2026, 3, 9)
    assert tasks["Chase evidence: skeletal survey"].state is TaskState.LATE
    assert tasks["Chase evidence: handset"].due_on == D(2026, 3, 20)
    assert "Chase evidence: neighbour" not in tasks
    chased = ({**rows[0], "evidence_state": "chased"}, *rows[1:])
    again = entry("investigation", D(2026, 3, 2), D(2026, 3, 11), version=2, groups={"evidence": chased})
    tasks = {one.title: one for one in derive([first, again], [], SECTIONS, library(), D(2026, 3, 12))}
    assert tasks["Chase evidence: skeletal survey"].due_on == D(2026, 3, 18)


SETTLED: tuple[tuple[tuple[EntryFact, ...], str, TaskState, date], ...] = (
    ((entry("referral", D(2026, 3, 2), direction="in", decision="strategy"), entry("strategy", D(2026, 3, 3), outcome="s47")),
     "STR-1", TaskState.DONE, D(2026, 3, 3)),
    ((entry("strategy", D(2026, 3, 2), outcome="s47", conference_on=D(2026, 3, 20)),
      entry("conference", D(2026, 3, 20), kind="initial", report_sent_on=D(2026, 3, 17))), "CONF-R1", TaskState.DONE, D(2026, 3, 17)),
    ((entry("strategy", D(2026, 3, 2), outcome="s47", conference_on=D(2026, 3, 20)),
      entry("conference", D(2026, 3, 20), kind="initial")), "CONF-R1", TaskState.CEASED, D(2026, 3, 20)),
    ((entry("conference", D(2026, 3, 20), kind="initial", record_received_on=D(2026, 4, 20)),),
     "CONF-M", TaskState.DONE_LATE, D(2026, 4, 20)),
    ((entry("strategy", D(2026, 3, 2), outcome="s47", medical=True), entry("medical", D(2026, 3, 2))),
     "MED-1", TaskState.DONE, D(2026, 3, 2)),
    ((entry("medical", D(2026, 3, 3), opinion="nai"), entry("photographs", D(2026, 3, 2), taken=True, taken_on=D(2026, 3, 2))),
     "PHOTO-1", TaskState.DONE, D(2026, 3, 3)),
    ((entry("contact", D(2026, 3, 2), injury=True),
      entry("photographs", D(2026, 3, 2), taken=False, not_taken_why="child_declined", agreed_by="DS Okafor")),
     "PHOTO-1", TaskState.DONE, D(2026, 3, 2)),
    ((entry("medical", D(2026, 3, 2), final_report_on=D(2026, 3, 25)),), "MED-0-REPORT", TaskState.DONE_LATE, D(2026, 3, 25)),
    ((entry("bail", D(2026, 3, 2), kind="pre_charge", ended_how="charged", ended_on=D(2026, 4, 1)),),
     "BAIL-22-CUSTODY", TaskState.DONE, D(2026, 4, 1)),
    ((entry("legal", D(2007, 6, 5), advice_asked_on=D(2007, 6, 5)), entry("legal", D(2007, 7, 27), advice_on=D(2007, 7, 27))),
     "LEG-1", TaskState.DONE_LATE, D(2007, 7, 27)),
    ((entry("disclosure", D(2026, 3, 2), kind="request_out"), entry("disclosure", D(2026, 3, 6), kind="received")),
     "INFO", TaskState.DONE, D(2026, 3, 6)),
    ((entry("plan", D(2026, 2, 2), status="on_plan"), entry("contact", D(2026, 3, 2), child_seen="alone"),
      entry("contact", D(2026, 3, 9), child_seen="not_seen")),
     "VIS-3-ANY", TaskState.LATE, D(2026, 3, 2)),
)  # fmt: skip


@pytest.mark.parametrize(("story", "timescale", "state", "ended_on"), SETTLED)
def test_what_settles_a_clock(
    story: tuple[EntryFact, ...], timescale: str, state: TaskState, ended_on: date
) -> None:
    task = owed(D(2026, 8, 3), *story)[timescale]
    assert task.state is state
    assert state is TaskState.LATE or task.ended_on == ended_on


def test_a_limit_that_ran_out_before_police_knew_is_not_held_against_anybody() -> None:
    told = entry("conference", D(2019, 5, 1), D(2026, 3, 2), kind="initial", outcome="plan")
    found = owed(D(2026, 3, 2), told)
    assert "CONF-D" not in found
    assert found["CG-1"].due_on == D(2026, 3, 16), (
        "a plan that stands has a core group, and police ask for it"
    )
    assert found["CONF-M"].due_on == D(2026, 3, 23), "the minutes are still asked for, in fair time"
    assert found["RCPC-1"].state is TaskState.LATE, "a plan that stands must be reviewed, however long ago"


def test_an_amendment_does_not_restart_or_excuse_a_clock() -> None:
    first = entry("conference", D(2026, 3, 20), kind="initial", outcome="plan")
    amended = entry(
        "conference", D(2026, 3, 20), D(2026, 6, 1), version=2, kind="initial", outcome="plan", chair="A. Lee"
    )
    task = owed(D(2026, 6, 1), first, amended)["CONF-M"]
    assert (task.due_on, task.state) == (D(2026, 4, 14), TaskState.LATE)


def test_an_action_is_done_late_or_no_longer_needed_as_its_row_says() -> None:
    rows = (
        {"what": "See the child", "due_on": D(2026, 3, 6), "action_state": "done", "done_on": D(2026, 3, 9)},
        {"what": "Weigh the baby", "due_on": D(2026, 3, 6), "action_state": "no_longer_needed"},
        {"what": "Fit a gate", "due_on": D(2026, 3, 6), "action_state": "partly"},
    )
    story = entry("core_group", D(2026, 3, 2), groups={"actions": rows})
    states = {one.title: one.state for one in derive([story], [], SECTIONS, library(), D(2026, 3, 20))}
    assert states["See the child"] is TaskState.DONE_LATE
    assert states["Weigh the baby"] is TaskState.CEASED
    assert states["Fit a gate"] is TaskState.LATE


def test_minutes_settle_the_conference_of_their_own_day() -> None:
    first = entry("conference", D(2026, 1, 12), kind="initial", outcome="plan")
    second = entry("conference", D(2026, 4, 13), kind="review", review_outcome="continue")
    minutes = entry(
        "minutes", D(2026, 4, 13), D(2026, 4, 20), kind="review_conference", received_on=D(2026, 4, 20)
    )
    tasks = derive([first, second, minutes], [], SECTIONS, library(), D(2026, 4, 20))
    states = {one.opened_on: one.state for one in tasks if one.timescale == "CONF-M"}
    assert states == {D(2026, 1, 12): TaskState.LATE, D(2026, 4, 13): TaskState.DONE}
    misdated = entry("minutes", D(2026, 4, 14), D(2026, 4, 20), kind="review_conference")
    tasks = derive([first, misdated], [], SECTIONS, library(), D(2026, 4, 20))
    assert [one.state for one in tasks if one.timescale == "CONF-M"] == [TaskState.DONE_LATE]


VISIT: dict[str, Any] = {"agency": "social_care", "child_seen": "alone"}
UNDER_A_PLAN: tuple[tuple[EntryFact, ...], ...] = (
    (entry("plan", D(2026, 2, 2), status="on_plan"),),
    (entry("plan", D(2026, 2, 2), status="registered"),),
    (entry("plan", D(2026, 2, 2), status="on_plan", ended_on=D(2026, 6, 1)),),
    (entry("conference", D(2026, 2, 2), kind="initial", outcome="plan"),),
)
UNDER_NONE: tuple[tuple[EntryFact, ...], ...] = (
    (),
    (entry("plan", D(2026, 2, 2), status="in_need"),),
    (entry("plan", D(2025, 2, 3), status="on_plan", ended_on=D(2026, 2, 2)),),
    (entry("plan", D(2026, 4, 6), status="on_plan"),),
    (
        entry("conference", D(2025, 2, 3), kind="initial", outcome="plan"),
        entry("conference", D(2026, 2, 2), kind="review", review_outcome="end"),
    ),
)


@pytest.mark.parametrize("story", UNDER_A_PLAN)
def test_a_visit_starts_the_clocks_of_a_plan_that_stands(story: tuple[EntryFact, ...]) -> None:
    found = owed(D(2026, 3, 2), *story, entry("contact", D(2026, 3, 2), **VISIT))
    assert {"VIS-1", "VIS-3-SW", "VIS-3-ANY"} <= set(found)


@pytest.mark.parametrize("story", UNDER_NONE)
def test_a_visit_starts_no_clock_of_a_plan_where_none_stands(story: tuple[EntryFact, ...]) -> None:
    found = owed(D(2026, 3, 2), *story, entry("contact", D(2026, 3, 2), **VISIT))
    assert {one.timescale for one in found.values() if one.state.outstanding} & {
        "VIS-1",
        "VIS-3-SW",
        "VIS-3-ANY",
    } == set()


def test_closing_ends_what_is_owed_about_everybody_and_social_care_only_of_its_child() -> None:
    child, brother = derived_id("child"), derived_id("brother")
    owes = replace(entry("core_group", D(2026, 3, 2)), concerns=(brother,))
    by_social_care = replace(entry("social_care_closure", D(2026, 3, 9)), concerns=(child,))
    by_police = replace(entry("closure", D(2026, 3, 9)), concerns=(child,))
    assert owed(D(2026, 3, 9), owes, by_social_care)["CG-n"].state is TaskState.DUE
    assert owed(D(2026, 3, 9), owes, by_police)["CG-n"].state is TaskState.CEASED


OUTLIVES = {"BAIL-22-CUSTODY", "SAR", "HEARING", "PP", "VCOP-ENH"}


def test_closing_lets_go_of_what_the_file_set_and_not_of_what_the_law_set() -> None:
    story = (
        entry("risk", D(2026, 3, 2), level="high", review_on=D(2026, 3, 9)),
        entry("supervision", D(2026, 3, 2), review_on=D(2026, 3, 16)),
        entry("referral", D(2026, 3, 2), direction="in", decision="strategy", injury=True),
        entry("bail", D(2026, 3, 2), kind="pre_charge"),
        entry("disclosure", D(2026, 3, 2), kind="subject_access"),
        entry("legal", D(2026, 3, 2), next_hearing_on=D(2026, 5, 1)),
        entry("police_protection", D(2026, 3, 2)),
        entry("closure", D(2026, 3, 3), outstanding="Moved abroad."),
    )
    outstanding = {key for key, one in owed(D(2026, 12, 1), *story).items() if one.state.outstanding}
    assert outstanding == OUTLIVES


STORIES = [one for story, *_ in SETTLED for one in story]


AMENDED: tuple[tuple[dict[str, Any], dict[str, Any], str], ...] = (
    ({"kind": "pre_charge", "expires_on": D(2026, 4, 1)}, {"kind": "pre_charge", "expires_on": D(2026, 5, 1)}, "BAIL-22-CUSTODY"),
    ({"kind": "pre_charge"}, {"kind": "pre_charge", "authorised_by": "inspector"}, "BAIL-22-INSP"),
    ({"kind": "pre_charge"}, {"kind": "pre_charge", "ended_how": "nfa", "ended_on": D(2026, 3, 9)}, "BAIL-22-CUSTODY"),
)  # fmt: skip


@given(
    st.sampled_from(AMENDED),
    st.dates(D(2026, 3, 2), D(2026, 6, 1)),
    st.dates(D(2026, 3, 2), D(2026, 12, 1)),
    st.booleans(),
)
def test_an_amendment_counts_from_the_day_police_knew_it_and_not_a_day_before(
    change: tuple[dict[str, Any], dict[str, Any], str], known: date, as_of: date, backwards: bool
) -> None:
    before, after, timescale = change
    first = entry("bail", D(2026, 3, 2), **before)
    second = entry("bail", D(2026, 3, 2), known, version=2, **after)
    both = [second, first] if backwards else [first, second]
    replayed = owed(as_of, *both)
    stands = owed(as_of, second if known <= as_of else first)
    limits = {key for key in (*replayed, *stands) if key.startswith("BAIL")}
    assert {key: (replayed[key].due_on, replayed[key].state) for key in limits} == {
        key: (stands[key].due_on, stands[key].state) for key in limits
    }
    assert timescale in replayed or known > as_of


@given(
    st.lists(st.sampled_from(STORIES), unique_by=lambda e: e.thread_id, max_size=8),
    st.dates(D(2026, 3, 1), D(2026, 9, 1)),
    st.randoms(),
)
def test_neither_the_order_nor_later_knowledge_changes_a_day(
    story: list[EntryFact], as_of: date, chance: Any
) -> None:
    shuffled = list(story)
    chance.shuffle(shuffled)
    known = [one for one in story if one.known_on <= as_of]
    said = derive(story, [], SECTIONS, library(), as_of)
    assert (
        said
        == derive(shuffled, [], SECTIONS, library(), as_of)
        == derive(known, [], SECTIONS, library(), as_of)
    )


@given(
    st.lists(st.sampled_from(STORIES), unique_by=lambda e: e.thread_id, max_size=8),
    st.dates(D(2026, 3, 1), D(2027, 3, 1)),
)
def test_what_lasts_is_what_stands_from_the_day_on_which_the_last_of_it_begins_or_ends(
    story: list[EntryFact], day: date
) -> None:
    found = lasting(story, [], SECTIONS, library())
    on = max(found.from_on, day)
    assert list(found.tasks) == standing(story, [], SECTIONS, library(), on)
    days = [each for one in found.tasks for each in (one.opened_on, one.ended_on) if each]
    assert found.from_on == max(days, default=date.min)
