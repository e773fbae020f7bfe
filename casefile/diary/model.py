"""Tables of the room of the diary: calendar files that an officer has Casefile keep up to date."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.store.base import Base
from casefile.work.ids import new_id


class DiaryFeed(Base):
    """A calendar file outside the store that calendar programs subscribe to, with references and kinds only.

    Attributes:
        machine: Name of the computer whose disk holds it: no other writes it.
        path: Where it stands there.
        whose, team: Which diary, as in :class:`casefile.diary.rows.Wanted`.
        digest: SHA-256 over what was written last; "" when nothing was yet.
    """

    __tablename__ = "diary_feed"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    machine: Mapped[str]
    path: Mapped[str]
    whose: Mapped[str]
    team: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")
    begun_at: Mapped[datetime]
    written_at: Mapped[datetime | None]
