"""Who has a file or a draft open now. It ends by itself a minute after a program last said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.lean import Lean
from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.visibility import OfFile
from casefile.store.base import Base, Identity, Moment
from casefile.work.unit import Work

LASTS = timedelta(seconds=60)
"""How long somebody is taken to be there after their window last said so."""


class Presence(OfFile, Base):
    """One window in which an officer has a file open: no part of the record, and empty after a restart of the server.

    Attributes:
        id: The window's own identity.
        draft_id: The draft that is open in it, or None.
        writing: Whether something was typed in it a moment ago.
        until_at: When it ends unless the window says again that it is there.
    """

    __tablename__ = "presence"
    __table_args__ = ({"info": {"passing": True}},)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    draft_id: Mapped[UUID | None]
    writing: Mapped[bool]
    until_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who has a file open now.

    Attributes:
        window: The identity under which their window says so.
        shown, initials: The officer, e.g. ``DC 4471 Marsh`` and ``M``; of two names two letters.
        draft_id: The draft they have open, or None.
        writing: Whether they are writing in it.
        me: Whether it is another window of the officer who asks.
        until_at: When they are gone unless their window says again that they are there.
    """

    window: UUID
    officer_id: UUID
    shown: str
    initials: str
    draft_id: UUID | None
    writing: bool
    me: bool
    until_at: datetime


_WRITING = Lean(
    select(Officer.id, Officer.name, Officer.role, Officer.number)
    .join(Presence, Presence.officer_id == Officer.id)
    .where(
        Presence.draft_id == bindparam("draft", type_=Identity()),
        Presence.writing,
        Presence.until_at > bindparam("now", type_=Moment()),
        Officer.id.is_distinct_from(bindparam("me", type_=Identity())),
    )
    .distinct()
    .order_by(Officer.name)
)


def here(work: Work, file_id: UUID, window: UUID | None = None) -> tuple[Here, ...]:
    """Who has a file open now beside one window; nobody where the file is not this officer's to see."""
    rows = work.session.execute(
        select(Presence, Officer)
        .join(Officer, Officer.id == Presence.officer_id)
        .where(Presence.file_id == file_id, Presence.until_at > work.now)
        .order_by(Officer.name, Presence.id)
    )
    return tuple(
        Here(
            one.id,
            officer.id,
            shown(officer.name, officer.role, officer.number),
            initials(officer.name),
            one.draft_id,
            one.writing,
            officer.id == work.actor.officer_id,
            one.until_at,
        )
        for one, officer in rows
        if one.id != window
    )


def who_writes(work: Work, draft_id: UUID) -> tuple[str, ...]:
    """Other officers who are writing in a draft at this moment, as shown."""
    rows = _WRITING.rows(work.session, draft=draft_id, now=work.now, me=work.actor.officer_id)
    return tuple(shown(one.name, one.role, one.number) for one in rows)


def initials(name: str) -> str:
    """The first letters of an officer's names, two at most."""
    words: Sequence[str] = name.replace("-", " ").split()
    return "".join(one[0].upper() for one in (*words[:1], *words[1:][-1:]))
