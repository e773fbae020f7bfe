"""Coming back: files return to whoever gave them away, with what changed meanwhile; some may stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.errors import Fault, Invalid, Missing, Refused
from casefile.handover.absence import end_absence
from casefile.handover.away import refresh_held
from casefile.handover.begin import add_items, close, new_handover
from casefile.handover.items import holder_of, item_rows
from casefile.handover.reach import UNCHANGED, mark_of, say, words_of
from casefile.handover.rows import Begun, ItemRow
from casefile.record.handing import Step, standing
from casefile.record.handover import Handover, HandoverDraft, HandoverFile, HandoverMark
from casefile.record.model import CaseFile
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def to_come_back(work: Work, officer_id: UUID) -> tuple[ItemRow, ...]:
    """List the files an officer handed over that could come back: those whose receivers still hold them."""
    found = _returnable(work, officer_id)
    work.about(files=[one.file_id for one in found])
    return item_rows(work, found)


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def start_hand_back(
    work: Work,
    officer_id: UUID,
    item_ids: Iterable[UUID] | None = None,
    *,
    back_on: date | None = None,
    why_others_stay: str = "",
) -> Begun:
    """Begin the return of an officer: their absence ends, and files start on their way back.

    Whatever of their hand-over still waited is taken back, since they hold it still. Files come back when the officer
    accepts them, each with what changed meanwhile, drawn for whoever holds it now to correct and send.

    Args:
        item_ids: Which of the files given away come back; None is all. The others stay where they are.
        back_on: First day back; else today.

    Raises:
        Invalid: Nothing comes back, a reason for what stays is missing, or the day lies ahead.
    """
    officer = work.session.get(Officer, officer_id)
    if officer is None:
        raise Missing("There is no such officer.")
    if officer_id != work.actor.officer_id and not work.actor.may(Permission.ALLOCATE):
        raise Refused("You begin your own return; a supervisor begins that of others.")
    if not officer.active:
        raise Invalid("The officer may not sign in: an administrator has to allow it first.", kept=UNCHANGED)
    day = back_on or work.today
    if day > work.today:
        raise Invalid([Fault("back_on", "That day has not come yet.")], kept=UNCHANGED)
    there = {one.id: one for one in _returnable(work, officer_id)}
    wanted = set(there) if item_ids is None else set(item_ids)
    if wanted - set(there):
        raise Missing("One of those files is no longer with whoever received it, or not yours to see.")
    staying = [one for key, one in there.items() if key not in wanted]
    if staying and not why_others_stay.strip():
        raise Invalid([Fault("why_others_stay", "Say why the others stay.")], kept=UNCHANGED)
    end_absence(work, officer_id, day)
    for handover in _open_handovers(work, officer_id):
        close(work, handover, "ended", "The officer is back.")
    for one in staying:
        say(work, one, "stays", why_others_stay)
    begun = _begin(work, officer_id, [one for key, one in there.items() if key in wanted], day)
    refresh_held(work, officer_id)
    return begun


def _begin(work: Work, officer_id: UUID, items: list[HandoverFile], day: date) -> Begun:
    handover = new_handover(work, "hand_back", officer_id, day, "")
    if not items:
        return Begun(handover.id, "", 0, 0)
    begun = add_items(work, handover, [(one.file_id, one.role, _holder(work, one), one.id) for one in items])
    made = work.session.scalars(select(HandoverFile).where(HandoverFile.handover_id == begun.id)).all()
    for one in made:
        work.session.add(
            HandoverDraft(
                id=one.id,
                file_id=one.file_id,
                receiver_id=officer_id,
                values={},
                revision=0,
                saved_at=work.now,
                saved_by=work.officer_id,
            )
        )
    work.session.flush()
    return begun


def _returnable(work: Work, officer_id: UUID) -> list[HandoverFile]:
    """Files given away and accepted, still with their receiver, not on their way back and not to stay."""
    rows = work.session.scalars(
        select(HandoverFile)
        .join(Handover, Handover.id == HandoverFile.handover_id)
        .where(
            HandoverFile.from_officer_id == officer_id,
            Handover.kind == "hand_over",
            HandoverFile.role != "tasks",
        )
        .order_by(HandoverFile.id)
    ).all()
    words = words_of(work, [one.id for one in rows])
    on_the_way = set(
        work.session.scalars(
            select(HandoverFile.origin_id).where(
                HandoverFile.origin_id.is_not(None),
                HandoverFile.handover_id.not_in(select(HandoverMark.handover_id)),
            )
        )
    )
    found: dict[tuple[UUID, str], HandoverFile] = {}
    for one in rows:
        now = standing(words[one.id], work.today)
        case = work.session.get_one(CaseFile, one.file_id)
        accepted = now.step is Step.ACCEPTED and one.id not in on_the_way
        if accepted and case.state == "open" and holder_of(case, one.role) == now.receiver_id:
            found[one.file_id, one.role] = one
    return list(found.values())


def _holder(work: Work, item: HandoverFile) -> UUID:
    held = holder_of(work.session.get_one(CaseFile, item.file_id), item.role)
    if held is None:
        raise Missing("One of those files is held by nobody any more.")
    return held


def _open_handovers(work: Work, officer_id: UUID) -> list[Handover]:
    rows = work.session.scalars(
        select(Handover).where(Handover.officer_id == officer_id, Handover.kind == "hand_over")
    ).all()
    return [one for one in rows if mark_of(work, one.id) is None]
