"""Dates and times of day as minutes state them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from casefile.exchange.minutes.proposal import StatedDate
from casefile.record.dates import NotADate, long_date, read_date, read_time

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"(?:\b(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun),?\s+(?:the\s+)?)?"
    rf"(?P<day>\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\.?,?\s+\d{{4}}"
    rf"|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})\b"
    rf"|\b\d{{4}}-\d{{2}}-\d{{2}}\b)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(\d{1,2}[.:]\d{2}\s*(?:am|pm|hrs)?|\d{1,2}\s*(?:am|pm))(?![\d/.])", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_DATE = "The minutes give no date."


def dates_in(text: str) -> Iterator[StatedDate]:
    """Every full date of a text in order, also those that cannot exist."""
    for found in _DATE.finditer(text):
        yield _stated(found)


def first_date(text: str) -> StatedDate | None:
    """The first full date of a text."""
    return next(dates_in(text), None)


def due_date(text: str) -> StatedDate | None:
    """By when, of what stands behind *by* or in a column: a date, or the words as they stand; None for none."""
    words = text.strip(" .;,")
    if not words or words in ("-", "–", "—"):
        return None
    found = _DATE.search(words)
    if found is None:
        return StatedDate(words, None, NO_DATE)
    if words[: found.start()].strip(" .,;").lower() in ("", "by", "on", "before", "no later than"):
        return _stated(found)
    return StatedDate(words, None, "The minutes give more than a date.")


def time_in(text: str) -> time | None:
    """The first time of day of a text, dates left out."""
    found = _TIME.search(_DATE.sub(" ", text))
    if found is None:
        return None
    try:
        return read_time(re.sub(r"\s*(am|pm|hrs)", r"\1", found[1].lower().replace(".", ":")))
    except NotADate:
        return None


def _stated(found: re.Match[str]) -> StatedDate:
    stated = " ".join(found["day"].split())
    try:
        day = read_date(stated.replace(",", " "))
    except NotADate as fault:
        return StatedDate(stated, None, fault.sentence)
    return StatedDate(stated, day, _other_weekday(found["weekday"], day))


def _other_weekday(stated: str | None, day: date) -> str:
    if stated is None or _WEEKDAYS[day.weekday()] == stated[:3].lower():
        return ""
    return f"{long_date(day)} was a {day:%A}, not a {stated.capitalize()}."
