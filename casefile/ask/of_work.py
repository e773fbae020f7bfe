"""What can be known of what is owed and of what alarms: both are kept for today only, and replayed elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from casefile.alarms.model import Alarm
from casefile.ask.facts import Fact, Ground, Kind, Make, Subject, by_key
from casefile.ask.of_file import FILE_FACTS
from casefile.ask.standing import entries, one_of
from casefile.record.groups import Action
from casefile.record.model import CaseFile, Task


def _owner(ground: Ground) -> ColumnElement[Any]:
    """The name of who is to do what a meeting or a plan decided, as it was recorded."""
    action = Action.__table__.alias()
    mine = action.c.entry_id == ground.row.entry_id, action.c.what == ground.row.title
    return func.coalesce(one_of(action, func.max(action.c.owner), *mine).scalar_subquery(), "")


def _late(ground: Ground) -> ColumnElement[Any]:
    return (ground.row.state == "due") & func.coalesce(ground.row.due_on < ground.day, False)


def _column(key: str) -> Make:
    return lambda on: getattr(on.row, key)


def _follows_from(ground: Ground) -> ColumnElement[Any]:
    """The section of the record that a task follows from."""
    entry = entries()
    return one_of(entry, entry.c.section, entry.c.id == ground.row.entry_id).scalar_subquery()


_TASK = by_key(
    Fact("title", "What", Kind.TEXT, _column("title"), dated=False),
    Fact("timescale", "Kind of task", Kind.TEXT, _column("timescale"), dated=False),
    Fact("agency", "Owed by", Kind.CODE, _column("owed_by"), "agency", dated=False),
    Fact("owed_by", "Owed by, as written", Kind.TEXT, _column("owed_by"), dated=False),
    Fact("owner", "Name", Kind.TEXT, _owner, dated=False),
    Fact("task_officer", "Officer", Kind.OFFICER, _column("officer_id"), dated=False),
    Fact("follows_from", "Follows from", Kind.TEXT, _follows_from, dated=False),
    Fact("began_on", "Owed since", Kind.DAY, _column("opened_on"), dated=False),
    Fact("due_on", "Due", Kind.DAY, _column("due_on"), dated=False),
    Fact("state", "State", Kind.TEXT, _column("state"), dated=False),
    Fact("late", "Late", Kind.YES_NO, _late, dated=False),
    Fact("ended_on", "Done on", Kind.DAY, _column("ended_on"), dated=False),
)
_ALARM = by_key(
    Fact("alarm", "Alarm", Kind.TEXT, _column("alarm"), dated=False),
    Fact("severity", "How grave", Kind.TEXT, _column("severity"), dated=False),
    Fact("stood_since", "Since", Kind.DAY, _column("began_on"), dated=False),
    Fact(
        "told", "Told", Kind.TEXT,
        lambda on: case((on.row.goes_up_on <= on.day, on.row.then_told), else_=on.row.told), dated=False,
    ),
)  # fmt: skip


def _tasks(ground: Ground, columns: tuple[Any, ...]) -> Any:
    """What is owed or was; not what begins on a later day."""
    begun = Task.opened_on <= ground.day
    return select(*columns).select_from(Task).join(CaseFile, CaseFile.id == Task.file_id).where(begun)


def _alarms(ground: Ground, columns: tuple[Any, ...]) -> Any:
    stands = (Alarm.began_on <= ground.day, or_(Alarm.ended_on.is_(None), Alarm.ended_on > ground.day))
    return select(*columns).select_from(Alarm).join(CaseFile, CaseFile.id == Alarm.file_id).where(*stands)


def _of(row: Any) -> Any:
    def ground(day: date, today: bool) -> Ground:
        return Ground(day, today, CaseFile, row=row)

    return ground


TASK = Subject("task", "task", "tasks", _of(Task), _tasks, {**FILE_FACTS, **_TASK}, dated=False)
ALARM = Subject("alarm", "alarm", "alarms", _of(Alarm), _alarms, {**FILE_FACTS, **_ALARM}, dated=False)
