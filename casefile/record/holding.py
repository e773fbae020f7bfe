"""Writing down who holds a file or owes a task, inside work that refreshes the file afterwards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from casefile.record.model import TaskEvent
from casefile.record.people import Allocation
from casefile.work.ids import new_id
from casefile.work.unit import Work


def give(
    work: Work,
    file_id: UUID,
    role: str,
    officer_id: UUID,
    from_on: date,
    known_on: date | None = None,
    until_on: date | None = None,
) -> None:
    """Record that an officer holds a file, known today unless told when, without end unless told until when."""
    work.session.add(
        Allocation(
            file_id=file_id,
            role=role,
            officer_id=officer_id,
            from_on=from_on,
            until_on=until_on,
            known_on=known_on or work.today,
            recorded_at=work.now,
            recorded_by=work.officer_id,
        )
    )
    work.session.flush()


def open_task(work: Work, file_id: UUID, title: str, due_on: date | None, officer_id: UUID) -> UUID:
    """Record that police owe something on a file, and which officer."""
    said = _said(work, file_id, new_id(), "opened", officer_id)
    said.title, said.owed_by, said.due_on = title, "police", due_on
    work.session.add(said)
    return said.task_id


def give_task(work: Work, file_id: UUID, task_id: UUID, officer_id: UUID, why: str) -> None:
    """Record that another officer owes a task from today on; whose it was stays readable."""
    said = _said(work, file_id, task_id, "given", officer_id)
    said.reason = why
    work.session.add(said)


def _said(work: Work, file_id: UUID, task_id: UUID, what: str, officer_id: UUID) -> TaskEvent:
    return TaskEvent(
        task_id=task_id,
        file_id=file_id,
        what=what,
        happened_on=work.today,
        known_on=work.today,
        recorded_at=work.now,
        recorded_by=work.officer_id,
        officer_id=officer_id,
    )
