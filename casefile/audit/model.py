"""Tables of the log. Rows are appended, never changed; the only mutable row is the head."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from casefile.store.base import Base

IMMUTABLE = {"immutable": True}


class LogRow(Base):
    """One action or consultation. ``digest`` covers every column and the digest before it."""

    __tablename__ = "log_row"
    __table_args__ = (Index("ix_log_row_officer", "officer_id", "at"), {"info": IMMUTABLE})

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    officer: Mapped[str]
    role: Mapped[str]
    category: Mapped[str]
    act: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    files: Mapped[list[str]]
    people: Mapped[list[str]]
    details: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str]


class LogSubject(Base):
    """Index of the log by case file and person, so that "who saw this child" is quick.

    Derived from what stands in the rows, and filled in for many rows at a time (``casefile.audit.index``).
    """

    __tablename__ = "log_subject"
    __table_args__ = ({"info": IMMUTABLE},)

    subject: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )


class LogHead(Base):
    """The end of the chain. One row, locked while a row is appended.

    Attributes:
        indexed: Number of the last row whose files and people stand in the index.
    """

    __tablename__ = "log_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger())
    digest: Mapped[str]
    indexed: Mapped[int] = mapped_column(BigInteger(), default=0)
