"""Drafts: the state of a form, saved as it is typed by whoever keeps the file, so that no word is lost.

Whoever keeps a file may write in its drafts. A draft belongs to one officer: who began it or took it over signs it or
throws it away (``docs/working-together.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.errors import Conflict, Missing, Refused
from casefile.files.prefill import form_of, prefilled
from casefile.files.queries.drafts import DraftRow, drafts_of, row_of
from casefile.files.reach import case_file, draft_to_write, in_sight, own_draft
from casefile.record.drafting import FormState, Typing, keep, settle, strangers
from casefile.record.merging import fields_of, form_of_fields
from casefile.record.model import CaseFile, Draft
from casefile.sections import SECTIONS
from casefile.sections.base import Section
from casefile.sections.load import thread
from casefile.work.door import action
from casefile.work.ids import new_id
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def start_draft(
    work: Work,
    file_id: UUID,
    record: str,
    *,
    thread_id: UUID | None = None,
    values: Mapping[str, Any] | None = None,
) -> DraftRow:
    """Start a form: empty but for what the file already knows, or from the signed version it amends.

    One entry has one amendment in hand: where somebody has begun it, theirs is gone on with.
    """
    case = case_file(work, file_id)
    section = _section(record)
    state = _as_signed(work, thread_id) if thread_id else prefilled(work, section, file_id, case.officer_id)
    draft = _amendment(work, thread_id) or _new(work, file_id, record, thread_id, {**state, **(values or {})})
    if draft.officer_id != work.officer_id and section.own_hand:
        raise Refused(
            f"{_name(work, draft.officer_id)} has begun to amend it, and alone answers for it.",
            remedy="Ask them to sign it or to throw their draft away.",
        )
    whole = {**state, **(values or {})}
    if values and draft.values != whole:
        keep(work, draft, whole, draft.revision, Typing(state, new_id()))
    work.note(section=record)
    work.touch(Kind.DRAFT, file_id)
    if draft.officer_id == work.officer_id:
        return row_of(work, draft, case.reference, work.actor.name)
    return drafts_of(work, Draft.id == draft.id)[0]


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def save_draft(
    work: Work, draft_id: UUID, values: Mapping[str, Any], revision: int, typing: Typing | None = None
) -> FormState:
    """Save a form as typed, put together with what others saved since; nothing overwrites anybody's words.

    Raises:
        Conflict: It was saved since it was read, and nobody said what had been read.
        Invalid: It holds too much text.
        Missing: It was signed or thrown away.
    """
    draft = draft_to_write(work, draft_id)
    work.touch(Kind.DRAFT, draft.file_id)
    return keep(work, draft, values, revision, typing)


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def save_begun(
    work: Work,
    draft_id: UUID,
    values: Mapping[str, Any],
    revision: int,
    typing: Typing | None = None,
    *,
    file_id: UUID,
    record: str,
) -> FormState:
    """Save a form that was begun while the server was away: the first time as a new draft, then like any other.

    Whoever began it gave it its identity, so that what is sent twice is one draft.

    Raises:
        Missing: It was signed meanwhile, or there is no such file for this officer.
        Invalid: It holds too much text.
    """
    there = work.session.scalars(select(Draft.id).where(Draft.id == draft_id)).first()
    if there is not None or revision or thread(work.session, SECTIONS, draft_id):
        return save_draft(work, draft_id, values, revision, typing)
    in_sight(work, file_id)
    _section(record)
    draft = Draft(
        id=draft_id,
        file_id=file_id,
        officer_id=work.officer_id,
        record=record,
        thread_id=None,
        values={},
        revision=0,
        saved_at=work.now,
    )
    work.session.add(draft)
    work.session.flush()
    work.note(section=record, begun="while the server was away")
    work.touch(Kind.DRAFT, file_id)
    return keep(work, draft, values, 0, typing)


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def settle_draft(work: Work, draft_id: UUID, beside_id: UUID, seen: Any, value: Any) -> FormState:
    """Keep what was decided where two officers had typed different words into one field of a draft.

    Raises:
        Missing: It was decided already, or the draft is gone.
    """
    draft = draft_to_write(work, draft_id)
    work.touch(Kind.DRAFT, draft.file_id)
    return settle(work, draft, beside_id, seen, value)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def take_over_draft(work: Work, draft_id: UUID) -> DraftRow:
    """Take over a draft of another officer, to sign it or to throw it away; every word in it stays.

    Those who hold the file and supervisors may; anybody who keeps the file may where its officer can no longer sign in.

    Raises:
        Refused: With who may.
    """
    draft = draft_to_write(work, draft_id)
    owner = work.session.get_one(Officer, draft.officer_id)
    case = work.session.get_one(CaseFile, draft.file_id)
    holds = work.officer_id in (case.officer_id, case.researcher_id, case.supervisor_id)
    if draft.officer_id != work.officer_id:
        if not (holds or work.actor.may(Permission.ALLOCATE) or not owner.active):
            raise Refused(
                f"The draft is {shown(owner.name, owner.role, owner.number)}’s.",
                remedy="Whoever holds the file, or a supervisor, may take it over; you may go on writing in it.",
            )
        draft.officer_id = work.officer_id
        draft.revision, draft.saved_at = draft.revision + 1, work.now
        work.note(section=draft.record, taken_from=shown(owner.name, owner.role, owner.number))
    work.touch(Kind.DRAFT, draft.file_id)
    work.session.flush()
    return drafts_of(work, Draft.id == draft_id)[0]


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def discard_draft(work: Work, draft_id: UUID, *, with_theirs: bool = False) -> None:
    """Throw away one's own draft; the words of others in it only *with_theirs*, said in so many words.

    Raises:
        Conflict: Others wrote in it too.
    """
    draft = own_draft(work, draft_id)
    others = strangers(work, draft)
    if others and not with_theirs:
        names = ", ".join(sorted(_name(work, one) for one in others))
        raise Conflict(f"{names} wrote in this draft too.", theirs=dict(draft.values))
    work.note(section=draft.record)
    work.session.execute(delete(Draft).where(Draft.id == draft_id))
    work.touch(Kind.DRAFT, draft.file_id)


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def begin_again(work: Work, gone: DraftRow, values: Mapping[str, Any]) -> DraftRow:
    """Go on with what was typed into a draft that is gone: as an amendment where it was signed, else as a new draft.

    Args:
        work: The unit of work.
        gone: The draft as it was last known to be kept: only what differs from it is put into an amendment.
        values: The form as it stood.
    """
    in_sight(work, gone.file_id)
    thread_id = gone.thread_id or (gone.id if thread(work.session, SECTIONS, gone.id) else None)
    if thread_id is None:
        return start_draft(work, gone.file_id, gone.record, values=values)
    before, typed = fields_of(gone.values), fields_of(values)
    mine = form_of_fields({key: one for key, one in typed.items() if before.get(key) != one})
    return start_draft(work, gone.file_id, gone.record, thread_id=thread_id, values=mine)


def _amendment(work: Work, thread_id: UUID | None) -> Draft | None:
    """What is in hand already of the entry to amend, held until the work ends."""
    if thread_id is None:
        return None
    return work.session.scalars(select(Draft).where(Draft.thread_id == thread_id).with_for_update()).first()


def _new(work: Work, file_id: UUID, record: str, thread_id: UUID | None, values: Mapping[str, Any]) -> Draft:
    """A new draft; where somebody begins to amend the same entry at the same moment, theirs."""
    draft = Draft(
        id=new_id(),
        file_id=file_id,
        officer_id=work.officer_id,
        record=record,
        thread_id=thread_id,
        values=dict(values),
        revision=1,
        saved_at=work.now,
    )
    if thread_id is None:  # nobody begins the same new entry
        work.session.add(draft)
        work.session.flush()
        return draft
    try:
        with work.session.begin_nested():
            work.session.add(draft)
            work.session.flush()
    except IntegrityError:
        theirs = _amendment(work, thread_id)
        if theirs is None:
            raise
        return theirs
    return draft


def _name(work: Work, officer_id: UUID) -> str:
    officer = work.session.get_one(Officer, officer_id)
    return shown(officer.name, officer.role, officer.number)


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
