"""Beginning a hand-over, correcting its checklists, choosing receivers, sending, taking back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.access.visibility import unlimited
from casefile.errors import Conflict, Fault, Invalid, Missing, Refused
from casefile.handover.away import latest_of
from casefile.handover.reach import (
    UNCHANGED,
    giver_only,
    handover_of,
    hold,
    items_of,
    mark_of,
    say,
    stands,
    still_open,
    words_of,
)
from casefile.handover.ready import kept_back
from casefile.handover.receiver import Receivers
from casefile.handover.rows import Begun, Kept
from casefile.handover.sending import checklist_to_send
from casefile.record.drafting import FormState, Typing, keep, settle
from casefile.record.handing import Step, standing
from casefile.record.handover import Handover, HandoverDraft, HandoverFile, HandoverMark
from casefile.record.model import CaseFile, Task
from casefile.store.counters import next_number
from casefile.work.door import action
from casefile.work.ids import new_id
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def start_handover(
    work: Work,
    officer_id: UUID,
    absence_id: UUID | None = None,
    *,
    begins_on: date | None = None,
    file_ids: Iterable[UUID] | None = None,
    reason: str = "",
) -> Begun:
    """Begin handing over the open files an officer holds, and what they owe in others' files.

    An officer begins their own; a supervisor begins it for somebody who cannot.

    Args:
        absence_id: The absence it is for; None where files move for another reason, which is then given.
        begins_on: The day by which every file should be with its receiver; else the absence's first day, else today.
        file_ids: Only these files; None is all.

    Raises:
        Refused: It is another officer's and the actor allocates no files.
        Invalid: There is nothing to hand over, or no reason.
    """
    officer = work.session.get(Officer, officer_id)
    if officer is None:
        raise Missing("There is no such officer.")
    if officer_id != work.actor.officer_id and not work.actor.may(Permission.ALLOCATE):
        raise Refused("You hand over your own files; a supervisor does it for somebody who is away.")
    absence = _absence(work, officer_id, absence_id)
    if absence is None and not reason.strip():
        raise Invalid([Fault("reason", "Say why the files move, or choose the absence.")], kept=UNCHANGED)
    with unlimited(work.session):
        found = _held(work, officer_id, None if file_ids is None else set(file_ids))
    if not found:
        name = shown(officer.name, officer.role, officer.number)
        raise Invalid(
            f"{name} holds no open file that is not being handed over already.", kept="Nothing was begun."
        )
    day = begins_on or (absence.from_on if absence else work.today)
    handover = new_handover(work, "hand_over", officer_id, day, reason)
    handover.absence_id = absence_id
    handover.planned = officer_id == work.actor.officer_id
    return add_items(work, handover, [(file_id, role, officer_id, None) for file_id, role in found])


def new_handover(work: Work, kind: str, officer_id: UUID, begins_on: date, reason: str) -> Handover:
    """A hand-over or hand-back with the next reference, not yet kept."""
    year = work.today.year
    return Handover(
        id=new_id(),
        reference=f"H-{year}-{next_number(work.session, f'handover/{year}'):03}",
        kind=kind,
        officer_id=officer_id,
        planned=officer_id == work.actor.officer_id,
        reason=reason.strip(),
        begins_on=begins_on,
        begun_on=work.today,
        begun_at=work.now,
        begun_by=work.officer_id,
    )


def add_items(work: Work, handover: Handover, rows: Iterable[tuple[UUID, str, UUID, UUID | None]]) -> Begun:
    """Keep a hand-over with its files: file, role, who gives it away, and what it undoes."""
    work.session.add(handover)
    work.session.flush()
    made = [
        HandoverFile(
            id=new_id(),
            handover_id=handover.id,
            file_id=file_id,
            role=role,
            from_officer_id=giver,
            origin_id=origin,
        )
        for file_id, role, giver, origin in rows
    ]
    work.session.add_all(made)
    work.session.flush()
    wanted = select(HandoverFile.file_id).where(HandoverFile.handover_id == handover.id)
    seen = set(work.session.scalars(wanted))
    hidden = {one.file_id for one in made} - seen
    work.about(files=[one.file_id for one in made])
    work.note(handover=handover.reference, files=len(made))
    work.touch(Kind.HANDOVER)
    return Begun(handover.id, handover.reference, len(made), len(hidden))


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def save_checklist(
    work: Work, item_id: UUID, values: Mapping[str, Any], revision: int, typing: Typing | None = None
) -> Kept:
    """Keep the checklist of one file as typed, put together with what others kept since; nothing is sent.

    Raises:
        Conflict: It was saved since it was read, and nobody said what had been read.
        Invalid: It was sent, so that it has to be taken back first.
    """
    item, draft = _to_write(work, item_id)
    kept = keep(work, draft, values, revision, typing)
    return _kept(work, item, draft, kept)


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def settle_checklist(work: Work, item_id: UUID, beside_id: UUID, seen: Any, value: Any) -> Kept:
    """Keep what was decided where two officers had typed different words into one field of a checklist."""
    item, draft = _to_write(work, item_id)
    return _kept(work, item, draft, settle(work, draft, beside_id, seen, value))


def _to_write(work: Work, item_id: UUID) -> tuple[HandoverFile, HandoverDraft]:
    (item,) = items_of(work, [item_id])
    hold(work, [item])
    _open_to_change(work, [item])
    return item, work.session.get(HandoverDraft, item_id) or _new_draft(work, item)


def _kept(work: Work, item: HandoverFile, draft: HandoverDraft, kept: FormState) -> Kept:
    draft.saved_by = work.officer_id
    work.touch(Kind.DRAFT, item.file_id)
    case = work.session.scalars(select(CaseFile).where(CaseFile.id == item.file_id)).one()
    receivers = Receivers(work, handover_of(work, item.handover_id))
    return Kept(kept, kept_back(work, item, case, draft, receivers))


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def choose_receivers(work: Work, chosen: Mapping[UUID, UUID | None]) -> None:
    """Choose who is to receive each file, by its identity in the hand-over; None takes the choice away."""
    items = items_of(work, chosen)
    hold(work, items)
    _open_to_change(work, items)
    for item in items:
        draft = work.session.get(HandoverDraft, item.id) or _new_draft(work, item)
        draft.receiver_id = chosen[item.id]
        work.touch(Kind.HANDOVER, item.file_id)
    work.note(files=len(items))


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def send(work: Work, item_ids: Iterable[UUID]) -> int:
    """Send files to their receivers with their checklists: all of them, or none with what keeps each from being sent.

    Returns:
        How many were sent.
    """
    items = items_of(work, item_ids)
    hold(work, items)
    _open_to_change(work, items)
    receivers: dict[UUID, Receivers] = {}
    faults: list[Fault] = []
    ready: list[tuple[HandoverFile, UUID, dict[str, Any]]] = []
    for place, item in enumerate(items):
        work.progress.step(place, len(items), "Drawing checklists")
        case = work.session.scalars(select(CaseFile).where(CaseFile.id == item.file_id)).one()
        if item.handover_id not in receivers:
            receivers[item.handover_id] = Receivers(work, handover_of(work, item.handover_id))
        draft = work.session.get(HandoverDraft, item.id)
        found = kept_back(work, item, case, draft, receivers[item.handover_id])
        faults += [Fault(str(item.id), f"{case.reference}: {one}") for one in found]
        if not faults and draft is not None and draft.receiver_id is not None:
            ready.append((item, draft.receiver_id, checklist_to_send(work, item, draft.typed)))
    if faults:
        raise Invalid(faults, kept="Nothing was sent; what you typed is kept.")
    for item, to, checklist in ready:
        say(work, item, "sent", receiver_id=to, checklist=checklist)
    work.note(files=len(ready))
    return len(ready)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def take_back(work: Work, item_ids: Iterable[UUID], reason: str) -> None:
    """Take back files that were sent and not yet accepted, to change checklist or receiver.

    Raises:
        Conflict: The receiver accepted or refused one of them first.
    """
    items = items_of(work, item_ids)
    hold(work, items)
    giver_only(work, items)
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why it is taken back: the receiver reads it.")], kept=UNCHANGED)
    for item in items:
        still_open(work, item.handover_id)
        now = stands(work, item)
        if not now.step.waits_for_receiver:
            raise Conflict(f"It is no longer waiting for its receiver: it is {now.step.value}.")
    for item in items:
        say(work, item, "withdrawn", reason)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def end_handover(work: Work, handover_id: UUID, reason: str) -> None:
    """End a hand-over that is not needed after all, and say why; what was accepted stays with its receivers."""
    handover = still_open(work, handover_id)
    if handover.officer_id != work.actor.officer_id and not work.actor.may(Permission.ALLOCATE):
        raise Refused("Only the officer concerned or a supervisor ends a hand-over.")
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why it is not needed.")], kept=UNCHANGED)
    close(work, handover, "ended", reason)


def close(work: Work, handover: Handover, what: str, words: str) -> None:
    """Take back whatever still waits for a receiver, and end the hand-over."""
    with unlimited(work.session):
        items = work.session.scalars(
            select(HandoverFile).where(HandoverFile.handover_id == handover.id)
        ).all()
        hold(work, items)
        if mark_of(work, handover.id) is not None:
            raise Conflict(f"The hand-over {handover.reference} was ended by somebody else just now.")
        for item in items:
            if stands(work, item).step.waits_for_receiver:
                say(work, item, "withdrawn", words)
    work.session.add(
        HandoverMark(
            handover_id=handover.id,
            what=what,
            said=words.strip(),
            happened_on=work.today,
            recorded_at=work.now,
            recorded_by=work.officer_id,
        )
    )
    work.note(handover=handover.reference)
    work.touch(Kind.HANDOVER)


def _absence(work: Work, officer_id: UUID, absence_id: UUID | None) -> Absence | None:
    found = latest_of(work, absence_id)
    if absence_id is not None and (found is None or found.officer_id != officer_id):
        raise Missing("That absence does not stand, or it is somebody else’s.")
    return found


def _held(work: Work, officer_id: UUID, only: set[UUID] | None) -> list[tuple[UUID, str]]:
    """Open files the officer holds in any role, and files of others in which they owe something."""
    mine = or_(
        CaseFile.officer_id == officer_id,
        CaseFile.researcher_id == officer_id,
        CaseFile.supervisor_id == officer_id,
    )
    cases = work.session.scalars(
        select(CaseFile).where(mine, CaseFile.state == "open").order_by(CaseFile.reference)
    ).all()
    found: list[tuple[UUID, str]] = []
    for case in cases:
        held = {
            "officer": case.officer_id,
            "researcher": case.researcher_id,
            "supervisor": case.supervisor_id,
        }
        found += [(case.id, role) for role, who in held.items() if who == officer_id]
    holds = {file_id for file_id, _ in found}
    owing = (
        select(Task.file_id)
        .join(CaseFile, CaseFile.id == Task.file_id)
        .where(Task.officer_id == officer_id, Task.state == "due", CaseFile.state == "open")
        .distinct()
    )
    found += [(one, "tasks") for one in work.session.scalars(owing) if one not in holds]
    busy = _being_handed_over(work, officer_id)
    return [one for one in found if one not in busy and (only is None or one[0] in only)]


def _being_handed_over(work: Work, officer_id: UUID) -> set[tuple[UUID, str]]:
    """File and role of whatever the officer gives away in a hand-over that goes on."""
    rows = work.session.scalars(
        select(HandoverFile).where(
            HandoverFile.from_officer_id == officer_id,
            HandoverFile.handover_id.not_in(select(HandoverMark.handover_id)),
        )
    ).all()
    words = words_of(work, [one.id for one in rows])
    return {(one.file_id, one.role) for one in rows if not standing(words[one.id], work.today).step.ended}


def _open_to_change(work: Work, items: Iterable[HandoverFile]) -> None:
    """Refuse to change what was sent or is over."""
    held = list(items)
    giver_only(work, held)
    for one in {item.handover_id for item in held}:
        still_open(work, one)
    for item in held:
        step = stands(work, item).step
        if step.waits_for_receiver:
            raise Invalid("It was sent already. Take it back to change it.", kept=UNCHANGED)
        if step.ended:
            raise Invalid(
                f"It was {'accepted' if step is Step.ACCEPTED else 'left where it is'}.", kept=UNCHANGED
            )


def _new_draft(work: Work, item: HandoverFile) -> HandoverDraft:
    draft = HandoverDraft(
        id=item.id,
        file_id=item.file_id,
        receiver_id=None,
        values={},
        revision=0,
        saved_at=work.now,
        saved_by=work.officer_id,
    )
    work.session.add(draft)
    return draft
