"""The review queue: files whose review is due or that an alarm has put there, the most dangerous first, and why.

Nothing is derived here: rows come from columns that each write keeps up to date, and what a row says as of
today is counted from the days that stand in the cached alarms.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Date, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.alarms.model import Alarm
from casefile.alarms.spell import counted
from casefile.record.model import CaseFile, Entry
from casefile.record.persons import folded
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

Whose = Literal["mine", "told", "all"]
"""``mine``: files one supervises. ``told``: files with an alarm that one's rank is told of. ``all``: every file."""

MOST_WORDS = 3
"""Alarms told in one row; how many more there are is said."""
_RANK_OF_ROLE = {"inspector": "inspector", "commander": "superintendent"}
_RISKS = {"high": 0, "medium": 1, "standard": 2}


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
    """One page of the queue, and how many files are in it in all."""

    rows: tuple[QueueRow, ...]
    total: int


def default_whose(role: str) -> Whose:
    """What a role looks at first: a sergeant their own files, an inspector what has gone up to them."""
    return "told" if role in _RANK_OF_ROLE else "mine"


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.CONSULTATION)
def review_queue(
    work: Work, wanted: QueueFilter | None = None, *, offset: int = 0, limit: int = 50
) -> QueuePage:
    """List the files that want a supervisor, by danger and lateness, each with why in words."""
    chosen = wanted or QueueFilter(default_whose(work.actor.role))
    count, page = _statements(chosen.whose, _rank(work))
    asked, more = _asked(work), _narrowed(chosen)
    total = work.session.execute(count.where(*more), asked).scalar_one()
    found = work.session.execute(page.where(*more), {**asked, "first": offset, "most": limit}).all()
    ids = [one.id for one in found]
    alarms: dict[UUID, list[Any]] = defaultdict(list)
    for row in work.session.execute(_ALARMS, {"today": work.today, "files": ids}):
        alarms[row.file_id].append(row)
    work.about(files=ids)
    work.note(found=total)
    return QueuePage(tuple(_row(one, alarms[one.id], work.today) for one in found), total)


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def waiting_in_queue(work: Work) -> int:
    """Count the files that wait in one's queue; a number only."""
    count, _ = _statements(default_whose(work.actor.role), _rank(work))
    return work.session.execute(count, _asked(work)).scalar_one()


_TODAY = bindparam("today", type_=Date())


def _stands() -> tuple[ColumnElement[bool], ...]:
    return Alarm.began_on <= _TODAY, or_(Alarm.ended_on.is_(None), Alarm.ended_on > _TODAY)


_OFFICER, _SUPERVISOR = aliased(Officer), aliased(Officer)
_ALARMS = (
    select(Alarm.file_id, Alarm.alarm, Alarm.severity, Alarm.brief, Alarm.since, Alarm.unit)
    .where(Alarm.file_id.in_(bindparam("files", expanding=True)), *_stands())
    .order_by(Alarm.gravity, Alarm.began_on, Alarm.alarm, Alarm.about)
)


def _rank(work: Work) -> str | None:
    return _RANK_OF_ROLE.get(work.actor.role)


def _asked(work: Work) -> dict[str, Any]:
    return {"today": work.today, "me": work.actor.officer_id}


@cache
def _statements(whose: Whose, rank: str | None) -> tuple[Any, Any]:
    """How many files are in a queue and one page of it; made once, which takes longer than the answer."""
    where: list[ColumnElement[bool]] = []
    if whose == "told" and rank is not None:
        up = CaseFile.superintendent_on if rank == "superintendent" else CaseFile.inspector_on
        where.append(up <= _TODAY)
    else:
        where.append(
            or_(CaseFile.danger_on <= _TODAY, CaseFile.late_on <= _TODAY, CaseFile.review_due <= _TODAY)
        )
        if whose == "mine":
            where.append(CaseFile.supervisor_id == bindparam("me"))
    notes = Entry.__table__.c
    reviewed = (
        select(func.max(notes.happened_on))
        .where(notes.file_id == CaseFile.id, notes.section == "supervision")
        .scalar_subquery()
    )
    page = (
        select(
            CaseFile.id, CaseFile.reference, CaseFile.family_name, CaseFile.children, CaseFile.risk_level,
            CaseFile.plan_category, CaseFile.review_due, reviewed.label("reviewed"), *_name(_OFFICER),
            *_name(_SUPERVISOR),
        )
        .outerjoin(_OFFICER, _OFFICER.id == CaseFile.officer_id)
        .outerjoin(_SUPERVISOR, _SUPERVISOR.id == CaseFile.supervisor_id)
        .where(*where)
        .order_by(*_order())
        .offset(bindparam("first"))
        .limit(bindparam("most"))
    )  # fmt: skip
    return select(func.count(CaseFile.id)).where(*where), page


def _name(officer: Any) -> tuple[Any, ...]:
    return officer.name, officer.role, officer.number


def _narrowed(chosen: QueueFilter) -> list[ColumnElement[bool]]:
    """What the officer asked for besides."""
    found: list[ColumnElement[bool]] = []
    if chosen.officer_id is not None:
        found.append(CaseFile.officer_id == chosen.officer_id)
    if chosen.risk == "not_assessed":
        found.append(or_(CaseFile.risk_level.is_(None), CaseFile.risk_level == "not_assessed"))
    elif chosen.risk is not None:
        found.append(CaseFile.risk_level == chosen.risk)
    if chosen.plan is not None:
        found.append(CaseFile.plan_category.is_not(None) if chosen.plan else CaseFile.plan_category.is_(None))
    if chosen.alarm is not None:
        found.append(CaseFile.id.in_(select(Alarm.file_id).where(Alarm.alarm == chosen.alarm, *_stands())))
    found += [CaseFile.find_text.contains(word, autoescape=True) for word in folded(chosen.text).split()]
    return found


def _order() -> tuple[Any, ...]:
    """Danger before lateness before what is only due; then by risk; then what has stood longest."""
    gravity = case((CaseFile.danger_on <= _TODAY, 0), (CaseFile.late_on <= _TODAY, 1), else_=2)
    risk = case(_RISKS, value=CaseFile.risk_level, else_=0)
    longest = case(
        (CaseFile.danger_on <= _TODAY, CaseFile.danger_on),
        (CaseFile.late_on <= _TODAY, CaseFile.late_on),
        else_=func.coalesce(CaseFile.review_due, _TODAY),
    )
    return gravity, risk, longest, CaseFile.reference


def _row(one: Any, alarms: list[Any], today: date) -> QueueRow:
    late = max((today - one.review_due).days, 0) if one.review_due else 0
    (officer_name, role, number), (name, rank, own) = one[-6:-3], one[-3:]
    return QueueRow(
        file_id=one.id,
        reference=one.reference,
        family_name=one.family_name,
        children=one.children,
        risk_level=one.risk_level,
        plan_category=one.plan_category,
        officer=shown(officer_name, role, number) if officer_name else "",
        supervisor=shown(name, rank, own) if name else "",
        why=why(one.risk_level, one.review_due, alarms, today),
        severity=alarms[0].severity if alarms else "due",
        alarms=len(alarms),
        review_due=one.review_due,
        days_late=late,
        last_review_on=one.reviewed,
    )


def why(risk: str | None, review_due: date | None, alarms: list[Any], today: date) -> str:
    """Why a file is where it is: risk and review first, then what stands, the gravest first."""
    level = "Risk not assessed" if risk in (None, "not_assessed") else f"{str(risk).capitalize()} risk"
    head = f"{level}, review {_due_words(review_due, today)}" if review_due else level
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in alarms:
        if one.alarm not in ("review_overdue", "risk_not_assessed"):
            by_kind[one.alarm].append(counted(one.brief, one.since, one.unit, today))
    briefs = [
        f"{told[0]} (and {len(told) - 1} more)" if len(told) > 1 else told[0] for told in by_kind.values()
    ]
    more = len(briefs) - MOST_WORDS
    told = [head, *briefs[:MOST_WORDS], *([f"and {more} more"] if more > 0 else [])]
    return "; ".join(told)


def _due_words(due: date, today: date) -> str:
    days = (today - due).days
    if days > 0:
        return f"{days} {'day' if days == 1 else 'days'} late"
    return "due today" if days == 0 else f"due in {-days} {'day' if days == -1 else 'days'}"
