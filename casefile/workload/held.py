"""Which open files stood with whom on a day, and what each weighed: today and later from the cache, past days replayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from casefile.access.visibility import store_hides, unlimited
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, TaskEvent
from casefile.record.owed import TaskSaid
from casefile.record.people import Allocation, Involvement
from casefile.record.weight import FileWeight
from casefile.sections import SECTIONS
from casefile.sections.load import known_by
from casefile.sections.weights import CHILDREN, LOOKED_AT, Known, Weighed, closed, items_on
from casefile.standards import WorkloadStandard
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

ROLES = ("officer", "researcher", "supervisor")
_REPLAYED = 200
"""Files replayed at a time: a past day of a large force must not stand in memory whole."""


@dataclass(frozen=True, slots=True)
class FileOnDay:
    """An open file on a day: who held it, and what made work in it.

    Attributes:
        seen: Whether this officer may read it; else it only counts.
    """

    file_id: UUID
    reference: str
    family_name: str
    officer_id: UUID | None
    researcher_id: UUID | None
    supervisor_id: UUID | None
    items: tuple[Weighed, ...]
    seen: bool = True

    def points(self, standard: WorkloadStandard) -> int:
        """What it weighs."""
        return sum(points for _, points in priced(self.items, standard))

    @property
    def children(self) -> int:
        """Children on a protection plan."""
        return sum(one.number for one in self.items if one.weight == "child_on_plan")

    @property
    def high(self) -> bool:
        """Whether it is judged at high risk."""
        return any(one.weight == "high_risk" for one in self.items)


def priced(items: Iterable[Weighed], standard: WorkloadStandard) -> tuple[tuple[Weighed, int], ...]:
    """Each item with its points."""
    return tuple((one, standard.points(one.weight, one.number)) for one in items)


def files_on(work: Work, day: date, whose: Collection[UUID | None] | None = None) -> tuple[FileOnDay, ...]:
    """Open files on a day, restricted ones too; with *whose* only those that one of them holds, None being nobody.

    What is handed on of a file that is not *seen* is a number, never a name.
    """
    with unlimited(work.session):
        found = _replayed(work, day, whose) if day < work.today else _cached(work, day, whose)
    seen = _seen(work, [one.file_id for one in found])
    if day < work.today and store_hides(work.session):
        found = _weighed_as_now(work, day, found, seen)
    return tuple(one for one in (_marked(file, seen) for file in found))


def _weighed_as_now(
    work: Work, day: date, files: Sequence[FileOnDay], seen: set[UUID]
) -> Sequence[FileOnDay]:
    """Past days where the store hides what files say: a hidden one weighs what is known today of that day."""
    with unlimited(work.session):
        standing = set(work.session.scalars(select(CaseFile.id).where(CaseFile.state == "open")))
        hidden = [one.file_id for one in files if one.file_id not in seen]
        items: dict[UUID, tuple[Weighed, ...]] = {}
        for some in in_pieces(hidden):
            items |= _kept(work, day, FileWeight.file_id.in_(some))
    return [
        one if one.file_id in seen else replace(one, items=items.get(one.file_id, ()))
        for one in files
        if one.file_id in seen or one.file_id in standing
    ]


def weights_of(work: Work, file_id: UUID, day: date) -> tuple[Weighed, ...]:
    """What makes work in one file on a day."""
    if day < work.today:
        versions = known_by(work.session, SECTIONS, [file_id], day, LOOKED_AT)
        known = Known.of(
            versions,
            _said(work, [file_id], day)[file_id],
            _children(work, [file_id], day)[file_id],
            work.standards,
        )
        return items_on(known, day)
    return _kept(work, day, FileWeight.file_id == file_id).get(file_id, ())


def _marked(file: FileOnDay, seen: set[UUID]) -> FileOnDay:
    if file.file_id in seen:
        return file
    return FileOnDay(
        file.file_id, "", "", file.officer_id, file.researcher_id, file.supervisor_id, file.items, seen=False
    )


def _seen(work: Work, ids: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for some in in_pieces(ids):
        found |= set(work.session.scalars(select(CaseFile.id).where(CaseFile.id.in_(some))))
    return found


_COLUMNS = (
    CaseFile.id,
    CaseFile.reference,
    CaseFile.family_name,
    CaseFile.officer_id,
    CaseFile.researcher_id,
    CaseFile.supervisor_id,
)


def _cached(work: Work, day: date, whose: Collection[UUID | None] | None) -> list[FileOnDay]:
    mine: list[ColumnElement[bool]] = [CaseFile.state == "open"]
    if whose is not None:
        named = [one for one in whose if one is not None]
        any_of = [CaseFile.officer_id.in_(named)] + ([CaseFile.officer_id.is_(None)] if None in whose else [])
        mine.append(or_(*any_of))
    rows: Any = work.session.execute(select(*_COLUMNS).where(*mine).order_by(CaseFile.reference)).all()
    items = _kept(work, day, FileWeight.file_id.in_(select(CaseFile.id).where(*mine)))
    return [FileOnDay(*row, items=items.get(row[0], ())) for row in rows]


def _kept(work: Work, day: date, where: ColumnElement[bool]) -> Mapping[UUID, tuple[Weighed, ...]]:
    order = {key: place for place, key in enumerate(work.standards.workload.weights)}
    found: dict[UUID, list[Weighed]] = defaultdict(list)
    rows = work.session.execute(
        select(
            FileWeight.file_id, FileWeight.weight, FileWeight.number, FileWeight.said, FileWeight.entry_id,
            FileWeight.from_on, FileWeight.until_on,
        )
        .where(where, *counts_on(day))
        .order_by(FileWeight.file_id, FileWeight.position)
    )  # fmt: skip
    for row in rows:
        if row[1] in order:
            found[row[0]].append(Weighed(*row[1:]))
    return {key: tuple(sorted(rows, key=lambda one: order[one.weight])) for key, rows in found.items()}


def counts_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """Which cached items count on a day."""
    return FileWeight.from_on <= day, or_(FileWeight.until_on.is_(None), FileWeight.until_on > day)


def _replayed(work: Work, day: date, whose: Collection[UUID | None] | None) -> list[FileOnDay]:
    """The same for a past day, from what police knew then."""
    rows: Any = work.session.execute(
        select(CaseFile.id, CaseFile.reference, CaseFile.family_name)
        .where(CaseFile.opened_on <= day)
        .order_by(CaseFile.reference)
    ).all()
    found: list[FileOnDay] = []
    done = 0
    for some in in_pieces(rows, _REPLAYED):
        work.progress.step(done, len(rows), "Looking at the files as they were")
        done += len(some)
        holders = _holders(work, [row[0] for row in some], day)
        wanted = [row for row in some if whose is None or holders[row[0]].get("officer") in whose]
        found += _replay(work, day, wanted, holders)
    return found


def _replay(
    work: Work, day: date, rows: Sequence[Any], holders: Mapping[UUID, Mapping[str, UUID | None]]
) -> Iterator[FileOnDay]:
    ids = [row[0] for row in rows]
    versions: dict[UUID, list[EntryFact]] = {one: [] for one in ids}
    for entry in known_by(work.session, SECTIONS, ids, day, LOOKED_AT):
        versions[entry.file_id].append(entry)
    said, children = _said(work, ids, day), _children(work, ids, day)
    for file_id, reference, family_name in rows:
        known = Known.of(versions[file_id], said[file_id], children[file_id], work.standards)
        if not closed(known.entries, day):
            held = [holders[file_id].get(role) for role in ROLES]
            yield FileOnDay(file_id, reference, family_name, *held, items=items_on(known, day))


def _holders(work: Work, ids: Sequence[UUID], day: date) -> dict[UUID, dict[str, UUID | None]]:
    """Who held each file in which role, by what was known on a day."""
    found: dict[UUID, dict[str, UUID | None]] = {one: {} for one in ids}
    for row in _standing(work, Allocation, Allocation.file_id.in_(ids), day):
        over = row.until_on is not None and row.until_on < day
        found[row.file_id][str(row.role)] = None if over else row.officer_id
    return found


def _children(work: Work, ids: Sequence[UUID], day: date) -> dict[UUID, set[UUID]]:
    """The children of each file, by what was known on a day."""
    found: dict[UUID, set[UUID]] = {one: set() for one in ids}
    for row in _standing(work, Involvement, Involvement.file_id.in_(ids), day):
        over = row.until_on is not None and row.until_on < day
        if row.role in CHILDREN and not over:
            found[row.file_id].add(row.person_id)
    return found


def _standing(work: Work, table: type[Any], where: ColumnElement[bool], day: date) -> Iterator[Any]:
    """Dated facts as known on a day that no other replaces or withdraws, oldest first."""
    rows = work.session.scalars(
        select(table).where(where, table.known_on <= day).order_by(table.recorded_at, table.id)
    ).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    return (one for one in rows if one.id not in replaced and not one.withdrawn)


def _said(work: Work, ids: Sequence[UUID], day: date) -> dict[UUID, list[TaskSaid]]:
    """What officers had said of tasks by a day."""
    found: dict[UUID, list[TaskSaid]] = {one: [] for one in ids}
    rows = work.session.scalars(
        select(TaskEvent)
        .where(TaskEvent.file_id.in_(ids), TaskEvent.known_on <= day)
        .order_by(TaskEvent.recorded_at, TaskEvent.id)
    )
    for row in rows:
        found[row.file_id].append(
            TaskSaid(
                row.task_id, row.what, row.happened_on, row.known_on, row.reason, row.title, row.owed_by,
                row.officer_id, row.due_on,
            )
        )  # fmt: skip
    return found
