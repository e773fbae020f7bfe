"""How one file of a hand-over stands on a day, from the words said about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Step(StrEnum):
    """Where one file of a hand-over stands."""

    DRAFTED = "drafted"
    SENT = "sent"
    ASKED = "asked"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    STAYS = "stays"

    @property
    def waits_for_receiver(self) -> bool:
        """Whether the receiver may still accept or refuse."""
        return self in (Step.SENT, Step.ASKED)

    @property
    def ended(self) -> bool:
        """Whether nothing more is to come: the file went over, or is to stay."""
        return self in (Step.ACCEPTED, Step.STAYS)


@dataclass(frozen=True, slots=True)
class Word:
    """One word about a file of a hand-over (``casefile.record.handover.HandoverWord``), with names as shown."""

    what: str
    on: date
    at: datetime
    by_id: UUID
    by: str = ""
    said: str = ""
    receiver_id: UUID | None = None
    interim_id: UUID | None = None
    approved_by: UUID | None = None
    until_on: date | None = None
    checklist: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Excepted:
    """An exception: for whom nobody takes the file over until a day, that day included."""

    from_on: date
    until_on: date
    reason: str
    interim_id: UUID
    approved_by: UUID

    def stands_on(self, day: date) -> bool:
        """Whether it covers a day."""
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True, slots=True)
class Stands:
    """A file of a hand-over as of a day.

    Attributes:
        receiver_id: To whom it was last sent.
        since: When it came to this step; None while it was never sent.
        sent: The last time it was sent, with the checklist.
        asked: The open question, "" when there is none.
        opened: What the receiver has opened since it was sent.
        exception: The last one recorded, standing or over.
    """

    step: Step = Step.DRAFTED
    receiver_id: UUID | None = None
    since: date | None = None
    sent: Word | None = None
    asked: str = ""
    opened: tuple[str, ...] = ()
    exception: Excepted | None = None

    def settled_on(self, day: date) -> bool:
        """Whether nobody need do anything about it on a day."""
        return self.step.ended or (self.exception is not None and self.exception.stands_on(day))

    def lapsed_on(self, day: date) -> bool:
        """Whether an exception has run out and the file still waits."""
        return not self.step.ended and self.exception is not None and self.exception.until_on < day


_STEPS = {
    "answered": Step.SENT,
    "asked": Step.ASKED,
    "refused": Step.REFUSED,
    "accepted": Step.ACCEPTED,
    "withdrawn": Step.WITHDRAWN,
    "stays": Step.STAYS,
}


def standing(words: Iterable[Word], as_of: date) -> Stands:
    """How it stands at the end of a day, by what had been said until then."""
    now = Stands()
    for one in words:
        if one.on > as_of:
            continue
        if one.what == "sent":
            now = replace(now, step=Step.SENT, receiver_id=one.receiver_id, since=one.on)
            now = replace(now, sent=one, asked="", opened=())
        elif one.what == "opened":
            if one.by_id == now.receiver_id and one.said not in now.opened:
                now = replace(now, opened=(*now.opened, one.said))
        elif one.what == "excepted":
            now = replace(now, exception=_exception(one))
        elif one.what in _STEPS:
            asked = one.said if one.what == "asked" else ""
            now = replace(now, step=_STEPS[one.what], since=one.on, asked=asked)
    return now


def _exception(one: Word) -> Excepted:
    if one.until_on is None or one.interim_id is None or one.approved_by is None:
        raise ValueError("an exception names its last day, who looks after the file and who approved")
    return Excepted(one.on, one.until_on, one.said, one.interim_id, one.approved_by)
