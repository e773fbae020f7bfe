"""Dates as docket indexes hold them: any order, partial, of a child not yet born, or impossible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from casefile.exchange.docket.sheet import Cell
from casefile.record.dates import NotADate, long_date, read_date

_EXPECTED = re.compile(r"\b(e\.?\s?d\.?\s?[dc]\.?|expected|due)\b[:\s]*", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:c\.?|ca\.?|circa|approx\.?(?:imately)?|about|abt\.?|est\.?)\s*(?=\d)|^\?|\?$", re.IGNORECASE
)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_RUN_ON = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([A-Za-z]{3,9})[\s\-/.,]*(\d{4}|\d{2})")
_MONTH_FIRST_WORD = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?[\s\-/,]+(\d{4}|\d{2})|(\d{1,2})\s*[/.\-]\s*(\d{4})")
_SERIAL = re.compile(r"[1-5]\d{4}")
_EPOCH = date(1899, 12, 30)
"""Day 0 of the count that spreadsheets keep dates in."""
_IN_TEXT = re.compile(
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(?:\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+\d{4}"
)


@dataclass(frozen=True, slots=True)
class Day:
    """What a cell says of a day.

    Attributes:
        on: The day; for a month or year its first; None if it cannot be read.
        precision: Code of ``date_precision``.
        expected: Whether the cell says that it is still expected.
        why: Why it is doubtful, in a sentence; "" if it is not.
    """

    on: date | None
    precision: str = "exact"
    expected: bool = False
    why: str = ""


def read_day(cell: Cell) -> Day:
    """The day a cell states."""
    if cell.day is not None:
        return Day(cell.day, why=cell.why)
    expected = _EXPECTED.search(cell.text) is not None
    text = _EXPECTED.sub("", cell.text).strip(" ()[]:;,\n")
    about = _ABOUT.search(text) is not None
    found = _read(_CLOCK.sub("", _ABOUT.sub("", text).strip()))
    precision = "estimated" if about and found.on else found.precision
    return Day(found.on, precision, expected, found.why or cell.why)


def says_expected(text: str) -> bool:
    """Whether words say that a day is still expected: ``EDD``, ``due``."""
    return _EXPECTED.search(text) is not None


def looks_like_day(text: str) -> bool:
    """Whether a cell holds a date, even one that cannot exist."""
    return bool(read_day(Cell(text)).on) or bool(_NUMERIC.search(text)) or bool(_EXPECTED.search(text))


def days_within(text: str) -> tuple[str, ...]:
    """The dates that stand inside a text, as stated, in order."""
    return tuple(one.group() for one in _IN_TEXT.finditer(text))


def _read(text: str) -> Day:
    run_on = _RUN_ON.fullmatch(text)
    if run_on:
        text = " ".join(run_on.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        text = "-".join(found.groups())
    elif re.fullmatch(r"(?:19|20)\d{6}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    elif found := _MONTH_FIRST_WORD.fullmatch(text):
        text = f"{found[2]} {found[1]} {found[3]}"
    try:
        return Day(read_date(text))
    except (NotADate, OverflowError) as fault:
        why = fault.sentence if isinstance(fault, NotADate) else "This is not a date."
        return _otherwise(text, why)


def _otherwise(text: str, why: str) -> Day:
    if (found := _NUMERIC.fullmatch(text)) and int(found[1]) <= 12 < int(found[2]):
        try:
            on = read_date(f"{found[2]}/{found[1]}/{found[3]}")
        except NotADate:
            return Day(None, why=why)
        return Day(on, why=f"Read as {long_date(on)}, the month before the day: check.")
    if _SERIAL.fullmatch(text):
        on = _EPOCH + timedelta(days=int(text))
        return Day(on, why=f"A spreadsheet's number for a day, read as {long_date(on)}.")
    return _part(text) or Day(None, why=why)


def _part(text: str) -> Day | None:
    """A month and year, or a year alone."""
    if found := _MONTH_YEAR.fullmatch(text):
        first = f"1/{found[3]}/{found[4]}" if found[3] else f"1 {found[1]} {found[2]}"
        try:
            return Day(read_date(first), "month")
        except NotADate:
            return None
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return Day(date(int(text), 1, 1), "year")
    return None
