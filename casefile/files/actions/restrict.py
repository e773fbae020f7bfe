"""Need to know: limiting a file to named readers, and breaking the glass."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select, update

from casefile.access.model import Officer, Reader, Restriction
from casefile.access.rules import GLASS_HOLDS
from casefile.access.visibility import RestrictedFile
from casefile.errors import Fault, Invalid, Missing
from casefile.files.actions.tasks import add_task
from casefile.files.reach import case_file
from casefile.record.closed import closed_file
from casefile.record.model import CaseFile
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.RESTRICT_FILES, logs=Logged.ACCESS)
def restrict_file(work: Work, file_id: UUID, readers: Iterable[UUID], reason: str) -> None:
    """Limit a file to named readers; whoever restricts it is one of them."""
    _because(work, reason)
    case = case_file(work, file_id)
    named = set(readers) | {work.officer_id}
    active = set(work.session.scalars(select(Officer.id).where(Officer.id.in_(named), Officer.active)))
    if named - active:
        raise Invalid(
            [Fault("readers", "One of the named readers may no longer sign in.")], kept="Nothing changed."
        )
    _say(work, file_id, restricted=True)
    work.session.execute(
        update(Reader)
        .where(Reader.file_id == file_id, Reader.until_at.is_(None), Reader.officer_id.not_in(named))
        .values(until_at=work.now)
    )
    held = set(
        work.session.scalars(
            select(Reader.officer_id).where(Reader.file_id == file_id, Reader.until_at.is_(None))
        )
    )
    for officer_id in sorted(named - held):
        work.session.add(
            Reader(file_id=file_id, officer_id=officer_id, from_at=work.now, recorded_by=work.officer_id)
        )
    _close(work, case)
    work.touch(Kind.RESTRICTION, file_id)
    work.touch(Kind.CASE_FILE, file_id)


@action(needs=Permission.RESTRICT_FILES, logs=Logged.ACCESS)
def lift_restriction(work: Work, file_id: UUID, reason: str) -> None:
    """Open a restricted file to every reader of files again."""
    _because(work, reason)
    case = case_file(work, file_id)
    if not case.restricted:
        raise Invalid("The file is not restricted.", kept="Nothing changed.")
    _say(work, file_id, restricted=False)
    case.restricted = False
    work.session.execute(delete(RestrictedFile).where(RestrictedFile.file_id == file_id))
    work.session.execute(
        update(Reader).where(Reader.file_id == file_id, Reader.until_at.is_(None)).values(until_at=work.now)
    )
    work.touch(Kind.RESTRICTION, file_id)
    work.touch(Kind.CASE_FILE, file_id)


@action(needs=Permission.BREAK_GLASS, logs=Logged.ACCESS)
def break_glass(work: Work, reference: str, reason: str) -> UUID:
    """Open a restricted file for 24 hours without being a named reader; its supervisor is told at once."""
    _because(work, reason)
    closed = closed_file(work.session, reference)
    if closed is None:
        raise Missing(f"There is no restricted file {reference.strip()}.")
    file_id, _ = closed
    work.session.add(
        Reader(
            file_id=file_id,
            officer_id=work.officer_id,
            from_at=work.now,
            until_at=work.now + GLASS_HOLDS,
            glass_reason=work.reason,
            recorded_by=work.officer_id,
        )
    )
    work.session.flush()
    supervisor = work.session.execute(
        select(CaseFile.supervisor_id).where(CaseFile.id == file_id)
    ).scalar_one_or_none()
    add_task(
        work,
        file_id,
        f"Glass broken by {work.actor.name}: {work.reason}. Say whether this was right.",
        work.today,
        supervisor,
    )
    work.about(files=[file_id])
    work.touch(Kind.RESTRICTION, file_id)
    return file_id


def _close(work: Work, case: CaseFile) -> None:
    """From here on only named readers see it: last of all, since a server hides it in the middle of the work too."""
    if not case.restricted:
        case.restricted = True
        work.session.flush()
        work.session.add(RestrictedFile(file_id=case.id))
    work.session.flush()


def _because(work: Work, reason: str) -> None:
    """The officer's own words, kept with the right and in the log."""
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why: the reason goes into the log.")], kept="Nothing changed.")
    work.reason = reason.strip()


def _say(work: Work, file_id: UUID, *, restricted: bool) -> None:
    work.session.add(
        Restriction(
            file_id=file_id,
            restricted=restricted,
            reason=work.reason or "",
            recorded_at=work.now,
            recorded_by=work.officer_id,
        )
    )
