"""Everything ever recorded of a file, read for the rules of alarms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from casefile.access.lean import Lean
from casefile.access.model import Absence, Officer
from casefile.access.queries import named, shown
from casefile.alarms.history import Away, History, NoHandover
from casefile.alarms.model import AlarmAcceptance
from casefile.alarms.replay import Accepted
from casefile.record.facts import EntryFact
from casefile.record.handover import HandoverFile, HandoverWord
from casefile.record.model import CaseFile
from casefile.record.owed import Owed, TaskSaid
from casefile.record.persons import FactView, PersonView, allocations, people_of
from casefile.sections import SECTIONS
from casefile.sections.load import entries
from casefile.sections.refresh import said_of_tasks
from casefile.store.base import Identity
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

_FILE = bindparam("file", type_=Identity())
ACCEPTED = Lean(
    select(
        AlarmAcceptance.alarm, AlarmAcceptance.about, AlarmAcceptance.from_on, AlarmAcceptance.until_on,
        AlarmAcceptance.reason, Officer.name, Officer.role, Officer.number,
    )
    .join(Officer, Officer.id == AlarmAcceptance.recorded_by)
    .where(AlarmAcceptance.file_id == _FILE)
    .order_by(AlarmAcceptance.recorded_at, AlarmAcceptance.id)
)  # fmt: skip
"""What supervisors accepted in a file."""
EXCEPTED = Lean(
    select(HandoverFile.from_officer_id, HandoverFile.role, HandoverWord.happened_on, HandoverWord.until_on)
    .join(HandoverWord, HandoverWord.handover_file_id == HandoverFile.id)
    .where(HandoverFile.file_id == _FILE, HandoverWord.what == "excepted")
    .order_by(HandoverWord.recorded_at, HandoverWord.id)
)
"""Exceptions from handing a file over."""

_ABSENCES = select(
    Absence.officer_id, Absence.from_on, Absence.until_on, Absence.known_on, Absence.kind, Absence.id,
    Absence.replaces_id, Absence.withdrawn, Absence.recorded_at,
)  # fmt: skip
_FOUR = ("first", "second", "third", "fourth")
_ABSENCES_OF_FOUR = Lean(
    _ABSENCES.where(or_(*(Absence.officer_id == bindparam(one, type_=Identity()) for one in _FOUR)))
)
"""Who holds a file is seldom more than that; a question that is asked hotly takes no list."""


def history_of(
    work: Work,
    file_id: UUID,
    *,
    facts: Iterable[EntryFact] | None = None,
    said: Iterable[TaskSaid] | None = None,
    people: Iterable[PersonView] | None = None,
    holders: tuple[FactView, ...] | None = None,
    tasks: tuple[Owed, ...] | None = None,
    case: Any = None,
) -> History:
    """The history of a file; what the caller has read or derived already is not read or derived again.

    Args:
        tasks: All that follows from what was known by today.
    """
    if case is None:
        asked = select(CaseFile.reference, CaseFile.opened_on).where(CaseFile.id == file_id)
        case = work.session.execute(asked).one()
    if holders is None:
        holders = allocations(work.session, file_id, date.max)
    held_by = {one.get("officer_id") for one in holders if one.get("officer_id")}
    return History(
        file_id=file_id,
        reference=case.reference,
        opened_on=case.opened_on,
        entries=tuple(
            entries(work.session, SECTIONS, file_id, all_versions=True) if facts is None else facts
        ),
        said=tuple(said_of_tasks(work, file_id) if said is None else said),
        people=tuple(people_of(work.session, file_id, date.max) if people is None else people),
        holders=holders,
        away=absences_of(work, held_by),
        officers=_names(work, held_by),
        excepted=_excepted(work, file_id),
        derived=None if tasks is None else (work.today, tasks),
    )


def accepted_of(work: Work, file_id: UUID) -> tuple[Accepted, ...]:
    """What supervisors accepted in a file, oldest first."""
    return tuple(
        Accepted(row.alarm, row.about, row.from_on, row.until_on, row.reason, shown(*row[5:]))
        for row in ACCEPTED.rows(work.session, file=file_id)
    )


def absences_of(work: Work, officers: Iterable[UUID] | None = None) -> tuple[Away, ...]:
    """Every absence recorded of these officers (of all without them), also those put right since."""
    if officers is None:
        rows: list[Any] = list(work.session.execute(_ABSENCES))
    else:
        rows = []
        for some in in_pieces(sorted(set(officers)), len(_FOUR)):
            asked = {**dict.fromkeys(_FOUR), **dict(zip(_FOUR, some, strict=False))}
            rows += _ABSENCES_OF_FOUR.rows(work.session, **asked)
    rows.sort(key=lambda one: (one.recorded_at, one.id))
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
    return tuple(NoHandover(*row) for row in EXCEPTED.rows(work.session, file=file_id))


def _names(work: Work, officers: Iterable[UUID]) -> dict[UUID, str]:
    return {one: who.shown for one, who in named(work.session, officers).items()}
