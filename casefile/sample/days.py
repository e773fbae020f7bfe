"""Days in the samples count from the day the store is made: ``-37d``, ``+3w``, ``-7y2m``, ``on+10d``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from casefile.standards.calendar import add_months, is_working_day

_DAY = re.compile(r"(?P<on>on)?(?P<steps>(?:[+-]?\d+[dwmy])*)(?P<exact>!)?")
_STEP = re.compile(r"([+-]?)(\d+)([dwmy])")
DAY = r"(?:on)?(?:[+-]\d+[dwmy](?:\d+[dwmy])*)?!?"
"""A day inside a line of shorthand."""


def day_of(told: str, today: date, on: date | None = None) -> date:
    """The day that *told* means; on a weekend or bank holiday the nearest working day, unless it ends in ``!``.

    What is past moves back and what is to come moves on, so that nothing that lies ahead falls behind the day.

    Args:
        told: ``-37d`` before today, ``+2w`` after it, ``on+10d`` after the day of the happening itself.
        today: The day the store is made.
        on: The day of the happening.

    Raises:
        ValueError: It is no such day.
    """
    found = _DAY.fullmatch(told.strip())
    if found is None or not told.strip():
        raise ValueError(f"“{told}” is no day: write -37d, +2w, -7y2m or on+10d")
    start = on or today if found["on"] else today
    day = _moved(start, found["steps"])
    if found["exact"]:
        return day
    if not found["on"]:
        return _worked(day, 1 if day > today else -1)
    worked = _worked(day, -1)
    return max(worked, start) if day >= start else worked


def birth_of(told: str, today: date) -> date:
    """A day of birth: never moved off a weekend."""
    return day_of(told.rstrip("!") + "!", today)


def _moved(day: date, steps: str) -> date:
    sign = -1 if steps.startswith("-") else 1
    for plus, number, unit in _STEP.findall(steps):
        sign = {"+": 1, "-": -1}.get(plus, sign)
        count = sign * int(number)
        if unit in "dw":
            day += timedelta(days=count * (7 if unit == "w" else 1))
        else:
            day = add_months(day, count * (12 if unit == "y" else 1))
    return day


def _worked(day: date, step: int) -> date:
    while not is_working_day(day):
        day += timedelta(days=step)
    return day
