"""Tables of hand-over: what was begun, of which files, every word said about each, and checklists as typed.

All but the drafts stand for good; how a hand-over stands on a day follows from its words
(``casefile.record.handing``).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.visibility import OfFile
from casefile.record.drafting import KeptForm
from casefile.record.model import IMMUTABLE
from casefile.store.base import Base
from casefile.work.ids import new_id


class Handover(Base):
    """One officer's files going to others, or coming back.

    Attributes:
        reference: As people say it, e.g. ``H-2026-014``.
        kind: Code of the list ``handover_kind``: ``hand_over`` or ``hand_back``.
        officer_id: Who goes away, or comes back.
        absence_id: The absence it is for, as first recorded; None where there is none.
        planned: Whether the officer began it; False where a supervisor did without them.
        begins_on: The day by which every file should be with its receiver.
    """

    __tablename__ = "handover"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    absence_id: Mapped[UUID | None]
    planned: Mapped[bool]
    reason: Mapped[str]
    begins_on: Mapped[date]
    begun_on: Mapped[date]
    begun_at: Mapped[datetime]
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class HandoverFile(OfFile, Base):
    """One file of a hand-over, in one role.

    Attributes:
        role: Code of ``allocation_role`` (``officer``, ``researcher``, ``supervisor``), or ``tasks`` where the officer
            owes something in a file that others hold.
        from_officer_id: Who gives it away.
        origin_id: Of a hand-back: the file of the hand-over that it undoes.
    """

    __tablename__ = "handover_file"
    __table_args__ = (UniqueConstraint("handover_id", "file_id", "role"), {"info": IMMUTABLE})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"), index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    role: Mapped[str]
    from_officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("handover_file.id"))


class HandoverWord(OfFile, Base):
    """What somebody said or did about one file of a hand-over, in order.

    Attributes:
        number: Its place among the words about this file, from 1.
        what: ``sent``, ``opened``, ``asked``, ``answered``, ``refused``, ``accepted``, ``withdrawn``, ``excepted`` or
            ``stays``.
        said: The question, answer or reason; what was opened.
        receiver_id: To whom it was sent.
        interim_id, approved_by, until_on: Of an exception: who looks after the file meanwhile, who approved, and its
            last day.
        checklist: As sent: the form and what was drawn from the file on that day.
    """

    __tablename__ = "handover_word"
    __table_args__ = (UniqueConstraint("handover_file_id", "number"), {"info": IMMUTABLE})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    handover_file_id: Mapped[UUID] = mapped_column(ForeignKey("handover_file.id"), index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    number: Mapped[int]
    what: Mapped[str]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    said: Mapped[str | None]
    receiver_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    interim_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    until_on: Mapped[date | None]
    checklist: Mapped[dict[str, Any] | None]


class HandoverDraft(OfFile, KeptForm, Base):
    """The checklist of one file as typed, and the receiver chosen; not yet sent.

    Its revision is 0 while nobody has typed in it: what the file proposes stands in the form then.
    """

    __tablename__ = "handover_draft"

    id: Mapped[UUID] = mapped_column(ForeignKey("handover_file.id"), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    receiver_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class HandoverMark(Base):
    """What was said of a whole hand-over: ``signed`` by a supervisor, or ``ended`` without one, and why."""

    __tablename__ = "handover_mark"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"), index=True)
    what: Mapped[str]
    said: Mapped[str]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
