"""Recording that an officer is away; the files they hold hear of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.alarms.refresh import refresh_file
from casefile.errors import Fault, Invalid, Missing
from casefile.record.model import CaseFile
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An officer's absence as it stands: first and last day, the last open while nobody knows it."""

    id: UUID
    officer_id: UUID
    officer: str
    from_on: date
    until_on: date | None
    kind: str
    note: str


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def record_absence(
    work: Work,
    officer_id: UUID,
    from_on: date,
    until_on: date | None,
    kind: str,
    note: str = "",
    *,
    replaces_id: UUID | None = None,
) -> UUID:
    """Record that an officer is away, or put an earlier record of it right (an end, another day)."""
    officer = work.session.get(Officer, officer_id)
    if officer is None:
        raise Missing("There is no such officer.")
    faults: list[Fault] = []
    if kind not in {one.code for one in work.standards.codes("absence_kind").codes}:
        faults.append(Fault("kind", f"There is no kind of absence called {kind}."))
    if until_on is not None and until_on < from_on:
        faults.append(Fault("until_on", "It cannot end before it begins."))
    if faults:
        raise Invalid(faults, kept="Nothing was recorded.")
    if replaces_id is not None and replaces_id not in {one.id for one in standing_absences(work, officer_id)}:
        raise Missing("That absence was put right already. Look at the newest record first.")
    absence = Absence(
        officer_id=officer_id,
        from_on=from_on,
        until_on=until_on,
        known_on=work.today,
        kind=kind,
        note=note.strip() or None,
        replaces_id=replaces_id,
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )
    work.session.add(absence)
    work.session.flush()
    work.note(officer=shown(officer.name, officer.role, officer.number), kind=kind)
    work.touch(Kind.OFFICER)
    holds = or_(CaseFile.officer_id == officer_id, CaseFile.supervisor_id == officer_id)
    for file_id in work.session.scalars(select(CaseFile.id).where(holds)).all():
        refresh_file(work, file_id, work.today)
    return absence.id


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def absences(work: Work, officer_id: UUID | None = None) -> tuple[AbsenceRow, ...]:
    """List the absences that stand, of one officer or of all, the latest first."""
    return standing_absences(work, officer_id)


def standing_absences(work: Work, officer_id: UUID | None = None) -> tuple[AbsenceRow, ...]:
    """Absences that no later record replaces."""
    wanted = select(Absence, Officer.name, Officer.role, Officer.number).join(
        Officer, Officer.id == Absence.officer_id
    )
    if officer_id is not None:
        wanted = wanted.where(Absence.officer_id == officer_id)
    rows = work.session.execute(
        wanted.order_by(Absence.from_on.desc(), Absence.recorded_at, Absence.id)
    ).all()
    replaced = {row[0].replaces_id for row in rows}
    return tuple(
        AbsenceRow(
            one.id,
            one.officer_id,
            shown(name, role, number),
            one.from_on,
            one.until_on,
            one.kind,
            one.note or "",
        )
        for one, name, role, number in rows
        if one.id not in replaced
    )
