"""Rows of a chronology as events: dates read as far as they can be, and everything doubtful said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from casefile.errors import Fault, Invalid
from casefile.exchange.chronology.sheet import KEPT, Sheet
from casefile.exchange.chronology.words import OTHER, target_labels
from casefile.exchange.docket.days import Day, days_within, read_day
from casefile.exchange.docket.sheet import Cell, Row
from casefile.record.dates import NotADate, long_date, read_time

MOST_WORDS = 20_000
"""Letters of one event; what is longer is cut, and said."""


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One event as it would come in.

    Attributes:
        row: Its row or line in the document.
        on: The day, as far as it can be read.
        stated: The date in the document's own words.
        why: Why the date is doubtful, in a sentence; "" if it is not.
    """

    row: int
    on: date | None
    at: time | None
    stated: str
    why: str
    what: str
    told_by: str = ""
    about: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A chronology as it would come in.

    Attributes:
        empty: Rows with nothing that happened, which are left out.
    """

    events: tuple[ToldEvent, ...]
    empty: int

    @property
    def doubtful(self) -> int:
        """How many dates are doubtful."""
        return sum(bool(one.why) for one in self.events)


def checked(sheet: Sheet, columns: Mapping[str, str]) -> dict[str, str]:
    """The mapping for a sheet: what is guessed, with what a person says laid over.

    Raises:
        Invalid: It names a column or a target that there is not, or no column says what happened.
    """
    faults = [Fault(one, f"There is no column “{one}”.") for one in columns if one not in sheet.headings]
    known = target_labels()
    faults += [
        Fault(one, f"“{target}” is nothing a column can hold. Known are: {', '.join(known)}.")
        for one, target in columns.items()
        if target not in known
    ]
    found = {**sheet.guessed, **columns}
    for key in ("date", "time", "what", "told_by", "about", "response"):
        held = [one for one, target in found.items() if target == key]
        mine = [one for one in held if columns.get(one) == key]
        if len(mine) > 1:
            faults.append(
                Fault(mine[1], f"Two columns hold “{known[key]}”: {', '.join(mine)}. Only one can.")
            )
        for one in held:
            if mine and one not in mine:
                found[one] = OTHER
    if "what" not in found.values():
        faults.append(
            Fault("", f"No column says what happened. The columns are: {', '.join(sheet.headings)}.")
        )
    if faults:
        raise Invalid(faults, kept=KEPT)
    return found


def read_rows(sheet: Sheet, columns: Mapping[str, str], today: date) -> Told:
    """The events of a sheet by a mapping; *today* tells which days are still to come."""
    mapping = checked(sheet, columns)
    events: list[ToldEvent] = []
    empty = 0
    before: ToldEvent | None = None
    for row in sheet.rows:
        event = _event(sheet, row, mapping, before, today)
        if event is None:
            empty += 1
            continue
        events.append(event)
        before = event
    return Told(tuple(events), empty)


def _event(
    sheet: Sheet, row: Row, mapping: Mapping[str, str], before: ToldEvent | None, today: date
) -> ToldEvent | None:
    cells = {mapping[sheet.headings[at]]: cell for at, cell in row.cells.items()
             if at < len(sheet.headings) and mapping[sheet.headings[at]] != OTHER}  # fmt: skip
    what = cells.get("what", Cell("")).text
    others = [f"{sheet.headings[at]}: {cell.text}" for at, cell in row.cells.items()
              if at < len(sheet.headings) and mapping[sheet.headings[at]] == OTHER]  # fmt: skip
    if not what and not others:
        return None
    words = "\n".join(one for one in (what, *others) if one)
    on, stated, why = _day(cells.get("date"), before, today)
    if len(words) > MOST_WORDS:
        words, why = words[:MOST_WORDS], f"{why} Only its first {MOST_WORDS:,} letters are kept here.".strip()
    clock = cells.get("time") or cells.get("date")
    return ToldEvent(
        row.number, on, _time(clock), stated, why, words,
        *(cells.get(key, Cell("")).text[:2_000] for key in ("told_by", "about", "response")),
    )  # fmt: skip


def _day(cell: Cell | None, before: ToldEvent | None, today: date) -> tuple[date | None, str, str]:
    """The day of a row, its date as stated, and why it is doubtful."""
    if cell is None or not cell.text:
        if before is not None and before.on is not None:
            return before.on, "", f"The row has no date; the row above it is of {long_date(before.on)}."
        return None, "", "The row has no date."
    found = read_day(cell)
    why = found.why
    if found.on is None and (days := days_within(cell.text)):
        found = read_day(Cell(days[0]))
        why = f"“{cell.text}” is more than one day; it stands on the first." if len(days) > 1 else found.why
        why = why or f"Read from “{cell.text}”."
    if found.on is not None:
        why = " ".join(one for one in (why, _part(found), _ahead(found.on, today)) if one)
    return found.on, cell.text[:500], why


def _part(day: Day) -> str:
    return {"month": "Only the month is stated; it stands on its first day.",
            "year": "Only the year is stated; it stands on its first day.",
            "estimated": "The source says that it is about."}.get(day.precision, "")  # fmt: skip


def _ahead(on: date, today: date) -> str:
    return "The day is still to come." if on > today else ""


def _time(cell: Cell | None) -> time | None:
    if cell is None:
        return None
    for part in (cell.text, *cell.text.split()[1:2]):
        try:
            return read_time(part)
        except NotADate:
            continue
    return None


def preview_lines(told: Told) -> Iterator[str]:
    """The events for a terminal."""
    for one in told.events:
        day = long_date(one.on) if one.on else "no date"
        doubt = f"  ◆ {one.stated}: {one.why}" if one.why else ""
        yield f"{day}  {' '.join(one.what.split())[:100]}{doubt}"
