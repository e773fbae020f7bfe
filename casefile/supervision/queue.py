"""The review queue: files whose review is due or that an alarm has put there, the most dangerous first, and why.

Nothing is derived here: rows come from columns that each write keeps up to date, and what a row says as of
today is counted from the days that stand in the cached alarms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal
from uuid import UUID

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
from casefile.access.queries import shown
from casefile.alarms.model import Alarm
from casefile.alarms.spell import counted
from casefile.record.model import CaseFile
from casefile.record.persons import ESCAPE, folded, held_in
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

Whose = Literal["mine", "told", "all"]
"""``mine``: files one supervises. ``told``: files with an alarm that one's rank is told of. ``all``: every file."""

MOST_WORDS = 3
"""Alarms told in one row; how many more there are is said."""
_SAID_AT_THE_HEAD = ("review_overdue", "risk_not_assessed")
_RANK_OF_ROLE = {"inspector": "inspector", "commander": "superintendent"}
_AS = tuple(literal_column(one, Integer) for one in "012")
"""Places in an order, written out: they never change."""
_RISKS = {"high": _AS[0], "medium": _AS[1], "standard": _AS[2]}


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
    page = _page(
        chosen.whose, _rank(work), chosen.officer_id is not None, chosen.alarm is not None, chosen.risk,
        chosen.plan, len(words),
    )  # fmt: skip
    found = page.rows(work.session, **asked, first=offset, most=limit)
    rows = tuple(_row(list(of_file), work.today) for _, of_file in groupby(found, key=itemgetter(_FILE)))
    work.about(files=[one.file_id for one in rows])
    if not found and offset:
        found = page.rows(work.session, **asked, first=0, most=1)
    total, danger = found[0][:_FILE] if found else (0, 0)
    work.note(found=total)
    return QueuePage(rows, total, danger)


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def waiting_in_queue(work: Work) -> int:
    """Count the files that wait in one's queue; a number only."""
    return _count(default_whose(work.actor.role), _rank(work)).rows(work.session, **_asked(work))[0][0]


_TODAY = bindparam("today", type_=Date())


def _stands(alarm: Any) -> tuple[ColumnElement[bool], ...]:
    return alarm.began_on <= _TODAY, or_(alarm.ended_on.is_(None), alarm.ended_on > _TODAY)


def _rank(work: Work) -> str | None:
    return _RANK_OF_ROLE.get(work.actor.role)


def _asked(work: Work) -> dict[str, Any]:
    return {"today": work.today, "me": work.actor.officer_id}


@cache
def _count(whose: Whose, rank: str | None) -> Lean:
    """How many files are in a queue."""
    by_row, by_alarms = _parts(whose, rank, *_of_officer(whose))
    return Lean(select(_how_many(by_row.waiting(), by_alarms.waiting())))


@lru_cache(maxsize=256)
def _page(
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
        # To ask those in danger whether they wait would lead an engine to the index of all that wait.
        foremost = _as_far_as_it_reaches(by_row if whose == "all" else waiting[0], waiting[1])
        total = _how_many(*waiting)
        danger = _how_many(*(part.where(part.danger_on <= _TODAY) for part in (by_row, by_alarms)))
    keys = [foremost.c[one] for one in _KEYS]
    page = select(foremost).order_by(*keys).limit(of_page("most")).offset(of_page("first")).cte("page")
    # What is hidden is left out of the page already: to ask for each alarm again would go through all there are.
    file, alarm = CaseFile.__table__.c, Alarm.__table__.c
    officer, supervisor = Officer.__table__.alias(), Officer.__table__.alias()
    return Lean(
        select(
            total, danger,
            page.c.id, file.reference, file.family_name, file.children, file.risk_level, file.plan_category,
            file.review_due, file.reviewed_on, file.research_due, *_name(officer.c), *_name(supervisor.c),
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
    when something was last written.
    """
    own, turned = CaseFile, _turned()
    danger, late = turned.c.danger_on, turned.c.late_on
    if whose == "told" and rank is not None:
        queues: tuple[Any, Any] = getattr(own, f"{rank}_on"), turned.c[f"{rank}_on"]
    else:
        waits = case((or_(danger.is_not(None), late.is_not(None)), _TODAY), else_=own.review_due)
        queues = own.waits_from, waits
    by_row = select().select_from(own).where(func.coalesce(own.turns_on, _NEVER) > _TODAY, *where)
    by_alarms = select().select_from(own).join(turned, turned.c.id == own.id).where(*where)
    return (
        _Part(by_row, own.danger_on, own.late_on, queues[0]),
        _Part(by_alarms, danger, late, queues[1]),
    )


_NEVER = literal(date.max, Date())
_FIRST = ("danger_on", "late_on", "inspector_on", "superintendent_on")


def _turned() -> CTE:
    """Files of which an alarm has ended by the calendar, and from when each stands where by the alarms that are left."""
    file = CaseFile.__table__.c

    def first(day: Any, *which: ColumnElement[bool]) -> ColumnElement[Any]:
        of_file = select(func.min(day)).where(alarm.c.file_id == file.id, *which, *_stands(alarm.c))
        return of_file.correlate(CaseFile.__table__).scalar_subquery()

    alarm = Alarm.__table__.alias()
    days = [first(alarm.c.began_on, alarm.c.gravity == gravity) for gravity in _AS[:2]]
    for rank in ("inspector", "superintendent"):
        up = case((alarm.c.told == rank, alarm.c.began_on), (alarm.c.then_told == rank, alarm.c.goes_up_on))
        days.append(first(up))
    named = (day.label(name) for day, name in zip(days, _FIRST, strict=True))
    return select(file.id, *named).where(file.turns_on <= _TODAY).cte("turned")


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
    return union_all(*(_keyed(part, *_standing(part)) for part in parts)).cte("queue")


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
    risk = case(_RISKS, value=CaseFile.risk_level, else_=_AS[0])
    keys = zip(_KEYS, (gravity, risk, longest, CaseFile.reference), strict=True)
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


_FILE, _ALARM = 2, 17
"""Where in a row of the page the file's identity stands, and where its alarm begins."""


def _row(told: list[tuple[Any, ...]], today: date) -> QueueRow:
    """A file of the queue, from its rows: one for each alarm, or one without."""
    first = told[0]
    _, _, file_id, reference, family, children, risk, plan, due, reviewed, research, *names = first[:_ALARM]
    alarms = [one[_ALARM:] for one in told] if first[_ALARM] is not None else []
    return QueueRow(
        file_id,
        reference,
        family,
        children,
        risk,
        plan,
        shown(*names[:3]) if names[0] else "",
        shown(*names[3:]) if names[3] else "",
        _why(risk, due, research, alarms, today),
        alarms[0][1] if alarms else "due",
        len(alarms),
        due,
        max((today - due).days, 0) if due else 0,
        reviewed,
    )


def _why(
    risk: str | None,
    review_due: date | None,
    research_due: date | None,
    alarms: list[tuple[Any, ...]],
    today: date,
) -> str:
    """Why a file is where it is: risk and review first, then what stands, the gravest first; last, research that is due."""
    level = "Risk not assessed" if risk in (None, "not_assessed") else f"{str(risk).capitalize()} risk"
    told = [f"{level}, review {_due_words(review_due, today)}" if review_due else level]
    by_kind: dict[str, list[tuple[Any, ...]]] = {}
    for alarm in alarms:
        if alarm[0] not in _SAID_AT_THE_HEAD:
            by_kind.setdefault(alarm[0], []).append(alarm)
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
