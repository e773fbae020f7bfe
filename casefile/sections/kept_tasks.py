"""The tasks of a file as they are kept for lists: what is owed today, in place of what was, with its words.

The only writer of ``task``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from casefile.access.lean import Lean
from casefile.record.model import Task
from casefile.record.owed import Owed, TaskState, with_lateness
from casefile.record.worded import Of, Words, drop_words, keep_words, number, of_task
from casefile.standards import Library
from casefile.store.base import Identity
from casefile.store.lean import Put
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

_TASK: Any = Task.__table__
_KEEP = Put(_TASK)
TASKS = Lean(
    select(*(getattr(Task, one.key) for one in _TASK.c)).where(
        Task.file_id == bindparam("file", type_=Identity())
    )
)
"""The tasks of a file as they are kept."""


def cached(work: Work, task: Task) -> Owed:
    """A task as the last write left it, with how late it is today."""
    scale = work.standards.timescale(task.timescale, task.opened_on)
    working = scale is not None and scale.unit == "working_days"
    kept = Owed(
        id=task.id,
        entry_id=task.entry_id,
        timescale=task.timescale,
        standard=task.standard,
        title=task.title,
        owed_by=task.owed_by,
        officer_id=task.officer_id,
        opened_on=task.opened_on,
        due_on=task.due_on,
        state=TaskState(task.state),
        days_late=0,
        late_unit="working days" if working else "days",
        ended_on=task.ended_on,
        because="",
    )
    return with_lateness(kept, work.today)


def keep_tasks(work: Work, file_id: UUID, owed: Iterable[Owed]) -> None:
    """Keep what is owed in place of what was; what stands as it stood is left alone, and so are its words."""
    held: dict[int, Any] = {row.id.int: row for row in TASKS.rows(work.session, file=file_id)}
    wanted = {one.id.int: _task_row(file_id, one) for one in owed}
    new = {at: row for at, row in wanted.items() if at not in held or held[at]._asdict() != row}
    gone = {at: row._asdict() for at, row in held.items() if at in new or at not in wanted}
    for some in in_pieces([row["id"] for row in gone.values()]):
        work.session.execute(delete(_TASK).where(_TASK.c.id.in_(some)))
    _KEEP.rows(work.session, list(new.values()))
    _keep_words_of_tasks(work, gone, new)


def _keep_words_of_tasks(
    work: Work, gone: Mapping[int, Mapping[str, Any]], new: Mapping[int, Mapping[str, Any]]
) -> None:
    """The words of tasks that are new, are no more, or are called otherwise now."""

    def said(row: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
        return None if row is None else (row["title"], row["owed_by"], row["opened_on"])

    other = [at for at in {**gone, **new} if said(gone.get(at)) != said(new.get(at))]
    before = [gone[at] for at in other if at in gone]
    drop_words(work.session, [number(Of.TASK, row["id"], row["file_id"], row["opened_on"]) for row in before])
    keep_words(work.session, [words_of_task(new[at], work.standards) for at in other if at in new])


def words_of_task(row: Mapping[Any, Any], library: Library) -> Words:
    """The words of a task, to be searched."""
    agency = library.codes("agency")
    by = row["owed_by"]
    return of_task(row, agency.label(by), frozenset({by} if by in agency else ()))


def _task_row(file_id: UUID, owed: Owed) -> dict[str, Any]:
    state = {TaskState.LATE: TaskState.DUE, TaskState.DONE_LATE: TaskState.DONE}.get(owed.state, owed.state)
    return {
        "id": owed.id,
        "file_id": file_id,
        "entry_id": owed.entry_id,
        "timescale": owed.timescale,
        "standard": owed.standard,
        "title": owed.title,
        "owed_by": owed.owed_by,
        "officer_id": owed.officer_id,
        "opened_on": owed.opened_on,
        "due_on": owed.due_on,
        "state": state.value,
        "ended_on": owed.ended_on,
    }
