"""Every alarm by a table of cases: both sides of each limit, holidays, before it was known, what ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casefile.alarms.raised import all_rules
from casefile.standards import is_working_day, library
from tests.casefile.alarms.cases_late import CLOCKS
from tests.casefile.alarms.tables import every_case, opened
from tests.casefile.alarms.telling import Case, days, standing

FEWEST = 6
ONE_DAY = timedelta(days=1)
NO_ALARM = {
    "CONF-R1": "the alarm police_report_late looks at the conference",
    "CONF-R2": "the alarm police_report_late looks at the conference",
    "HEARING": "a date in the diary, not a limit",
    "PP": "the alarm police_protection_ending counts the hours",
    "EPO": "the alarm order_running_out warns before the day",
    "CAO": "the alarm order_running_out warns before the day",
    "VIS-3-ANY": "the alarm child_not_seen counts the days since anybody saw the child",
    "VIS-3-SW": "the alarm child_not_seen counts the days since anybody saw the child",
}
"""Timescales that open tasks and belong to no alarm of lateness, and why; so do those of bail (BAIL-)."""

CASES = [(key, case) for key, cases in every_case().items() for case in cases]


@pytest.mark.parametrize(("key", "case"), CASES, ids=[f"{key}: {case.name}" for key, case in CASES])
def test_an_alarm_is_raised_on_the_days_it_is_true_and_on_no_other(key: str, case: Case) -> None:
    for day in days(case.silent):
        assert [one.because(day) for one in standing(case.history, key, day)] == [], f"silent on {day}"
    for day in days(case.raised):
        found = standing(case.history, key, day)
        assert found, f"raised on {day}"
        for one in found:
            words = one.because(day)
            assert words[0] == words[0].upper()
            assert words.endswith((".", ".)"))
            assert "{" not in words
            assert "None" not in words


def test_every_alarm_has_its_table() -> None:
    counted = {key: len(cases) for key, cases in every_case().items()}
    asked = {key for key, one in library().alarms.items() if not one.late or opened() & set(one.late)}
    assert {key: counted.get(key, 0) for key in asked if counted.get(key, 0) < FEWEST} == {}


def test_every_table_shows_the_alarm_raised_and_silent() -> None:
    for key, cases in every_case().items():
        assert sum(bool(one.raised) for one in cases) >= 2, key
        assert sum(bool(one.silent) for one in cases) >= 2, key


def test_no_two_cases_of_an_alarm_are_called_the_same() -> None:
    for key, cases in every_case().items():
        names = [one.name for one in cases]
        assert sorted(set(names)) == sorted(names), key


def test_every_rule_has_its_data_and_all_data_a_rule() -> None:
    alarms = library().alarms
    assert set(all_rules()) == {key for key, one in alarms.items() if not one.late}
    assert set(every_case()) <= set(alarms)


def test_a_timescale_that_opens_tasks_belongs_to_an_alarm_or_says_why_not() -> None:
    waited_for = {key for one in library().alarms.values() for key in one.late}
    assert {key for key in opened() - waited_for if not key.startswith("BAIL-")} == set(NO_ALARM)


def test_every_timescale_of_an_alarm_of_lateness_stands_in_the_table() -> None:
    waited_for = {key for one in library().alarms.values() for key in one.late}
    only_known_when_done = {"MED-0-FORENSIC"}
    assert waited_for - only_known_when_done == {one.scale for one in CLOCKS}


def learnt_late(case: Case) -> bool:
    """Whether police learnt of something after it happened, and a day in between is asked, and one after."""
    told = [(one.happened_on or one.known_on, one.known_on) for one in case.history.entries]
    told += [(one.from_on, one.known_on) for one in case.history.away]
    told += [(one.happened_on, one.known_on) for one in case.history.said]
    facts = [one for each in case.history.people for rows in each.facts.values() for one in rows]
    for one in (*facts, *case.history.holders):
        known = one.values["known_on"]
        told += [
            (day, known) for key in ("from_on", "until_on", "born_on", "died_on") if (day := one.get(key))
        ]
    asked = {*days(case.silent), *days(case.raised)}
    return any(
        happened < known
        and any(happened <= day < known for day in asked)
        and any(day >= known for day in asked)
        for happened, known in told
    )


def over_free_days(case: Case) -> bool:
    """Whether the alarm begins across, or on, a day on which nobody counts working days."""
    begins = [day for day in days(case.raised) if day - ONE_DAY in days(case.silent)]
    known = [one.known_on for one in case.history.entries] + [case.history.opened_on]
    known += [one.values["known_on"] for one in case.history.holders] + [
        one.from_on for one in case.history.away
    ]
    known += [
        one.values["known_on"] for each in case.history.people for one in each.facts.get("involvement", ())
    ]
    for day in begins:
        since = max((one for one in known if one <= day), default=day)
        if any(not is_working_day(since + timedelta(days=one)) for one in range((day - since).days + 1)):
            return True
    return False


def on_both_sides(case: Case) -> bool:
    """Whether the last silent day and the first on which it is raised stand side by side."""
    return any(day - ONE_DAY in days(case.silent) for day in days(case.raised))


def ends(case: Case) -> bool:
    """Whether it is silent again after it was raised."""
    return any(day > one for day in days(case.silent) for one in days(case.raised))


def lasts_closed(case: Case) -> bool:
    """Whether the file is closed."""
    return any(one.section == "closure" for one in case.history.entries)


@pytest.mark.parametrize("kind", [on_both_sides, over_free_days, learnt_late, ends, lasts_closed])
def test_every_table_has_each_kind_of_case(kind: Callable[[Case], bool]) -> None:
    without = sorted(key for key, cases in every_case().items() if not any(kind(one) for one in cases))
    assert without == []
