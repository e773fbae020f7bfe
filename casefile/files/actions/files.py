"""Opening files, allocating them, and saying which dividers do not apply."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casefile.alarms.refresh import refresh_file
from casefile.errors import Fault, Invalid
from casefile.files.reach import in_sight
from casefile.record.holding import give
from casefile.record.model import CaseFile, DividerMark
from casefile.store.counters import next_number
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def open_file(work: Work, reference: str | None = None, opened_on: date | None = None) -> UUID:
    """Open a new case file; the store gives the reference unless one is stated."""
    file_id = new_file(work, reference, opened_on)
    refresh_file(work, file_id)
    return file_id


def new_file(work: Work, reference: str | None = None, opened_on: date | None = None) -> UUID:
    """Open a new case file inside work that is already under way."""
    wanted = " ".join((reference or "").split())
    if wanted and _taken(work, wanted):
        raise Invalid(
            [Fault("reference", f"The reference {wanted} is already used.")], kept="No file was opened."
        )
    case = CaseFile(
        reference=wanted or _next_reference(work),
        opened_on=opened_on or work.today,
        recorded_at=work.now,
        find_text=(wanted or "").casefold(),
    )
    work.session.add(case)
    work.session.flush()
    case.find_text = case.reference.casefold()
    work.touch(Kind.CASE_FILE, case.id)
    return case.id


@action(needs=Permission.ALLOCATE, logs=Logged.ALTERATION)
def allocate(work: Work, file_id: UUID, role: str, officer_id: UUID, from_on: date | None = None) -> None:
    """Give a file to an officer, researcher or supervisor from a day on."""
    in_sight(work, file_id)
    give(work, file_id, role, officer_id, from_on or work.today)
    refresh_file(work, file_id, work.today)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def mark_divider(work: Work, file_id: UUID, divider: str, *, applies: bool, reason: str) -> None:
    """Say that a divider does not apply to a file, or applies after all, and why."""
    in_sight(work, file_id)
    work.standards.divider(divider)
    if not reason.strip():
        raise Invalid(
            [Fault("reason", "Say why: the supervisor reads it.")], kept="The divider was not changed."
        )
    work.session.add(
        DividerMark(
            file_id=file_id,
            divider=divider,
            applies=applies,
            reason=reason.strip(),
            recorded_at=work.now,
            recorded_by=work.officer_id,
        )
    )
    work.touch(Kind.CASE_FILE, file_id)


def _taken(work: Work, reference: str) -> bool:
    """Whether a file, seen or not, has this reference: people do not tell them apart by capitals."""
    table = CaseFile.__table__
    same = func.lower(table.c.reference) == reference.lower()
    return work.session.execute(select(table.c.id).where(same)).first() is not None


def _next_reference(work: Work) -> str:
    """``F-2026-00417``; numbers that a stated reference has taken are passed over."""
    while True:
        reference = f"F-{work.today.year}-{next_number(work.session, f'file/{work.today.year}'):05d}"
        if not _taken(work, reference):
            return reference
