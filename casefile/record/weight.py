"""Table of what a file weighs: a cache, derived anew after each write, that stays true by itself as days pass."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.visibility import OfFile
from casefile.store.base import Base


class FileWeight(OfFile, Base):
    """One thing that makes work in a file, from a day until a day, as far as is known.

    A night without a write changes nothing here: which rows count follows from the day asked. What each weighs is
    asked of the standard when it is read (``casefile.sections.weights``).

    Attributes:
        weight: Key of the weight in the standard.
        number: How many of it.
        said: It in words.
        entry_id: The record that shows it.
        from_on, until_on: First day, and first day no more.
    """

    __tablename__ = "file_weight"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    weight: Mapped[str]
    number: Mapped[int]
    said: Mapped[str]
    entry_id: Mapped[UUID | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
