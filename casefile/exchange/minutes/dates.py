"""Dates within a text: found wherever they stand, kept as stated where they cannot be."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, time

from casefile.exchange.minutes.proposed import StatedDate
from casefile.record.dates import NotADate, long_date, read_date, read_time

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(_WEEKDAYS)}|mon|tues?|wed|thurs?|fri|sat|sun)\b[,.]?\s+(?:the\s+)?)?"
    r"(?<![\d/.,£-])(?:"
    rf"(?P<worded>\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH}\b\.?,?[\s-]+(?:\d{{4}}|\d{{2}}(?![\d:.]\d)))"
    rf"|(?P<american>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s+\d{{4}})"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<figures>\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2}))"
    r")(?![\d/])",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({_MONTH})\b", re.IGNORECASE)
_MONTH_END = re.compile(rf"\bend of ({_MONTH})\s+(\d{{4}})\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d/])(?:\d{1,2}[:.]\d{2}\s*(?:am|pm|a\.m\.|p\.m\.|hrs|hours)?|\d{1,2}\s*(?:am|pm|a\.m\.|p\.m\.)|\d{4}\s*(?:hrs|hours))"
    r"(?![\d/])",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(\d)(?:st|nd|rd|th)\b", re.IGNORECASE)


def dates_in(text: str) -> Iterator[StatedDate]:
    """Every date of a text in order; one that is no day of the calendar comes with the reason."""
    for found in _DATE.finditer(text):
        yield _stated(found)


def first_date(text: str) -> StatedDate | None:
    """The first date of a text, or None."""
    return next(dates_in(text), None)


def due_date(text: str, held: date | None) -> StatedDate | None:
    """The day something is due by: a date, the end of a month, or a day and month after the meeting was held."""
    found = first_date(text)
    if found is not None:
        return found
    if ended := _MONTH_END.search(text):
        first = read_date(f"1 {ended[1]} {ended[2]}")
        last = calendar.monthrange(first.year, first.month)[1]
        return StatedDate(ended[0], first.replace(day=last))
    if held is not None and (short := _NO_YEAR.search(text)):
        return _after(short, held)
    return None


def time_in(text: str) -> time | None:
    """The first time of day of a text; figures that belong to a date are not one."""
    for found in _CLOCK.finditer(_DATE.sub(" ", text)):
        said = found[0].lower().replace("a.m.", "am").replace("p.m.", "pm").replace("hours", "hrs")
        try:
            return read_time(said)
        except NotADate:
            continue
    return None


def _after(found: re.Match[str], held: date) -> StatedDate:
    for year in (held.year, held.year + 1):
        try:
            day = read_date(f"{found[1]} {found[2]} {year}")
        except NotADate as fault:
            return StatedDate(found[0], None, fault.sentence)
        if day >= held:
            return StatedDate(found[0], day)
    return StatedDate(found[0], None, "No year is given.")


def _stated(found: re.Match[str]) -> StatedDate:
    stated = " ".join(found[0].split())
    said = found["worded"] or found["iso"] or found["figures"] or _turned(found["american"])
    try:
        day = read_date(_SUFFIX.sub(r"\1", said))
    except NotADate as fault:
        return StatedDate(stated, None, fault.sentence)
    weekday = (found["weekday"] or "").lower()
    if weekday and not _WEEKDAYS[day.weekday()].startswith(weekday):
        was = _WEEKDAYS[day.weekday()].capitalize()
        return StatedDate(stated, day, f"{long_date(day)} is a {was}; the document says otherwise.")
    return StatedDate(stated, day)


def _turned(american: str) -> str:
    """``March 12, 2026`` as the British write it."""
    month, day, year = american.replace(",", " ").split()
    return f"{day} {month} {year}"
