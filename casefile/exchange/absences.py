"""Absences from a duty system's CSV or a calendar (.ics), and a team's absences as a calendar. All of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.errors import Fault, Invalid, Refused
from casefile.exchange.calendars import Event, read_calendar, write_calendar
from casefile.exchange.docket.csv_book import CsvBook
from casefile.exchange.docket.officers import KnownOfficers
from casefile.exchange.docket.sheet import Row
from casefile.handover.absence import absence_of, absences, note_absence
from casefile.handover.away import refresh_held, standing_rows
from casefile.record.dates import NotADate, read_date, short_date
from casefile.record.persons import folded
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import LONDON, Work

KEPT = "No absence was recorded."
MOST = 5_000
"""Absences that one file may hold."""
MOST_FAULTS = 50
_BACK, _AHEAD = timedelta(days=31), timedelta(days=2 * 365)
"""What of a calendar is read, before and after today."""
_HEADS = {
    "officer": ("officer", "name", "who", "staff", "staff number", "warrant number", "number"),
    "kind": ("kind", "type", "absence", "reason", "kind of absence"),
    "from_on": ("from", "from on", "start", "first day", "begins", "start date"),
    "until_on": ("until", "to", "until on", "end", "last day", "ends", "end date"),
    "note": ("note", "notes", "remark", "remarks"),
    "planned": ("planned",),
}
"""Words that name a column, by what it holds."""
_WORDS = {
    "annual_leave": ("annual leave", "leave", "holiday", "a/l"),
    "course": ("course", "training"),
    "sickness": ("sick", "sickness", "long-term sickness", "ill"),
    "family_leave": ("maternity", "paternity", "adoption", "maternity leave", "paternity leave"),
    "secondment": ("secondment", "seconded"),
    "suspension": ("suspension", "suspended"),
    "restricted": ("restricted duty", "restricted duties", "restricted"),
    "transfer": ("transfer", "transferred"),
    "left": ("leaving", "left", "resigned", "retired"),
}
"""How other systems say a kind, beside the labels of the standard."""


@dataclass(frozen=True, slots=True)
class AbsenceReport:
    """What came of a file of absences.

    Attributes:
        added, held: How many were recorded, and how many stood already just so.
        aside: What was left out or taken on trust, each in a sentence.
    """

    added: int
    held: int
    aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stated:
    """One absence as a file states it; *at* is its place there."""

    at: str
    officer_id: UUID
    kind: str
    from_on: date
    until_on: date | None
    note: str = ""
    planned: bool = True


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def import_absences(work: Work, data: bytes, name: str) -> AbsenceReport:
    """Record the absences of a CSV: columns officer, kind, from, until, and if it has them note and planned.

    The same file again adds nothing.

    Raises:
        Damaged: It is no CSV.
        Invalid: A row cannot stand; each is named by its line. Nothing is recorded.
    """
    book = CsvBook(data)
    faults: list[Fault] = []
    stated = list(_rows(work, book, faults))
    report = _record(work, stated, faults, tuple(one.why or one.text for one in book.asides()))
    work.note(source=name, added=report.added)
    return report


@action(needs=Permission.READ_FILES, logs=Logged.ADMINISTRATION)
def import_calendar(work: Work, data: bytes, officer_id: UUID, kind: str | None = None) -> AbsenceReport:
    """Record an officer's absences from a calendar (.ics): whole days whose title names a kind of absence.

    A month back and two years ahead are read; repeated events are worked out, times of day are London's.

    Args:
        kind: Take every event that lasts whole days as this kind; None asks each event's title.

    Raises:
        Damaged: It is no calendar.
        Invalid: An absence cannot stand. Nothing is recorded.
    """
    absence_of(work, officer_id)
    read = read_calendar(data, work.today - _BACK, work.today + _AHEAD)
    aside = list(read.doubts)
    stated: list[_Stated] = []
    for event in read.events:
        found = kind or _kind(work, event.title)
        if found is None or not _lasts_days(event):
            aside.append(
                f"“{event.title}” of {short_date(event.first_day)} was left out: it is no absence of whole days."
            )
            continue
        at = f"{event.title}, {short_date(event.first_day)}"
        stated.append(_Stated(at, officer_id, found, event.first_day, event.last_day))
    return _record(work, _joined(stated), [], tuple(aside))


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def export_absences(work: Work, team: str = "") -> bytes:
    """Write the absences of a team, or of everybody, as a calendar; the kind stays here, since calendars are seen by many."""
    events = [
        Event(
            uid=f"absence-{one.id}@casefile",
            title=f"{one.officer} away",
            starts=one.from_on,
            ends=one.until_on or max(one.from_on, work.today + _AHEAD),
            description="" if one.until_on else "No day of return is known.",
        )
        for one in absences(work, team=team)
    ]
    return write_calendar(events, f"Absences, {team}" if team else "Absences", made_at=work.now)


def _rows(work: Work, book: CsvBook, faults: list[Fault]) -> Iterator[_Stated]:
    known = KnownOfficers(work.session)
    numbers = {
        one.number: one.id for one in work.session.scalars(select(Officer)) if one.number and one.active
    }
    columns: Mapping[str, int] | None = None
    for count, row in enumerate(book.rows("CSV")):
        if count > MOST:
            raise Invalid(f"It holds more than {MOST:,} absences.", kept=KEPT)
        if columns is None:
            columns = _columns(row)
            continue
        at = f"Line {row.number}"
        try:
            yield _stated(work, row, columns, (known, numbers), at)
        except NotADate as fault:
            faults.append(Fault(at, f"{at}: {fault.sentence}"))
        except LookupError as fault:
            faults.append(Fault(at, f"{at}: {fault.args[0]}"))
    if columns is None:
        raise Invalid("The file holds no row.", kept=KEPT)


def _columns(head: Row) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for place, cell in head.cells.items():
        for key, words in _HEADS.items():
            if folded(cell.text) in words:
                found.setdefault(key, place)
    missing = [key for key in ("officer", "kind", "from_on") if key not in found]
    if missing:
        names = {"officer": "officer", "kind": "kind", "from_on": "from"}
        raise Invalid(
            f"The first line must name the columns: {', '.join(names[one] for one in missing)} is missing.",
            kept=KEPT,
        )
    return found


def _stated(
    work: Work,
    row: Row,
    columns: Mapping[str, int],
    officers: tuple[KnownOfficers, Mapping[str, UUID]],
    at: str,
) -> _Stated:
    """One row read; LookupError or NotADate with the sentence for what cannot be."""

    def said(key: str) -> str:
        cell = row.cells.get(columns[key]) if key in columns else None
        return cell.text if cell else ""

    known, numbers = officers
    officer_id = numbers.get(said("officer"))
    if officer_id is None:
        found = known.find(said("officer"))
        if found.officer_id is None or found.why:
            raise LookupError(f"“{said('officer')}” is no officer of this store, or several.")
        officer_id = found.officer_id
    kind = _kind(work, said("kind"))
    if kind is None:
        raise LookupError(f"“{said('kind')}” is no kind of absence.")
    until = said("until_on")
    return _Stated(
        at,
        officer_id,
        kind,
        read_date(said("from_on")),
        read_date(until) if until else None,
        said("note"),
        folded(said("planned")) not in ("no", "n", "false", "unplanned", "0"),
    )


def _kind(work: Work, words: str) -> str | None:
    """The kind that words mean: a code, a label of the standard, or as other systems say it."""
    wanted = folded(words)
    listed = work.standards.codes("absence_kind").codes
    for one in listed:
        if wanted in (one.code, folded(one.label)) and one.code != "no_access":
            return one.code
    for code, spoken in _WORDS.items():
        if any(wanted == one or wanted.startswith(f"{one} ") or wanted.endswith(f" {one}") for one in spoken):
            return code
    return None


def _lasts_days(event: Event) -> bool:
    """Whether it takes whole days, or from morning to evening of a working day at least."""
    if event.whole_days:
        return True
    if not isinstance(event.starts, datetime) or not isinstance(event.ends, datetime):
        return False
    full = event.ends - event.starts >= timedelta(hours=7)
    return full and event.starts.astimezone(LONDON).time() <= time(10, 30)


def _joined(stated: Iterable[_Stated]) -> list[_Stated]:
    """Days of one kind that follow one another, weekends between them too, as one absence."""
    found: list[_Stated] = []
    for one in sorted(stated, key=lambda each: (each.kind, each.from_on, each.until_on or date.max)):
        last = found[-1] if found else None
        if last is not None and last.kind == one.kind and last.until_on and one.until_on:
            gap = (one.from_on - last.until_on).days
            weekend = gap <= 3 and last.until_on.weekday() >= 4 and one.from_on.weekday() == 0
            if gap <= 1 or weekend:
                until = max(last.until_on, one.until_on)
                found[-1] = _Stated(last.at, last.officer_id, last.kind, last.from_on, until)
                continue
        found.append(one)
    return sorted(found, key=lambda each: each.from_on)


def _record(
    work: Work, stated: Iterable[_Stated], faults: list[Fault], aside: tuple[str, ...]
) -> AbsenceReport:
    """Record what does not stand already; nothing at all if any of it cannot stand."""
    added = held = 0
    touched: dict[UUID, None] = {}
    for one in stated:
        same = (one.kind, one.from_on, one.until_on)
        if any((row.kind, row.from_on, row.until_on) == same for row in standing_rows(work, one.officer_id)):
            held += 1
            continue
        try:
            note_absence(
                work, one.officer_id, one.from_on, one.until_on, one.kind, one.note, planned=one.planned
            )
        except Invalid as error:
            faults += [Fault(one.at, f"{one.at}: {fault.sentence}") for fault in error.faults]
            continue
        except Refused as error:
            faults.append(Fault(one.at, f"{one.at}: {error}"))
            continue
        added += 1
        touched[one.officer_id] = None
    if faults:
        raise Invalid(faults[:MOST_FAULTS], kept=KEPT)
    for officer_id in touched:
        refresh_held(work, officer_id)
    return AbsenceReport(added, held, aside)
