"""Working days in England, against dates reckoned by hand on a wall calendar."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.standards.calendar import (
    TABLE,
    YEARS,
    add_months,
    add_working_days,
    bank_holiday_table,
    is_bank_holiday,
    is_working_day,
    library_bank_holidays,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(date(1980, 1, 1), date(2060, 12, 31))

# start, working days, due, why
HAND_RECKONED = [
    # Plain weeks: 5 working days are a week, 15 are three weeks.
    ("2007-06-04", 1, "2007-06-05", "Monday to Tuesday"),
    ("2007-06-08", 1, "2007-06-11", "Friday, then the weekend"),
    ("2007-06-09", 1, "2007-06-11", "from a Saturday the next working day is Monday"),
    ("2007-06-10", 1, "2007-06-11", "from a Sunday likewise"),
    ("2007-06-04", 5, "2007-06-11", "one week"),
    ("2007-06-04", 10, "2007-06-18", "two weeks"),
    ("2007-06-04", 15, "2007-06-25", "three weeks"),
    ("2007-06-04", 35, "2007-07-23", "seven weeks, no holiday in June or July"),
    ("2009-03-16", 7, "2009-03-25", "a week and two days"),
    ("2009-06-08", 45, "2009-08-10", "nine weeks, the holiday is only on 31 August"),
    # Easter: Good Friday and Easter Monday.
    ("2009-04-09", 1, "2009-04-14", "Maundy Thursday: Friday 10 and Monday 13 April are holidays"),
    ("2009-04-06", 5, "2009-04-15", "a week and the two Easter days"),
    ("2008-03-20", 1, "2008-03-25", "early Easter: 21 and 24 March 2008"),
    ("2011-04-18", 15, "2011-05-13", "22, 25, 29 April and 2 May: 19-21, 26-28 April, 3-6 May, 9-13 May"),
    ("2024-03-28", 1, "2024-04-02", "29 March and 1 April 2024"),
    # May and August.
    ("2009-05-01", 1, "2009-05-05", "Friday, then the May holiday on Monday 4"),
    ("2009-05-22", 1, "2009-05-26", "Spring holiday Monday 25 May"),
    ("2009-08-28", 1, "2009-09-01", "Summer holiday Monday 31 August"),
    ("2022-08-26", 10, "2022-09-12", "29 August is a holiday; two weeks from it would be the 9th"),
    # Christmas and New Year.
    ("2007-12-24", 1, "2007-12-27", "Christmas Day Tuesday, Boxing Day Wednesday"),
    ("2007-12-24", 5, "2008-01-03", "27, 28, 31, 2 and 3: 1 January is a holiday"),
    ("2009-12-24", 1, "2009-12-29", "25 Friday; Boxing Day on Saturday is kept on Monday 28"),
    ("2010-12-24", 1, "2010-12-29", "Saturday and Sunday are kept on Monday 27 and Tuesday 28"),
    ("2010-12-31", 1, "2011-01-04", "New Year's Day on Saturday is kept on Monday 3"),
    ("2011-12-23", 1, "2011-12-28", "Christmas on Sunday is kept on Tuesday 27; Boxing Day Monday 26"),
    ("2011-12-30", 1, "2012-01-03", "New Year's Day on Sunday is kept on Monday 2"),
    ("2022-12-01", 15, "2022-12-22", "Thursday and three weeks, ahead of Christmas"),
    ("2022-12-12", 15, "2023-01-05", "three weeks and the three holidays 26, 27 December and 2 January"),
    ("2023-12-22", 3, "2023-12-29", "25 and 26 are holidays: 27, 28, 29"),
    ("2021-12-24", 1, "2021-12-29", "Saturday and Sunday kept on Monday 27 and Tuesday 28"),
    # One-off holidays.
    ("1999-12-24", 1, "1999-12-29", "Saturday and Sunday kept on Monday 27 and Tuesday 28"),
    ("1999-12-30", 1, "2000-01-04", "31 December 1999 was given; 1 January on Saturday kept on Monday 3"),
    ("2002-05-31", 1, "2002-06-05", "Golden Jubilee: Monday 3 and Tuesday 4 June"),
    ("2002-05-24", 1, "2002-05-27", "the usual last Monday of May was a working day that year"),
    ("2011-04-28", 1, "2011-05-03", "Royal wedding Friday 29 April, May holiday Monday 2"),
    ("2012-06-01", 1, "2012-06-06", "Diamond Jubilee: Monday 4 and Tuesday 5 June"),
    ("2012-05-25", 1, "2012-05-28", "the usual last Monday of May was a working day that year"),
    ("2020-05-01", 1, "2020-05-04", "the May holiday was not on Monday 4 in 2020"),
    ("2020-05-07", 1, "2020-05-11", "it was moved to Friday 8, Victory in Europe Day"),
    ("2022-06-01", 1, "2022-06-06", "Platinum Jubilee: Thursday 2 and Friday 3 June"),
    ("2022-05-27", 1, "2022-05-30", "the usual last Monday of May was a working day that year"),
    ("2022-09-16", 1, "2022-09-20", "State funeral Monday 19 September"),
    ("2022-09-05", 15, "2022-09-27", "three weeks and the day of the funeral"),
    ("2022-09-19", 15, "2022-10-10", "the funeral itself is day 0 and costs nothing"),
    ("2023-05-05", 1, "2023-05-09", "Coronation Monday 8 May"),
    ("2023-04-28", 10, "2023-05-16", "1 May and 8 May are both holidays"),
    ("1995-05-05", 1, "1995-05-09", "the May holiday moved to Monday 8 for fifty years of peace"),
    # Backwards: a report due before a conference.
    ("2009-04-15", -2, "2009-04-09", "Wednesday after Easter: Tuesday 14 is one, Thursday 9 is two"),
    ("2022-09-21", -2, "2022-09-16", "Wednesday: Tuesday 20 is one, Friday 16 is two"),
    ("2009-06-08", -5, "2009-06-01", "a week back from a Monday"),
    ("2009-06-07", -1, "2009-06-05", "from a Sunday the working day before is Friday"),
    ("2009-06-06", 0, "2009-06-06", "day 0 is the day itself, even a Saturday"),
]


@pytest.mark.parametrize(("start", "days", "due", "why"), HAND_RECKONED)
def test_working_days_reckoned_by_hand(start: str, days: int, due: str, why: str) -> None:
    assert add_working_days(date.fromisoformat(start), days) == date.fromisoformat(due), why


@pytest.mark.parametrize(
    "day",
    [
        "1999-12-31", "2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04", "2012-06-05",
        "2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08",
    ],
)  # fmt: skip
def test_every_one_off_holiday_is_known(day: str) -> None:
    assert is_bank_holiday(date.fromisoformat(day))
    assert not is_working_day(date.fromisoformat(day))


def test_the_day_a_moved_holiday_left_is_worked() -> None:
    assert is_working_day(date(2020, 5, 4))
    assert is_working_day(date(2022, 5, 30))


def test_a_conference_on_a_weekend_is_on_no_working_day() -> None:
    assert not is_working_day(date(2009, 6, 6))
    assert next_working_day(date(2009, 6, 6)) == date(2009, 6, 8)
    assert next_working_day(date(2009, 4, 10)) == date(2009, 4, 14)


def test_the_table_is_what_the_maintained_library_says() -> None:
    assert TABLE.read_text("utf-8") == bank_holiday_table()


def test_the_table_covers_the_years_that_files_can_name() -> None:
    assert {int(year) for year in tomllib.loads(TABLE.read_text("utf-8"))} == set(YEARS)
    assert set(range(1991, 2041)) <= set(YEARS)
    assert len(library_bank_holidays([2009])) == 8


def test_outside_the_table_only_weekends_are_left_out() -> None:
    assert is_working_day(date(1950, 12, 25))  # a Monday
    assert add_working_days(date(2100, 12, 24), 1) == date(2100, 12, 27)  # Friday to Monday


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2008-11-30", 3, "2009-02-28"),
        ("2007-11-30", 3, "2008-02-29"),
        ("2009-08-31", 6, "2010-02-28"),
        ("2009-03-31", 3, "2009-06-30"),
        ("2009-01-15", 3, "2009-04-15"),
        ("2009-03-31", -1, "2009-02-28"),
    ],
)
def test_months_end_on_the_last_day_where_there_is_no_such_day(start: str, months: int, due: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(due)


@given(DAYS, st.integers(1, 400))
def test_adding_then_counting_gives_the_same_number(start: date, days: int) -> None:
    due = add_working_days(start, days)
    assert is_working_day(due)
    assert working_days_between(start, due) == days
    assert working_days_between(due, start) == -days


@given(DAYS, st.integers(1, 400))
def test_there_and_back_is_the_same_working_day(start: date, days: int) -> None:
    worked = next_working_day(start)
    assert add_working_days(add_working_days(worked, days), -days) == worked


@given(DAYS, st.integers(0, 200), st.integers(0, 200))
def test_a_longer_limit_never_falls_earlier(start: date, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert add_working_days(start, shorter) <= add_working_days(start, longer)


@given(DAYS, st.integers(0, 60))
def test_counting_agrees_with_looking_at_each_day(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    looked_at = sum(is_working_day(start + timedelta(days=n)) for n in range(1, days + 1))
    assert working_days_between(start, end) == looked_at
