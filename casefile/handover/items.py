"""Files of hand-overs as rows: how each stands today, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.handover.away import latest_of
from casefile.handover.reach import words_of
from casefile.handover.rows import ItemRow
from casefile.record.dates import short_date
from casefile.record.handing import Stands, Step, standing
from casefile.record.handover import Handover, HandoverDraft, HandoverFile
from casefile.record.model import CaseFile
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

_COLUMNS = {"officer": "officer_id", "researcher": "researcher_id", "supervisor": "supervisor_id"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What rows of several files are made of, read once."""

    files: Mapping[UUID, CaseFile]
    handovers: Mapping[UUID, Handover]
    due: Mapping[UUID, date]
    names: Mapping[UUID, str]
    chosen: Mapping[UUID, UUID | None]


def item_rows(work: Work, items: Iterable[HandoverFile]) -> tuple[ItemRow, ...]:
    """Rows of files of hand-overs, by the file's reference."""
    held = list(items)
    ground = _ground(work, held)
    words = words_of(work, [one.id for one in held])
    rows = [
        _row(one, standing(words[one.id], work.today), ground, work.today)
        for one in held
        if one.file_id in ground.files
    ]
    return tuple(sorted(rows, key=lambda one: (one.reference, one.role)))


def holder_of(case: CaseFile, role: str) -> UUID | None:
    """Who holds a file in a role today; None for ``tasks``."""
    column = _COLUMNS.get(role)
    return getattr(case, column) if column else None


def _ground(work: Work, items: list[HandoverFile]) -> Ground:
    session = work.session
    handovers: dict[UUID, Handover] = {}
    files: dict[UUID, CaseFile] = {}
    chosen: dict[UUID, UUID | None] = {}
    for some in in_pieces({one.handover_id for one in items}):
        rows = session.scalars(select(Handover).where(Handover.id.in_(some)))
        handovers |= {one.id: one for one in rows}
    for some in in_pieces({one.file_id for one in items}):
        cases = session.scalars(select(CaseFile).where(CaseFile.id.in_(some)))
        files |= {one.id: one for one in cases}
    for some in in_pieces(one.id for one in items):
        drafts = session.execute(
            select(HandoverDraft.id, HandoverDraft.receiver_id).where(HandoverDraft.id.in_(some))
        )
        chosen |= {row.id: row.receiver_id for row in drafts}
    names = session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
    return Ground(
        files,
        handovers,
        {key: begins_on(work, one) for key, one in handovers.items()},
        {row[0]: shown(*row[1:]) for row in names},
        chosen,
    )


def begins_on(work: Work, handover: Handover) -> date:
    """The day by which everything should be with its receiver: the absence as it stands, else the day first set."""
    absence = latest_of(work, handover.absence_id)
    return absence.from_on if absence and handover.kind == "hand_over" else handover.begins_on


def is_late(handover: Handover, due: date, today: date) -> bool:
    """Whether its day has come: the first of an absence counts, on that of a return there is still time."""
    return due < today or (due == today and handover.kind == "hand_over")


def _row(item: HandoverFile, now: Stands, ground: Ground, today: date) -> ItemRow:
    case, handover = ground.files[item.file_id], ground.handovers[item.handover_id]
    holder = holder_of(case, item.role)
    overtaken = not now.step.ended and item.role != "tasks" and holder != item.from_officer_id
    settled = now.settled_on(today) or overtaken
    receiver = now.receiver_id if now.step is not Step.DRAFTED else None
    if now.step in (Step.DRAFTED, Step.WITHDRAWN, Step.REFUSED):
        receiver = ground.chosen.get(item.id) or receiver
    due, held_by = ground.due[handover.id], ground.names.get(holder, "") if holder else ""
    return ItemRow(
        id=item.id,
        handover_id=handover.id,
        handover=handover.reference,
        kind=handover.kind,
        file_id=case.id,
        reference=case.reference,
        family_name=case.family_name,
        children=case.children,
        risk_level=case.risk_level,
        next_due=case.next_due,
        restricted=case.restricted,
        role=item.role,
        from_officer_id=item.from_officer_id,
        from_officer=ground.names.get(item.from_officer_id, ""),
        receiver_id=receiver,
        receiver=ground.names.get(receiver, "") if receiver else "",
        step=now.step,
        state=_state(now, ground.names, held_by if overtaken else None, today),
        since=now.since,
        due_on=due,
        late=is_late(handover, due, today) and not settled,
        settled=settled,
        asked=now.asked,
        opened=now.opened,
        exception_until=now.exception.until_on if now.exception else None,
        overtaken=overtaken,
        holder_id=holder,
        holder=held_by,
    )


def _state(now: Stands, names: Mapping[UUID, str], given_to: str | None, today: date) -> str:
    """Where it stands in words."""
    if given_to is not None:
        return f"Given to {given_to} meanwhile" if given_to else "Held by nobody meanwhile"
    who = names.get(now.receiver_id, "") if now.receiver_id else ""
    words = {
        Step.DRAFTED: "To be sent",
        Step.SENT: f"Waits for {who}",
        Step.ASKED: f"{who} asks back",
        Step.REFUSED: f"Refused by {who}",
        Step.ACCEPTED: f"Accepted by {who}, {short_date(now.since)}",
        Step.WITHDRAWN: "Taken back, to be sent",
        Step.STAYS: "Stays where it is",
    }[now.step]
    if now.exception is None or now.step.ended:
        return words
    until = short_date(now.exception.until_on)
    if now.exception.stands_on(today):
        return f"Excepted until {until}"
    return f"Exception ended {until}: {words[:1].lower()}{words[1:]}" if now.lapsed_on(today) else words
