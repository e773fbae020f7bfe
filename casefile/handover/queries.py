"""Reading hand-overs: those that go on, one of them, one file of it, and what waits for the officer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.errors import Missing, Refused
from casefile.handover.away import latest_of
from casefile.handover.forms import CHECKLIST
from casefile.handover.items import begins_on, is_late, item_rows
from casefile.handover.meanwhile import recorded_since
from casefile.handover.owner import owners
from casefile.handover.reach import handover_of, items_of, mark_of, may_give, oversees, words_of
from casefile.handover.rows import (
    ChecklistPage,
    HandoverPage,
    HandoverRow,
    ItemRow,
    Owner,
    WordRow,
)
from casefile.handover.sending import blocks_as_sent, blocks_of, form_state, known_today
from casefile.record.drafting import state_of
from casefile.record.handing import Step, Word, standing
from casefile.record.handover import Handover, HandoverDraft, HandoverFile, HandoverMark, HandoverWord
from casefile.record.model import CaseFile
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def handovers(work: Work, *, ended: bool = False) -> tuple[HandoverRow, ...]:
    """List hand-overs: one's own, those with files for oneself, and for a supervisor everybody's; the next due first.

    Args:
        ended: Those that are signed or were ended, instead of those that go on.
    """
    over = select(HandoverMark.handover_id)
    wanted = select(Handover).where(Handover.id.in_(over) if ended else Handover.id.not_in(over))
    if not oversees(work):
        me = work.actor.officer_id
        sent = (
            select(HandoverFile.handover_id)
            .join(HandoverWord, HandoverWord.handover_file_id == HandoverFile.id)
            .where(HandoverWord.receiver_id == me)
        )
        gives = select(HandoverFile.handover_id).where(HandoverFile.from_officer_id == me)
        wanted = wanted.where(or_(Handover.officer_id == me, Handover.id.in_(sent), Handover.id.in_(gives)))
    found = [_row(work, one, _items(work, one)) for one in work.session.scalars(wanted).all()]
    return tuple(sorted(found, key=lambda one: (one.begins_on, one.reference), reverse=ended))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def handover(work: Work, which: UUID | str) -> HandoverPage:
    """Read a hand-over with its files, by identity or reference."""
    found = handover_of(work, which)
    items = _items(work, found)
    me = work.actor.officer_id
    mine = found.officer_id == me or any(me in (one.from_officer_id, one.receiver_id) for one in items)
    if not mine and not oversees(work):
        raise Refused("That hand-over is between other officers.")
    work.about(files=[one.file_id for one in items])
    row = _row(work, found, items)
    may_sign = (
        not row.ended
        and row.settled == row.files
        and found.officer_id != me
        and work.actor.may(Permission.SIGN_SUPERVISION)
    )
    return HandoverPage(row, items, may_sign)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def waiting_for_me(work: Work) -> tuple[ItemRow, ...]:
    """List the files of hand-overs that wait for this officer: to be answered, or refused or asked about by others."""
    found = _for_me(work)
    work.about(files=[one.file_id for one in found])
    return found


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def handovers_waiting(work: Work) -> int:
    """Count what of hand-overs waits for this officer; a number only."""
    return len(_for_me(work))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def checklist(work: Work, item_id: UUID) -> ChecklistPage:
    """Read the checklist of one file: what the file says, what the officer says, and what was said about it since."""
    (item,) = items_of(work, [item_id])
    rows = item_rows(work, [item])
    if not rows:
        raise Missing("The file is not there, or it is restricted and you are not one of its named readers.")
    row, words = rows[0], words_of(work, [item.id], with_checklists=True)[item.id]
    now = standing(words, work.today)
    known = known_today(work, item.file_id)
    work.about(people=[one.id for one in known.people])
    draft = work.session.get(HandoverDraft, item.id)
    as_sent = now.sent.checklist if now.sent and now.step not in (Step.WITHDRAWN, Step.REFUSED) else None
    me, open_now = work.actor.officer_id, mark_of(work, item.handover_id) is None
    receives = open_now and now.step.waits_for_receiver and now.receiver_id == me
    names = _names(work)
    return ChecklistPage(
        item=row,
        blocks=blocks_as_sent(as_sent) if as_sent else blocks_of(work, item, known),
        description=CHECKLIST,
        values=as_sent["values"] if as_sent else form_state(draft.typed if draft else None, known),
        revision=draft.revision if draft else 0,
        saved_at=draft.saved_at if draft and draft.revision else None,
        saved_by=names.get(draft.saved_by, "") if draft and draft.revision else "",
        changed=recorded_since(known, now.sent.at) if now.sent else (),
        words=tuple(_word(one, names) for one in words),
        owner=owners(work, [item.file_id], work.today)[item.file_id],
        may_edit=open_now and may_give(work, item) and not (now.step.waits_for_receiver or now.step.ended),
        may_receive=receives,
        may_settle=open_now and not now.step.ended and work.actor.may(Permission.SIGN_SUPERVISION),
        state=state_of(work, draft) if draft and draft.revision and not as_sent else None,
    )


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def accountable(work: Work, file_id: UUID, as_of: date | None = None) -> Owner:
    """Say who answers for a file today, or answered for it on a day by what was known then."""
    if work.session.scalars(select(CaseFile.id).where(CaseFile.id == file_id)).first() is None:
        raise Missing("There is no such file, or it is restricted and you are not one of its named readers.")
    work.about(files=[file_id])
    return owners(work, [file_id], as_of or work.today)[file_id]


def _items(work: Work, one: Handover) -> tuple[ItemRow, ...]:
    rows = work.session.scalars(select(HandoverFile).where(HandoverFile.handover_id == one.id)).all()
    return item_rows(work, rows)


def _for_me(work: Work) -> tuple[ItemRow, ...]:
    me = work.actor.officer_id
    over = select(HandoverMark.handover_id)
    mine = select(HandoverWord.handover_file_id).where(HandoverWord.receiver_id == me)
    rows = work.session.scalars(
        select(HandoverFile).where(
            HandoverFile.handover_id.not_in(over),
            or_(HandoverFile.id.in_(mine), HandoverFile.from_officer_id == me),
        )
    ).all()
    return tuple(one for one in item_rows(work, rows) if _waits(one, me))


def _waits(one: ItemRow, me: UUID | None) -> bool:
    """Whether a file waits for an answer of the officer, as its receiver or as who gives it away."""
    if one.settled or one.overtaken:
        return False
    if one.step is Step.SENT:
        return one.receiver_id == me
    back = (Step.ASKED, Step.REFUSED, Step.WITHDRAWN)
    returns = one.kind == "hand_back" and one.step is Step.DRAFTED
    return one.from_officer_id == me and (one.step in back or returns)


def _row(work: Work, one: Handover, items: Iterable[ItemRow]) -> HandoverRow:
    held = list(items)
    officer = work.session.get_one(Officer, one.officer_id)
    absence: Absence | None = latest_of(work, one.absence_id)
    mark = mark_of(work, one.id)
    table = HandoverFile.__table__
    whole = work.session.execute(
        select(func.count()).select_from(table).where(table.c.handover_id == one.id)
    ).scalar_one()
    counts = Counter(_state(each) for each in held)
    settled = sum(each.settled for each in held)
    day = begins_on(work, one)
    names = _names(work)
    signed = mark if mark is not None and mark.what == "signed" else None
    return HandoverRow(
        id=one.id,
        reference=one.reference,
        kind=one.kind,
        officer_id=one.officer_id,
        officer=names[one.officer_id],
        team=officer.team,
        absence_kind=absence.kind if absence else "",
        planned=one.planned,
        reason=one.reason,
        begins_on=day,
        until_on=absence.until_on if absence else None,
        begun_on=one.begun_on,
        begun_by=names[one.begun_by],
        counts=dict(sorted(counts.items())),
        files=len(held),
        settled=settled,
        restricted=whole - len(held),
        late=mark is None and is_late(one, day, work.today) and settled < len(held),
        ended=mark is not None,
        signed_on=signed.happened_on if signed else None,
        signed_by=names[signed.recorded_by] if signed else "",
        signed_words=signed.said if signed else "",
        ended_why=mark.said if mark is not None and signed is None else "",
    )


def _state(one: ItemRow) -> str:
    if one.overtaken:
        return "overtaken"
    return "excepted" if one.settled and not one.step.ended else one.step.value


def _word(one: Word, names: dict[UUID, str]) -> WordRow:
    def name(officer_id: UUID | None) -> str:
        return names.get(officer_id, "") if officer_id else ""

    return WordRow(
        one.what,
        one.on,
        one.at,
        one.by,
        one.said,
        name(one.receiver_id),
        name(one.interim_id),
        name(one.approved_by),
        one.until_on,
    )


def _names(work: Work) -> dict[UUID, str]:
    rows: Any = work.session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
    return {row[0]: shown(*row[1:]) for row in rows}
