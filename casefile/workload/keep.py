"""Keeping the staff record: hours, probation, post and area; accreditations; conflicts of interest. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.staff import StaffAccreditation, StaffConflict
from casefile.access.staffing import note_terms
from casefile.errors import Fault, Invalid, Missing, Refused
from casefile.record.model import CaseFile
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

KEPT = "Nothing was recorded."
MOST_AREAS, LONGEST = 40, 2_000


@dataclass(frozen=True, slots=True)
class NewTerms:
    """What of an officer's terms changes from a day on; None stays as it was.

    Attributes:
        fte: Hundredths of full time, 1 to 100.
        probation_until: Last day of probation; a day before *from_on* ends it.
        post: Code of the list ``staff_post``; "" for none.
        areas: Boroughs or areas they cover.
    """

    from_on: date
    fte: int | None = None
    probation_until: date | None = None
    post: str | None = None
    areas: Sequence[str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewAccreditation:
    """An accreditation that was granted.

    Attributes:
        kind: Code of the list ``accreditation``.
        expires_on: Its last day; None where it does not expire.
        evidence: What shows it.
    """

    kind: str
    granted_on: date
    expires_on: date | None = None
    evidence: str = ""


@action(needs=Permission.KEEP_STAFF, logs=Logged.ADMINISTRATION)
def record_terms(work: Work, officer_id: UUID, new: NewTerms) -> None:
    """Record from when an officer works other hours, is on probation, holds another post or covers other areas.

    Raises:
        Refused: It is one's own record.
        Invalid: Hours that cannot be, no known post, or nothing that changes.
    """
    officer = _other(work, officer_id)
    areas = None if new.areas is None else [" ".join(one.split()) for one in new.areas if one.strip()]
    faults: list[Fault] = []
    if new.fte is not None and not 1 <= new.fte <= 100:
        faults.append(Fault("fte", "Hours are from 1 to 100 hundredths of full time."))
    if new.post and work.standards.codes("staff_post").get(new.post) is None:
        faults.append(Fault("post", f"There is no post called {new.post}."))
    if areas is not None and len(areas) > MOST_AREAS:
        faults.append(Fault("areas", f"At most {MOST_AREAS} areas."))
    changes = {"fte": new.fte, "probation_until": new.probation_until, "post": new.post, "areas": areas}
    changes = {key: value for key, value in changes.items() if value is not None}
    if not changes:
        faults.append(Fault("", "Say what changes: hours, probation, post or areas."))
    if faults:
        raise Invalid(faults, kept=KEPT)
    note_terms(work, officer_id, changes | {"note": new.note.strip() or None}, new.from_on)
    _said(work, officer, changed=", ".join(sorted(changes)))


@action(needs=Permission.KEEP_STAFF, logs=Logged.ADMINISTRATION)
def grant_accreditation(work: Work, officer_id: UUID, new: NewAccreditation) -> UUID:
    """Record that an officer was accredited, from when until when, and what shows it.

    Raises:
        Refused: It is one's own record.
        Invalid: It ends before it begins, is of no known kind, stands already, or nothing shows it.
    """
    officer = _other(work, officer_id)
    faults = _faults(work, new)
    if not faults and any(_same(one, new) for one in _standing(work, officer_id)):
        faults.append(Fault("granted_on", "That accreditation is recorded already."))
    if faults:
        raise Invalid(faults, kept=KEPT)
    row = _row(work, officer_id, new)
    work.session.add(row)
    work.session.flush()
    _said(work, officer, accreditation=new.kind)
    return row.id


@action(needs=Permission.KEEP_STAFF, logs=Logged.ADMINISTRATION)
def alter_accreditation(work: Work, accreditation_id: UUID, new: NewAccreditation, reason: str) -> UUID:
    """Put an accreditation right: another day, another expiry, better evidence. The record before stays."""
    held, officer = _held(work, accreditation_id)
    faults = _faults(work, new)
    if not reason.strip():
        faults.append(Fault("reason", "Say why it is put right."))
    if faults:
        raise Invalid(faults, kept="The accreditation stands as it was.")
    row = _row(work, held.officer_id, new)
    row.replaces_id, row.reason = held.id, reason.strip()
    work.session.add(row)
    work.session.flush()
    _said(work, officer, accreditation=new.kind)
    return row.id


@action(needs=Permission.KEEP_STAFF, logs=Logged.ADMINISTRATION)
def withdraw_accreditation(work: Work, accreditation_id: UUID, on: date, reason: str) -> None:
    """Record from which day an accreditation stands no more, and why; the day it was granted if it never stood."""
    held, officer = _held(work, accreditation_id)
    faults: list[Fault] = []
    if not reason.strip():
        faults.append(Fault("reason", "Say why it is withdrawn."))
    if on < held.granted_on:
        faults.append(Fault("on", "It cannot be withdrawn before it was granted."))
    if faults:
        raise Invalid(faults, kept="The accreditation stands.")
    row = _row(
        work, held.officer_id, NewAccreditation(held.kind, held.granted_on, held.expires_on, held.evidence)
    )
    row.replaces_id, row.withdrawn_on, row.reason = held.id, on, reason.strip()
    work.session.add(row)
    work.session.flush()
    _said(work, officer, accreditation=held.kind)


@action(needs=Permission.READ_FILES, logs=Logged.ADMINISTRATION)
def declare_conflict(
    work: Work, officer_id: UUID, words: str, *, file_id: UUID | None = None, from_on: date | None = None
) -> UUID:
    """Declare a conflict of interest, one's own or as a supervisor that of another: with a file, a family, a person.

    Raises:
        Refused: It is somebody else's, and one keeps no staff records.
        Invalid: It says nothing.
        Missing: There is no such officer or file.
    """
    officer = _known(work, officer_id)
    if officer_id != work.actor.officer_id and not work.actor.may(Permission.KEEP_STAFF):
        raise Refused("You declare your own conflicts of interest; a supervisor records those of others.")
    if not words.strip() or len(words) > LONGEST:
        raise Invalid([Fault("words", "Say with whom and why, in a sentence or two.")], kept=KEPT)
    if file_id is not None:
        if work.session.scalars(select(CaseFile.id).where(CaseFile.id == file_id)).first() is None:
            raise Missing(
                "There is no such file, or it is restricted and you are not one of its named readers."
            )
        work.about(files=[file_id])
    row = _conflict(work, officer_id, words.strip(), file_id, from_on or work.today)
    work.session.add(row)
    work.session.flush()
    _said(work, officer)
    return row.id


@action(needs=Permission.KEEP_STAFF, logs=Logged.ADMINISTRATION)
def end_conflict(work: Work, conflict_id: UUID, reason: str) -> None:
    """Record that a conflict of interest stands no more from today, and why."""
    held = work.session.get(StaffConflict, conflict_id)
    later = select(StaffConflict.id).where(StaffConflict.replaces_id == conflict_id)
    if held is None or work.session.execute(later).first() is not None:
        raise Missing("That conflict of interest does not stand any more.")
    officer = _other(work, held.officer_id)
    if not reason.strip():
        raise Invalid(
            [Fault("reason", "Say why it stands no more.")], kept="The conflict of interest stands."
        )
    row = _conflict(
        work, held.officer_id, f"{held.words} (ended: {reason.strip()})", held.file_id, held.from_on
    )
    row.replaces_id, row.ended_on = held.id, work.today
    work.session.add(row)
    work.session.flush()
    _said(work, officer)


def _known(work: Work, officer_id: UUID) -> Officer:
    officer = work.session.get(Officer, officer_id)
    if officer is None:
        raise Missing("There is no such officer.")
    return officer


def _other(work: Work, officer_id: UUID) -> Officer:
    """The officer whose record is kept: never one's own."""
    officer = _known(work, officer_id)
    if officer_id == work.actor.officer_id:
        raise Refused("Nobody keeps their own staff record.", remedy="Ask another supervisor.")
    return officer


def _standing(work: Work, officer_id: UUID) -> list[StaffAccreditation]:
    rows = work.session.scalars(
        select(StaffAccreditation).where(StaffAccreditation.officer_id == officer_id)
    ).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    return [one for one in rows if one.id not in replaced]


def _held(work: Work, accreditation_id: UUID) -> tuple[StaffAccreditation, Officer]:
    held = work.session.get(StaffAccreditation, accreditation_id)
    if held is None or held.id not in {one.id for one in _standing(work, held.officer_id)}:
        raise Missing(
            "That accreditation was put right or withdrawn already. Look at the newest record first."
        )
    return held, _other(work, held.officer_id)


def _same(held: StaffAccreditation, new: NewAccreditation) -> bool:
    return held.withdrawn_on is None and (held.kind, held.granted_on, held.expires_on) == (
        new.kind, new.granted_on, new.expires_on,
    )  # fmt: skip


def _faults(work: Work, new: NewAccreditation) -> list[Fault]:
    faults: list[Fault] = []
    if work.standards.codes("accreditation").get(new.kind) is None:
        faults.append(Fault("kind", f"There is no accreditation called {new.kind}."))
    if new.expires_on is not None and new.expires_on < new.granted_on:
        faults.append(Fault("expires_on", "It cannot expire before it was granted."))
    if new.granted_on > work.today + timedelta(days=366):
        faults.append(Fault("granted_on", "That is more than a year ahead."))
    if not new.evidence.strip() or len(new.evidence) > LONGEST:
        faults.append(Fault("evidence", "Say what shows it: a certificate, a course list."))
    return faults


def _row(work: Work, officer_id: UUID, new: NewAccreditation) -> StaffAccreditation:
    return StaffAccreditation(
        officer_id=officer_id,
        kind=new.kind,
        granted_on=new.granted_on,
        expires_on=new.expires_on,
        evidence=new.evidence.strip(),
        known_on=work.today,
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )


def _conflict(work: Work, officer_id: UUID, words: str, file_id: UUID | None, from_on: date) -> StaffConflict:
    return StaffConflict(
        officer_id=officer_id,
        file_id=file_id,
        words=words,
        from_on=from_on,
        known_on=work.today,
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )


def _said(work: Work, officer: Officer, **details: str) -> None:
    work.note(officer=shown(officer.name, officer.role, officer.number), **details)
    work.touch(Kind.STAFF)
