"""Tables of alarms: those that stand or are known to begin, cached; and what supervisors accepted, for good."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.visibility import OfFile
from casefile.store.base import Base
from casefile.work.ids import new_id

IMMUTABLE = {"immutable": True}


class Alarm(OfFile, Base):
    """One run of an alarm that lasts today or is known to begin later. A cache: derived anew after each write.

    A night without a write changes nothing here: which rows count, and how many days late they are, follows
    from the day asked.

    Attributes:
        about: What it is about, lasting through amendments (``casefile.alarms.spell``).
        gravity: 0 danger, 1 late, 2 watch, so that the gravest sort first.
        began_on, ended_on: First day, and first day no more as far as is known.
        goes_up_on, then_told: From when which rank is told too.
        because, brief, since, unit: How it reads; ``{n}`` is counted from ``since``.
        accepted_until: Last day of a supervisor's word, where the row begins anew after it.
    """

    __tablename__ = "alarm"
    __table_args__ = (Index("ix_alarm_began", "began_on", "gravity"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    alarm: Mapped[str]
    about: Mapped[str]
    severity: Mapped[str]
    gravity: Mapped[int]
    told: Mapped[str]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    goes_up_on: Mapped[date | None]
    then_told: Mapped[str | None]
    because: Mapped[str]
    brief: Mapped[str]
    since: Mapped[date | None]
    unit: Mapped[str]
    entry_id: Mapped[UUID | None]
    accepted_until: Mapped[date | None]


class AlarmAcceptance(OfFile, Base):
    """A supervisor's word that an alarm is known and may stand until a day, and why."""

    __tablename__ = "alarm_acceptance"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    alarm: Mapped[str]
    about: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
