"""How an officer stands on a day: role, team, hours, probation, accreditations. Read from dated rows, replayable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.staff import StaffAccreditation, StaffConflict, StaffTerms
from casefile.standards import StaffStandard
from casefile.work.unit import Work

ASPECTS = ("role", "team", "number", "fte", "probation_until", "post", "areas")
FULL_TIME = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """An officer's terms of service on a day.

    Attributes:
        fte: Hundredths of full time.
        probation_until: Last day of probation, also when it is past; None if they never were.
        post: Code of the list ``staff_post``; "" where nobody said.
        active: Whether they may sign in today.
    """

    officer_id: UUID
    name: str
    role: str
    team: str
    number: str
    fte: int = FULL_TIME
    probation_until: date | None = None
    post: str = ""
    areas: tuple[str, ...] = ()
    active: bool = True

    @property
    def shown(self) -> str:
        """Name as written in a file: ``DC 4471 Marsh``."""
        return shown(self.name, self.role, self.number)

    def on_probation(self, day: date) -> bool:
        """Whether they are on probation on a day."""
        return self.probation_until is not None and day <= self.probation_until


@dataclass(frozen=True, slots=True)
class Held:
    """One accreditation as it stands after every row that put it right or ended it."""

    id: UUID
    kind: str
    granted_on: date
    expires_on: date | None
    withdrawn_on: date | None
    evidence: str
    reason: str = ""

    def stands_on(self, day: date) -> bool:
        """Whether it holds on a day, its last day included."""
        return (
            self.granted_on <= day
            and (self.expires_on is None or day <= self.expires_on)
            and (self.withdrawn_on is None or day < self.withdrawn_on)
        )


class Lack(StrEnum):
    """Why somebody lacks an accreditation, or soon will."""

    NEVER = "never had"
    NOT_YET = "not yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    EXPIRES = "expires soon"


@dataclass(frozen=True, slots=True)
class Gap:
    """An accreditation that a role needs and an officer lacks, or will within days; *on* is the day it turns on."""

    kind: str
    lack: Lack
    on: date | None = None

    @property
    def now(self) -> bool:
        """Whether it is lacking already."""
        return self.lack is not Lack.EXPIRES


def gaps(role: str, held: Iterable[Held], standard: StaffStandard, day: date) -> tuple[Gap, ...]:
    """What a role needs by the standard and an officer lacks on a day, or will within its days of warning. Pure."""
    rows = list(held)
    found: list[Gap] = []
    for need in standard.needed_by(role):
        mine = [one for one in rows if one.kind == need.key]
        standing = [one for one in mine if one.stands_on(day)]
        if not standing:
            found.append(_lacking(need.key, mine, day))
            continue
        last = max(_last_day(one) for one in standing)
        if last > day + timedelta(days=standard.expires_within_days):
            continue
        renewed = any(one.granted_on <= last + timedelta(days=1) and _last_day(one) > last for one in mine)
        if not renewed:
            found.append(Gap(need.key, Lack.EXPIRES, last))
    return tuple(found)


def _last_day(one: Held) -> date:
    last = one.expires_on or date.max
    return min(last, one.withdrawn_on - timedelta(days=1)) if one.withdrawn_on else last


def _lacking(kind: str, mine: list[Held], day: date) -> Gap:
    """How an accreditation that does not stand was lost, by the last one held; or that it never was."""
    mine = [one for one in mine if one.withdrawn_on is None or one.withdrawn_on > one.granted_on]
    past = [one for one in mine if one.granted_on <= day]
    if not mine:
        return Gap(kind, Lack.NEVER)
    if not past:
        return Gap(kind, Lack.NOT_YET, min(one.granted_on for one in mine))
    last = max(past, key=lambda one: (_last_day(one), one.granted_on))
    if last.withdrawn_on is not None and (last.expires_on is None or last.withdrawn_on <= last.expires_on):
        return Gap(kind, Lack.WITHDRAWN, last.withdrawn_on)
    return Gap(kind, Lack.EXPIRED, last.expires_on)


def terms_on(session: Session, day: date, officers: Iterable[UUID] | None = None) -> dict[UUID, Terms]:
    """Terms of service of officers (of all without *officers*) on a day, by what was known then.

    Before the first row of an officer, and where no row says it, their own row counts.
    """
    return Staffing(session, officers).terms(day, known_by=day)


class Staffing:
    """The staff records of some officers (of all without *officers*), read once and asked for any day."""

    def __init__(self, session: Session, officers: Iterable[UUID] | None = None) -> None:
        self._session = session
        self._ids = None if officers is None else list(officers)
        columns = (Officer.id, Officer.name, Officer.role, Officer.team, Officer.number, Officer.active)
        wanted, rows = select(*columns).order_by(Officer.name, Officer.id), select(StaffTerms)
        if self._ids is not None:
            wanted, rows = (
                wanted.where(Officer.id.in_(self._ids)),
                rows.where(StaffTerms.officer_id.in_(self._ids)),
            )
        self._officers: Any = session.execute(wanted).all()
        self._rows: dict[UUID, list[StaffTerms]] = defaultdict(list)
        for row in session.scalars(rows.order_by(StaffTerms.from_on, StaffTerms.recorded_at, StaffTerms.id)):
            self._rows[row.officer_id].append(row)
        self._held: dict[UUID, tuple[Held, ...]] | None = None

    def terms(self, day: date, known_by: date = date.max) -> dict[UUID, Terms]:
        """Terms of service on a day, by what was known on another."""
        return {one.id: _terms(one, self._said(one.id, day, known_by)) for one in self._officers}

    def lack(self, officer_id: UUID, kind: str, standard: StaffStandard, day: date) -> Gap | None:
        """What an officer who needs an accreditation lacked of it on a day; None where they had it or need none.

        What is known today of that day counts: a certificate recorded later still shows that they had it.
        """
        officer = next(one for one in self._officers if one.id == officer_id)
        role = _terms(officer, self._said(officer_id, day, date.max)).role
        if kind not in (one.key for one in standard.needed_by(role)):
            return None
        if self._held is None:
            self._held = accreditations_on(self._session, date.max, self._ids)
        found = gaps(role, self._held.get(officer_id, ()), standard, day)
        return next((one for one in found if one.kind == kind and one.now), None)

    def _said(self, officer_id: UUID, day: date, known_by: date) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for row in self._rows[officer_id]:
            if row.from_on <= day and row.known_on <= known_by:
                said |= {key: found for key in ASPECTS if (found := getattr(row, key)) is not None}
        return said


def _terms(officer: Any, said: Mapping[str, Any]) -> Terms:
    return Terms(
        officer.id,
        officer.name,
        said.get("role", officer.role),
        said.get("team", officer.team),
        said.get("number", officer.number),
        said.get("fte", FULL_TIME),
        said.get("probation_until"),
        said.get("post", ""),
        tuple(said.get("areas", ())),
        officer.active,
    )


def accreditations_on(
    session: Session, known_by: date, officers: Iterable[UUID] | None = None
) -> dict[UUID, tuple[Held, ...]]:
    """By officer, every accreditation by what was known on a day, also those that stand no more."""
    wanted = select(StaffAccreditation).where(StaffAccreditation.known_on <= known_by)
    if officers is not None:
        wanted = wanted.where(StaffAccreditation.officer_id.in_(list(officers)))
    order = (StaffAccreditation.granted_on, StaffAccreditation.recorded_at, StaffAccreditation.id)
    rows = session.scalars(wanted.order_by(*order)).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    found: dict[UUID, list[Held]] = defaultdict(list)
    for one in rows:
        if one.id not in replaced:
            found[one.officer_id].append(
                Held(
                    one.id, one.kind, one.granted_on, one.expires_on, one.withdrawn_on, one.evidence,
                    one.reason or "",
                )
            )  # fmt: skip
    return {key: tuple(held) for key, held in found.items()}


def standing_conflicts(
    session: Session, day: date, officers: Iterable[UUID] | None = None
) -> tuple[StaffConflict, ...]:
    """Conflicts of interest that stand on a day, by what was known then; for work that hands out plain rows."""
    wanted = select(StaffConflict).where(StaffConflict.known_on <= day)
    if officers is not None:
        wanted = wanted.where(StaffConflict.officer_id.in_(list(officers)))
    rows = session.scalars(wanted.order_by(StaffConflict.recorded_at, StaffConflict.id)).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    return tuple(
        one
        for one in rows
        if one.id not in replaced and one.from_on <= day and (one.ended_on is None or day < one.ended_on)
    )


def note_terms(work: Work, officer_id: UUID, changes: Mapping[str, Any], from_on: date | None = None) -> None:
    """Write down what of an officer's terms changes from a day on, today unless told, inside work under way.

    Before anybody has signed in, the officer themselves is named as who said so.
    """
    row = StaffTerms(
        officer_id=officer_id,
        from_on=from_on or work.today,
        known_on=work.today,
        recorded_at=work.now,
        recorded_by=work.actor.officer_id or officer_id,
    )
    for key, value in changes.items():
        setattr(row, key, value)
    work.session.add(row)
    work.session.flush()
