"""What signing opens, closes and lets fall away, from the referral to social care's closure, replayed by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from casefile.record.duties import Opens, OpensEach
from casefile.record.facts import EntryFact
from casefile.record.owed import Owed, TaskState, derive
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.keep import words_of
from casefile.standards import library

FILE, OFFICER, CHILD = uuid4(), uuid4(), uuid4()
HERE = (
    "referral",
    "strategy",
    "section47",
    "assessment",
    "conference",
    "minutes",
    "core_group",
    "plan",
    "social_care_closure",
    "closure",
)


OF_THE_FILE = {"ACTION", "ANSWER", "HEARING", "PHOTO-AGAIN", "RISK-REVIEW", "SUPERVISION", "INSPECTOR-REVIEW"}
"""Duties whose date stands in the entry itself, not in a standard."""


def keys_of(opens: Opens | OpensEach) -> tuple[str, ...]:
    return (opens.timescale,) if isinstance(opens.timescale, str) else opens.among


def test_every_timescale_of_the_standards_opens_a_task_or_says_why_none() -> None:
    opened = {key for section in SECTIONS.values() for one in section.opens for key in keys_of(one)}
    opened |= {key for section in SECTIONS.values() for one in section.opens_each for key in keys_of(one)}
    silent = {one.id for one in library().timescales if not one.no_task}
    told = {one.id for one in library().timescales if one.no_task}
    assert silent == opened - OF_THE_FILE
    assert not told & opened


def entry(section: str, on: date, *, groups: dict[str, Any] | None = None, **values: Any) -> EntryFact:
    entry_id: UUID = uuid4()
    return EntryFact(
        id=entry_id,
        file_id=FILE,
        thread_id=entry_id,
        section=section,
        version=1,
        versions=1,
        happened_on=on,
        happened_at=None,
        known_on=on,
        recorded_at=datetime(2026, 11, 2, tzinfo=UTC),
        author_id=OFFICER,
        author="PC 7 Marsh",
        reason=None,
        marking="OFFICIAL-SENSITIVE",
        origin=None,
        summary=section,
        values=values,
        groups=groups or {},
        concerns=(CHILD,),
    )


def owed(entries: list[EntryFact], as_of: date) -> dict[str, Owed]:
    return {one.timescale: one for one in derive(entries, [], SECTIONS, library(), as_of)}


@pytest.mark.parametrize("key", HERE)
def test_every_duty_and_list_a_section_names_exists(key: str) -> None:
    standards, section = library(), SECTIONS[key]
    known = {one.id for one in standards.timescales}
    named = {key for one in section.opens for key in keys_of(one)} | {
        key for one in section.opens_each for key in keys_of(one)
    }
    named |= {one for rule in (*section.closes, *section.ceases) for one in rule.timescales}
    assert named <= known | OF_THE_FILE
    description = describe(section)
    for spec in (*description.fields, *(one for group in description.groups for one in group.fields)):
        if spec.codes:
            assert standards.codes(spec.codes).codes
    assert section.divider in {one.key for one in standards.dividers}
    assert section.line(entry(key, date(2024, 3, 4)), words_of(standards))


def test_a_strategy_discussion_that_starts_an_enquiry_opens_the_conference() -> None:
    strategy = entry("strategy", date(2024, 3, 4), outcome="s47")
    found = owed([strategy], date(2024, 3, 10))
    assert found["ICPC"].due_on == date(2024, 3, 25)
    assert found["ICPC"].state is TaskState.DUE
    held = entry("conference", date(2024, 3, 27), kind="initial", outcome="nfa")
    later = owed([strategy, held], date(2024, 4, 30))
    assert (later["ICPC"].state, later["ICPC"].days_late) == (TaskState.DONE_LATE, 2)


@pytest.mark.parametrize("outcome", ["assessment", "services", "nfa"])
def test_a_strategy_discussion_without_an_enquiry_opens_no_conference(outcome: str) -> None:
    assert "ICPC" not in owed([entry("strategy", date(2024, 3, 4), outcome=outcome)], date(2024, 3, 10))


def test_an_enquiry_without_its_strategy_discussion_opens_the_conference_itself() -> None:
    assert "ICPC" in owed([entry("section47", date(2024, 3, 4))], date(2024, 3, 10))
    known = entry("section47", date(2024, 3, 4), strategy_on=date(2024, 3, 4))
    assert "ICPC" not in owed([known], date(2024, 3, 10))
    needless = entry("section47", date(2024, 3, 4), conference_not_needed=True)
    assert "ICPC" not in owed([needless], date(2024, 3, 10))


def test_an_enquiry_that_needs_no_conference_lets_it_fall_away() -> None:
    strategy = entry("strategy", date(2024, 3, 4), outcome="s47")
    ended = entry(
        "section47", date(2024, 3, 4), strategy_on=date(2024, 3, 4), outcome="nfa", ended_on=date(2024, 3, 15)
    )
    assert owed([strategy, ended], date(2024, 3, 20))["ICPC"].state is TaskState.CEASED
    assert owed([strategy, ended], date(2024, 3, 14))["ICPC"].state is TaskState.DUE


def test_an_initial_conference_that_makes_a_plan_opens_core_group_review_and_record() -> None:
    held = entry("conference", date(2024, 3, 5), kind="initial", outcome="plan")
    found = owed([held], date(2024, 3, 6))
    assert found["CG-1"].due_on == date(2024, 3, 19)
    assert found["RCPC-1"].due_on == date(2024, 6, 5)
    assert {"CONF-M", "CONF-D"} <= set(found)


def test_reviews_follow_one_another_until_the_plan_ends() -> None:
    held = entry("conference", date(2024, 3, 5), kind="initial", outcome="plan")
    first = entry("conference", date(2024, 5, 28), kind="review", review_outcome="continue")
    found = owed([held, first], date(2024, 6, 1))
    assert found["RCPC-1"].state is TaskState.DONE
    assert found["RCPC-n"].due_on == date(2024, 11, 28)
    last = entry("conference", date(2024, 11, 12), kind="review", review_outcome="end")
    ended = owed([held, first, last], date(2024, 12, 1))
    assert ended["RCPC-n"].state is TaskState.DONE
    assert ended["CG-1"].state is TaskState.CEASED


def test_the_end_of_a_plan_lets_only_what_is_still_open_fall_away() -> None:
    held = entry("conference", date(2024, 3, 5), kind="initial", outcome="plan")
    plan = entry(
        "plan", date(2024, 3, 5), status="ended", conference_on=date(2024, 3, 5), ended_on=date(2024, 9, 2)
    )
    review = entry("conference", date(2024, 5, 28), kind="review")
    found = owed([held, plan, review], date(2024, 10, 1))
    assert found["RCPC-1"].state is TaskState.DONE
    assert found["RCPC-n"].state is TaskState.CEASED


def test_a_plan_without_its_conference_still_wants_its_review() -> None:
    assert "RCPC-1" in owed([entry("plan", date(2024, 3, 5), status="on_plan")], date(2024, 3, 6))
    assert "RCPC-1" not in owed([entry("plan", date(2024, 3, 5), status="in_need")], date(2024, 3, 6))


def test_core_groups_follow_monthly_or_as_they_fix_themselves() -> None:
    held = entry("conference", date(2024, 3, 5), kind="initial", outcome="plan")
    first = entry("core_group", date(2024, 3, 15))
    found = owed([held, first], date(2024, 3, 20))
    assert found["CG-1"].state is TaskState.DONE
    assert found["CG-n"].due_on == date(2024, 4, 15)
    fixed = entry("core_group", date(2024, 3, 15), next_on=date(2024, 4, 2))
    assert owed([held, fixed], date(2024, 3, 20))["CG-n"].due_on == date(2024, 4, 2)


def test_minutes_close_the_record_owed_and_open_the_check() -> None:
    held = entry("conference", date(2024, 3, 5), kind="initial", outcome="nfa")
    minutes = entry("minutes", date(2024, 3, 5), kind="initial_conference", received_on=date(2024, 3, 20))
    found = owed([held, minutes], date(2024, 3, 21))
    assert found["CONF-M"].state is TaskState.DONE
    assert found["CONF-C"].due_on == date(2024, 4, 5)


@pytest.mark.parametrize(
    ("began", "kind", "timescale", "due"),
    [
        (date(2009, 3, 2), "initial", "IA-06", date(2009, 3, 11)),
        (date(2011, 3, 7), "initial", "IA-10", date(2011, 3, 21)),
        (date(2024, 3, 4), "single", "SA", date(2024, 5, 9)),
    ],
)
def test_an_assessment_is_due_by_the_standard_of_its_day(
    began: date, kind: str, timescale: str, due: date
) -> None:
    found = owed([entry("assessment", began, kind=kind)], began)
    assert found[timescale].due_on == due
    finished = owed([entry("assessment", began, kind=kind, finished_on=began)], began)[timescale]
    assert (finished.state, finished.ended_on) == (TaskState.DONE, began)


def test_a_referral_is_decided_and_the_referrer_hears() -> None:
    open_one = entry("referral", date(2024, 3, 4), direction="in")
    assert owed([open_one], date(2024, 3, 4))["REF-1"].due_on == date(2024, 3, 5)
    decided = entry("referral", date(2024, 3, 4), direction="in", decision="nfa", decided_on=date(2024, 3, 5))
    found = owed([decided], date(2024, 3, 6))
    assert (found["REF-1"].state, found["REF-1"].ended_on) == (TaskState.DONE, date(2024, 3, 5))
    assert found["REF-2"].state is TaskState.DUE
    late = entry("referral", date(2024, 3, 4), direction="in", decision="nfa", decided_on=date(2024, 3, 8))
    task = owed([late], date(2024, 3, 9))["REF-1"]
    assert (task.state, task.days_late) == (TaskState.DONE_LATE, 3)


def test_social_care_closing_lets_what_it_owed_fall_away() -> None:
    held = entry("conference", date(2024, 3, 5), kind="initial", outcome="plan")
    closed = entry("social_care_closure", date(2024, 4, 2), closed_for="RC5")
    found = owed([held, closed], date(2024, 5, 1))
    assert {one.state for one in found.values()} == {TaskState.CEASED}


def test_the_front_of_the_file_shows_the_plan_that_stands() -> None:
    plan = SECTIONS["plan"]
    stands = entry("plan", date(2024, 3, 5), status="on_plan", category="NEG")
    assert plan.front(stands) == {"plan_category": "NEG", "plan_since": date(2024, 3, 5)}
    over = entry("plan", date(2024, 3, 5), status="ended", category="NEG", ended_on=date(2024, 9, 2))
    assert plan.front(over) == {"plan_category": None, "plan_since": None}
    assert SECTIONS["closure"].front(entry("closure", date(2024, 3, 5))) == {"state": "closed"}


def test_a_strategy_discussion_wants_police_social_care_and_health() -> None:
    attendees = ({"agency": "police", "role": "DS"}, {"agency": "paediatrics"})
    actions = ({"what": "Medical", "due_on": None},)
    found = SECTIONS["strategy"].missing(
        entry("strategy", date(2024, 3, 4), groups={"attendees": attendees, "actions": actions}),
        date(2024, 3, 5),
    )
    assert found == ("nobody from social care is named", "an action has no date")


@pytest.mark.parametrize(
    ("section", "values", "field"),
    [
        ("referral", {"happened_on": date(2024, 3, 4), "decided_on": date(2024, 3, 1)}, "decided_on"),
        ("strategy", {"outcome": "s47"}, "s47_kind"),
        ("section47", {"happened_on": date(2024, 3, 4), "ended_on": date(2024, 3, 1)}, "ended_on"),
        ("assessment", {"happened_on": date(2024, 3, 4), "finished_on": date(2024, 3, 1)}, "finished_on"),
        ("minutes", {"happened_on": date(2024, 3, 4), "received_on": date(2024, 3, 1)}, "received_on"),
        ("minutes", {"checked": "errors_reported"}, "errors"),
        ("plan", {"happened_on": date(2024, 3, 4), "ended_on": date(2024, 3, 1)}, "ended_on"),
        ("plan", {"happened_on": date(2024, 3, 4), "ended_on": date(2024, 4, 2)}, "end_reason"),
    ],
)
def test_what_cannot_stand_together_is_said_at_its_field(
    section: str, values: dict[str, Any], field: str
) -> None:
    found = SECTIONS[section].faults(values)
    assert list(found) == [field]
    assert found[field].endswith(".")
