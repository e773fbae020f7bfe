"""The review queue: files whose review is due or that an alarm has put there, the most dangerous first, and why.

Nothing is derived here: which files stand in it and in which order is :mod:`casefile.supervision.queue_order`, and what a row
says as of today is counted from the days that stand in the cached alarms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from casefile.access.queries import shown
from casefile.alarms.spell import counted
from casefile.record.persons import folded, held_in
from casefile.supervision.queue_order import ALARM, FILE, Whose, count_of, page_of
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MOST_WORDS = 3
"""Alarms told in one row; how many more there are is said."""
_SAID_AT_THE_HEAD = ("review_overdue", "risk_not_assessed")
_RANK_OF_ROLE = {"inspector": "inspector", "commander": "superintendent"}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue shows.

    Attributes:
        officer_id: Only files this officer holds.
        alarm: Only files with this alarm standing.
        risk: Only files of this level; ``not_assessed`` for those without one.
        plan: True only with a child protection plan, False only without.
        text: Words of reference, names or address.
    """

    whose: Whose = "mine"
    officer_id: UUID | None = None
    alarm: str | None = None
    risk: str | None = None
    plan: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One file of the queue, with why it is there, in words.

    Attributes:
        severity: ``danger``, ``late``, ``watch`` or ``due``: the gravest reason.
        alarms: How many alarms stand.
        review_due: When the next review is due; None if none is fixed.
        days_late: Calendar days since then; 0 if it is not late.
    """

    file_id: UUID
    reference: str
    family_name: str
    children: int
    risk_level: str | None
    plan_category: str | None
    officer: str
    supervisor: str
    why: str
    severity: str
    alarms: int
    review_due: date | None
    days_late: int
    last_review_on: date | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue.

    Attributes:
        total: How many files are in the queue in all.
        danger: In how many of all a child may be in danger.
    """

    rows: tuple[QueueRow, ...]
    total: int
    danger: int


def default_whose(role: str) -> Whose:
    """What a role looks at first: a sergeant their own files, an inspector what has gone up to them."""
    return "told" if role in _RANK_OF_ROLE else "mine"


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.CONSULTATION)
def review_queue(
    work: Work, wanted: QueueFilter | None = None, *, offset: int = 0, limit: int = 50
) -> QueuePage:
    """List the files that want a supervisor, by danger and lateness, each with why in words."""
    chosen = wanted or QueueFilter(default_whose(work.actor.role))
    words = folded(chosen.text).split()
    asked = _asked(work) | {f"word_{place}": held_in(word) for place, word in enumerate(words)}
    asked |= {"officer": chosen.officer_id, "alarm": chosen.alarm, "risk": chosen.risk}
    page = page_of(
        chosen.whose, _rank(work), chosen.officer_id is not None, chosen.alarm is not None, chosen.risk,
        chosen.plan, len(words),
    )  # fmt: skip
    found = page.rows(work.session, **asked, first=offset, most=limit)
    today = work.today
    rows = tuple(_row(list(of_file), today) for _, of_file in groupby(found, key=itemgetter(FILE)))
    work.about(files=[one.file_id for one in rows])
    if not found and offset:
        found = page.rows(work.session, **asked, first=0, most=1)
    total, danger = found[0][:FILE] if found else (0, 0)
    work.note(found=total)
    return QueuePage(rows, total, danger)


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def waiting_in_queue(work: Work) -> int:
    """Count the files that wait in one's queue; a number only."""
    return count_of(default_whose(work.actor.role), _rank(work)).rows(work.session, **_asked(work))[0][0]


def _rank(work: Work) -> str | None:
    return _RANK_OF_ROLE.get(work.actor.role)


def _asked(work: Work) -> dict[str, Any]:
    return {"today": work.today, "me": work.actor.officer_id}


def _row(told: list[tuple[Any, ...]], today: date) -> QueueRow:
    """A file of the queue, from its rows: one for each alarm, or one without."""
    first = told[0]
    _, _, file_id, reference, family, children, risk, plan, due, reviewed, research, inspection, *names = (
        first[:ALARM]
    )
    alarms = [one[ALARM:] for one in told] if first[ALARM] is not None else []
    return QueueRow(
        file_id,
        reference,
        family,
        children,
        risk,
        plan,
        shown(*names[:3]) if names[0] else "",
        shown(*names[3:]) if names[3] else "",
        _why(risk, due, (inspection, research), alarms, today),
        alarms[0][1] if alarms else "due",
        len(alarms),
        due,
        max((today - due).days, 0) if due else 0,
        reviewed,
    )


def _why(
    risk: str | None,
    review_due: date | None,
    besides: tuple[date | None, date | None],
    alarms: list[tuple[Any, ...]],
    today: date,
) -> str:
    """Why a file is where it is: risk and review first, then what stands, the gravest first.

    Args:
        besides: When an inspector's review is due, and research, which is said last.
    """
    inspection_due, research_due = besides
    level = "Risk not assessed" if risk in (None, "not_assessed") else f"{str(risk).capitalize()} risk"
    told = [f"{level}, review {_due_words(review_due, today)}" if review_due else level]
    by_kind: dict[str, list[tuple[Any, ...]]] = {}
    for alarm in alarms:
        if alarm[0] not in _SAID_AT_THE_HEAD:
            by_kind.setdefault(alarm[0], []).append(alarm)
    if inspection_due is not None and inspection_due <= today and "inspector_review_overdue" not in by_kind:
        told.append(f"inspector’s review {_due_words(inspection_due, today)}")
    for _, of_kind in zip(range(MOST_WORDS), by_kind.values(), strict=False):
        _, _, brief, since, unit = of_kind[0]
        words = counted(brief, since, unit, today)
        told.append(f"{words} (and {len(of_kind) - 1} more)" if len(of_kind) > 1 else words)
    if len(by_kind) > MOST_WORDS:
        told.append(f"and {len(by_kind) - MOST_WORDS} more")
    if research_due is not None and research_due <= today:
        told.append(f"research {_due_words(research_due, today)}")
    return "; ".join(told)


def _due_words(due: date, today: date) -> str:
    days = (today - due).days
    if days > 0:
        return f"{days} {'day' if days == 1 else 'days'} late"
    return "due today" if days == 0 else f"due in {-days} {'day' if days == -1 else 'days'}"
