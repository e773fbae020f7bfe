"""How lateness, risk and completeness are said: a word, a shape and a tone, the same everywhere in the room."""

from __future__ import annotations

from datetime import date

from casefile.record.dates import short_date
from casefile.record.owed import Owed, TaskState
from ui.widgets.lists import Item

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
