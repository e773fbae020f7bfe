"""Drafts: the state of a form, saved as it is typed, so that no word is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from casefile.errors import Conflict, Fault, Invalid, Missing
from casefile.files.prefill import form_of, prefilled
from casefile.files.queries.drafts import DraftRow, drafts_of
from casefile.files.reach import case_file, own_draft
from casefile.record.model import Draft
from casefile.sections import SECTIONS
from casefile.sections.base import Section
from casefile.sections.load import thread
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

MOST = 12_000_000
"""Characters of one draft; a form is not a place for a document."""


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """When a draft was last saved, and how often."""

    revision: int
    saved_at: datetime


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def start_draft(
    work: Work,
    file_id: UUID,
    record: str,
    *,
    thread_id: UUID | None = None,
    values: Mapping[str, Any] | None = None,
) -> DraftRow:
    """Start a form: empty but for what the file already knows, or from the signed version it amends."""
    case = case_file(work, file_id)
    section = _section(record)
    state = _as_signed(work, thread_id) if thread_id else prefilled(work, section, file_id, case.officer_id)
    draft = Draft(
        file_id=file_id,
        officer_id=work.officer_id,
        record=record,
        thread_id=thread_id,
        values={**state, **(values or {})},
        saved_at=work.now,
    )
    work.session.add(draft)
    work.session.flush()
    work.note(section=record)
    work.touch(Kind.DRAFT, file_id)
    return drafts_of(work, Draft.id == draft.id)[0]


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def save_draft(work: Work, draft_id: UUID, values: Mapping[str, Any], revision: int) -> DraftSaved:
    """Save a form as typed; an older copy of the same form never overwrites a newer one."""
    draft = own_draft(work, draft_id)
    if draft.revision != revision:
        raise Conflict(
            "This form was changed in another window since you opened it.",
            theirs=dict(draft.values),
            yours=dict(values),
        )
    if len(json.dumps(values, default=str)) > MOST:
        raise Invalid(
            [Fault("", "The form holds too much text to keep as one record. Keep long text as a document.")],
            kept="The draft as last saved is kept; the window still holds what you typed.",
        )
    draft.values = dict(values)
    draft.revision = revision + 1
    draft.saved_at = work.now
    work.touch(Kind.DRAFT, draft.file_id)
    return DraftSaved(draft.revision, draft.saved_at)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def discard_draft(work: Work, draft_id: UUID) -> None:
    """Throw away one's own draft."""
    draft = own_draft(work, draft_id)
    work.note(section=draft.record)
    work.session.execute(delete(Draft).where(Draft.id == draft_id))
    work.touch(Kind.DRAFT, draft.file_id)


def _section(record: str) -> type[Section]:
    if record not in SECTIONS:
        raise Missing(f"There is no section called {record}.")
    return SECTIONS[record]


def _as_signed(work: Work, thread_id: UUID) -> dict[str, Any]:
    versions = thread(work.session, SECTIONS, thread_id)
    if not versions:
        raise Missing("What you want to amend is not there.")
    return form_of(max(versions, key=lambda one: one.version))


def latest_draft(work: Work, file_id: UUID, record: str) -> Draft | None:
    """The officer's newest draft of one section in a file, or None."""
    return work.session.scalars(
        select(Draft)
        .where(Draft.file_id == file_id, Draft.record == record, Draft.officer_id == work.officer_id)
        .order_by(Draft.saved_at.desc())
    ).first()
