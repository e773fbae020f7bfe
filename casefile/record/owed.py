"""What is owed: pure rules from entries to tasks. No database, no clock.

A section declares what signing it *opens*, *closes* and lets *cease*. From the entries known by
a day, :func:`derive` says everything owed as of that day, whatever order the entries came in,
so that any past day can be replayed and an import in the wrong order gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from casefile.record.duties import FRESH, Duties, Opens, RowEnd
from casefile.record.ending import end_tasks, row_ended
from casefile.record.facts import EntryFact, Held
from casefile.record.task import Owed, TaskSaid, TaskState
from casefile.standards import Library, Timescale, working_days_between
from casefile.work.ids import derived_id

__all__ = [
    "Lasting",
    "Owed",
    "TaskSaid",
    "TaskState",
    "as_owed",
    "as_told",
    "by_day",
    "derive",
    "first_known_days",
    "lasting",
    "latest_versions",
    "standing",
    "with_lateness",
]


_task_id = lru_cache(maxsize=1 << 16)(derived_id)
"""The same tasks are derived again and again: for today, for the days to come, for each day of a replay."""


def derive(
    entries: Iterable[EntryFact],
    said: Iterable[TaskSaid],
    duties: Mapping[str, Duties],
    library: Library,
    as_of: date,
    besides: Iterable[Owed] = (),
) -> tuple[Owed, ...]:
    """Everything owed in one file as of a day, by what police knew then; ordered by due date.

    Args:
        besides: What is owed as of that day and no entry opens, as officers spoke of it.
    """
    held = [entry for entry in entries if entry.known_on <= as_of]
    spoken = [one for one in said if one.known_on <= as_of]
    return as_owed((*standing(held, spoken, duties, library, as_of), *besides), as_of)


def as_owed(tasks: Iterable[Owed], as_of: date) -> tuple[Owed, ...]:
    """Tasks as of a day, with how late each is or was; ordered by due date."""
    told = [with_lateness(task, as_of) for task in tasks]
    return tuple(sorted(told, key=lambda t: (t.due_on or date.max, t.title, t.id)))


def standing(
    held: Sequence[EntryFact],
    spoken: Sequence[TaskSaid],
    duties: Mapping[str, Duties],
    library: Library,
    until: date,
) -> list[Owed]:
    """The tasks that follow from everything held, opened by a day; none is called late.

    Args:
        held: Every version known; nothing is left out by its date.
        until: The last day looked at: with ``date.max`` also what is known to begin or end later.
    """
    return as_told(_settled(held, spoken, duties, library, until), spoken)


@dataclass(frozen=True, slots=True)
class Lasting:
    """The tasks that follow from everything held, also those that are known to begin or end later; none is called late.

    Attributes:
        tasks: They, as officers spoke of them.
        from_on: From this day on no more of them begins or ends by itself: what lasts is what stands.
    """

    tasks: tuple[Owed, ...]
    from_on: date


def lasting(
    held: Sequence[EntryFact], spoken: Sequence[TaskSaid], duties: Mapping[str, Duties], library: Library
) -> Lasting:
    """What :func:`standing` gives for the end of the calendar, and from when on it gives the same for every day."""
    settled = _settled(held, spoken, duties, library, date.max)
    days = (day for one in settled for day in (one.opened_on, one.ended_on) if day)
    return Lasting(tuple(as_told(settled, spoken)), max(days, default=date.min))


def _settled(
    held: Sequence[EntryFact],
    spoken: Sequence[TaskSaid],
    duties: Mapping[str, Duties],
    library: Library,
    until: date,
) -> list[Owed]:
    """Tasks as the records open and end them, before any word that officers said of them."""
    known = Held(latest_versions(held))
    first_known = first_known_days(held)
    open_tasks = [
        task
        for entry in known
        for task in _opened(entry, first_known[entry.thread_id], known, duties[entry.section], library, until)
    ]
    open_tasks += [_by_hand(one) for one in spoken if one.what == "opened"]
    return end_tasks(open_tasks, known, duties, until)


def as_told(tasks: Iterable[Owed], spoken: Iterable[TaskSaid]) -> list[Owed]:
    """Tasks as officers spoke of them, which wins over what was derived."""
    told: dict[UUID, list[TaskSaid]] = {}
    for one in spoken:
        told.setdefault(one.task_id, []).append(one)
    return [_as_told(task, told.get(task.id, ())) for task in tasks]


def latest_versions(entries: Iterable[EntryFact]) -> list[EntryFact]:
    """The latest version of each thread among those given, by the day it happened."""
    # by the number of an identity, which is looked up several times quicker
    latest: dict[int, EntryFact] = {}
    for entry in entries:
        held = latest.get(entry.thread_id.int)
        if held is None or entry.version > held.version:
            latest[entry.thread_id.int] = entry
    return sorted(latest.values(), key=by_day)


def by_day(entry: EntryFact) -> tuple[date, date, UUID]:
    """The order of entries: by the day each happened, then by when police knew of it."""
    return entry.happened_on or entry.known_on, entry.known_on, entry.thread_id


def first_known_days(entries: Iterable[EntryFact]) -> dict[UUID, date]:
    """When police first knew of each entry, whatever was amended since."""
    found: dict[UUID, date] = {}
    for entry in entries:
        found[entry.thread_id] = min(entry.known_on, found.get(entry.thread_id, date.max))
    return found


def _opened(
    entry: EntryFact,
    first_known: date,
    known: Sequence[EntryFact],
    duties: Duties,
    library: Library,
    as_of: date,
) -> Iterable[Owed]:
    for place, opens in enumerate(duties.opens):
        task = _by_standard(entry, place, opens, library, as_of, first_known)
        if task is None:
            continue
        trigger = opens.counted_from(entry)
        if opens.in_file and trigger and not opens.in_file(known, entry):
            continue
        ran_out = task.due_on is not None and task.due_on < first_known
        if ran_out and task.state is TaskState.DUE and not opens.even_if_past:
            continue
        yield task
    yield from _each(entry, duties, library, as_of)
    yield from _actions(entry, as_of)


def _by_standard(
    entry: EntryFact, place: int, opens: Opens, library: Library, as_of: date, first_known: date
) -> Owed | None:
    """The task that one declaration opens for an entry, done already where the entry says so."""
    key, trigger = opens.key(entry), opens.counted_from(entry)
    if key is None or trigger is None or not opens.when(entry):
        return None
    scale = library.timescale(key, trigger)
    due = _due(entry, opens, scale, library, max(trigger, first_known) if opens.from_known else trigger)
    if opens.if_fresh and due is not None and due < first_known <= trigger + FRESH:
        due = _due(entry, opens, scale, library, first_known)
    opened_on = (opens.opened_on(entry) if opens.opened_on else None) or trigger
    if (scale is None and due is None) or opened_on > as_of:
        return None
    task = _task(
        _task_id(entry.thread_id, key, place),
        entry,
        key,
        opens.title or (scale.name if scale else key),
        opens.owed_by or (scale.owed_by if scale else "police"),
        opened_on,
        due,
        scale,
    )
    done_on = opens.done_on(entry) if opens.done_on else None
    if done_on is None or done_on > as_of:
        return task
    return replace(task, state=TaskState.DONE, ended_on=max(done_on, opened_on))


def _due(
    entry: EntryFact, opens: Opens, scale: Timescale | None, library: Library, trigger: date
) -> date | None:
    """The date the entry states, else the standard's; never later than the review interval of its risk level."""
    if opens.inspector_of is not None:
        seen_by = library.review_interval(opens.inspector_of(entry) or "", trigger)
        return seen_by.inspector_due(trigger) if seen_by else None
    due = (opens.due_on(entry) if opens.due_on else None) or (scale.due(trigger) if scale else None)
    level = opens.review_of(entry) if opens.review_of else None
    interval = library.review_interval(level, trigger) if level else None
    return min(one for one in (due, interval.due(trigger)) if one) if interval else due


def _each(entry: EntryFact, duties: Duties, library: Library, as_of: date) -> Iterable[Owed]:
    for each in duties.opens_each:
        for place, row in enumerate(entry.rows(each.group)):
            key = each.key(row)
            begins: date | None = row.get(each.begins) if each.begins else entry.known_on
            if key is None or begins is None or begins > as_of or not each.when(row):
                continue
            scale = library.timescale(key, begins)
            task = _task(
                _task_id(entry.thread_id, key, place),
                entry,
                key,
                each.title(row),
                scale.owed_by if scale else "police",
                begins,
                row.get(each.due_on) or (scale.due(begins) if scale else None),
                scale,
            )
            end = each.ends(entry, row) if each.ends else None
            yield _ended(task, end) if end and end.on <= as_of else task


def _ended(task: Owed, end: RowEnd) -> Owed:
    state = TaskState.DONE if end.done else TaskState.CEASED
    return replace(task, state=state, ended_on=max(end.on, task.opened_on))


def _actions(entry: EntryFact, as_of: date) -> Iterable[Owed]:
    """Actions with an owner and a date, decided at a meeting or in a plan."""
    opened = entry.happened_on or entry.known_on
    if opened > as_of:
        return
    for group, rows in entry.groups.items():
        for place, row in enumerate(rows):
            if "what" not in row or not row["what"]:
                continue
            task = _task(
                _task_id(entry.thread_id, group, place),
                entry,
                "ACTION",
                str(row["what"]),
                str(row.get("owed_by") or row.get("owner") or "police"),
                opened,
                row.get("due_on"),
                None,
            )
            yield _delivered(replace(task, officer_id=row.get("officer_id")), row, entry, as_of)


def _delivered(task: Owed, row: Mapping[str, Any], entry: EntryFact, as_of: date) -> Owed:
    """An action as its own row states it: done, or no longer needed, from the day stated or known."""
    end = row_ended(row, entry)
    return _ended(task, end) if end and end.on <= as_of else task


def _task(
    task_id: UUID,
    entry: EntryFact,
    timescale: str,
    title: str,
    owed_by: str,
    opened_on: date,
    due_on: date | None,
    scale: Timescale | None,
) -> Owed:
    working = scale is not None and scale.unit == "working_days"
    return Owed(
        id=task_id,
        entry_id=entry.id,
        timescale=timescale,
        standard=scale.standard_key if scale else "file",
        title=title,
        owed_by=owed_by,
        officer_id=None,
        opened_on=opened_on,
        due_on=due_on,
        late_unit="working days" if working else "days",
        because=entry.summary,
        concerns=entry.concerns,
    )


def _by_hand(said: TaskSaid) -> Owed:
    return Owed(
        id=said.task_id,
        entry_id=None,
        timescale="TASK",
        standard="file",
        title=said.title or "",
        owed_by=said.owed_by or "police",
        officer_id=said.officer_id,
        opened_on=said.happened_on,
        due_on=said.due_on,
        because=said.reason or "Added by an officer",
    )


def _as_told(task: Owed, said: Sequence[TaskSaid]) -> Owed:
    """What officers said of the task wins over what was derived; the last word counts."""
    for one in said:
        if one.what == "done":
            task = replace(task, state=TaskState.DONE, ended_on=one.happened_on)
        elif one.what == "waived":
            task = replace(task, state=TaskState.WAIVED, ended_on=one.happened_on)
        elif one.what == "reopened":
            task = replace(task, state=TaskState.DUE, ended_on=None)
        elif one.what == "given":
            task = replace(task, officer_id=one.officer_id)
    return task


def with_lateness(task: Owed, as_of: date) -> Owed:
    """Say whether it is or was late, and by how much, in the unit of its limit."""
    if task.due_on is None or task.state in (TaskState.WAIVED, TaskState.CEASED):
        return task
    end = task.ended_on if task.state is TaskState.DONE and task.ended_on else as_of
    if end <= task.due_on:
        return task
    late = (
        working_days_between(task.due_on, end)
        if task.late_unit == "working days"
        else (end - task.due_on).days
    )
    state = TaskState.DONE_LATE if task.state is TaskState.DONE else TaskState.LATE
    return replace(task, state=state, days_late=late)
