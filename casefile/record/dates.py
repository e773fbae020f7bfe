"""Dates as people write them: British order, and only dates that exist.

A date that cannot exist is refused with a sentence; a person may then keep it "as stated by the
source" (the report of June 2009 itself prints 29 February 2009 twice, a day that never was).
"""

from __future__ import annotations

import re
from datetime import date, time

EARLIEST, LATEST = 1890, 2100
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_WORDED = re.compile(
    r"(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+([a-z]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?(?:\s*hrs)?")


class NotADate(ValueError):
    """The text is not a date that exists. ``sentence`` says why, for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_date(text: str) -> date:
    """The date in *text*: ``2 Nov 2026``, ``2/11/2026``, ``2.11.26``, ``2026-11-02``; NotADate if there is none.

    Two-figure years are read as the century that puts them between 1930 and 2029.
    """
    plain = " ".join(text.strip().lower().split())
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC.fullmatch(plain):
        day, month, year = int(found[1]), int(found[2]), _year(found[3])
    elif found := _WORDED.fullmatch(plain):
        day, month, year = int(found[1]), _month(found[2], text), _year(found[3])
    else:
        raise NotADate(f"“{text.strip()}” is not a date. Write it like 2 November 2026 or 2/11/2026.")
    return _real(year, month, day)


def read_time(text: str) -> time:
    """The time of day in *text*: ``14:02``, ``1402``, ``2.15pm``; NotADate with a sentence if there is none."""
    plain = text.strip().lower()
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise NotADate(f"“{text.strip()}” is not a time. Write it like 14:02.")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NotADate(f"There is no such time as {text.strip()}.")
    return time(hour, minute)


def long_date(day: date | None) -> str:
    """A date in full, unpadded: ``2 November 2026``; empty for None."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}" if day else ""


def short_date(day: date | None) -> str:
    """A date for columns: ``2 Nov 2026``; empty for None."""
    return f"{day.day} {_MONTHS[day.month - 1][:3].capitalize()} {day.year}" if day else ""


def _real(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NotADate(f"There is no month {month}. Write the day before the month.")
    if not EARLIEST <= year <= LATEST:
        raise NotADate(f"The year {year} is out of range.")
    try:
        return date(year, month, day)
    except ValueError:
        name = _MONTHS[month - 1].capitalize()
        raise NotADate(f"There is no {day} {name} {year} in the calendar.") from None


def _month(word: str, text: str) -> int:
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(word) or (word == "sept" and number == 9):
            return number
    raise NotADate(f"“{text.strip()}” names no month. Write it like 2 November 2026.")


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 30 else 1900)


def birthday(born: date, age: int) -> date:
    """The day from which somebody is so old; of 29 February the first of March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(min(born.year + age, date.max.year), 3, 1)
