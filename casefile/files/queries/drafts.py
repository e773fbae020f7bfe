"""Reading drafts, and what signing one would open and close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.files.reach import case_file
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, Draft
from casefile.record.owed import TaskState, derive
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.load import entries
from casefile.sections.refresh import said_of_tasks
from casefile.sections.values import read_form
from casefile.work.door import query
from casefile.work.ids import new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form as typed, not yet signed."""

    id: UUID
    file_id: UUID
    reference: str
    record: str
    thread_id: UUID | None
    title: str
    values: Mapping[str, Any]
    revision: int
    saved_at: datetime
    officer: str


@dataclass(frozen=True, slots=True)
class Foresight:
    """What signing would open and close, in words."""

    opens: tuple[str, ...]
    closes: tuple[str, ...]


def drafts_of(work: Work, *where: Any) -> tuple[DraftRow, ...]:
    """Drafts that fit, newest first."""
    rows = work.session.execute(
        select(Draft, CaseFile.reference, Officer.name)
        .join(CaseFile, CaseFile.id == Draft.file_id)
        .join(Officer, Officer.id == Draft.officer_id)
        .where(*where)
        .order_by(Draft.saved_at.desc())
    )
    return tuple(
        DraftRow(
            draft.id,
            draft.file_id,
            reference,
            draft.record,
            draft.thread_id,
            SECTIONS[draft.record].title,
            draft.values,
            draft.revision,
            draft.saved_at,
            name,
        )
        for draft, reference, name in rows
    )


@query(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def my_drafts(work: Work) -> tuple[DraftRow, ...]:
    """List one's own drafts in all files."""
    found = drafts_of(work, Draft.officer_id == work.officer_id)
    work.about(files=[one.file_id for one in found])
    return found


@query(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def foresee(
    work: Work, file_id: UUID, record: str, values: Mapping[str, Any], thread_id: UUID | None = None
) -> Foresight:
    """Say what signing a form as it stands would open and close."""
    case_file(work, file_id)
    section = SECTIONS[record]
    reading = read_form(describe(section), values, work.standards, imported=True)
    held = entries(work.session, SECTIONS, file_id, all_versions=True)
    said = said_of_tasks(work, file_id)
    versions = [one.version for one in held if one.thread_id == thread_id]
    common = {key: reading.values.pop(key) for key in ("happened_on", "happened_at", "known_on", "concerns")}
    draft = EntryFact(
        id=new_id(),
        file_id=file_id,
        thread_id=thread_id or new_id(),
        section=record,
        version=max(versions, default=0) + 1,
        versions=max(versions, default=0) + 1,
        happened_on=common["happened_on"],
        happened_at=common["happened_at"],
        known_on=min(common["known_on"] or work.today, work.today),
        recorded_at=work.now,
        author_id=work.officer_id,
        author=work.actor.name,
        reason=None,
        marking="",
        origin=None,
        summary=section.title,
        values=reading.values,
        groups=reading.groups,
        concerns=tuple(UUID(one) for one in common["concerns"] or ()),
    )
    before = {one.id: one for one in derive(held, said, SECTIONS, work.standards, work.today)}
    after = derive([*held, draft], said, SECTIONS, work.standards, work.today)
    opens = [one for one in after if one.id not in before and one.state.outstanding]
    closes = [
        one
        for one in after
        if one.id in before and before[one.id].state.outstanding and not one.state.outstanding
    ]
    return Foresight(
        tuple(f"{one.title} by {long_date(one.due_on)}" if one.due_on else one.title for one in opens),
        tuple(one.title + (" (no longer needed)" if one.state is TaskState.CEASED else "") for one in closes),
    )
