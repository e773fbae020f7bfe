"""What still keeps files of a hand-over from being sent, said before anybody tries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from casefile.handover.reach import handover_of, items_of, mark_of, words_of
from casefile.handover.receiver import Receivers
from casefile.handover.sending import form_faults, no_longer_given
from casefile.record.drafting import undecided
from casefile.record.handing import Word, standing
from casefile.record.handover import HandoverDraft, HandoverFile
from casefile.record.model import CaseFile
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def unready(work: Work, item_ids: Iterable[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """Say of each file that is still to be sent what keeps it: nothing (an empty tuple) where it can go.

    Files that were sent, accepted or are to stay, and those of a hand-over that has ended, are left out.
    """
    items = items_of(work, item_ids)
    ended = {one for one in {item.handover_id for item in items} if mark_of(work, one) is not None}
    words = words_of(work, [one.id for one in items])
    waiting = [one for one in items if one.handover_id not in ended and _to_be_sent(work, words[one.id])]
    cases: dict[UUID, CaseFile] = {}
    drafts: dict[UUID, HandoverDraft] = {}
    for some in in_pieces({one.file_id for one in waiting}):
        cases |= {one.id: one for one in work.session.scalars(select(CaseFile).where(CaseFile.id.in_(some)))}
    for some in in_pieces(one.id for one in waiting):
        found = work.session.scalars(select(HandoverDraft).where(HandoverDraft.id.in_(some)))
        drafts |= {one.id: one for one in found}
    receivers = {
        one: Receivers(work, handover_of(work, one)) for one in {item.handover_id for item in waiting}
    }
    return {
        one.id: kept_back(work, one, cases[one.file_id], drafts.get(one.id), receivers[one.handover_id])
        for one in waiting
        if one.file_id in cases
    }


def kept_back(
    work: Work, item: HandoverFile, case: CaseFile, draft: HandoverDraft | None, receivers: Receivers
) -> tuple[str, ...]:
    """What keeps one file from being sent, each in a sentence: its receiver first, then its checklist."""
    to = draft.receiver_id if draft else None
    against = no_longer_given(case, item) or receivers.against(item, to)
    faults = form_faults(work, item, (draft.typed if draft else None) or {})
    words = [against[:1].upper() + against[1:]] if against else []
    if draft is not None and undecided(draft):
        words.append("Two officers typed different words into one field: say which are to stand.")
    return (*words, *(one.sentence for one in faults))


def _to_be_sent(work: Work, words: tuple[Word, ...]) -> bool:
    now = standing(words, work.today)
    return not (now.step.waits_for_receiver or now.step.ended)
