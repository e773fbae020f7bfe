"""What of hand-over wants a supervisor: nothing is silently left with somebody who is not there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.handover.away import long_of, standing_rows
from casefile.handover.items import item_rows
from casefile.handover.owner import owners
from casefile.handover.reach import words_of
from casefile.handover.rows import ItemRow, OutstandingRow
from casefile.record.dates import long_date, short_date
from casefile.record.handing import standing
from casefile.record.handover import HandoverFile, HandoverMark
from casefile.record.model import CaseFile
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_ROLES = ("officer", "researcher", "supervisor")
_ORDER = {"no_owner": 0, "exception_over": 1, "not_begun": 2, "not_accepted": 3}


@query(needs=Permission.ALLOCATE, logs=Logged.CONSULTATION)
def outstanding(work: Work, *, team: str = "") -> tuple[OutstandingRow, ...]:
    """List what of hand-over wants a supervisor, the most urgent first.

    Files without an owner who is there; exceptions that ran out; long absences for which no hand-over was begun;
    files sent and not accepted, or not sent.

    Args:
        team: Only officers of this team; files without an officer are always listed.
    """
    officers = {one.id: one for one in work.session.scalars(select(Officer))}
    wanted = {key for key, one in officers.items() if not team or one.team == team}
    items = _open_items(work)
    found = [
        *_without_owner(work, officers),
        *_not_begun(work, officers, wanted, {(one.file_id, one.role) for one in items if not one.overtaken}),
        *(_waiting(one) for one in items if one.from_officer_id in wanted and not one.settled),
    ]
    work.about(files=[one.file_id for one in found if one.file_id])
    return tuple(
        sorted(
            found, key=lambda one: (not one.late, _ORDER[one.why], one.from_on, one.officer, one.reference)
        )
    )


@query(needs=Permission.ALLOCATE, logs=Logged.NOT_PERSONAL)
def outstanding_late(work: Work) -> int:
    """Count what wants a supervisor and whose day has come, of officers of one's own team; a number only.

    Files without an officer always count, and everybody's for a supervisor who is of no team.
    """
    officers = {one.id: one for one in work.session.scalars(select(Officer))}
    me = officers.get(work.actor.officer_id) if work.actor.officer_id else None
    team = me.team if me else ""
    wanted = {key for key, one in officers.items() if not team or one.team == team}
    items = _open_items(work)
    busy = {(one.file_id, one.role) for one in items if not one.overtaken}
    late = sum(one.late for one in _not_begun(work, officers, wanted, busy))
    late += sum(one.late for one in items if one.from_officer_id in wanted)
    lost = select(func.count()).select_from(CaseFile).where(_lost(work, officers))
    return late + int(work.session.scalars(lost).one())


def _open_items(work: Work) -> tuple[ItemRow, ...]:
    rows = work.session.scalars(
        select(HandoverFile).where(HandoverFile.handover_id.not_in(select(HandoverMark.handover_id)))
    ).all()
    return item_rows(work, rows)


def _waiting(one: ItemRow) -> OutstandingRow:
    over = one.exception_until is not None
    day = f", {'due' if not one.late else 'late since'} {short_date(one.due_on)}"
    return OutstandingRow(
        why="exception_over" if over else "not_accepted",
        sentence=f"{one.state}{day}.",
        from_on=one.due_on,
        late=one.late,
        officer_id=one.from_officer_id,
        officer=one.from_officer,
        file_id=one.file_id,
        reference=one.reference,
        family_name=one.family_name,
        handover_id=one.handover_id,
        handover=one.handover,
        owner=one.holder,
    )


def _not_begun(
    work: Work, officers: dict[UUID, Officer], wanted: set[UUID], busy: set[tuple[UUID, str]]
) -> Iterable[OutstandingRow]:
    for absence in standing_rows(work):
        long = long_of(work, absence)
        over = long is not None and long.until_on is not None and long.until_on < work.today
        if long is None or over or absence.officer_id not in wanted:
            continue
        held = _held(work, absence.officer_id)
        excepted = _excepted(work, absence.officer_id)
        left = [one for one, role in held if (one.id, role) not in busy and (one.id, role) not in excepted]
        if left:
            yield _absent(work, officers[absence.officer_id], absence, long.from_on <= work.today, left)


def _absent(
    work: Work, officer: Officer, absence: Absence, late: bool, left: list[CaseFile]
) -> OutstandingRow:
    name = shown(officer.name, officer.role, officer.number)
    kind = work.standards.codes("absence_kind").label(absence.kind).lower()
    until = f" until {long_date(absence.until_on)}" if absence.until_on else ""
    count = "1 file is" if len(left) == 1 else f"{len(left)} files are"
    return OutstandingRow(
        why="not_begun",
        sentence=f"{name} is away from {long_date(absence.from_on)}{until} ({kind}) and {count} not being handed over.",
        from_on=absence.from_on,
        late=late,
        officer_id=officer.id,
        officer=name,
        file_id=None,
        reference="",
        family_name="",
        handover_id=None,
        handover="",
        owner="",
    )


def _held(work: Work, officer_id: UUID) -> list[tuple[CaseFile, str]]:
    mine = or_(
        CaseFile.officer_id == officer_id,
        CaseFile.researcher_id == officer_id,
        CaseFile.supervisor_id == officer_id,
    )
    rows = work.session.scalars(select(CaseFile).where(mine, CaseFile.state == "open")).all()
    return [(one, role) for one in rows for role in _ROLES if getattr(one, f"{role}_id") == officer_id]


def _excepted(work: Work, officer_id: UUID) -> set[tuple[UUID, str]]:
    """File and role of what an exception covers today."""
    items = work.session.scalars(select(HandoverFile).where(HandoverFile.from_officer_id == officer_id)).all()
    words = words_of(work, [one.id for one in items])
    found: set[tuple[UUID, str]] = set()
    for one in items:
        exception = standing(words[one.id], work.today).exception
        if exception is not None and exception.stands_on(work.today):
            found.add((one.file_id, one.role))
    return found


def _without_owner(work: Work, officers: dict[UUID, Officer]) -> Iterable[OutstandingRow]:
    """Open files that nobody is in charge of, or whose officer may not sign in and was never said to be away."""
    rows = work.session.scalars(
        select(CaseFile).where(_lost(work, officers)).order_by(CaseFile.reference)
    ).all()
    answers = owners(work, [one.id for one in rows], work.today)
    for case in rows:
        officer = officers.get(case.officer_id) if case.officer_id else None
        yield OutstandingRow(
            why="no_owner",
            sentence=answers[case.id].sentence,
            from_on=case.opened_on,
            late=True,
            officer_id=case.officer_id,
            officer=shown(officer.name, officer.role, officer.number) if officer else "",
            file_id=case.id,
            reference=case.reference,
            family_name=case.family_name,
            handover_id=None,
            handover="",
            owner=answers[case.id].officer,
        )


def _lost(work: Work, officers: dict[UUID, Officer]) -> ColumnElement[bool]:
    gone = {one.officer_id for one in standing_rows(work) if long_of(work, one) is not None}
    lost = [key for key, one in officers.items() if not one.active and key not in gone]
    nobody = or_(CaseFile.officer_id.is_(None), CaseFile.officer_id.in_(lost))
    return and_(CaseFile.state == "open", nobody)
