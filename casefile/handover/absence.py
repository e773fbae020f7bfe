"""Recording that an officer is away, putting it right or withdrawing it; the files they hold hear of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.errors import Fault, Invalid, Missing, Refused
from casefile.handover.away import NO_ACCESS, long_of, refresh_held, standing_rows
from casefile.record.dates import long_date
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

KEPT = "Nothing was recorded."
LONGEST = timedelta(days=366 * 5)
"""An absence that ends later is left open."""


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An officer's absence as it stands: first and last day, the last open while nobody knows it.

    Attributes:
        kind: Code of the list ``absence_kind``; "" for who may not know why another is away, as is *note*.
        planned: Whether it was known ahead.
        needs_from: From which day the standard asks for a hand-over; None for a short absence.
    """

    id: UUID
    officer_id: UUID
    officer: str
    from_on: date
    until_on: date | None
    kind: str
    note: str
    team: str = ""
    planned: bool = True
    needs_from: date | None = None


@action(needs=Permission.READ_FILES, logs=Logged.ADMINISTRATION)
def record_absence(
    work: Work,
    officer_id: UUID,
    from_on: date,
    until_on: date | None,
    kind: str,
    note: str = "",
    *,
    planned: bool = True,
    replaces_id: UUID | None = None,
) -> UUID:
    """Record that an officer is away, or put an earlier record of it right (an end, another day).

    An officer records their own absence, whoever allocates files that of anybody.

    Raises:
        Refused: It is somebody else's absence, or it only follows from the right to sign in.
        Invalid: It ends before it begins, is of no known kind, or overlaps another.
        Missing: There is no such officer, or the record to be put right does not stand any more.
    """
    absence_id = note_absence(
        work, officer_id, from_on, until_on, kind, note, planned=planned, replaces_id=replaces_id
    )
    refresh_held(work, officer_id)
    return absence_id


def note_absence(
    work: Work,
    officer_id: UUID,
    from_on: date,
    until_on: date | None,
    kind: str,
    note: str = "",
    *,
    planned: bool = True,
    replaces_id: UUID | None = None,
) -> UUID:
    """Record an absence inside work that brings the officer's files up to date afterwards."""
    officer = absence_of(work, officer_id)
    standing = standing_rows(work, officer_id)
    if replaces_id is not None and replaces_id not in {one.id for one in standing}:
        raise Missing("That absence was put right already. Look at the newest record first.")
    _check_access(standing, replaces_id, kind)
    if faults := absence_faults(work, officer, from_on, until_on, kind, replaces_id):
        raise Invalid(faults, kept=KEPT)
    absence = _row(work, officer_id, from_on, until_on, kind)
    absence.note, absence.planned, absence.replaces_id = note.strip() or None, planned, replaces_id
    work.session.add(absence)
    work.session.flush()
    work.note(officer=_shown(officer), kind=kind)
    work.touch(Kind.OFFICER)
    return absence.id


@action(needs=Permission.READ_FILES, logs=Logged.ADMINISTRATION)
def withdraw_absence(work: Work, absence_id: UUID, reason: str) -> None:
    """Say that an absence does not take place after all, and why; the record of it stays."""
    held = work.session.get(Absence, absence_id)
    if held is None or held.id not in {one.id for one in standing_rows(work, held.officer_id)}:
        raise Missing("That absence was put right or withdrawn already. Look at the newest record first.")
    officer = absence_of(work, held.officer_id)
    _check_access([held], absence_id)
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why it does not take place.")], kept="The absence stands.")
    row = _row(work, held.officer_id, held.from_on, held.until_on, held.kind)
    row.note, row.planned, row.replaces_id, row.withdrawn = reason.strip(), held.planned, held.id, True
    work.session.add(row)
    work.session.flush()
    work.note(officer=_shown(officer), kind=held.kind)
    work.touch(Kind.OFFICER)
    refresh_held(work, held.officer_id)


def end_absence(work: Work, officer_id: UUID, back_on: date) -> None:
    """Let every absence of an officer that would last on a day end the day before, inside work that refreshes."""
    for held in standing_rows(work, officer_id):
        over = held.until_on is not None and held.until_on < back_on
        if over or held.from_on > back_on or held.kind == NO_ACCESS:
            continue
        never = held.from_on == back_on
        until_on = held.until_on if never else back_on - timedelta(days=1)
        row = _row(work, officer_id, held.from_on, until_on, held.kind)
        row.note, row.planned, row.replaces_id = held.note, held.planned, held.id
        row.withdrawn = never
        work.session.add(row)
    work.session.flush()
    work.touch(Kind.OFFICER)


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def absences(work: Work, officer_id: UUID | None = None, *, team: str = "") -> tuple[AbsenceRow, ...]:
    """List the absences that stand, of one officer, of a team or of all, the latest first.

    Why somebody else is away is told to those alone who allocate files.
    """
    everybody: dict[UUID, Officer] = {}
    found: list[AbsenceRow] = []
    told_all = work.actor.may(Permission.ALLOCATE)
    for one in standing_rows(work, officer_id):
        officer = everybody.setdefault(one.officer_id, _known(work, one.officer_id))
        if team and officer.team != team:
            continue
        long = long_of(work, one)
        told = told_all or one.officer_id == work.actor.officer_id
        found.append(
            AbsenceRow(
                one.id,
                one.officer_id,
                _shown(officer),
                one.from_on,
                one.until_on,
                one.kind if told else "",
                (one.note or "") if told else "",
                officer.team,
                one.planned,
                long.from_on if long else None,
            )
        )
    return tuple(found)


def _check_access(standing: Iterable[Absence], replaces_id: UUID | None, kind: str = "") -> None:
    """Refuse to say by hand what only follows from the right to sign in: else a past day would read otherwise.

    Raises:
        Refused: The record, or the one it would put right, is of an officer who may not sign in.
    """
    if kind == NO_ACCESS or any(one.kind == NO_ACCESS and one.id == replaces_id for one in standing):
        raise Refused(
            "Whoever may not sign in is away until an administrator lets them sign in again. Nothing was recorded."
        )


def absence_faults(
    work: Work, officer: Officer, from_on: date, until_on: date | None, kind: str, replaces_id: UUID | None
) -> list[Fault]:
    """What keeps an absence from being recorded, by field: its kind, its days, or another that it overlaps."""
    faults = _faults(work, from_on, until_on, kind)
    others = [one for one in standing_rows(work, officer.id) if one.id != replaces_id]
    if not faults and (over := _overlapping(others, from_on, until_on)) is not None:
        faults.append(Fault("from_on", _overlap(work, officer, over)))
    return faults


def _faults(work: Work, from_on: date, until_on: date | None, kind: str) -> list[Fault]:
    faults: list[Fault] = []
    if work.standards.codes("absence_kind").get(kind) is None:
        faults.append(Fault("kind", f"There is no kind of absence called {kind}."))
    if until_on is not None and until_on < from_on:
        faults.append(Fault("until_on", "It cannot end before it begins."))
    elif until_on is not None and until_on - from_on > LONGEST:
        faults.append(Fault("until_on", "That is more than five years on. Leave the last day open."))
    return faults


def _overlapping(others: list[Absence], from_on: date, until_on: date | None) -> Absence | None:
    for one in others:
        begins_in_time = until_on is None or one.from_on <= until_on
        if begins_in_time and (one.until_on is None or one.until_on >= from_on):
            return one
    return None


def _overlap(work: Work, officer: Officer, over: Absence) -> str:
    if over.kind == NO_ACCESS:
        return f"{_shown(officer)} may not sign in from {long_date(over.from_on)}, and so is away already."
    until = f"until {long_date(over.until_on)}" if over.until_on else "with no end known"
    kind = work.standards.codes("absence_kind").label(over.kind).lower()
    return (
        f"{_shown(officer)} is away already from {long_date(over.from_on)} {until} ({kind}). "
        "Put that record right first."
    )


def absence_of(work: Work, officer_id: UUID) -> Officer:
    """The officer whose absence the actor may record."""
    officer = work.session.get(Officer, officer_id)
    if officer is None:
        raise Missing("There is no such officer.")
    if officer_id != work.actor.officer_id and not work.actor.may(Permission.ALLOCATE):
        raise Refused("You record your own absence; a supervisor records that of others.")
    return officer


def _known(work: Work, officer_id: UUID) -> Officer:
    return work.session.get_one(Officer, officer_id)


def _shown(officer: Officer) -> str:
    return shown(officer.name, officer.role, officer.number)


def _row(work: Work, officer_id: UUID, from_on: date, until_on: date | None, kind: str) -> Absence:
    return Absence(
        officer_id=officer_id,
        from_on=from_on,
        until_on=until_on,
        known_on=work.today,
        kind=kind,
        withdrawn=False,
        planned=True,
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )
