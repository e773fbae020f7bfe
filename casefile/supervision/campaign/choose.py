"""Which files a campaign asks about, and who answers each.

Restricted files belong to the choice as much as any other: a death asks about every child. So the tables are
asked past the limit of the session; what comes out of here is shown to nobody without that limit
(``queries``), but for the number of files that somebody may not see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from casefile.access.model import Officer, Reader
from casefile.access.visibility import RestrictedFile
from casefile.record.model import CaseFile, Entry
from casefile.record.people import Allocation, Involvement, Person, Residence
from casefile.sections.file_facts import CHILDREN
from casefile.work.unit import Work

_FILE: Any = CaseFile.__table__.c


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file of a campaign, and who is to answer; ``restricted`` to named readers or not."""

    file_id: UUID
    reviewer_id: UUID
    restricted: bool


def choose(work: Work, values: Mapping[str, Any], reviewers: Sequence[UUID]) -> tuple[Chosen, ...]:
    """The files that fit every criterion, in order of reference, each with its reviewer.

    A reviewer who is not there (no such officer on the file, or one who may no longer sign in) is replaced by the
    file's supervisor, then its officer, then whoever begins the campaign.
    """
    rows: Any = work.session.execute(
        select(_FILE.id, _FILE.officer_id, _FILE.supervisor_id)
        .where(*_where(work, values))
        .order_by(_FILE.reference)
    ).all()
    active = set(work.session.scalars(select(Officer.id).where(Officer.active)))
    limited = set(work.session.scalars(select(RestrictedFile.file_id)))
    first = _first_officers(work) if values["by"] == "first_officer" else {}
    turn = cycle(reviewers) if reviewers else None
    readers = _readers(work) if turn else set[tuple[UUID, UUID]]()
    found: list[Chosen] = []
    for row in rows:
        wanted: UUID | None = row.officer_id
        if values["by"] == "supervisor":
            wanted = row.supervisor_id
        elif values["by"] == "first_officer":
            wanted = first.get(row.id, row.officer_id)
        elif turn is not None:
            wanted = next(turn)
            if row.id in limited and (row.id, wanted) not in readers:
                wanted = row.supervisor_id
        in_order = (wanted, row.supervisor_id, row.officer_id)
        reviewer = next((one for one in in_order if one in active), None) or work.officer_id
        found.append(Chosen(row.id, reviewer, row.id in limited))
    return tuple(found)


def _where(work: Work, values: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [] if values.get("closed_too") else [_FILE.state == "open"]
    if levels := values.get("risk"):
        unknown = [_FILE.risk_level.is_(None)] if "not_assessed" in levels else []
        found.append(or_(_FILE.risk_level.in_(levels), *unknown))
    if plan := values.get("plan"):
        found.append(_FILE.plan_category.is_not(None) if plan == "on_plan" else _FILE.plan_category.is_(None))
    if categories := values.get("category"):
        found.append(_FILE.plan_category.in_(categories))
    for key in ("officer_id", "supervisor_id"):
        if values.get(key):
            found.append(_FILE[key] == values[key])
    if values.get("opened_before"):
        found.append(_FILE.opened_on < values["opened_before"])
    if values.get("team"):
        team = select(Officer.id).where(func.lower(Officer.team) == str(values["team"]).strip().lower())
        found.append(or_(_FILE.officer_id.in_(team), _FILE.supervisor_id.in_(team)))
    if values.get("town"):
        found.append(_FILE.id.in_(_living_in(str(values["town"]), work.today)))
    if values.get("holds"):
        entry: Any = Entry.__table__.c
        found.append(_FILE.id.in_(select(entry.file_id).where(entry.section == values["holds"])))
    if under := values.get("youngest_under"):
        found.append(_FILE.id.in_(_with_child_under(under, work.today)))
    return found


def _living_in(town: str, today: date) -> Any:
    """Files through which an address there is known that still stands."""
    home: Any = Residence.__table__.alias().c
    later: Any = Residence.__table__.alias().c
    replaced = select(later.id).where(later.replaces_id == home.id).exists()
    words = town.strip().lower()
    return select(home.file_id).where(
        or_(func.lower(home.town).contains(words, autoescape=True),
            func.lower(home.address).contains(words, autoescape=True)),
        and_(~replaced, home.withdrawn.is_(False)),
        or_(home.until_on.is_(None), home.until_on >= today),
    )  # fmt: skip


def _with_child_under(years: int, today: date) -> Any:
    """Files with a child younger than so many years; one not born yet is younger than any."""
    stands: Any = Involvement.__table__.alias().c
    later: Any = Involvement.__table__.alias().c
    replaced = select(later.id).where(later.replaces_id == stands.id).exists()
    person: Any = Person.__table__.c
    born_after = _years_before(today, years)
    return (
        select(stands.file_id)
        .join(Person.__table__, person.id == stands.person_id)
        .where(
            stands.role.in_(sorted(CHILDREN)),
            stands.withdrawn.is_(False),
            ~replaced,
            person.born_on > born_after,
        )
    )


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _first_officers(work: Work) -> dict[UUID, UUID]:
    """The first officer in the case of each file, by the day from which they held it."""
    held: Any = Allocation.__table__.c
    rows = work.session.execute(
        select(held.file_id, held.officer_id)
        .where(held.role == "officer", held.withdrawn.is_(False), held.officer_id.is_not(None))
        .order_by(func.coalesce(held.from_on, held.known_on).desc(), held.recorded_at.desc())
    )
    return {row[0]: row[1] for row in rows}


def _readers(work: Work) -> set[tuple[UUID, UUID]]:
    """Who may read which restricted file as a named reader."""
    reader = aliased(Reader)
    rows = work.session.execute(select(reader.file_id, reader.officer_id).where(reader.until_at.is_(None)))
    return {(row[0], row[1]) for row in rows}
