"""Reading entries back: whole versions with their values, in a handful of statements whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, bindparam, select
from sqlalchemy.orm import Session

from casefile.access.lean import Lean
from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.described import described_fields, group_classes
from casefile.record.facts import Doubt, EntryFact
from casefile.record.model import Entry, EntryPerson, EntryThread, Row
from casefile.sections.base import Section
from casefile.store import lean
from casefile.store.base import Identity
from casefile.work.pieces import in_pieces

_FILE = bindparam("file", type_=Identity())
_IDS = bindparam("ids", type_=Identity(), expanding=True)
_SECTIONS = bindparam("sections", type_=Text(), expanding=True)
_HEAD: Any = (
    select(
        Entry.id, Entry.file_id, Entry.thread_id, Entry.section, Entry.version, Entry.happened_on,
        Entry.happened_at, Entry.known_on, Entry.recorded_at, Entry.author_id, Entry.reason, Entry.marking,
        Entry.origin, Entry.summary, Entry.doubts, Entry.digest, EntryThread.versions, Officer.name,
        Officer.role, Officer.number,
    )
    .join(EntryThread, EntryThread.id == Entry.thread_id)
    .join(Officer, Officer.id == Entry.author_id)
)  # fmt: skip
_LATEST = EntryThread.latest_id == Entry.id
_ENTRY, _CONCERNS = Entry.__table__.c, EntryPerson.__table__.c
_OF_FILE = select(_ENTRY.id).where(_ENTRY.file_id == _FILE)


class _Hung:
    """How what hangs on entries is read: on those of one file, or on some.

    Attributes:
        of_file: On every entry of a file.
        of_entries: On entries by identity.
    """

    def __init__(self, read: Any, entry: Any) -> None:
        """Made once: to make them takes longer than to read.

        Args:
            read: What is read.
            entry: Its column that says on which entry it hangs.
        """
        self.of_file = lean.Lean(read.where(entry.in_(_OF_FILE)))
        self.of_entries = read.where(entry.in_(_IDS))


_CONCERNED = _Hung(
    select(_CONCERNS.entry_id, _CONCERNS.person_id).order_by(_CONCERNS.entry_id, _CONCERNS.person_id),
    _CONCERNS.entry_id,
)


def entries(
    session: Session,
    sections: dict[str, type[Section]],
    file_id: UUID,
    *,
    only: Iterable[str] | None = None,
    all_versions: bool = False,
    whole: Collection[str] | None = None,
) -> tuple[EntryFact, ...]:
    """The signed entries of a file, oldest first; the latest version of each unless *all_versions*.

    Args:
        only: Of these sections; None is all.
        whole: The sections whose own fields are read; of the others only what every entry has. None is all.
    """
    if only is None:
        heads: Any = _heads(all_versions).rows(session, file=file_id)
    else:
        heads = session.execute(_some_heads(all_versions), {"file": file_id, "sections": list(only)})
    return _whole(session, sections, heads, file_id, whole)


def asked_of_file() -> tuple[lean.Lean, ...]:
    """What :func:`entries` asks of every version in a file whatever its sections, for whoever asks it ahead."""
    return _heads(True), _CONCERNED.of_file


def thread(session: Session, sections: dict[str, type[Section]], thread_id: UUID) -> tuple[EntryFact, ...]:
    """Every version of one entry, oldest first; empty if there is none this officer may see."""
    return _whole(session, sections, session.execute(_HEAD.where(Entry.thread_id == thread_id)))


def latest(
    session: Session, sections: dict[str, type[Section]], *where: ColumnElement[bool]
) -> tuple[EntryFact, ...]:
    """The latest version of entries of any file that one may see, oldest first; *where* narrows them."""
    return _whole(session, sections, session.execute(_HEAD.where(_LATEST, *where)))


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
        wanted = _HEAD.where(Entry.file_id.in_(some), Entry.known_on <= day, Entry.section.in_(list(only)))
        found += _whole(session, sections, session.execute(wanted))
    return tuple(found)


@cache
def _some_heads(all_versions: bool) -> Any:
    return _heads_of(all_versions).where(Entry.section.in_(_SECTIONS))


@cache
def _heads(all_versions: bool) -> Lean:
    return Lean(_heads_of(all_versions))


def _heads_of(all_versions: bool) -> Any:
    wanted = _HEAD.where(Entry.file_id == _FILE)
    return wanted if all_versions else wanted.where(_LATEST)


def _whole(
    session: Session,
    sections: dict[str, type[Section]],
    heads: Any,
    file_id: UUID | None = None,
    whole: Collection[str] | None = None,
) -> tuple[EntryFact, ...]:
    """Entries with all that hangs on them, from their heads, which the session has limited to what one may see."""
    held = list(heads)
    if not held:
        return ()
    by_section: dict[str, list[UUID]] = defaultdict(list)
    for head in held:
        if whole is None or head.section in whole:
            by_section[head.section].append(head.id)

    def hanging(hung: _Hung, keys: Sequence[str]) -> Iterator[Any]:
        if file_id is not None:
            yield from hung.of_file.rows(session, file=file_id)
            return
        for some in in_pieces(one for key in keys for one in by_section[key]):
            yield from session.execute(hung.of_entries, {"ids": some})

    # by the number of an identity, which is looked up several times quicker
    concerns: dict[int, list[UUID]] = defaultdict(list)
    for entry_id, person_id in hanging(_CONCERNED, list(by_section)):
        concerns[entry_id.int].append(person_id)
    values: dict[int, dict[str, Any]] = {}
    for key in by_section:
        names = [one for one in sections[key].__table__.c.keys() if one != "id"]  # noqa: SIM118 (no mapping)
        for row in hanging(_values(sections[key]), [key]):
            values[row[0].int] = dict(zip(names, row[1:], strict=True))
    groups: dict[int, dict[str, list[dict[str, Any]]]] = {
        head.id.int: {group: [] for group in group_classes(sections[head.section])} for head in held
    }
    for row_class, holders in _row_classes(sections, by_section).items():
        fields = _fields(row_class)
        for row in hanging(_rows(row_class), holders):
            if row[0].int in groups:
                groups[row[0].int][row[1]].append(dict(zip(fields, row[2:], strict=True)))
    found = [_fact(head, values, groups, concerns) for head in held]
    return tuple(sorted(found, key=lambda e: (e.happened_on or e.known_on, e.recorded_at, e.id)))


@cache
def _values(section: type[Section]) -> _Hung:
    own: Any = section.__table__.c
    return _Hung(select(own.id, *(one for one in own if one.key != "id")), own.id)


@cache
def _rows(row_class: type[Row]) -> _Hung:
    own: Any = row_class.__table__.c
    read = select(own.entry_id, own.group_key, *(own[one] for one in _fields(row_class)))
    return _Hung(read.order_by(own.entry_id, own.position), own.entry_id)


@cache
def _fields(row_class: type[Row]) -> tuple[str, ...]:
    return tuple(spec.key for spec in described_fields(row_class))


def _row_classes(sections: dict[str, type[Section]], keys: Iterable[str]) -> dict[type[Row], list[str]]:
    """Each kind of row that these sections hold, with the sections."""
    found: dict[type[Row], list[str]] = {}
    for key in keys:
        for row_class in dict.fromkeys(one.row for one in group_classes(sections[key]).values()):
            found.setdefault(row_class, []).append(key)
    return found


def _fact(
    base: Any,
    values: dict[int, dict[str, Any]],
    groups: dict[int, dict[str, list[dict[str, Any]]]],
    concerns: dict[int, list[UUID]],
) -> EntryFact:
    number = base.id.int
    return EntryFact(
        id=base.id,
        file_id=base.file_id,
        thread_id=base.thread_id,
        section=base.section,
        version=base.version,
        versions=base.versions,
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
        values=values.get(number, {}),
        groups={key: tuple(rows) for key, rows in groups[number].items()},
        doubts={key: Doubt(one["stated"], one["why"]) for key, one in base.doubts.items()},
        concerns=tuple(concerns.get(number, ())),
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
