"""Reaching a hand-over and its files, with a sentence when they are not there to be reached; and saying a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.errors import Invalid, Missing, Refused
from casefile.record.handing import Stands, Word, standing
from casefile.record.handover import Handover, HandoverFile, HandoverMark, HandoverWord
from casefile.work.names import Kind, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

UNCHANGED = "Nothing was changed."


def handover_of(work: Work, which: UUID | str) -> Handover:
    """A hand-over by identity or reference, e.g. ``H-2026-014``."""
    wanted = select(Handover)
    if isinstance(which, UUID):
        wanted = wanted.where(Handover.id == which)
    else:
        wanted = wanted.where(func.lower(Handover.reference) == which.strip().lower())
    found = work.session.scalars(wanted).first()
    if found is None:
        raise Missing("There is no such hand-over.", remedy="List them to see their references.")
    return found


def items_of(work: Work, ids: Iterable[UUID]) -> tuple[HandoverFile, ...]:
    """Files of hand-overs by identity, in the order asked for; the log names the files."""
    wanted = list(dict.fromkeys(ids))
    found: dict[UUID, HandoverFile] = {}
    for some in in_pieces(wanted):
        rows = work.session.scalars(select(HandoverFile).where(HandoverFile.id.in_(some)))
        found |= {one.id: one for one in rows}
    if len(found) < len(wanted):
        raise Missing(
            "A file of that hand-over is not there, or it is restricted and you are not one of its named readers."
        )
    work.about(files=[one.file_id for one in found.values()])
    return tuple(found[one] for one in wanted)


def hold(work: Work, items: Iterable[HandoverFile]) -> None:
    """Let nobody else say a word about these hand-overs until this work is done: the second reads what the first said."""
    for one in sorted({item.handover_id for item in items}):
        work.session.scalars(select(Handover).where(Handover.id == one).with_for_update()).one()


def words_of(
    work: Work, ids: Iterable[UUID], *, with_checklists: bool = False
) -> dict[UUID, tuple[Word, ...]]:
    """Every word about files of hand-overs, in order, by the identity of the file in the hand-over."""
    found: dict[UUID, list[Word]] = {one: [] for one in ids}
    for some in in_pieces(list(found)):
        wanted = (
            select(HandoverWord, Officer.name, Officer.role, Officer.number)
            .join(Officer, Officer.id == HandoverWord.recorded_by)
            .where(HandoverWord.handover_file_id.in_(some))
            .order_by(HandoverWord.number)
        )
        if not with_checklists:
            wanted = wanted.options(defer(HandoverWord.checklist))
        for row, name, role, number in work.session.execute(wanted):
            checklist = row.checklist if with_checklists else None
            found[row.handover_file_id].append(_word(row, shown(name, role, number), checklist))
    return {key: tuple(rows) for key, rows in found.items()}


def _word(row: HandoverWord, by: str, checklist: Mapping[str, Any] | None) -> Word:
    return Word(
        row.what,
        row.happened_on,
        row.recorded_at,
        row.recorded_by,
        by,
        row.said or "",
        row.receiver_id,
        row.interim_id,
        row.approved_by,
        row.until_on,
        checklist,
    )


def stands(work: Work, item: HandoverFile, as_of: date | None = None) -> Stands:
    """How one file of a hand-over stands today, or at the end of another day."""
    return standing(words_of(work, [item.id])[item.id], as_of or work.today)


def say(work: Work, item: HandoverFile, what: str, said: str = "", **more: Any) -> None:
    """Keep a word about a file of a hand-over."""
    last = work.session.execute(
        select(func.max(HandoverWord.number)).where(HandoverWord.handover_file_id == item.id)
    ).scalar()
    work.session.add(
        HandoverWord(
            handover_file_id=item.id,
            file_id=item.file_id,
            number=(last or 0) + 1,
            what=what,
            happened_on=work.today,
            recorded_at=work.now,
            recorded_by=work.officer_id,
            said=said.strip() or None,
            **more,
        )
    )
    work.session.flush()
    work.touch(Kind.HANDOVER, item.file_id)


def mark_of(work: Work, handover_id: UUID) -> HandoverMark | None:
    """How a hand-over was ended: signed, or ended without a signature; None while it goes on."""
    return work.session.scalars(select(HandoverMark).where(HandoverMark.handover_id == handover_id)).first()


def still_open(work: Work, handover_id: UUID) -> Handover:
    """A hand-over that goes on."""
    found = handover_of(work, handover_id)
    if mark_of(work, handover_id) is not None:
        raise Invalid(f"The hand-over {found.reference} has ended.", kept=UNCHANGED)
    return found


def may_give(work: Work, item: HandoverFile) -> bool:
    """Whether this officer may correct, send and withdraw: whoever gives the file away, or a supervisor."""
    return item.from_officer_id == work.actor.officer_id or work.actor.may(Permission.ALLOCATE)


def giver_only(work: Work, items: Iterable[HandoverFile]) -> None:
    """Refuse whoever may not correct and send."""
    if not all(may_give(work, one) for one in items):
        raise Refused("Only whoever gives the file away, or a supervisor, may do that.")


def oversees(work: Work) -> bool:
    """Whether this officer sees hand-overs of others too."""
    return work.actor.may(Permission.ALLOCATE) or work.actor.may(Permission.READ_LOG)
