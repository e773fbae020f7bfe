"""What an officer keeps under a name to ask it again: filters of the review queue, and searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from casefile.store.base import Base
from casefile.work.names import Kind
from casefile.work.unit import Work

QUEUE, SEARCH = "queue", "search"
"""Where a filter is of use."""


class KeptFilter(Base):
    """A filter of one officer under a name.

    Attributes:
        room: :data:`QUEUE` or :data:`SEARCH`.
        wanted: What is asked for, as that room understands it.
    """

    __tablename__ = "kept_filter"

    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    room: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[dict[str, Any]]


def keep(work: Work, room: str, name: str, wanted: dict[str, Any]) -> None:
    """Keep what an officer asks for in a room under a name; the same name again replaces it."""
    forget(work, room, name)
    work.session.add(KeptFilter(officer_id=work.officer_id, room=room, name=name, wanted=wanted))


def forget(work: Work, room: str, name: str) -> None:
    """Forget what the officer kept under a name, if they did."""
    mine = (KeptFilter.officer_id == work.officer_id, KeptFilter.room == room)
    work.session.execute(delete(KeptFilter).where(*mine, KeptFilter.name == name))
    work.touch(Kind.SETTING)


def held(work: Work, room: str) -> Sequence[KeptFilter]:
    """What the officer has kept for a room, by name."""
    mine = (KeptFilter.officer_id == work.officer_id, KeptFilter.room == room)
    return work.session.scalars(select(KeptFilter).where(*mine).order_by(KeptFilter.name)).all()
