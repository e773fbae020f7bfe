"""The digest of work: what was missed, falls due or was done; other entries, documents, who keeps the file. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casefile.record.dates import long_date
from casefile.record.groups import owner_named
from casefile.record.owed import Owed, TaskState
from casefile.supervision.digest_care import GROUP_OF, care, entry_line
from casefile.supervision.digest_people import people
from casefile.supervision.digest_rows import HEADINGS, TONES, DigestFacts, DigestGroup, DigestLine

_LATER = date.max.toordinal()
_WORDS = {"waived": "Waived", "ceased": "No longer needed"}


def groups(facts: DigestFacts) -> tuple[DigestGroup, ...]:
    """The whole digest under its headings; a heading with nothing below it is left out."""
    lines: dict[str, list[DigestLine]] = {key: [] for key in HEADINGS}
    for line in (*care(facts), *people(facts), *_entries(facts), *_documents(facts), *_keeping(facts)):
        lines[line.group].append(line)
    for rows in lines.values():
        rows.sort(key=_place)
    lines["tasks"] += _tasks(facts)
    return tuple(DigestGroup(key, HEADINGS[key], tuple(rows)) for key, rows in lines.items() if rows)


def _place(line: DigestLine) -> tuple[int, int, str]:
    """The gravest first, then the newest."""
    day = line.happened_on or line.known_on
    return TONES.index(line.tone), -day.toordinal() if day else -_LATER, line.what


def _entries(facts: DigestFacts) -> Iterator[DigestLine]:
    for change in facts.changes:
        if change.entry.section not in GROUP_OF:
            yield entry_line(facts, change)


def _documents(facts: DigestFacts) -> Iterator[DigestLine]:
    for one in facts.documents:
        if facts.baseline.is_new(one.received_on, one.recorded_at):
            yield DigestLine(
                "documents",
                one.name,
                "",
                "plain",
                one.received_on,
                one.received_on,
                one.by,
                "document",
                one.id,
            )


def _keeping(facts: DigestFacts) -> Iterator[DigestLine]:
    for fact in facts.seen.history.holders:
        began = fact.get("from_on") or fact.get("known_on")
        if not fact.current or not facts.baseline.is_new(began, fact.recorded_at):
            continue
        who = facts.name(fact.get("officer_id")) if fact.get("officer_id") else "Nobody"
        role = facts.words("allocation_role", str(fact.get("role") or "")).lower()
        over: date | None = fact.get("until_on")
        ended = over is not None and over < facts.as_of
        yield DigestLine(
            "keeping",
            f"{who} {'was' if ended else 'is'} {role} of the file{f' until {long_date(over)}' if ended else ''}",
            "",
            "late" if ended else "plain",
            fact.get("from_on"),
            fact.get("known_on"),
            fact.recorded_by,
        )


def _tasks(facts: DigestFacts) -> list[DigestLine]:
    """Missed first, then what fell due anew, then what was done, late and in time, then what fell away."""
    before = {one.id: one for one in facts.owed_before}
    found: list[tuple[int, date, DigestLine]] = []
    for task in facts.owed_now:
        kind = _became(facts, before.get(task.id), task)
        if kind is not None:
            place, tone, words = kind
            found.append((place, task.due_on or date.max, _task_line(facts, task, tone, words)))
    return [line for _, _, line in sorted(found, key=lambda one: (one[0], one[1], one[2].what))]


def _became(facts: DigestFacts, was: Owed | None, task: Owed) -> tuple[int, str, str] | None:
    """What became of a task since: its place, tone and words; None where nothing did."""
    if task.state is TaskState.LATE:
        if was is not None and was.state is TaskState.LATE:
            return None
        return 0, "danger", f"Missed: due {long_date(task.due_on)}, {_late(task)} late"
    if task.state is TaskState.DUE:
        if was is not None and was.state.outstanding:
            return None
        return 1, "plain", f"Newly owed: {f'by {long_date(task.due_on)}' if task.due_on else 'no date'}"
    if (was is not None and not was.state.outstanding) or not _in_time(facts, was, task):
        return None
    on = f" on {long_date(task.ended_on)}" if task.ended_on else ""
    match task.state:
        case TaskState.DONE_LATE:
            return 2, "late", f"Done{on}, {_late(task)} late"
        case TaskState.DONE:
            return 3, "done", f"Done{on}"
        case _:
            return 4, "plain", f"{_WORDS[task.state.value]}{on}"


def _in_time(facts: DigestFacts, was: Owed | None, task: Owed) -> bool:
    """Something that came and went before the baseline is history, however late it was learnt."""
    return was is not None or (task.ended_on is not None and task.ended_on > facts.baseline.day)


def _late(task: Owed) -> str:
    return f"{task.days_late} {task.late_unit[:-1] if task.days_late == 1 else task.late_unit}"


def _task_line(facts: DigestFacts, task: Owed, tone: str, words: str) -> DigestLine:
    said = facts.said.get(task.id)
    entry = next((one for one in facts.seen.entries if one.id == task.entry_id), None)
    owner = facts.name(task.officer_id) if task.officer_id else owner_named(entry, task.title)
    owner = owner or facts.words("agency", task.owed_by)
    parts = (words, f"Owed by {owner}", said.reason if said and not task.state.outstanding else "")
    return DigestLine(
        "tasks",
        task.title,
        ". ".join(one.rstrip(".") for one in parts if one),
        tone,
        task.ended_on or task.due_on,
        None,
        said.by if said and not task.state.outstanding else "",
        "task",
        task.id,
    )
