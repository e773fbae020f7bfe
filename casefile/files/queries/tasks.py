"""Reading what is owed: by me, by a file, by everybody on any day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from casefile.record.model import CaseFile, Entry, Task
from casefile.record.owed import Owed
from casefile.sections.kept_tasks import cached
from casefile.sections.refresh import owed_by_file
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class MyTask:
    """Something owed, with the file it is owed on."""

    file_id: UUID
    reference: str
    family_name: str
    task: Owed


@dataclass(frozen=True, slots=True)
class OwedOnFile:
    """Everything owed in one file as of a day."""

    reference: str
    owed: tuple[Owed, ...]


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def my_tasks(work: Work, limit: int = 500) -> tuple[MyTask, ...]:
    """List what is owed on one's own files and what one owes oneself, the earliest due first."""
    rows: Any = work.session.execute(
        _mine(work, select(Task, CaseFile.reference, CaseFile.family_name, Entry.summary).select_from(Task))
        .outerjoin(Entry, Entry.id == Task.entry_id)
        .order_by(Task.due_on.asc().nulls_last(), CaseFile.reference)
        .limit(limit)
    )
    found = tuple(
        MyTask(task.file_id, reference, family, replace(cached(work, task), because=follows or ""))
        for task, reference, family, follows in rows
    )
    work.about(files=[one.file_id for one in found])
    return found


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def waiting(work: Work) -> int:
    """Count what waits for the officer; a number only."""
    return work.session.execute(_mine(work, select(func.count(Task.id)))).scalar_one()


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def owed_everywhere(work: Work, as_of: date) -> tuple[OwedOnFile, ...]:
    """Replay what was owed in every file on a day."""
    files = work.session.execute(select(CaseFile.id, CaseFile.reference).order_by(CaseFile.reference)).all()
    found: list[OwedOnFile] = []
    for place, (file_id, reference) in enumerate(files):
        work.progress.step(place, len(files), "Replaying the day")
        found.append(OwedOnFile(reference, owed_by_file(work, file_id, as_of)))
    work.about(files=[row[0] for row in files])
    return tuple(found)


def _mine(work: Work, wanted: Any) -> Any:
    me = work.actor.officer_id
    holds = or_(CaseFile.officer_id == me, CaseFile.researcher_id == me, CaseFile.supervisor_id == me)
    return wanted.join(CaseFile, CaseFile.id == Task.file_id).where(
        Task.state == "due", Task.opened_on <= work.today, or_(Task.officer_id == me, holds)
    )
