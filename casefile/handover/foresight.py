"""What an absence means before it is recorded, and how a record of one came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.access.visibility import unlimited
from casefile.alarms.away import ALARM, limit_of, long_stretch
from casefile.alarms.history import Away
from casefile.errors import Fault
from casefile.handover.absence import absence_faults, absence_of
from casefile.record.dates import long_date
from casefile.record.handover import Handover, HandoverMark
from casefile.record.model import CaseFile
from casefile.standards import working_days_between
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class Sight:
    """What recording an absence would mean.

    Attributes:
        faults: What keeps it from being recorded, by field; empty when it can be.
        needs_from: From which day the standard asks for a hand-over; None for a short absence.
        sentence: The same for people, with the length in working days.
        held: Open files the officer holds in any role.
        going: References of their hand-overs that go on.
    """

    faults: tuple[Fault, ...]
    needs_from: date | None
    sentence: str
    held: int
    going: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AbsenceVersion:
    """One record of an absence: as it was said, by whom and when."""

    from_on: date
    until_on: date | None
    kind: str
    note: str
    planned: bool
    withdrawn: bool
    recorded_at: datetime
    recorded_by: str


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def foresee_absence(
    work: Work,
    officer_id: UUID,
    from_on: date,
    until_on: date | None,
    kind: str,
    *,
    replaces_id: UUID | None = None,
) -> Sight:
    """Say what an absence would ask for, and what keeps it from being recorded; nothing is recorded.

    Raises:
        Refused: It is somebody else's absence.
    """
    officer = absence_of(work, officer_id)
    faults = absence_faults(work, officer, from_on, until_on, kind, replaces_id)
    known = work.standards.codes("absence_kind").get(kind) is not None
    right = known and (until_on is None or until_on >= from_on)
    away = Away(officer_id, from_on, until_on, work.today, kind)
    long = long_stretch(away, work.standards.alarms[ALARM]) if right else None
    sentence = _sentence(work, away, long.from_on if long else None) if right else ""
    held, going = _held(work, officer_id), _going(work, officer_id)
    return Sight(tuple(faults), long.from_on if long else None, sentence, held, going)


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def absence_versions(work: Work, absence_id: UUID) -> tuple[AbsenceVersion, ...]:
    """Every record of an absence, the newest first: what was said, put right or withdrawn, and by whom.

    Raises:
        Refused: It is somebody else's absence.
    """
    row = work.session.get_one(Absence, absence_id)
    absence_of(work, row.officer_id)
    found: list[AbsenceVersion] = []
    while True:
        by = work.session.get_one(Officer, row.recorded_by)
        found.append(
            AbsenceVersion(
                row.from_on, row.until_on, row.kind, row.note or "", row.planned, row.withdrawn, row.recorded_at,
                shown(by.name, by.role, by.number),
            )
        )  # fmt: skip
        if row.replaces_id is None:
            return tuple(found)
        row = work.session.get_one(Absence, row.replaces_id)


def _sentence(work: Work, away: Away, needs_from: date | None) -> str:
    limit = limit_of(away.why, work.standards.alarms[ALARM])
    if limit is None:
        return "Absences of this kind ask for no hand-over."
    if away.until_on is None:
        if needs_from == away.from_on:
            return f"A hand-over of every file is required by {long_date(needs_from)}."
        return (
            f"While no end is known, a hand-over is required once it has lasted {limit} working days: "
            f"from {long_date(needs_from)}."
        )
    days = working_days_between(away.from_on, away.until_on)
    count = f"The last day is {days} working {'day' if days == 1 else 'days'} after the first"
    if needs_from is None:
        return f"{count}: no hand-over is required up to {limit}."
    return f"{count}: a hand-over of every file is required by {long_date(needs_from)}."


def _held(work: Work, officer_id: UUID) -> int:
    """Open files held in any role, restricted ones counted too: a number tells nothing of them."""
    mine = or_(
        CaseFile.officer_id == officer_id,
        CaseFile.researcher_id == officer_id,
        CaseFile.supervisor_id == officer_id,
    )
    with unlimited(work.session):
        found = work.session.scalars(
            select(func.count()).select_from(CaseFile).where(mine, CaseFile.state == "open")
        )
        return int(found.one())


def _going(work: Work, officer_id: UUID) -> tuple[str, ...]:
    rows = work.session.scalars(
        select(Handover.reference)
        .where(
            Handover.officer_id == officer_id,
            Handover.kind == "hand_over",
            Handover.id.not_in(select(HandoverMark.handover_id)),
        )
        .order_by(Handover.reference)
    )
    return tuple(rows)
