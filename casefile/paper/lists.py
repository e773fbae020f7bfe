"""Lists of a file for paper: chronology, what is owed, documents, extract of the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casefile.alarms.queries import AlarmRow
from casefile.audit.index import concerning
from casefile.audit.model import LogRow
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.words import Words, moment, plain
from casefile.record.dates import long_date, short_date
from casefile.record.model import Document, Entry, EntryThread
from casefile.record.owed import Owed, TaskState
from casefile.sections import SECTIONS
from casefile.sections.agency_event import AgencyEvent
from casefile.sections.base import Weight
from casefile.work.names import Permission
from casefile.work.unit import Work

_AT_ONCE = 500
"""Rows fetched from the store at once."""
_FIRST = 4
"""Alarms that stand first on the front sheet."""
_NEXT = 8
"""Tasks that the front sheet lists; the rest stand under what is owed."""


_NONE: Weight = ""
_WEIGHTS: Mapping[Weight, str] = {"danger": "▲ ", "significant": "◆ ", "": ""}


def chronology(work: Work, file_id: UUID, weights: Mapping[UUID, Weight]) -> PrintedTable:
    """Every signed entry of every divider in order of what happened; *weights* by entry, of those that have one."""
    columns = (
        Column("Date", 22),
        Column("What happened (▲ danger, ◆ significant, □ told by another agency)", 48),
        Column("Divider", 22),
        Column("Police knew", 14),
    )
    return PrintedTable(
        "chronology", "Chronology", columns, _chronology(work, file_id, weights), "No entry is signed yet."
    )


def _chronology(work: Work, file_id: UUID, weights: Mapping[UUID, Weight]) -> Iterator[tuple[str, ...]]:
    titles = {one.key: one.title for one in work.standards.dividers}
    order = (func.coalesce(Entry.happened_on, Entry.known_on), Entry.happened_at, Entry.recorded_at, Entry.id)
    rows = work.session.execute(
        select(Entry.id, Entry.happened_on, Entry.happened_at, Entry.known_on, Entry.summary, Entry.section)
        .join(EntryThread, EntryThread.latest_id == Entry.id)
        .where(Entry.file_id == file_id)
        .order_by(*order)
        .execution_options(yield_per=_AT_ONCE)
    )
    told = _told(work, file_id)
    for row in rows:
        at = f", {plain(row.happened_at)}" if row.happened_at else ""
        section = SECTIONS[row.section]
        yield (
            f"{short_date(row.happened_on)}{at}" if row.happened_on else "Day not known",
            f"{_WEIGHTS[weights.get(row.id, _NONE)]}{told.get(row.id) or row.summary or section.title}",
            titles.get(section.divider, section.title),
            short_date(row.known_on),
        )


def _told(work: Work, file_id: UUID) -> Mapping[UUID, str]:
    """What other agencies told, whole: a list holds only the beginning of it."""
    rows = work.session.execute(
        select(AgencyEvent.id, AgencyEvent.what).where(AgencyEvent.file_id == file_id)
    )
    return {row.id: f"□ {row.what}" for row in rows if row.what}


def next_due(tasks: tuple[Owed, ...], words: Words) -> PrintedTable:
    """The next things owed, for the front sheet."""
    rows = tuple(_task(one, words) for one in _outstanding(tasks)[:_NEXT])
    return PrintedTable("due", "Next due", _OWED, rows, "Nothing is owed.")


def owed(tasks: tuple[Owed, ...], words: Words) -> PrintedTable:
    """Everything owed that is neither done, waived nor fallen away."""
    rows = tuple(_task(one, words) for one in _outstanding(tasks))
    return PrintedTable("owed", "Owed", _OWED, rows, "Nothing is owed.")


def warnings(tasks: tuple[Owed, ...], standing: tuple[AlarmRow, ...]) -> tuple[str, ...]:
    """What a reader must see first: what endangers a child, and how much is late."""
    dangers = [one.because for one in standing if one.severity == "danger" and one.accepted is None]
    told = dangers[:_FIRST]
    if len(dangers) > len(told):
        told.append(f"{len(dangers) - len(told)} more alarms of danger: see the list of what alarms.")
    late = sum(one.state is TaskState.LATE for one in tasks)
    things = "thing" if late == 1 else "things"
    return (*told, *((f"{late} {things} owed and late: see the list of what is owed.",) if late else ()))


def alarms(standing: tuple[AlarmRow, ...]) -> PrintedTable:
    """What alarms today, the gravest first; what a supervisor accepted says until when and why."""
    columns = (Column("Alarm", 28), Column("Why", 46), Column("Since", 13), Column("Told", 13))
    rows = tuple(_alarm(one) for one in standing)
    return PrintedTable("alarms", "What alarms", columns, rows, "Nothing alarms.")


def _alarm(one: AlarmRow) -> tuple[str, ...]:
    why = one.because
    if one.accepted is not None:
        until = short_date(one.accepted.until_on)
        why += f" Accepted until {until} by {one.accepted.officer}: {one.accepted.reason}"
    mark = {"danger": "▲ ", "late": "◆ "}.get(one.severity, "")
    return f"{mark}{one.title}", why, short_date(one.began_on), one.told


_OWED = (Column("Due", 25), Column("What", 44), Column("Owed by", 28), Column("State", 25))


def _outstanding(tasks: tuple[Owed, ...]) -> list[Owed]:
    still = (one for one in tasks if one.state.outstanding)
    return sorted(still, key=lambda one: (one.due_on or date.max, one.title))


def _task(one: Owed, words: Words) -> tuple[str, ...]:
    by = words.officer(one.officer_id) if one.officer_id else words.label("agency", one.owed_by)
    state = f"{one.days_late} {one.late_unit} late" if one.state is TaskState.LATE else "Due"
    return long_date(one.due_on) or "No date", one.title, by, state


def documents(work: Work, file_id: UUID) -> PrintedTable:
    """The documents on the file, with size and digest."""
    columns = (
        Column("No.", 6, number=True),
        Column("Name", 40),
        Column("Received", 18),
        Column("Size", 12, number=True),
        Column("SHA-256", 34),
    )
    return PrintedTable("documents", "Documents", columns, _documents(work, file_id), "No document is filed.")


def _documents(work: Work, file_id: UUID) -> Iterator[tuple[str, ...]]:
    rows = work.session.execute(
        select(Document.name, Document.received_on, Document.recorded_at, Document.size, Document.sha256)
        .where(Document.file_id == file_id)
        .order_by(Document.recorded_at, Document.id)
    ).all()
    for number, row in enumerate(rows, 1):
        received = short_date(row.received_on) or moment(row.recorded_at)
        half = len(row.sha256) // 2
        yield str(number), row.name, received, _size(row.size), f"{row.sha256[:half]}\n{row.sha256[half:]}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def may_read_log(work: Work) -> bool:
    """Whether this officer may see who read and changed the file."""
    return work.actor.may(Permission.READ_LOG)


def log_extract(work: Work, file_id: UUID) -> PrintedTable:
    """Who saw, changed and printed this file, and why."""
    columns = (
        Column("No.", 8, number=True),
        Column("When", 32),
        Column("Who", 20),
        Column("Category", 16),
        Column("What", 22),
        Column("Reason", 24),
    )
    return PrintedTable("log", "Extract of the log", columns, _log(work, file_id))


def _log(work: Work, file_id: UUID) -> Iterator[tuple[str, ...]]:
    rows = work.session.execute(
        select(
            LogRow.seq, LogRow.at, LogRow.officer, LogRow.category, LogRow.act, LogRow.outcome, LogRow.reason
        )
        .where(LogRow.seq.in_(concerning(file_id)))
        .order_by(LogRow.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        act = row.act.split(".", 1)[-1].replace("_", " ")
        outcome = "" if row.outcome == "done" else f" ({row.outcome})"
        yield str(row.seq), moment(row.at), row.officer, row.category, act + outcome, row.reason or ""
