"""Alarms that are true while a task is late: which tasks, ``alarms.toml`` says under ``late``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from casefile.alarms.rules.base import lower
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.record.dates import long_date
from casefile.record.owed import Owed
from casefile.standards import AlarmStandard

_SAID_BY_OWNER = ("ACTION", "TASK")


def late(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Each task of the alarm's timescales whose day has passed or will pass, and that nobody has done."""
    counted = [one for one in seen.owed(*alarm.late) if _counts(seen, one, alarm)]
    for task in _each_once(counted, alarm.limits.get("same_within_days")):
        if task.due_on is None:
            continue
        ended = task.ended_on
        if (ended is not None and ended <= task.due_on) or task.due_on == date.max:
            continue
        brief = alarm.brief.replace("{what}", lower(_called(seen, task)))
        yield Spell(
            about=str(task.id),
            from_on=task.due_on + timedelta(days=1),
            until_on=ended,
            because=f"{brief[:1].upper()}{brief[1:]}; it was due on {long_date(task.due_on)}.",
            brief=brief,
            since=task.due_on,
            unit=task.late_unit,
            concerns=task.concerns,
            entry_id=task.entry_id,
        )


def _each_once(tasks: Sequence[Owed], days: int | None) -> Iterable[Owed]:
    """Tasks without those that tell of the same thing again a few days later: one injury, referred and examined."""
    told: list[Owed] = []
    for task in sorted(tasks, key=lambda one: (one.opened_on, one.due_on or date.max, one.id)):
        again = days is not None and any(
            task.timescale == one.timescale
            and (task.opened_on - one.opened_on).days <= days
            and (not task.concerns or not one.concerns or not set(task.concerns).isdisjoint(one.concerns))
            for one in told
        )
        if not again:
            told.append(task)
            yield task


def _counts(seen: Seen, task: Owed, alarm: AlarmStandard) -> bool:
    """Whether the entry that opened the task is of a section the alarm looks at."""
    if not alarm.but and not alarm.sections:
        return True
    entry = seen.entry(task.entry_id)
    section = entry.section if entry else ""
    return section not in alarm.but and (not alarm.sections or section in alarm.sections)


def _called(seen: Seen, task: Owed) -> str:
    """What is owed; of a decision also by whom."""
    if task.timescale not in _SAID_BY_OWNER:
        return task.title
    codes = seen.library.codes("agency")
    owner = next((one.label for one in codes.codes if one.code == task.owed_by), task.owed_by)
    return f"“{task.title.rstrip('.')}” ({owner})"
