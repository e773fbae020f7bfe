"""How tasks come to their end: what entries close and let fall away, each on its own day. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from casefile.record.duties import Ceases, Closes, Duties
from casefile.record.facts import EntryFact
from casefile.record.task import Owed, TaskState


def end_tasks(
    tasks: Sequence[Owed], known: Sequence[EntryFact], duties: Mapping[str, Duties], as_of: date
) -> list[Owed]:
    """Close and cease tasks, each on its own day: a plan that ended must not swallow the reviews before it."""
    events = sorted(
        (one for entry in known for one in _endings(entry, duties[entry.section]) if one[0] <= as_of),
        key=lambda one: (one[0], isinstance(one[2], Ceases), one[1].thread_id),
    )
    current = {task.id: task for task in tasks}
    openers = {one.id: one for one in known}
    waiting = _Waiting(tasks)
    for day, entry, rule in events:
        state = TaskState.DONE if isinstance(rule, Closes) else TaskState.CEASED
        for task in _picked(waiting, entry, rule, day):
            if isinstance(rule, Closes) and _renewed_after(task, entry, openers):
                continue
            waiting.settle(task)
            current[task.id] = replace(task, state=state, ended_on=max(day, task.opened_on))
    return list(current.values())


class _Waiting:
    """The open tasks of each timescale, oldest first, so that an event looks only at those that wait."""

    def __init__(self, tasks: Iterable[Owed]) -> None:
        self._by_scale: dict[str, dict[UUID, Owed]] = defaultdict(dict)
        for task in sorted(tasks, key=lambda one: (one.opened_on, one.id)):
            if task.state is TaskState.DUE:
                self._by_scale[task.timescale][task.id] = task

    def settle(self, task: Owed) -> None:
        """It waits no more."""
        del self._by_scale[task.timescale][task.id]

    def opened_by(self, timescale: str, day: date) -> Iterable[Owed]:
        """Those of a timescale that were open on a day."""
        for task in self._by_scale[timescale].values():
            if task.opened_on > day:
                return
            yield task


def _endings(entry: EntryFact, rules: Duties) -> Iterable[tuple[date, EntryFact, Closes | Ceases]]:
    """What an entry closes and lets cease, with the day each counts from."""
    for closes in rules.closes:
        if closes.when(entry) and (day := closes.done_on(entry)) is not None:
            yield day, entry, closes
    for ceases in rules.ceases:
        if ceases.when(entry) and (day := ceases.from_on(entry)) is not None:
            yield day, entry, ceases


def _renewed_after(task: Owed, entry: EntryFact, openers: Mapping[UUID, EntryFact]) -> bool:
    """Whether a task was opened on the same day by a later entry of the same kind.

    Of two reviews on one day the later sets the next one: they do not settle each other's.
    """
    opener = openers.get(task.entry_id) if task.entry_id else None
    if opener is None or opener.section != entry.section or task.opened_on != entry.happened_on:
        return False
    return (opener.recorded_at, opener.id) > (entry.recorded_at, entry.id)


def _picked(waiting: _Waiting, entry: EntryFact, rule: Closes | Ceases, day: date) -> list[Owed]:
    """The tasks that one rule of an entry settles: opened by then by another entry, about any of its people."""
    whole_file = isinstance(rule, Ceases) and rule.whole_file
    whom = () if whole_file else entry.concerns
    until = day + timedelta(days=rule.ahead) if isinstance(rule, Closes) else day
    found = sorted(
        (
            task
            for timescale in rule.timescales
            for task in waiting.opened_by(timescale, until)
            if task.entry_id != entry.id
            and (not task.concerns or not whom or not set(task.concerns).isdisjoint(whom))
        ),
        key=lambda task: (task.opened_on, task.id),
    )
    if isinstance(rule, Ceases) or rule.which == "all":
        return found
    if rule.which == "same day":
        return [task for task in found if task.opened_on == entry.happened_on][:1] or found[:1]
    return found[:1] if rule.which == "oldest" else found[-1:]
