"""Who is away: absences as they stand, from when they ask for a hand-over, and the files that must hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from casefile.access.model import Absence
from casefile.access.visibility import everything
from casefile.alarms.away import ALARM, Long, long_stretch
from casefile.alarms.history import Away
from casefile.alarms.refresh import refresh_file
from casefile.record.closed import held_out_of_sight
from casefile.record.handover import HandoverFile, HandoverWord
from casefile.record.model import CaseFile
from casefile.work.unit import Work

NO_ACCESS = "no_access"
"""The kind of absence of whoever may no longer sign in; only an administrator's change begins and ends it."""


def standing_rows(
    work: Work, officer_id: UUID | None = None, known_by: date | None = None
) -> tuple[Absence, ...]:
    """Absences that no later record puts right or withdraws, of one officer or of all, the latest first."""
    wanted = select(Absence)
    if officer_id is not None:
        wanted = wanted.where(Absence.officer_id == officer_id)
    if known_by is not None:
        wanted = wanted.where(Absence.known_on <= known_by)
    order = (Absence.from_on.desc(), Absence.recorded_at, Absence.id)
    rows = work.session.scalars(wanted.order_by(*order)).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    return tuple(one for one in rows if one.id not in replaced and not one.withdrawn)


def long_of(work: Work, absence: Absence) -> Long | None:
    """The days of an absence for which the standard asks for a hand-over."""
    return long_stretch(_away(absence), work.standards.alarms[ALARM])


def long_absences(
    work: Work, known_by: date | None = None, officers: Iterable[UUID] | None = None
) -> dict[UUID, tuple[Long, ...]]:
    """By officer, the days for which the standard asks for a hand-over, by what was known on a day."""
    wanted = None if officers is None else set(officers)
    found: dict[UUID, list[Long]] = {}
    for one in standing_rows(work, known_by=known_by):
        long = long_of(work, one) if wanted is None or one.officer_id in wanted else None
        if long is not None:
            found.setdefault(one.officer_id, []).append(long)
    return {key: tuple(rows) for key, rows in found.items()}


def latest_of(work: Work, absence_id: UUID | None) -> Absence | None:
    """An absence as it stands after every record that put it right; None when it was withdrawn."""
    row = work.session.get(Absence, absence_id) if absence_id else None
    while row is not None:
        later = work.session.scalars(
            select(Absence).where(Absence.replaces_id == row.id).order_by(Absence.recorded_at.desc())
        ).first()
        if later is None:
            return None if row.withdrawn else row
        row = later
    return None


def refresh_held(work: Work, officer_id: UUID) -> None:
    """Bring every file that an officer holds, or looks after by an exception, up to date, restricted ones too.

    On a server those that this officer may not see are brought up to date by the next one who may.
    """
    interim = (
        select(HandoverFile.file_id)
        .join(HandoverWord, HandoverWord.handover_file_id == HandoverFile.id)
        .where(HandoverWord.interim_id == officer_id)
    )
    holds = or_(
        CaseFile.officer_id == officer_id,
        CaseFile.researcher_id == officer_id,
        CaseFile.supervisor_id == officer_id,
        CaseFile.id.in_(interim),
    )
    with everything(work.session):
        files = work.session.scalars(select(CaseFile.id).where(holds).order_by(CaseFile.reference)).all()
        for done, file_id in enumerate(files):
            work.progress.step(done, len(files), "Telling the files")
            refresh_file(work, file_id, work.today)
    held_out_of_sight(work.session, officer_id, files)


def _away(one: Absence) -> Away:
    return Away(
        one.officer_id,
        one.from_on,
        one.until_on,
        one.known_on,
        one.kind,
        id=one.id,
        replaces_id=one.replaces_id,
        withdrawn=one.withdrawn,
    )
