"""What can be known of a file, on every kind of row."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, case, func, literal, select

from casefile.access.model import Absence, Officer
from casefile.ask.facts import Fact, Ground, Kind, Subject, by_key
from casefile.ask.standing import LONG_AGO, entries, fact_stands, holder, one_of, version_stands
from casefile.record.model import CaseFile
from casefile.sections.plan import PROTECTION, Plan
from casefile.sections.risk import Risk

TAB = "\t"
"""Between family and reference of a file, where both are read as one."""


def _name(ground: Ground) -> ColumnElement[Any]:
    """Family and reference as one, so that it is ordered by both; capitals are put where it is told."""
    return ground.file.family_name + literal(TAB, String()) + ground.file.reference


def _last_day(ground: Ground, section: str) -> ColumnElement[Any]:
    entry = entries()
    day = func.coalesce(entry.c.happened_on, entry.c.known_on)
    return one_of(
        entry,
        func.max(day),
        entry.c.file_id == ground.file.id,
        entry.c.section == section,
        day <= ground.day,
        version_stands(entry.c, ground.day, today=ground.today),
    ).scalar_subquery()


def _state(ground: Ground) -> ColumnElement[Any]:
    """Open, unless police closed it and nobody has told of a concern since."""
    if ground.today:
        return ground.file.state
    closed, told = _last_day(ground, "closure"), _last_day(ground, "referral")
    return case((closed >= func.coalesce(told, LONG_AGO), "closed"), else_="open")


def is_open(ground: Ground) -> ColumnElement[bool]:
    """Whether a file is open."""
    return _state(ground) == "open"


def _last_of(ground: Ground, section: Any, wanted: str, *where: Any) -> ColumnElement[Any]:
    """A field of the last entry of a section in the file."""
    entry, own = entries(), section.__table__.alias()
    values: Any = entry.c if wanted in entry.c else own.c
    return (
        one_of(
            entry.join(own, own.c.id == entry.c.id),
            values[wanted],
            entry.c.file_id == ground.file.id,
            entry.c.section == section.key,
            version_stands(entry.c, ground.day, today=False),
            *(one(own.c) for one in where),
        )
        .order_by(func.coalesce(entry.c.happened_on, entry.c.known_on).desc(), entry.c.recorded_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def _risk(ground: Ground) -> ColumnElement[Any]:
    return ground.file.risk_level if ground.today else _last_of(ground, Risk, "level")


def _plan(wanted: str, kept: str) -> Any:
    """What the last plan on file says, if it stands."""

    def make(ground: Ground) -> ColumnElement[Any]:
        if ground.today:
            return getattr(ground.file, kept)
        status = _last_of(ground, Plan, "status", _of_protection)
        ended = _last_of(ground, Plan, "ended_on", _of_protection)
        stands = status.in_(PROTECTION) & (ended.is_(None) | (ended > ground.day))
        return case((stands, _last_of(ground, Plan, wanted, _of_protection)), else_=None)

    return make


def _of_protection(plan: Any) -> ColumnElement[bool]:
    return plan.status != "in_need"


def _team(ground: Ground) -> ColumnElement[Any]:
    officer = Officer.__table__.alias()
    return one_of(officer, officer.c.team, officer.c.id == holder(ground, "officer")).scalar_subquery()


def _away_since(ground: Ground) -> ColumnElement[Any]:
    """Since when the officer of a file has been away, of an absence that covers the day."""
    row, later = Absence.__table__.alias(), Absence.__table__.alias()
    return one_of(
        row,
        func.min(row.c.from_on),
        row.c.officer_id == holder(ground, "officer"),
        row.c.from_on <= ground.day,
        fact_stands(row.c, later, ground.day),
    ).scalar_subquery()


FILE_FACTS = by_key(
    Fact("file", "File", Kind.TEXT, _name),
    Fact("file_reference", "Reference", Kind.TEXT, lambda on: on.file.reference),
    Fact("file_family", "Family", Kind.TEXT, lambda on: on.file.family_name),
    Fact("file_opened_on", "Opened", Kind.DAY, lambda on: on.file.opened_on),
    Fact("file_state", "State", Kind.TEXT, _state),
    Fact("file_risk", "Risk", Kind.CODE, _risk, "risk_level"),
    Fact("file_plan", "Plan", Kind.CODE, _plan("category", "plan_category"), "abuse_category"),
    Fact("file_plan_since", "Plan since", Kind.DAY, _plan("happened_on", "plan_since")),
    Fact("file_officer", "Officer", Kind.OFFICER, lambda on: holder(on, "officer")),
    Fact("file_researcher", "Researcher", Kind.OFFICER, lambda on: holder(on, "researcher")),
    Fact("file_supervisor", "Supervisor", Kind.OFFICER, lambda on: holder(on, "supervisor")),
    Fact("file_team", "Team", Kind.TEXT, _team),
    Fact("file_officer_away", "Officer away since", Kind.DAY, _away_since),
    Fact("file_children", "Children", Kind.NUMBER, lambda on: on.file.children, dated=False),
    Fact("file_last_entry_on", "Last record", Kind.DAY, lambda on: on.file.last_entry_on, dated=False),
    Fact("file_review_due", "Review due", Kind.DAY, lambda on: on.file.review_due, dated=False),
    Fact("file_reviewed_on", "Last review", Kind.DAY, lambda on: on.file.reviewed_on, dated=False),
)
"""Facts of a file; on every kind of row."""


def _ground(day: date, today: bool) -> Ground:
    return Ground(day, today, CaseFile)


def _rows(ground: Ground, columns: tuple[Any, ...]) -> Any:
    return select(*columns).select_from(CaseFile).where(CaseFile.opened_on <= ground.day)


FILE = Subject("file", "file", "files", _ground, _rows, FILE_FACTS)
