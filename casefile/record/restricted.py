"""Searches that were compared with restricted files, and what a file's supervisor did about one that met it: tables.

Each search that is asked leaves one row of the same size, whether or not it met anything, so that neither the number of
rows nor what was written tells whoever searched. Nobody reads the rows themselves; a supervisor is handed those of their
own files (``casefile.store.compared``).
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.visibility import OfFile
from casefile.record.model import IMMUTABLE
from casefile.store.base import Base
from casefile.work.ids import new_id


class RestrictedMatch(Base):
    """One search by an officer that was compared with restricted files they may not see.

    Attributes:
        officer_id: Who searched.
        kind: ``words`` (the search box) or ``people`` (a person looked for, or about to be added).
        line: What was searched for, kept only if it met a file: else blanks of the same length.
        met: Whether it met a restricted file.
        files: Which; filled up to one length with an identity that is of nothing.
    """

    __tablename__ = "restricted_match"
    __table_args__ = (Index("ix_restricted_match_met", "met"), {"info": IMMUTABLE})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    line: Mapped[str]
    met: Mapped[bool]
    files: Mapped[list[str]]


class RestrictedMark(OfFile, Base):
    """What the file's supervisor did about the searches of one officer on one day; the latest counts.

    Attributes:
        file_id: The restricted file they met.
        searcher_id: Who searched.
        day: When, by London's calendar.
        what: ``talked``, ``no_right`` or ``made_reader``.
    """

    __tablename__ = "restricted_mark"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    searcher_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    day: Mapped[date]
    what: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
