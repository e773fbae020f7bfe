"""What an officer can carry, step by step."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.alarms.history import Away
from casefile.standards import is_working_day, library
from casefile.work.ids import new_id
from casefile.workload.capacity import Serving, capacity, working_days_from

STANDARD = library().workload
DAY = date(2026, 11, 2)  # a Monday; 20 working days run to Friday 27 November
WHO = new_id()


def away(first: date, last: date | None) -> Away:
    return Away(WHO, first, last, DAY, "annual_leave")


def dc(**more: object) -> Serving:
    return Serving("constable", "Detective constable", **more)  # type: ignore[arg-type]


CASES: list[tuple[str, Serving, int]] = [
    ("full time", dc(), 100),
    ("part time", dc(fte=60), 60),
    ("the last day of probation", dc(probation_until=DAY), 90),
    ("the day after probation", dc(probation_until=date(2026, 11, 1)), 100),
    ("part time on probation", dc(fte=55, probation_until=date(2027, 1, 1)), 50),
    ("away a week", dc(away=(away(DAY, date(2026, 11, 8)),)), 75),
    ("away all the time", dc(away=(away(DAY, None),)), 0),
    ("away after the days looked at", dc(away=(away(date(2026, 11, 28), None),)), 100),
    ("away on the last of them", dc(away=(away(date(2026, 11, 27), None),)), 95),
    ("back today", dc(away=(away(date(2026, 10, 1), date(2026, 11, 1)),)), 100),
    ("away on a weekend", dc(away=(away(date(2026, 11, 7), date(2026, 11, 8)),)), 100),
    ("two absences of the same days count once", dc(away=(away(DAY, date(2026, 11, 6)),) * 2), 75),
    ("a sergeant", Serving("sergeant", "Detective sergeant"), 100),
    ("a sergeant of six", Serving("sergeant", "Detective sergeant", supervisees=6), 40),
    ("a sergeant of twelve", Serving("sergeant", "Detective sergeant", supervisees=12), 0),
    ("a part-time sergeant of three", Serving("sergeant", "Detective sergeant", fte=50, supervisees=3), 20),
    ("a constable supervises nobody by the standard", dc(supervisees=3), 100),
    ("an inspector carries no files", Serving("inspector", "Detective inspector", supervisees=9), 0),
]  # fmt: skip


@pytest.mark.parametrize(("serving", "expected"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_a_case(serving: Serving, expected: int) -> None:
    found = capacity(serving, STANDARD, DAY)
    assert found.points == expected
    assert found.steps[-1].points == expected


def test_every_step_is_told_in_words() -> None:
    serving = Serving(
        "sergeant", "Detective sergeant", 80, date(2026, 12, 24), 2, (away(DAY, date(2026, 11, 8)),)
    )
    assert [(one.said, one.points) for one in capacity(serving, STANDARD, DAY).steps] == [
        ("A full-time officer carries 100 points", 100),
        ("Works 80% of full time", 80),
        ("On probation until 24 December 2026: 90%", 72),
        ("Supervises files of 2 officers: 20 points off", 52),
        ("There on 15 of the next 20 working days", 39),
    ]


def test_the_working_days_looked_at_leave_out_weekends_and_bank_holidays() -> None:
    days = working_days_from(date(2026, 12, 24), 3)
    assert days == (date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 30))
    assert all(is_working_day(one) for one in working_days_from(date(2026, 1, 1), 60))


@given(st.integers(1, 100), st.integers(0, 12), st.booleans(), st.integers(0, 40))
def test_capacity_never_grows_by_what_limits_it(fte: int, supervises: int, new: bool, absent: int) -> None:
    gone = (away(DAY, date.fromordinal(DAY.toordinal() + absent)),) if absent else ()
    until = DAY if new else None
    found = capacity(Serving("sergeant", "DS", fte, until, supervises, gone), STANDARD, DAY)
    marks = [one.points for one in found.steps]
    assert marks == sorted(marks, reverse=True)
    assert 0 <= found.points <= fte
