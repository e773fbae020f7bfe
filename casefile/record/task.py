"""A task as of a day, and what officers said of it: plain and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class TaskState(StrEnum):
    """State of a task as of a day."""

    DUE = "due"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done late"
    WAIVED = "waived"
    CEASED = "ceased"

    @property
    def outstanding(self) -> bool:
        """Whether somebody still owes it."""
        return self in (TaskState.DUE, TaskState.LATE)


@dataclass(frozen=True, slots=True)
class TaskSaid:
    """What an officer said of a task: ``done``, ``waived``, ``reopened``, ``given`` to another or ``opened`` by hand."""

    task_id: UUID
    what: str
    happened_on: date
    known_on: date
    reason: str | None = None
    title: str | None = None
    owed_by: str | None = None
    officer_id: UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """One task as of a day.

    Attributes:
        standard: Key of the edition that set the limit; ``file`` for what the file itself decided.
        days_late: Working days for limits in working days, else calendar days; 0 when not late.
        late_unit: ``working days`` or ``days``.
        ended_on: When it was done, waived or fell away.
        because: What it follows from, in words.
    """

    id: UUID
    entry_id: UUID | None
    timescale: str
    standard: str
    title: str
    owed_by: str
    officer_id: UUID | None
    opened_on: date
    due_on: date | None
    state: TaskState = TaskState.DUE
    days_late: int = 0
    late_unit: str = "days"
    ended_on: date | None = None
    because: str = ""
    concerns: tuple[UUID, ...] = ()
