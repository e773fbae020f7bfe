"""What an officer keeps under a name to ask it again: filters of the review queue, and searches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.store.base import Base

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
