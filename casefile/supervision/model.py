"""Tables of the room of supervision: filters of the queue that an officer keeps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.store.base import Base


class KeptFilter(Base):
    """A filter of the review queue under a name, of one officer."""

    __tablename__ = "kept_filter"

    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[dict[str, Any]]
