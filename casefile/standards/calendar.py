"""The working-day calendar of England, offline.

A working day is not a Saturday, Sunday or bank holiday in England. The trigger day is day 0:
"15 working days after the strategy discussion" counts the first working day after it as 1.

Bank holidays come from the maintained ``holidays`` library, written once into
``resources/standards/bank-holidays.toml`` so that starting the app does not pay for loading it;
a test holds the two equal. Outside the years of the table only weekends are left out.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache

from casefile.errors import Damaged
from casefile.standards.files import STANDARDS

YEARS = range(1980, 2061)
"""The years of the table."""

TABLE = STANDARDS / "bank-holidays.toml"


def is_bank_holiday(day: date) -> bool:
    """Whether that day, Monday to Friday, is a bank holiday in England."""
    table = _bank_holidays()
    place = bisect_left(table, day.toordinal())
    return place < len(table) and table[place] == day.toordinal()


def is_working_day(day: date) -> bool:
    """Whether that day is a working day in England."""
    return day.weekday() < 5 and not is_bank_holiday(day)


def next_working_day(day: date) -> date:
    """That day if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, days: int) -> date:
    """The working day that is so many after *start*, which is day 0; before it if negative.

    With 0 it is *start* itself, working day or not.
    """
    if days == 0:
        return start
    counted = _working_days_until(start.toordinal() - (days < 0))
    return _nth_working_day(counted + days + (days < 0))


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after *start* up to and including *end*; negative if *end* is earlier.

    Read as "end is so many working days after start", the trigger day being day 0.
    """
    if end < start:
        return -working_days_between(end, start)
    return _working_days_until(end.toordinal()) - _working_days_until(start.toordinal())


def add_months(start: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day if it has no such day."""
    from dateutil.relativedelta import relativedelta

    return start + relativedelta(months=months)


def library_bank_holidays(years: Iterable[int]) -> dict[date, str]:
    """Bank holidays of England from Monday to Friday, as the maintained library knows them."""
    from holidays.countries.united_kingdom import UnitedKingdom

    found = UnitedKingdom(subdiv="ENG", years=list(years))
    return {day: name for day, name in sorted(found.items()) if day.weekday() < 5}


def bank_holiday_table() -> str:
    """The table as ``resources/standards/bank-holidays.toml`` holds it: one line a year."""
    days = list(library_bank_holidays(YEARS))
    lines = [f"{year} = [{', '.join(day.isoformat() for day in days if day.year == year)}]" for year in YEARS]
    head = "# Bank holidays in England from Monday to Friday. Written by: python -m casefile.standards"
    return "\n".join([head, *lines, ""])


@cache
def _bank_holidays() -> tuple[int, ...]:
    """Ordinals of the bank holidays that fall from Monday to Friday, in order."""
    try:
        years = tomllib.loads(TABLE.read_text("utf-8"))
        days = sorted(day.toordinal() for year in years.values() for day in year)
    except (OSError, ValueError, AttributeError) as error:
        raise Damaged(f"The table of bank holidays, {TABLE.name}, cannot be read: {error}.") from error
    return tuple(days)


@lru_cache(maxsize=4096)
def _working_days_until(ordinal: int) -> int:
    """Working days from the first day of the calendar up to and including this one."""
    weeks, rest = divmod(ordinal, 7)  # day 1 of the calendar is a Monday
    return 5 * weeks + min(rest, 5) - bisect_right(_bank_holidays(), ordinal)


def _nth_working_day(number: int) -> date:
    """The working day with that number, counted from the first day of the calendar."""
    passed = 0
    while True:
        weeks, rest = divmod(number + passed - 1, 5)
        ordinal = 7 * weeks + rest + 1
        holidays = bisect_right(_bank_holidays(), ordinal)
        if holidays == passed:
            return date.fromordinal(ordinal)
        passed = holidays
