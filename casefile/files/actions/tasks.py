"""Saying what became of something owed: done, waived, opened again, or owed by hand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from casefile.alarms.refresh import refresh_file
from casefile.errors import Fault, Invalid, Missing
from casefile.files.reach import in_sight
from casefile.record.dates import NotADate, read_date
from casefile.record.model import TaskEvent
from casefile.record.owed import Owed
from casefile.sections.refresh import owed_by_file
from casefile.work.door import action
from casefile.work.ids import new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_UNCHANGED = "The task was not changed."


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def mark_done(work: Work, file_id: UUID, task_id: UUID, on: date | str, how: str = "") -> None:
    """Say that something owed was done, on which day (a date as typed will do) and how."""
    try:
        day = on if isinstance(on, date) else read_date(on)
    except NotADate as fault:
        raise Invalid([Fault("on", fault.sentence)], kept=_UNCHANGED) from None
    task = _outstanding(work, file_id, task_id)
    if day > work.today:
        raise Invalid([Fault("on", "It cannot have been done on a day that has not come.")], kept=_UNCHANGED)
    if day < task.opened_on:
        raise Invalid([Fault("on", "It cannot have been done before it was owed.")], kept=_UNCHANGED)
    say(work, file_id, task_id, "done", day, how)


@action(needs=Permission.WAIVE_TASK, logs=Logged.ALTERATION)
def waive_task(work: Work, file_id: UUID, task_id: UUID, reason: str) -> None:
    """Say that something owed need not be done, and why."""
    _outstanding(work, file_id, task_id)
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why it need not be done.")], kept=_UNCHANGED)
    say(work, file_id, task_id, "waived", work.today, reason)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def reopen_task(work: Work, file_id: UUID, task_id: UUID, reason: str) -> None:
    """Open again what was said to be done or waived, and why."""
    _known(work, file_id, task_id)
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why it is owed again.")], kept=_UNCHANGED)
    say(work, file_id, task_id, "reopened", work.today, reason)


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def add_task(
    work: Work,
    file_id: UUID,
    title: str,
    due_on: date | str | None,
    officer_id: UUID | None = None,
    owed_by: str = "police",
) -> UUID:
    """Add something owed by hand: what, by whom and by when (a date as typed will do)."""
    in_sight(work, file_id)
    faults = [] if title.strip() else [Fault("title", "Say what is to be done.")]
    try:
        day = read_date(due_on) if isinstance(due_on, str) and due_on.strip() else due_on or None
    except NotADate as fault:
        faults.append(Fault("due_on", fault.sentence))
        day = None
    if faults:
        raise Invalid(faults, kept="No task was added.")
    task_id = new_id()
    work.session.add(
        TaskEvent(
            task_id=task_id,
            file_id=file_id,
            what="opened",
            happened_on=work.today,
            known_on=work.today,
            recorded_at=work.now,
            recorded_by=work.officer_id,
            title=title.strip(),
            owed_by=owed_by,
            officer_id=officer_id,
            due_on=day,
        )
    )
    work.session.flush()
    refresh_file(work, file_id, work.today)
    return task_id


def say(work: Work, file_id: UUID, task_id: UUID, what: str, on: date, why: str) -> None:
    """Keep what was said of a task, and derive the file's tasks anew."""
    work.session.add(
        TaskEvent(
            task_id=task_id,
            file_id=file_id,
            what=what,
            happened_on=on,
            known_on=work.today,
            recorded_at=work.now,
            recorded_by=work.officer_id,
            reason=why.strip() or None,
        )
    )
    work.session.flush()
    refresh_file(work, file_id, work.today)


def _known(work: Work, file_id: UUID, task_id: UUID) -> Owed:
    in_sight(work, file_id)
    for task in owed_by_file(work, file_id, work.today):
        if task.id == task_id:
            return task
    raise Missing("That task is not in this file any more.")


def _outstanding(work: Work, file_id: UUID, task_id: UUID) -> Owed:
    task = _known(work, file_id, task_id)
    if not task.state.outstanding:
        raise Invalid(f"“{task.title}” is {task.state.value} already.", kept=_UNCHANGED)
    return task
