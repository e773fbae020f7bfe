"""Whether an officer can take a file over: there, allowed to, and in no circle."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select

from casefile.access.model import Officer, Reader
from casefile.access.queries import shown
from casefile.access.roles import ROLES
from casefile.access.visibility import RestrictedFile
from casefile.alarms.away import Long
from casefile.handover.away import latest_of, long_absences
from casefile.handover.items import begins_on
from casefile.handover.reach import mark_of, words_of
from casefile.record.dates import long_date
from casefile.record.handing import standing
from casefile.record.handover import Handover, HandoverDraft, HandoverFile
from casefile.work.names import Permission
from casefile.work.unit import Work


class Receivers:
    """What stands against officers as receivers of the files of one hand-over, each asked once."""

    def __init__(self, work: Work, handover: Handover) -> None:
        self._work = work
        self._handover = handover
        self._away = long_absences(work)
        self._days = self._absent_days()
        self._circles: dict[tuple[UUID, UUID], bool] = {}
        self._limited = set(work.session.scalars(select(RestrictedFile.file_id)))

    def against(self, item: HandoverFile, receiver_id: UUID | None) -> str | None:
        """Why an officer cannot take a file over, in a sentence; None when nothing is against it."""
        officer = self._work.session.get(Officer, receiver_id) if receiver_id else None
        if receiver_id is None or officer is None:
            return "Choose a receiver."
        name = shown(officer.name, officer.role, officer.number)
        if receiver_id == item.from_officer_id:
            return f"{name} holds it already: choose somebody else."
        if not officer.active:
            return f"{name} may no longer sign in."
        wanted = Permission.SIGN_SUPERVISION if item.role == "supervisor" else Permission.KEEP_FILES
        if wanted not in ROLES[officer.role].permissions:
            return f"{name} is no supervisor." if item.role == "supervisor" else f"{name} keeps no files."
        if (said := self.against_person(item.from_officer_id, officer)) is not None:
            return said
        if not self._may_read(item.file_id, receiver_id):
            return f"The file is restricted and {name} is not one of its named readers. Name them first."
        return None

    def against_person(self, giver: UUID, officer: Officer) -> str | None:
        """Why an officer can take nothing over from a giver, whichever file it is; None when nothing is against it."""
        name = shown(officer.name, officer.role, officer.number)
        if (away := self._meets(officer.id)) is not None:
            until = f" until {long_date(away.until_on)}" if away.until_on else ""
            return f"{name} is away too, from {long_date(away.from_on)}{until}."
        if self._circular(giver, officer.id):
            return f"{name} is handing files over to whoever gives this one away: a circle."
        return None

    def _absent_days(self) -> Long:
        """The days for which somebody else must hold the files."""
        begins = begins_on(self._work, self._handover)
        absence = latest_of(self._work, self._handover.absence_id)
        return Long(begins, absence.until_on if absence else None)

    def _meets(self, receiver_id: UUID) -> Long | None:
        """A long absence of the receiver on a day on which they would have to be there."""
        today, days = self._work.today, self._days
        for one in self._away.get(receiver_id, ()):
            if one.covers(today) or one.covers(days.from_on):
                return one
            if self._handover.kind == "hand_over" and days.until_on is not None and one.meets(days):
                return one
        return None

    def _circular(self, giver: UUID, receiver: UUID) -> bool:
        """Whether the receiver is about to give files to the giver, in a hand-over that goes on."""
        if self._handover.kind != "hand_over":
            return False
        if (giver, receiver) not in self._circles:
            self._circles[giver, receiver] = _gives(self._work, receiver, giver)
        return self._circles[giver, receiver]

    def _may_read(self, file_id: UUID, receiver_id: UUID) -> bool:
        session = self._work.session
        if file_id not in self._limited:
            return True
        named = select(Reader.id).where(
            Reader.file_id == file_id,
            Reader.officer_id == receiver_id,
            or_(Reader.until_at.is_(None), Reader.until_at > self._work.now),
        )
        return session.execute(named).first() is not None


def _gives(work: Work, giver: UUID, receiver: UUID) -> bool:
    items = _open_items(work, giver)
    words = words_of(work, [one.id for one in items])
    drafts = {
        one.id: one.receiver_id
        for one in work.session.scalars(
            select(HandoverDraft).where(HandoverDraft.id.in_([item.id for item in items]))
        )
    }
    for one in items:
        now = standing(words[one.id], work.today)
        if now.step.ended:
            continue
        to = now.receiver_id if now.step.waits_for_receiver else drafts.get(one.id)
        if to == receiver:
            return True
    return False


def _open_items(work: Work, giver: UUID) -> list[HandoverFile]:
    rows = work.session.execute(
        select(HandoverFile, Handover.id)
        .join(Handover, Handover.id == HandoverFile.handover_id)
        .where(HandoverFile.from_officer_id == giver, Handover.kind == "hand_over")
    ).all()
    ended = {key for key in {row[1] for row in rows} if mark_of(work, key) is not None}
    return [row[0] for row in rows if row[1] not in ended]
