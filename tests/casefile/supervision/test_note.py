"""The supervision note starts with what the file knows, and its clocks follow the risk; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casefile.desk import Desk
from casefile.errors import Invalid
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.queries.docket import open_docket
from casefile.record.facts import EntryFact
from casefile.record.owed import Owed, TaskState, derive
from casefile.sections import SECTIONS
from casefile.standards import library
from tests.casefile.sections.whole_file import CLOSURE, RISK, SUPERVISION, D, entry, without
from tests.conftest import Clock

At = Callable[[str], Desk]


def record(desk: Desk, file_id: UUID, section: str, day: str, **values: Any) -> EntryFact:
    return desk.do(record_entry, file_id, section, {"happened_on": day, "known_on": day, **values}).result


@pytest.fixture
def file_id(desk: Desk) -> UUID:
    """A file with everything that a note asks about, recorded by the researcher."""
    made = desk.do(open_file).result
    facts = {
        "name": {"kind": "legal", "given": "Wren", "family": "Ashdown"},
        "involvement": {"role": "subject"},
    }
    wren = str(desk.do(add_person, made, facts).result)
    record(desk, made, "household", "2026-10-05", address="4 Mill Lane", confirmed_by="DC Marsh",
           occupants=[{"name": "Wren Ashdown", "relation": "Subject child", "identified": True},
                      {"name": "a man called Steve", "identified": False}])  # fmt: skip
    record(desk, made, "contact", "2026-10-06", kind="visit_announced", agency="social_care", by_whom="J. Amos",
           child_seen="with_others", note="N.", concerns=[wren])  # fmt: skip
    record(desk, made, "contact", "2026-10-01", kind="visit_joint", by_whom="DC Marsh", child_seen="alone",
           child_said="I go to bed when he shouts.", note="N.", concerns=[wren])  # fmt: skip
    record(desk, made, "investigation", "2026-10-19", offence="cruelty", allegation="Left alone.", crime_reference="C/1",
           evidence=[{"kind": "medical", "detail": "skeletal survey", "evidence_state": "asked",
                      "chase_on": "2026-10-26"}])  # fmt: skip
    record(desk, made, "bail", "2026-10-12", suspect="Colin Vane", kind="pre_charge", authorised_by="custody_officer",
           expires_on="2026-11-20", safety="He lives elsewhere.", conditions=["no_contact_child"])  # fmt: skip
    record(desk, made, "conference", "2026-10-20", kind="initial", outcome="plan", category="PHY",
           police_attendance="attended", position="agreed")  # fmt: skip
    record(desk, made, "plan", "2026-10-20", status="on_plan", category="PHY", actions=[
        {"what": "Fit a stair gate", "owed_by": "social_care", "due_on": "2026-10-30"},
        {"what": "See the GP", "owed_by": "health", "due_on": "2026-10-30", "action_state": "done", "done_on": "2026-10-29"},
    ])  # fmt: skip
    record(
        desk,
        made,
        "risk",
        "2026-10-20",
        trigger="conference",
        level="high",
        rationale="R.",
        review_on="2026-10-27",
    )
    return made


def started(desk: Desk, file_id: UUID) -> dict[str, Any]:
    return dict(desk.do(start_draft, file_id, "supervision").result.values)


def test_a_doctor_who_examined_the_child_has_seen_it(sign_in: At, file_id: UUID) -> None:
    made = {"kind": "child_protection", "doctor": "Dr Vale", "opinion": "nai", "report_state": "asked"}
    record(sign_in("Marsh"), file_id, "medical", "2026-10-21", **made)
    note = started(sign_in("Okafor"), file_id)
    assert note["safety"] == (
        "Wren Ashdown: last seen by police on 1 October 2026 (seen alone, by DC Marsh); "
        "last seen by Dr Vale on 21 October 2026 (examined)."
    )


def test_the_note_starts_with_what_the_file_knows(sign_in: At, file_id: UUID) -> None:
    note = started(sign_in("Okafor"), file_id)
    assert (note["kind"], note["rank"], note["level"]) == ("initial", "ds", "high")
    assert note["safety"] == (
        "Wren Ashdown: last seen by police on 1 October 2026 (seen alone, by DC Marsh); "
        "last seen by Children’s social care on 6 October 2026 (seen with others present, by J. Amos)."
    )
    assert note["voice"] == "1 October 2026, to DC Marsh, seen alone: I go to bed when he shouts."
    assert note["household"] == (
        "Confirmed on 5 October 2026: Wren Ashdown (Subject child); a man called Steve (not identified)."
    )
    assert "Open: Chase evidence: skeletal survey, due 26 October 2026, 7 days late." in note["evidence"]
    assert note["bail"].startswith(
        "Colin Vane: Pre-charge bail, three-month scheme, until 20 November 2026, "
    )
    assert note["bail"].endswith("not shared with social care.")
    assert "Held: Initial conference: child protection plan, 20 October 2026, police " in note["meetings"]
    assert "Open: First core group (Children’s social care), due 3 November 2026." in note["meetings"]
    assert note["plan_state"] == (
        "1 of 2 actions are closed.\n"
        "Open: Fit a stair gate (Children’s social care), due 30 October 2026, 3 days late."
    )
    assert note["earlier"] == "None is open."
    assert note["review_on"] == "2026-11-09", "high: seven days"
    assert {"risk_right", "child_seen", "note", "risk_why"}.isdisjoint(note), "what only they can say"


def test_the_next_note_tells_of_directions_new_adults_and_challenges(
    sign_in: At, desk: Desk, file_id: UUID, clock: Clock
) -> None:
    sergeant = sign_in("Okafor")
    note = {**started(sergeant, file_id), "risk_right": True, "note": "Go on.", "happened_on": "2026-11-02"}
    note["directions"] = [
        {"what": "Visit unannounced", "due_on": "2026-11-06", "owner": "DC Marsh"},
        {"what": "Ask the school", "due_on": "2026-11-04", "owed_by": "police"},
    ]
    record(
        sergeant,
        file_id,
        "supervision",
        "2026-11-02",
        **{k: v for k, v in note.items() if k != "happened_on"},
    )
    clock.forward(days=7)
    given = {
        "name": {"kind": "legal", "given": "Steve", "family": "Hale"},
        "involvement": {"role": "partner"},
    }
    desk.do(add_person, file_id, given)
    record(desk, file_id, "challenge", "2026-11-05", about="plan", agency="social_care", disagreement="D.", asked_for="A.",
           stages=[{"stage": "1", "begun_on": "2026-11-05", "our_officer": "A", "counterpart": "J. Amos"}])  # fmt: skip
    again = started(sergeant, file_id)
    assert again["kind"] == "scheduled"
    assert again["household"].endswith("New since the last review: Steve Hale (Partner of a parent).")
    assert again["earlier"].splitlines() == [
        "Open: Ask the school, due 4 November 2026, 5 days late.",
        "Open: Visit unannounced (DC Marsh), due 6 November 2026, 3 days late.",
    ]
    assert "with J. Amos, since 5 November 2026" in again["challenge"]


def test_an_empty_file_says_that_nothing_is_known(sign_in: At, desk: Desk) -> None:
    note = started(sign_in("Lindqvist"), desk.do(open_file).result)
    assert (note["kind"], note["rank"]) == ("inspector", "di")
    assert note["voice"] == "Nothing that the child said is recorded."
    assert note["household"] == "The household was never confirmed."
    assert note["bail"] == "No live bail is recorded."
    assert "safety" not in note


def test_directions_become_tasks_and_the_inspectors_review_is_owed(sign_in: At, file_id: UUID) -> None:
    def owed(timescale: str) -> list[Owed]:
        held = sign_in("Okafor").read(open_docket, file_id).owed
        return [one for one in held if one.timescale == timescale and one.state.outstanding]

    (inspection,) = owed("INSPECTOR-REVIEW")
    assert inspection.due_on == date(2026, 11, 17), "28 days from the high risk of 20 October"
    note = {"kind": "scheduled", "supervisor": "DS", "risk_right": True, "note": "N.", "level": "high"}
    directions = [{"what": "Visit unannounced", "due_on": "2026-11-06", "owed_by": "police"}]
    record(
        sign_in("Okafor"),
        file_id,
        "supervision",
        "2026-11-02",
        **note,
        directions=directions,
        review_on="2026-12-02",
    )
    assert [one.due_on for one in owed("SUPERVISION")] == [date(2026, 11, 9)], "never later than the interval"
    assert "Visit unannounced" in {one.title for one in owed("ACTION")}
    assert owed("INSPECTOR-REVIEW") == [inspection]
    inspectors = {**note, "kind": "inspector", "review_on": "2026-11-09"}
    record(sign_in("Lindqvist"), file_id, "supervision", "2026-11-02", **inspectors)
    assert [one.due_on for one in owed("INSPECTOR-REVIEW")] == [date(2026, 11, 30)], "the next one"
    assert len(owed("SUPERVISION")) == 1


def test_a_direction_needs_an_owner_and_a_day(sign_in: At, file_id: UUID) -> None:
    sergeant = sign_in("Okafor")
    note = {
        "kind": "scheduled",
        "supervisor": "DS",
        "risk_right": True,
        "note": "N.",
        "review_on": "2026-11-09",
    }

    def faults(**direction: Any) -> set[str]:
        directions = [
            {"what": "First", "owner": "DC", "due_on": "2026-11-06"},
            {"what": "Go", **direction},
        ]
        with pytest.raises(Invalid) as refused:
            record(sergeant, file_id, "supervision", "2026-11-02", **note, directions=directions)
        return {one.field for one in refused.value.faults}

    assert faults() == {"directions.1.owner", "directions.1.due_on"}
    assert faults(owner="DC Marsh") == {"directions.1.due_on"}
    assert faults(due_on="2026-11-06") == {"directions.1.owner"}
    assert faults(owed_by="health", due_on="2026-11-01") == {"directions.1.due_on"}, "before the review"


def clocks(as_of: date, *entries: EntryFact) -> list[Owed]:
    found = derive(entries, [], SECTIONS, library(), as_of)
    return [one for one in found if one.timescale == "INSPECTOR-REVIEW" and one.state.outstanding]


def risk(on: date, level: str) -> EntryFact:
    return entry("risk", on, **without(RISK, level=level))


def note(on: date, **more: Any) -> EntryFact:
    return entry("supervision", on, **{**SUPERVISION, **more})


MON = D(2026, 3, 2)
INSPECTIONS: tuple[tuple[str, tuple[EntryFact, ...], list[date]], ...] = (
    ("first assessment, standard: 90 days", (risk(MON, "standard"),), [D(2026, 5, 31)]),
    ("first assessment, high: 28 days", (risk(MON, "high"),), [D(2026, 3, 30)]),
    ("assessed again: the clock runs on", (risk(MON, "high"), risk(D(2026, 3, 9), "high")), [D(2026, 3, 30)]),
    ("a sergeant’s review changes nothing", (risk(MON, "high"), note(D(2026, 3, 9))), [D(2026, 3, 30)]),
    ("never assessed: from the first review", (note(MON, level=None),), [D(2026, 5, 31)]),
    ("rises to high: sooner as well", (risk(MON, "standard"), risk(D(2026, 3, 9), "high")), [D(2026, 4, 6), D(2026, 5, 31)]),
    ("an inspector’s review by kind", (risk(MON, "high"), note(D(2026, 3, 9), kind="inspector", level="high")), [D(2026, 4, 6)]),
    ("an inspector’s review by rank", (risk(MON, "high"), note(D(2026, 3, 9), rank="di", level="medium")), [D(2026, 6, 7)]),
    ("an inspector’s direction alone reviews nothing", (risk(MON, "high"), note(D(2026, 3, 9), rank="di", kind="direction")),
     [D(2026, 3, 30), D(2026, 6, 7)]),
    ("closed", (risk(MON, "high"), entry("closure", D(2026, 3, 9), **CLOSURE)), []),
    ("assessed again after closing", (risk(MON, "high"), entry("closure", D(2026, 3, 9), **CLOSURE), risk(D(2026, 3, 16), "medium")),
     [D(2026, 6, 14)]),
)  # fmt: skip


@pytest.mark.parametrize(("said", "story", "due"), INSPECTIONS)
def test_when_an_inspector_is_to_look(said: str, story: tuple[EntryFact, ...], due: list[date]) -> None:
    assert [one.due_on for one in clocks(D(2026, 3, 20), *story)] == due, said


def test_a_direction_alone_closes_no_review() -> None:
    story = (note(MON, review_on=D(2026, 3, 9)), note(D(2026, 3, 4), kind="direction"))
    found = [
        one
        for one in derive(story, [], SECTIONS, library(), D(2026, 3, 11))
        if one.timescale == "SUPERVISION"
    ]
    assert [one.state for one in found] == [TaskState.LATE]
