"""Alarms that are true while a task is late: which tasks, ``alarms.toml`` says under ``late``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from casefile.alarms.rules.base import event, lower
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.owed import Owed
from casefile.standards import AlarmStandard

_SAID_BY_OWNER = ("ACTION", "TASK")
_SECOND_LOOKS = ("medical", "photographs")
"""Sections that look at an injury somebody else noted."""


def late(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Each task of the alarm's timescales whose day has passed or will pass, and that nobody has done."""
    counted = [one for one in seen.owed(*alarm.late) if _counts(seen, one, alarm)]
    for task in _each_once(seen, counted, alarm):
        if task.due_on is None:
            yield from _said_undone(seen, task)
            continue
        ended = task.ended_on
        if (ended is not None and ended <= task.due_on) or task.due_on == date.max:
            continue
        brief = alarm.brief.replace("{what}", lower(_called(seen, task)))
        yield Spell(
            about="file" if alarm.whole_file else str(task.id),
            from_on=task.due_on + timedelta(days=1),
            until_on=ended,
            because=f"{brief[:1].upper()}{brief[1:]}; it was due on {long_date(task.due_on)}.",
            brief=brief,
            since=task.due_on,
            unit=task.late_unit,
            concerns=task.concerns,
            entry_id=task.entry_id,
        )


def _said_undone(seen: Seen, task: Owed) -> Iterable[Spell]:
    """An action without a day, of which its entry says that it has not been done: so it is from the day that was said."""
    entry = seen.entry(task.entry_id)
    if entry is None or task.timescale != "ACTION" or not _undone(entry, task.title):
        return
    said = event(seen, entry, lambda one: _undone(one, task.title))
    day = max(said.on, said.told)
    what = _called(seen, task)
    yield Spell(
        str(task.id),
        day,
        task.ended_on,
        f"{what} has not been done in full, as was said on {long_date(day)}.",
        f"{lower(what)} not done in full",
        concerns=task.concerns,
        entry_id=task.entry_id,
    )


def _undone(entry: EntryFact, what: str) -> bool:
    rows = [row for found in entry.groups.values() for row in found if row.get("what") == what]
    return any(row.get("action_state") in ("not_done", "partly") for row in rows)


def _each_once(seen: Seen, tasks: Sequence[Owed], alarm: AlarmStandard) -> Iterable[Owed]:
    """Tasks without those that tell of the same thing again: one injury, referred, and examined days later."""
    told: list[Owed] = []
    days = alarm.limits.get("same_within_days")
    for task in sorted(tasks, key=lambda one: (one.opened_on, one.due_on or date.max, one.id)):
        if days is None or not any(_same(seen, one, task, alarm, days) for one in told):
            told.append(task)
            yield task


def _same(seen: Seen, first: Owed, again: Owed, alarm: AlarmStandard, days: int) -> bool:
    """Whether a task asks for what an earlier one asked for; what a doctor finds is what is still owed pictures."""
    if first.timescale != again.timescale or not (
        not again.concerns or not first.concerns or not set(again.concerns).isdisjoint(first.concerns)
    ):
        return False
    later = (again.opened_on - first.opened_on).days
    if later <= days:
        return True
    entry = seen.entry(again.entry_id)
    return (
        entry is not None
        and entry.section in _SECOND_LOOKS
        and later <= alarm.limits.get("examined_within_days", days)
        and (first.ended_on is None or first.ended_on >= again.opened_on)
    )


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
