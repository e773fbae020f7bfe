"""Reading drafts, and what signing one would open and close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.errors import Missing
from casefile.files.reach import GONE, case_file
from casefile.record.dates import long_date
from casefile.record.drafting import FormState, state_of
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, Draft
from casefile.record.owed import TaskState
from casefile.record.persons import people_of
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.load import entries
from casefile.sections.refresh import said_of_tasks
from casefile.sections.research_owed import owing
from casefile.sections.values import read_form
from casefile.work.door import query
from casefile.work.ids import new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form as typed, not yet signed.

    Attributes:
        officer, officer_id: Whose it is to sign or to throw away.
        state: The form as it is kept, with whose words stand in it and what was laid beside its fields.
    """

    id: UUID
    file_id: UUID
    reference: str
    record: str
    thread_id: UUID | None
    title: str
    officer: str
    officer_id: UUID
    state: FormState

    @property
    def values(self) -> Mapping[str, Any]:
        """The state of the form."""
        return self.state.values

    @property
    def revision(self) -> int:
        """How often it was saved."""
        return self.state.revision

    @property
    def saved_at(self) -> datetime:
        """When it was saved last."""
        return self.state.saved_at


@dataclass(frozen=True, slots=True)
class Foresight:
    """What signing would open and close, in words."""

    opens: tuple[str, ...]
    closes: tuple[str, ...]


def drafts_of(work: Work, *where: Any) -> tuple[DraftRow, ...]:
    """Drafts that fit and are this officer's to see, newest first: another's judgement is shown once it is signed."""
    rows = work.session.execute(
        select(Draft, CaseFile.reference, Officer)
        .join(CaseFile, CaseFile.id == Draft.file_id)
        .join(Officer, Officer.id == Draft.officer_id)
        .where(*where)
        .order_by(Draft.saved_at.desc())
    )
    return tuple(
        row_of(work, draft, reference, shown(owner.name, owner.role, owner.number))
        for draft, reference, owner in rows
        if owner.id == work.actor.officer_id or not SECTIONS[draft.record].own_hand
    )


def row_of(work: Work, draft: Draft, reference: str, owner: str) -> DraftRow:
    """A draft as shown, with the reference of its file and the officer it belongs to."""
    return DraftRow(
        draft.id,
        draft.file_id,
        reference,
        draft.record,
        draft.thread_id,
        SECTIONS[draft.record].title,
        owner,
        draft.officer_id,
        state_of(work, draft),
    )


@query(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def draft_now(work: Work, draft_id: UUID) -> DraftRow:
    """Read a draft as it is kept now.

    Raises:
        Missing: It was signed or thrown away.
    """
    found = drafts_of(work, Draft.id == draft_id)
    if not found:
        raise Missing(GONE)
    work.about(files=[found[0].file_id])
    return found[0]


@query(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def drafts_in(work: Work, file_id: UUID) -> tuple[DraftRow, ...]:
    """List the drafts of a file, newest first, with whose they are and who wrote in them."""
    case_file(work, file_id)
    return drafts_of(work, Draft.file_id == file_id)


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
    people = people_of(work.session, file_id, work.today)
    now = owing(people, file_id, held, said, work.standards, work.today)
    before = {one.id: one for one in now}
    after = owing(people, file_id, [*held, draft], said, work.standards, work.today)
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
