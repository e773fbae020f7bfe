"""Reading entries back: whole versions with their values, in a handful of statements whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.described import described_fields, group_classes
from casefile.record.facts import Doubt, EntryFact
from casefile.record.model import Entry, EntryPerson, EntryThread
from casefile.sections.base import Section
from casefile.work.pieces import in_pieces


def entries(
    session: Session,
    sections: dict[str, type[Section]],
    file_id: UUID,
    *,
    only: Iterable[str] | None = None,
    all_versions: bool = False,
) -> tuple[EntryFact, ...]:
    """The signed entries of a file, oldest first; the latest version of each unless *all_versions*."""
    wanted = (
        select(Entry.id, EntryThread.versions)
        .join(EntryThread, EntryThread.id == Entry.thread_id)
        .where(Entry.file_id == file_id)
    )
    if not all_versions:
        wanted = wanted.where(EntryThread.latest_id == Entry.id)
    if only is not None:
        wanted = wanted.where(Entry.section.in_(list(only)))
    return _whole(session, sections, wanted)


def thread(session: Session, sections: dict[str, type[Section]], thread_id: UUID) -> tuple[EntryFact, ...]:
    """Every version of one entry, oldest first; empty if there is none this officer may see."""
    wanted = (
        select(Entry.id, EntryThread.versions)
        .join(EntryThread, EntryThread.id == Entry.thread_id)
        .where(Entry.thread_id == thread_id)
    )
    return _whole(session, sections, wanted)


def latest(
    session: Session, sections: dict[str, type[Section]], *where: ColumnElement[bool]
) -> tuple[EntryFact, ...]:
    """The latest version of entries of any file that one may see, oldest first; *where* narrows them."""
    wanted = (
        select(Entry.id, EntryThread.versions)
        .join(EntryThread, EntryThread.latest_id == Entry.id)
        .where(*where)
    )
    return _whole(session, sections, wanted)


def known_by(
    session: Session,
    sections: dict[str, type[Section]],
    files: Iterable[UUID],
    day: date,
    only: Iterable[str],
) -> tuple[EntryFact, ...]:
    """Every version of entries of these sections, in many files, that police knew by a day, oldest first."""
    found: list[EntryFact] = []
    for some in in_pieces(files):
        wanted = (
            select(Entry.id, EntryThread.versions)
            .join(EntryThread, EntryThread.id == Entry.thread_id)
            .where(Entry.file_id.in_(some), Entry.known_on <= day, Entry.section.in_(list(only)))
        )
        found += _whole(session, sections, wanted)
    return tuple(found)


def _whole(session: Session, sections: dict[str, type[Section]], wanted: Any) -> tuple[EntryFact, ...]:
    held: Any = session.execute(wanted)
    versions: dict[UUID, int] = {row[0]: row[1] for row in held}
    if not versions:
        return ()
    bases: list[Any] = []
    concerns: dict[UUID, list[UUID]] = defaultdict(list)
    for ids in in_pieces(versions):
        bases += session.execute(
            select(*Entry.__table__.c, Officer.name, Officer.role, Officer.number)
            .join(Officer, Officer.id == Entry.author_id)
            .where(Entry.__table__.c.id.in_(ids))
        ).all()
        for entry_id, person_id in session.execute(
            select(EntryPerson.entry_id, EntryPerson.person_id)
            .where(EntryPerson.entry_id.in_(ids))
            .order_by(EntryPerson.entry_id, EntryPerson.person_id)
        ):
            concerns[entry_id].append(person_id)
    by_section: dict[str, list[UUID]] = defaultdict(list)
    for base in bases:
        by_section[base.section].append(base.id)
    values: dict[UUID, dict[str, Any]] = {}
    groups: dict[UUID, dict[str, tuple[dict[str, Any], ...]]] = {}
    for key, ids in by_section.items():
        values |= _values(session, sections[key], ids)
        groups |= _groups(session, sections[key], ids)
    found = [_fact(base, versions, values, groups, concerns) for base in bases]
    return tuple(sorted(found, key=lambda e: (e.happened_on or e.known_on, e.recorded_at, e.id)))


def _values(session: Session, section: type[Section], ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    table: Any = section.__table__
    found: dict[UUID, dict[str, Any]] = {}
    for some in in_pieces(ids):
        for row in session.execute(select(*table.c).where(table.c.id.in_(some))):
            own = dict(zip(table.c.keys(), row, strict=True))
            found[own.pop("id")] = own
    return found


def _groups(
    session: Session, section: type[Section], ids: Sequence[UUID]
) -> dict[UUID, dict[str, tuple[dict[str, Any], ...]]]:
    found: dict[UUID, dict[str, list[dict[str, Any]]]] = {one: {} for one in ids}
    for key, declared in group_classes(section).items():
        row_class: Any = declared.row
        fields = [spec.key for spec in described_fields(row_class)]
        for one in ids:
            found[one][key] = []
        for some in in_pieces(ids):
            rows = session.execute(
                select(row_class.entry_id, *(getattr(row_class, one) for one in fields))
                .where(row_class.entry_id.in_(some), row_class.group == key)
                .order_by(row_class.entry_id, row_class.position)
            )
            for row in rows:
                found[row[0]][key].append(dict(zip(fields, row[1:], strict=True)))
    return {one: {key: tuple(rows) for key, rows in groups.items()} for one, groups in found.items()}


def _fact(
    base: Any,
    versions: dict[UUID, int],
    values: dict[UUID, dict[str, Any]],
    groups: dict[UUID, dict[str, tuple[dict[str, Any], ...]]],
    concerns: dict[UUID, list[UUID]],
) -> EntryFact:
    return EntryFact(
        id=base.id,
        file_id=base.file_id,
        thread_id=base.thread_id,
        section=base.section,
        version=base.version,
        versions=versions[base.id],
        happened_on=base.happened_on,
        happened_at=base.happened_at,
        known_on=base.known_on,
        recorded_at=base.recorded_at,
        author_id=base.author_id,
        author=shown(base.name, base.role, base.number),
        reason=base.reason,
        marking=base.marking,
        origin=base.origin,
        summary=base.summary,
        values=values.get(base.id, {}),
        groups=groups.get(base.id, {}),
        doubts={key: Doubt(one["stated"], one["why"]) for key, one in base.doubts.items()},
        concerns=tuple(concerns.get(base.id, ())),
        digest=base.digest,
    )


def numbers(session: Session, file_id: UUID, section: str) -> dict[UUID, int]:
    """The number of each entry of a section in its file, by thread: counted from 1 as they were first written."""
    order = (Entry.recorded_at, Entry.thread_id)
    first = Entry.version == 1
    threads = session.scalars(
        select(Entry.thread_id)
        .where(Entry.file_id == file_id, Entry.section == section, first)
        .order_by(*order)
    )
    return {thread_id: number for number, thread_id in enumerate(threads, 1)}


def numbered(number: int | None, title: str) -> str:
    """A title with its number before it: ``No. 3  Bail: release on conditions``."""
    return f"No. {number}  {title}" if number else title
