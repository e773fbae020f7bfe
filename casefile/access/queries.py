"""Reading officers and rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from casefile.access.lean import Lean
from casefile.access.model import Officer
from casefile.access.roles import ROLES
from casefile.store.base import Identity
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer as shown in lists and pickers."""

    id: UUID
    name: str
    shown: str
    role: str
    role_title: str
    number: str
    team: str
    active: bool


def shown(name: str, role: str, number: str) -> str:
    """An officer's name as written in a file: ``DC 4471 Marsh``."""
    return " ".join(part for part in (ROLES[role].short, number, name) if part)


_PLACES = ("first", "second", "third", "fourth")
_SOME = Lean(
    select(Officer.id, Officer.name, Officer.role, Officer.number, Officer.team).where(
        or_(*(Officer.id == bindparam(one, type_=Identity()) for one in _PLACES))
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """An officer as written in a file, and their team."""

    shown: str
    team: str


def named(session: Session, officers: Iterable[UUID | None]) -> dict[UUID, Named]:
    """Some officers by identity, in the order of their identities: those who hold a file, or were spoken of in it."""
    wanted = sorted({one for one in officers if one is not None})
    found: dict[UUID, Named] = {}
    for some in in_pieces(wanted, len(_PLACES)):
        asked = {**dict.fromkeys(_PLACES), **dict(zip(_PLACES, some, strict=False))}
        for row in _SOME.rows(session, **asked):
            found[row.id] = Named(shown(row.name, row.role, row.number), row.team)
    return {one: found[one] for one in wanted if one in found}


def officer_row(officer: Officer) -> OfficerRow:
    """The frozen row of an officer."""
    return OfficerRow(
        officer.id,
        officer.name,
        shown(officer.name, officer.role, officer.number),
        officer.role,
        ROLES[officer.role].title,
        officer.number,
        officer.team,
        officer.active,
    )


@query(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def officers(work: Work, *, with_inactive: bool = False) -> tuple[OfficerRow, ...]:
    """List the officers, for pickers and the officers page."""
    found = select(Officer).order_by(Officer.name)
    if not with_inactive:
        found = found.where(Officer.active)
    return tuple(officer_row(one) for one in work.session.scalars(found))


@query(needs=None, logs=Logged.NOT_PERSONAL)
def anybody(work: Work) -> bool:
    """Whether the store has an officer yet: if not, the first administrator is made."""
    return work.session.execute(select(Officer.id).limit(1)).first() is not None
