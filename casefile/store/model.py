"""What the store says of itself, and its counters."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from casefile.store.base import Base


class StoreFact(Base):
    """One fact of the store about itself: its identity, when it was made, its settings."""

    __tablename__ = "store_fact"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Counter(Base):
    """The next number of a series, e.g. file references of a year or copy numbers of a file."""

    __tablename__ = "counter"

    key: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Written(Base):
    """What was written lately, for other programs that have the same embedded store open; no part of the record.

    Attributes:
        said: Kinds of record and identities of files.
        client: The program that wrote it.
    """

    __tablename__ = "written"
    __table_args__ = ({"info": {"passing": True}},)

    number: Mapped[int] = mapped_column(primary_key=True)
    said: Mapped[dict[str, Any]]
    client: Mapped[str]
