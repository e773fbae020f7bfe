"""Need to know: what a session shows an officer.

Restricted files are hidden by the session itself, from every query on any class that belongs to a
file, so that no query has to remember it. (On the shared store the database enforces it as well.)
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, event, or_, select
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)

from casefile.access.model import Reader
from casefile.store.base import Base

_READER = "casefile_reader"


class RestrictedFile(Base):
    """A file that is restricted now: a cache of the latest ``restriction`` row of each file."""

    __tablename__ = "restricted_file"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)


class OfFile:
    """Marks a mapped class whose rows belong to a case file by ``file_id``."""

    if not TYPE_CHECKING:

        @declared_attr
        def file_id(cls) -> Mapped[UUID]:
            """The case file the row belongs to."""
            return mapped_column(ForeignKey("case_file.id"))


class FileItself:
    """Marks the mapped class of case files themselves."""

    if not TYPE_CHECKING:

        @declared_attr
        def id(cls) -> Mapped[UUID]:
            """The case file's identity."""
            return mapped_column(primary_key=True)


def limit(session: Session, officer_id: UUID | None, now: datetime) -> None:
    """From here on the session shows only what this officer may see."""
    session.info[_READER] = (officer_id, now)


@contextmanager
def unlimited(session: Session) -> Generator[None]:
    """For as long as it lasts the session sees every file: to derive and to count, never to hand anything over."""
    held = session.info.pop(_READER, None)
    try:
        yield
    finally:
        if held is not None:
            session.info[_READER] = held


@event.listens_for(Session, "do_orm_execute")
def _hide(state: ORMExecuteState) -> None:
    reader = state.session.info.get(_READER)
    if reader is None or not state.is_select or state.is_column_load or state.is_relationship_load:
        return
    officer_id, now = reader
    named = select(Reader.file_id).where(
        Reader.officer_id == officer_id, or_(Reader.until_at.is_(None), Reader.until_at > now)
    )
    hidden = select(RestrictedFile.file_id).where(RestrictedFile.file_id.not_in(named))

    def of_file(cls: Any) -> Any:
        return cls.file_id.not_in(hidden)

    def file_itself(cls: Any) -> Any:
        return cls.id.not_in(hidden)

    state.statement = state.statement.options(
        with_loader_criteria(OfFile, of_file, include_aliases=True),
        with_loader_criteria(FileItself, file_itself, include_aliases=True),
    )
