"""How tasks come to their end: what entries close and let fall away, each on its own day. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from casefile.record.duties import Ceases, Closes, Duties, RowEnd
from casefile.record.facts import EntryFact
from casefile.record.task import Owed, TaskState


def end_tasks(
    tasks: Sequence[Owed], known: Sequence[EntryFact], duties: Mapping[str, Duties], as_of: date
) -> list[Owed]:
    """Close and cease tasks, each on its own day: a plan that ended must not swallow the reviews before it."""
    told = _rows_ended(known, as_of)
    tasks = [_told_elsewhere(task, told) for task in tasks] if told else tasks
    events = sorted(
        (one for entry in known for one in _endings(entry, duties[entry.section]) if one[0] <= as_of),
        key=lambda one: (one[0], isinstance(one[2], Ceases), one[1].thread_id),
    )
    current = {task.id: task for task in tasks}
    openers = {one.id: one for one in known}
    waiting = _Waiting(tasks)
    for day, entry, rule in events:
        state = TaskState.DONE if isinstance(rule, Closes) else TaskState.CEASED
        for task in _picked(waiting, entry, rule, day, openers):
            if isinstance(rule, Closes) and _renewed_after(task, entry, openers):
                continue
            waiting.settle(task)
            current[task.id] = replace(task, state=state, ended_on=max(day, task.opened_on))
    return list(current.values())


def row_ended(row: Mapping[str, Any], entry: EntryFact) -> RowEnd | None:
    """The end of an action as a row states it: done, or no longer needed, on the day stated or known."""
    state, done_on = row.get("action_state"), row.get("done_on")
    if done_on is None and state not in _ROW_ENDS:
        return None
    return RowEnd(done_on or entry.known_on, done=_ROW_ENDS.get(state or "", True))


_ROW_ENDS = {"done": True, "changed": False, "no_longer_needed": False}
"""What the state of an action (code list ``plan_action_state``) makes of its task: done or not; others leave it owed."""


def _rows_ended(known: Sequence[EntryFact], as_of: date) -> Mapping[str, list[tuple[RowEnd, EntryFact]]]:
    """What entries say of actions that have ended, by the words of the action."""
    found: dict[str, list[tuple[RowEnd, EntryFact]]] = defaultdict(list)
    for entry in known:
        for rows in entry.groups.values():
            for row in rows:
                if row.get("what") and (end := row_ended(row, entry)) and end.on <= as_of:
                    found[_folded(row["what"])].append((end, entry))
    return found


def _told_elsewhere(task: Owed, told: Mapping[str, list[tuple[RowEnd, EntryFact]]]) -> Owed:
    """An action that a later meeting tells of in the same words as done: the plan said it, a core group did it."""
    if task.timescale != "ACTION" or task.state is not TaskState.DUE:
        return task
    ends = [
        end
        for end, entry in told.get(_folded(task.title), ())
        if entry.id != task.entry_id
        and end.on >= task.opened_on
        and (not task.concerns or not entry.concerns or not set(task.concerns).isdisjoint(entry.concerns))
    ]
    if not ends:
        return task
    first = min(ends, key=lambda one: one.on)
    return replace(task, state=TaskState.DONE if first.done else TaskState.CEASED, ended_on=first.on)


def _folded(words: str) -> str:
    return " ".join(words.casefold().rstrip(".").split())


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


def _alike(task: Owed, entry: EntryFact, rule: Closes | Ceases, openers: Mapping[UUID, EntryFact]) -> bool:
    """Whether what opened a task and what would close it speak of the same thing, where the rule asks that."""
    if isinstance(rule, Ceases) or rule.alike is None:
        return True
    opener = openers.get(task.entry_id) if task.entry_id else None
    return opener is None or rule.alike(opener, entry)


def _picked(
    waiting: _Waiting, entry: EntryFact, rule: Closes | Ceases, day: date, openers: Mapping[UUID, EntryFact]
) -> list[Owed]:
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
            and _alike(task, entry, rule, openers)
            and (not task.concerns or not whom or not set(task.concerns).isdisjoint(whom))
        ),
        key=lambda task: (task.opened_on, task.id),
    )
    if isinstance(rule, Ceases) or rule.which == "all":
        return found
    if rule.which == "same day":
        of_the_day = [task for task in found if task.opened_on == entry.happened_on]
        by_then = [task for task in found if entry.happened_on is None or task.opened_on <= entry.happened_on]
        return of_the_day[:1] or by_then[:1]
    return found[:1] if rule.which == "oldest" else found[-1:]
