"""Everything ever recorded of a file, read for the rules of alarms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.alarms.history import Away, History, NoHandover
from casefile.alarms.model import AlarmAcceptance
from casefile.alarms.replay import Accepted
from casefile.record.facts import EntryFact
from casefile.record.handover import HandoverFile, HandoverWord
from casefile.record.model import CaseFile
from casefile.record.owed import TaskSaid
from casefile.record.persons import PersonView, allocations, people_of
from casefile.sections import SECTIONS
from casefile.sections.load import entries
from casefile.sections.refresh import said_of_tasks
from casefile.work.unit import Work


def history_of(
    work: Work,
    file_id: UUID,
    *,
    facts: Iterable[EntryFact] | None = None,
    said: Iterable[TaskSaid] | None = None,
    people: Iterable[PersonView] | None = None,
) -> History:
    """The history of a file; what the caller has read already is not read again."""
    reference, opened_on = work.session.execute(
        select(CaseFile.reference, CaseFile.opened_on).where(CaseFile.id == file_id)
    ).one()
    holders = allocations(work.session, file_id, date.max)
    held_by = {one.get("officer_id") for one in holders if one.get("officer_id")}
    return History(
        file_id=file_id,
        reference=reference,
        opened_on=opened_on,
        entries=tuple(
            entries(work.session, SECTIONS, file_id, all_versions=True) if facts is None else facts
        ),
        said=tuple(said_of_tasks(work, file_id) if said is None else said),
        people=tuple(people_of(work.session, file_id, date.max) if people is None else people),
        holders=holders,
        away=absences_of(work, held_by),
        officers=_names(work, held_by),
        excepted=_excepted(work, file_id),
    )


def accepted_of(work: Work, file_id: UUID) -> tuple[Accepted, ...]:
    """What supervisors accepted in a file, oldest first."""
    rows = work.session.execute(
        select(AlarmAcceptance, Officer.name, Officer.role, Officer.number)
        .join(Officer, Officer.id == AlarmAcceptance.recorded_by)
        .where(AlarmAcceptance.file_id == file_id)
        .order_by(AlarmAcceptance.recorded_at, AlarmAcceptance.id)
    )
    return tuple(
        Accepted(one.alarm, one.about, one.from_on, one.until_on, one.reason, shown(name, role, number))
        for one, name, role, number in rows
    )


def absences_of(work: Work, officers: Iterable[UUID] | None = None) -> tuple[Away, ...]:
    """Every absence recorded of these officers (of all without them), also those put right since."""
    rows_wanted = select(Absence).order_by(Absence.recorded_at, Absence.id)
    if officers is not None:
        if not (wanted := list(officers)):
            return ()
        rows_wanted = rows_wanted.where(Absence.officer_id.in_(wanted))
    rows = work.session.scalars(rows_wanted).all()
    return tuple(
        Away(
            one.officer_id,
            one.from_on,
            one.until_on,
            one.known_on,
            one.kind,
            id=one.id,
            replaces_id=one.replaces_id,
            withdrawn=one.withdrawn,
        )
        for one in rows
    )


def _excepted(work: Work, file_id: UUID) -> tuple[NoHandover, ...]:
    rows = work.session.execute(
        select(
            HandoverFile.from_officer_id, HandoverFile.role, HandoverWord.happened_on, HandoverWord.until_on
        )
        .join(HandoverWord, HandoverWord.handover_file_id == HandoverFile.id)
        .where(HandoverFile.file_id == file_id, HandoverWord.what == "excepted")
        .order_by(HandoverWord.recorded_at, HandoverWord.id)
    )
    return tuple(NoHandover(*row) for row in rows)


def _names(work: Work, officers: Iterable[UUID]) -> dict[UUID, str]:
    wanted = list(officers)
    if not wanted:
        return {}
    rows = work.session.execute(
        select(Officer.id, Officer.name, Officer.role, Officer.number).where(Officer.id.in_(wanted))
    )
    return {row[0]: shown(*row[1:]) for row in rows}
