"""The stages of a challenge: their clocks in working days, what ends them, and what may not be skipped.

Limits: ``resources/standards/local.toml``, ESC-1 to ESC-5. Easter 2026: 3 and 6 April; Early May: 4 May 2026.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.record.facts import EntryFact
from casefile.record.owed import Owed, TaskState, derive
from casefile.sections import SECTIONS
from casefile.sections.challenge import Challenge
from casefile.standards import add_working_days, library
from casefile.work.ids import derived_id
from tests.casefile.sections.whole_file import CHALLENGE, CLOSURE, CONFERENCE, D, entry, state, without

MON = D(2026, 3, 2)


def stage(number: int, begun: date, **more: Any) -> dict[str, Any]:
    return {
        "stage": str(number),
        "begun_on": begun,
        "our_officer": "DC Marsh",
        "counterpart": "J. Amos",
        **more,
    }


def challenge(*stages: dict[str, Any], known: date | None = None, **values: Any) -> EntryFact:
    held = without(CHALLENGE, "outcome", "outcome_on", "learning", stages=stages) | values
    fact = entry("challenge", MON, known=known, **held)
    return replace(fact, thread_id=derived_id("challenge"))


def clocks(as_of: date, *entries: EntryFact) -> dict[str, Owed]:
    return {one.timescale: one for one in derive(entries, [], SECTIONS, library(), as_of)}


LIMITS: tuple[tuple[int, date, date], ...] = (
    (1, D(2026, 3, 2), D(2026, 3, 4)),
    (1, D(2026, 3, 5), D(2026, 3, 9)),  # Thursday to Monday
    (2, D(2026, 4, 2), D(2026, 4, 13)),  # over Easter
    (3, D(2026, 4, 30), D(2026, 5, 5)),  # over the bank holiday
    (4, D(2026, 3, 6), D(2026, 3, 10)),
    (5, D(2026, 3, 2), D(2026, 3, 9)),
)


@pytest.mark.parametrize(("number", "begun", "due"), LIMITS)
def test_each_stage_has_its_clock_from_its_own_begin(number: int, begun: date, due: date) -> None:
    task = clocks(due, challenge(stage(number, begun)))[f"ESC-{number}"]
    assert (task.opened_on, task.due_on, task.state, task.owed_by) == (begun, due, TaskState.DUE, "police")
    after = add_working_days(due, 1)
    late = clocks(after, challenge(stage(number, begun)))[f"ESC-{number}"]
    assert (late.state, late.days_late, late.late_unit) == (TaskState.LATE, 1, "working days")


def test_every_stage_of_the_list_has_a_limit() -> None:
    codes = {one.code for one in library().codes("challenge_stage").codes}
    assert {f"ESC-{code}" for code in codes} == {
        one.id for one in library().timescales if one.id.startswith("ESC-") and not one.no_task
    }


def test_a_stage_that_has_not_begun_or_is_not_known_yet_has_no_clock() -> None:
    two = challenge(stage(1, MON), stage(2, D(2026, 3, 10)), known=D(2026, 3, 3))
    assert clocks(D(2026, 3, 2), two) == {}
    assert set(clocks(D(2026, 3, 9), two)) == {"ESC-1"}
    assert set(clocks(D(2026, 3, 10), two)) == {"ESC-1", "ESC-2"}


def test_an_answer_ends_a_stage_and_so_does_going_further() -> None:
    in_time = clocks(D(2026, 3, 31), challenge(stage(1, MON, responded_on=D(2026, 3, 4))))["ESC-1"]
    assert (in_time.state, in_time.ended_on) == (TaskState.DONE, D(2026, 3, 4))
    late = clocks(D(2026, 3, 31), challenge(stage(1, MON, responded_on=D(2026, 3, 6))))["ESC-1"]
    assert (late.state, late.days_late) == (TaskState.DONE_LATE, 2)
    further = clocks(D(2026, 3, 31), challenge(stage(1, MON), stage(2, D(2026, 3, 4))))
    assert further["ESC-1"].state is TaskState.DONE
    assert further["ESC-2"].state is TaskState.LATE


def test_an_answer_that_is_still_to_come_ends_nothing_on_an_earlier_day() -> None:
    told = challenge(stage(1, MON, responded_on=D(2026, 3, 6)), known=MON)
    assert clocks(D(2026, 3, 5), told)["ESC-1"].state is TaskState.LATE


def test_the_outcome_ends_every_stage_and_closing_the_file_too() -> None:
    over = challenge(
        stage(1, MON, responded_on=D(2026, 3, 4)), stage(2, D(2026, 3, 4)), outcome="overtaken",
        outcome_on=D(2026, 3, 6), known=D(2026, 3, 6),
    )  # fmt: skip
    found = clocks(D(2026, 3, 31), over)
    assert found["ESC-1"].state is TaskState.DONE
    assert (found["ESC-2"].state, found["ESC-2"].ended_on) == (TaskState.CEASED, D(2026, 3, 6))
    closed = clocks(D(2026, 3, 31), challenge(stage(1, MON)), entry("closure", D(2026, 3, 9), **CLOSURE))
    assert closed["ESC-1"].state is TaskState.CEASED


def test_an_amendment_keeps_the_clock_of_the_stage() -> None:
    first = challenge(stage(1, MON))
    again = replace(
        challenge(stage(1, MON, response="We will look again."), known=D(2026, 3, 5)), version=2, versions=2
    )
    before, after = clocks(D(2026, 3, 4), first, again), clocks(D(2026, 3, 9), first, again)
    assert before["ESC-1"].id == after["ESC-1"].id
    assert after["ESC-1"].due_on == D(2026, 3, 4)


def test_stages_follow_one_another_unless_danger_is_immediate_and_says_why() -> None:
    def faults(*numbers: int, **more: Any) -> set[str]:
        stages = tuple(stage(one, MON) for one in numbers)
        return set(Challenge.faults({"happened_on": MON, "stages": stages, **more}))

    assert faults(1, 2, 3) == set()
    assert faults(2) == {"immediate_danger"}
    assert faults(1, 3) == {"immediate_danger"}
    assert faults(4, immediate_danger=True) == {"skip_reason"}
    assert faults(4, immediate_danger=True, skip_reason="He goes home tonight.") == set()
    assert faults(1, 1) == {"stages"}
    assert faults(1, outcome_on=MON) == {"outcome"}, "closing needs an outcome"
    assert faults(1, outcome="accepted") == {"outcome_on"}
    assert faults(1, outcome="accepted", outcome_on=D(2026, 3, 1)) == {"outcome_on"}
    answered = (stage(1, MON, responded_on=D(2026, 3, 1)),)
    assert set(Challenge.faults({"happened_on": MON, "stages": answered})) == {"stages"}


def test_no_stage_begins_before_the_challenge_or_the_stage_below_it() -> None:
    def wanting(*stages: dict[str, object]) -> set[str]:
        return set(Challenge.wanting({"happened_on": MON, "stages": stages}))

    assert wanting(stage(1, MON), stage(2, D(2026, 3, 5))) == set()
    assert wanting(stage(1, D(2026, 3, 1))) == {"stages.0.begun_on"}
    assert wanting(stage(2, D(2026, 3, 3)), stage(1, D(2026, 3, 5))) == {"stages.0.begun_on"}


def test_a_dissent_wants_a_challenge_until_one_names_that_conference() -> None:
    held = entry(
        "conference", MON, **without(CONFERENCE, position="dissent", dissent="DS Okafor: remove him.")
    )
    asked = "Police dissented at the conference of 2 March 2026; no challenge is recorded."
    assert state("challenge", held).missing == (asked,)
    other = entry("challenge", MON, **CHALLENGE)
    assert asked in state("challenge", held, other).missing
    about = entry("challenge", MON, **CHALLENGE, about_entry=held.thread_id)
    assert state("challenge", held, about).missing == ()
    agreed = entry("conference", MON, **without(CONFERENCE, position="agreed"))
    assert state("challenge", agreed).mark == "empty"


@given(st.lists(st.dates(MON, D(2026, 12, 31)), min_size=1, max_size=5), st.dates(MON, D(2027, 2, 1)))
def test_no_more_stages_are_open_than_the_last_one_begun(days: list[date], as_of: date) -> None:
    """Taken further in order, a challenge never has two clocks running."""
    held = challenge(*(stage(place, day) for place, day in enumerate(sorted(days), start=1)))
    running = [one for one in clocks(as_of, held).values() if one.state.outstanding]
    assert len(running) <= 1
