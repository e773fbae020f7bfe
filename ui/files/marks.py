"""How lateness, risk and completeness are said: a word, a shape and a tone, the same everywhere in the room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casefile.files.queries.docket import DividerRow, Docket
from casefile.record.dates import short_date
from casefile.record.owed import Owed, TaskState
from ui.widgets.lists import Item

PEOPLE = ("child", "household", "associated")
FRONT, DOCUMENTS, CHRONOLOGY, AUDIT = "front_sheet", "documents", "chronology", "audit"
PICTURE = "picture"
PICTURE_HINT = "The family drawn on any day: who is related to whom, and who lives with whom."
DOCUMENTS_HINT = "Everything kept whole: minutes, reports, mails, photographs."
ALARM_TONES = {"danger": "danger", "late": "late", "watch": "accent"}
POINTED = 6
"""Sentences of what is missing that the hint of a divider holds."""
RISK_TONES = {"high": "danger", "medium": "late"}


def task_mark(task: Owed, today: date) -> tuple[str, str]:
    """Words and tone of a task's state."""
    if task.state is TaskState.LATE:
        return f"{task.days_late} {task.late_unit} late", "danger" if task.days_late > 5 else "late"
    if task.state in (TaskState.DONE, TaskState.DONE_LATE):
        return task.state.value, "done"
    if task.state in (TaskState.WAIVED, TaskState.CEASED):
        return task.state.value, "plain"
    if task.due_on is None:
        return "no date", "plain"
    days = (task.due_on - today).days
    if days == 0:
        return "due today", "late"
    if days == 1:
        return "tomorrow", "late"
    return short_date(task.due_on), "due"


def task_item(task: Owed, today: date, who: str) -> Item:
    """A task for a list of two lines."""
    words, tone = task_mark(task, today)
    if task.state is TaskState.LATE:
        who, words = f"{who} · {words}", f"{task.days_late} late"
    hint = f"{task.because}. Set by {task.standard}." if task.because else f"Set by {task.standard}."
    return Item(task.title, who, words, tone, data=task, hint=hint)


def divider_mark(mark: str, missing: int, count: int) -> tuple[str, str]:
    """Words and tone of a divider's completeness."""
    match mark:
        case "complete":
            return "✓", "done"
        case "not_applicable":
            return "n/a", "plain"
        case "missing":
            return str(max(missing, 1)), "late"
        case _:
            return str(count) if count else "–", "plain"


def first_of(sentences: Sequence[str], most: int) -> str:
    """The first sentences of many, and how many more there are."""
    rest = len(sentences) - most
    return " ".join(sentences[:most]) + (f" … and {rest:,} more." if rest > 0 else "")


def divider_item(one: DividerRow) -> Item:
    """A divider for the list at the left, with what is missing and what the standard asks as its hint."""
    words, tone = divider_mark(one.mark, len(one.missing), one.count)
    missing = f"Missing: {first_of(one.missing, POINTED)}\n" if one.missing else ""
    missing += f"{' '.join(one.noted)}\n" if one.noted else ""
    said = f"Not applicable: {one.said_by}.\n" if one.mark == "not_applicable" else ""
    return Item(
        one.title, "", words, tone, one.key, f"{missing}{said}The standard asks: {one.asks} ({one.source})"
    )


def divider_items(docket: Docket) -> list[Item]:
    """The dividers of a file for the list at the left, and its documents."""
    items: list[Item] = []
    for one in docket.dividers:
        items.append(divider_item(one))
        if one.key == "household":
            items.append(Item("Picture of the family", data=PICTURE, hint=PICTURE_HINT))
    count = len(docket.documents)
    return [*items, Item("Documents", "", str(count) if count else "–", data=DOCUMENTS, hint=DOCUMENTS_HINT)]
