"""Who stands in a queue, since when, and in which order: put into the engine's words, once for each way of asking.

Nothing is derived here. Since when a file stands in a queue is in columns that each write keeps up to date; only where an
alarm has ended since by the calendar alone are the file's alarms asked themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from casefile.access.lean import Lean, of_page
from casefile.access.model import Officer
from casefile.alarms.model import Alarm
from casefile.record.model import CaseFile
from casefile.record.persons import ESCAPE

Whose = Literal["mine", "told", "all"]
"""``mine``: files one supervises. ``told``: files with an alarm that has gone up to one's rank, and for an inspector those whose
review by an inspector is due; every file for a rank that nothing goes up to. ``all``: every file."""

_AS = tuple(literal_column(one, Integer) for one in "012")
"""Places in an order, written out: they never change."""
FILE, ALARM = 2, 18
"""Where in a row of a page the file's identity stands, and where its alarm begins."""

_TODAY = bindparam("today", type_=Date())


def _stands(alarm: Any) -> tuple[ColumnElement[bool], ...]:
    return alarm.began_on <= _TODAY, or_(alarm.ended_on.is_(None), alarm.ended_on > _TODAY)


@cache
def count_of(whose: Whose, rank: str | None) -> Lean:
    """How many files are in a queue."""
    by_row, by_alarms = _parts(whose, rank, *_of_officer(whose))
    return Lean(select(_how_many(by_row.waiting(), by_alarms.waiting())))


@lru_cache(maxsize=256)
def page_of(
    whose: Whose,
    rank: str | None,
    of_officer: bool,
    with_alarm: bool,
    risk: str | None,
    plan: bool | None,
    words: int,
) -> Lean:
    """One page of a queue: how many there are, each file, whose it is, and each alarm that stands in it.

    The order is found on the keys alone, and everything else is read for the files of the page.
    """
    where = _narrowed(of_officer, with_alarm, risk, plan, words)
    by_row, by_alarms = _parts(whose, rank, *_of_officer(whose), *where)
    waiting = by_row.waiting(), by_alarms.waiting()
    if whose == "mine":
        foremost = _in_order(waiting)
        total, danger = (
            select(func.count()).select_from(foremost).where(*only).scalar_subquery()
            for only in ((), (foremost.c.gravity == _AS[0],))
        )
    else:
        if whose == "told":
            by_row = waiting[
                0
            ]  # of all files, whoever is in danger waits: to ask that too would lead to a longer index
        foremost = _as_far_as_it_reaches(by_row, waiting[1])
        total = _how_many(*waiting)
        danger = _how_many(*(part.where(part.danger_on <= _TODAY) for part in (by_row, waiting[1])))
    keys = [foremost.c[one] for one in _KEYS]
    page = select(foremost).order_by(*keys).limit(of_page("most")).offset(of_page("first")).cte("page")
    # What is hidden is left out of the page already: to ask for each alarm again would go through all there are.
    file, alarm = CaseFile.__table__.c, Alarm.__table__.c
    officer, supervisor = Officer.__table__.alias(), Officer.__table__.alias()
    return Lean(
        select(
            total, danger,
            page.c.id, file.reference, file.family_name, file.children, file.risk_level, file.plan_category,
            file.review_due, file.reviewed_on, file.research_due, file.inspection_due,
            *_name(officer.c), *_name(supervisor.c),
            alarm.alarm, alarm.severity, alarm.brief, alarm.since, alarm.unit,
        )
        .select_from(page)
        .join(CaseFile.__table__, file.id == page.c.id)
        .outerjoin(officer, officer.c.id == file.officer_id)
        .outerjoin(supervisor, supervisor.c.id == file.supervisor_id)
        .outerjoin(Alarm.__table__, and_(alarm.file_id == page.c.id, *_stands(alarm)))
        .order_by(*(page.c[one] for one in _KEYS), alarm.gravity, alarm.began_on, alarm.alarm, alarm.about)
    )  # fmt: skip


def _name(officer: Any) -> tuple[Any, ...]:
    return officer.name, officer.role, officer.number


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the files, and since when each stands in a queue: by its own row, or by its alarms.

    Attributes:
        found: Selects nothing yet, of the files of this part.
        queue_on: From when it stands in the queue that is asked for.
    """

    found: Select[Any]
    danger_on: Any
    late_on: Any
    queue_on: Any

    def where(self, *asked: ColumnElement[bool]) -> _Part:
        """Those of its files for which this is so as well."""
        return replace(self, found=self.found.where(*asked))

    def waiting(self) -> _Part:
        """Those of its files that are in the queue."""
        return self.where(self.queue_on <= _TODAY)


def _parts(whose: Whose, rank: str | None, *where: ColumnElement[bool]) -> tuple[_Part, _Part]:
    """The files of which a queue is made: those whose own row says since when, and the few that have turned.

    Of these an alarm has ended by the calendar alone, because whoever was away is back, and their row still says what held
    when something was last written; they are asked since when the alarms that are left have stood.
    """
    own = CaseFile
    as_written = select().select_from(own).where(func.coalesce(own.turns_on, _NEVER) > _TODAY, *where)
    turned = select().select_from(own).where(own.turns_on <= _TODAY, *where)
    danger, late = (_left(_ALARM.began_on, _ALARM.gravity == gravity) for gravity in _AS[:2])
    if whose == "told" and rank is not None:
        up = case((_ALARM.told == rank, _ALARM.began_on), (_ALARM.then_told == rank, _ALARM.goes_up_on))
        left = _left(up)
        queues: tuple[Any, Any] = (
            getattr(own, f"{rank}_on"),
            func.coalesce(left, own.inspection_due) if rank == "inspector" else left,
        )
    else:
        queues = (
            own.waits_from,
            case((func.coalesce(danger, late).is_not(None), _TODAY), else_=own.review_due),
        )
    return (
        _Part(as_written, own.danger_on, own.late_on, queues[0]),
        _Part(turned, danger, late, queues[1]),
    )


_NEVER = literal(date.max, Date())
_LEFT = Alarm.__table__.alias("left_over")
_ALARM = _LEFT.c


def _left(day: Any, *which: ColumnElement[bool]) -> ColumnElement[Any]:
    """The first such day of the alarms that stand in a file today."""
    found = select(func.min(day)).where(_ALARM.file_id == CaseFile.id, *which, *_stands(_ALARM))
    return found.correlate(CaseFile).scalar_subquery()


def _of_officer(whose: Whose) -> tuple[ColumnElement[bool], ...]:
    return (CaseFile.supervisor_id == bindparam("me"),) if whose == "mine" else ()


def _how_many(*parts: _Part) -> Any:
    """How many files there are in all parts together."""
    counts = (
        one.found.with_only_columns(func.count(CaseFile.id), maintain_column_froms=True) for one in parts
    )
    return sum((one.scalar_subquery() for one in counts), start=_AS[0])


def _narrowed(
    of_officer: bool, with_alarm: bool, risk: str | None, plan: bool | None, words: int
) -> list[ColumnElement[bool]]:
    """What the officer asked for besides."""
    found: list[ColumnElement[bool]] = []
    if of_officer:
        found.append(CaseFile.officer_id == bindparam("officer"))
    if risk == "not_assessed":
        found.append(or_(CaseFile.risk_level.is_(None), CaseFile.risk_level == "not_assessed"))
    elif risk is not None:
        found.append(CaseFile.risk_level == bindparam("risk"))
    if plan is not None:
        found.append(CaseFile.plan_category.is_not(None) if plan else CaseFile.plan_category.is_(None))
    if with_alarm:
        standing = select(Alarm.file_id).where(Alarm.alarm == bindparam("alarm"), *_stands(Alarm))
        found.append(CaseFile.id.in_(standing))
    found += [CaseFile.find_text.like(bindparam(f"word_{place}"), escape=ESCAPE) for place in range(words)]
    return found


_DUE: Any = func.coalesce(CaseFile.review_due, _TODAY)
_KEYS = ("gravity", "risk", "longest", "reference")
"""Danger before lateness before what is only due; then by risk; then what has stood longest."""


def _in_order(parts: Sequence[_Part]) -> CTE:
    """All files of a queue, and what puts them in order: a sergeant's own are a few hundred."""
    return (
        union_all(*(_keyed(part, *_standing(part)) for part in parts))
        .cte("queue")
        .prefix_with("MATERIALIZED")
    )


def _standing(part: _Part) -> tuple[ColumnElement[int], ColumnElement[Any]]:
    """How grave a file is, and since when it is so."""
    danger, late = part.danger_on <= _TODAY, part.late_on <= _TODAY
    longest = case((danger, part.danger_on), (late, part.late_on), else_=_DUE)
    return case((danger, _AS[0]), (late, _AS[1]), else_=_AS[2]), longest


def _as_far_as_it_reaches(by_row: _Part, by_alarms: _Part) -> FromClause:
    """The files of a queue as far as a page reaches: those in danger, then the late ones, then what is only due.

    Each kind is looked for only as far as the graver ones leave room, so that a force's queue is not put in order from end to
    end for its first page. Those that have turned are few, and all of them are looked at.
    """
    room: ColumnElement[int] = of_page("first") + of_page("most")
    kinds: list[CTE] = []
    for gravity, (name, only, longest) in zip(_AS, _kinds(by_row), strict=True):
        keyed = _keyed(by_row.where(*only), gravity, longest)
        found = keyed.order_by(*list(keyed.selected_columns)[2:]).limit(room).cte(name)
        room = room - select(func.count()).select_from(found).scalar_subquery()
        kinds.append(found)
    return union_all(*(select(one) for one in kinds), _keyed(by_alarms, *_standing(by_alarms))).subquery()


def _keyed(part: _Part, gravity: ColumnElement[int], longest: ColumnElement[Any]) -> Select[Any]:
    """Its files, each with what puts it in order."""
    keys = zip(_KEYS, (gravity, CaseFile.risk_order, longest, CaseFile.reference), strict=True)
    return part.found.with_only_columns(
        CaseFile.id, *(one.label(name) for name, one in keys), maintain_column_froms=True
    )


def _kinds(part: _Part) -> Iterator[tuple[str, tuple[ColumnElement[bool], ...], Any]]:
    """Danger, late, and only due: which files are so, and since when."""
    no_danger = or_(part.danger_on.is_(None), part.danger_on > _TODAY)
    not_late = or_(part.late_on.is_(None), part.late_on > _TODAY)
    yield "danger", (part.danger_on <= _TODAY,), part.danger_on
    yield "late", (no_danger, part.late_on <= _TODAY), part.late_on
    yield "due", (no_danger, not_late, part.queue_on <= _TODAY), _DUE
