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

from sqlalchemy import ForeignKey, Select, bindparam, event, or_, select
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)

from casefile.access.model import Reader
from casefile.store.base import Base, Identity, Moment
from casefile.store.shared import counted, readings

_READER = "casefile_reader"
_COUNTS = "casefile_counts"


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


def store_hides(session: Session) -> bool:
    """Whether the store itself keeps hidden files from this session, so that what they say cannot be replayed."""
    return readings.of(session) is not None


@contextmanager
def everything(session: Session) -> Generator[None]:
    """For as long as it lasts the session sees every file that the store shows: to derive, never to hand anything over.

    On a server the store itself hides files, and goes on hiding them.
    """
    held = session.info.pop(_READER, None)
    try:
        yield
    finally:
        if held is not None:
            session.info[_READER] = held


@contextmanager
def unlimited(session: Session) -> Generator[None]:
    """For as long as it lasts the session sees every file: to count, never to hand anything over.

    Where the database itself hides files, it shows of a hidden one who holds it and how heavy it is, and nothing by
    which it could be known (``casefile.store.shared.counted``).
    """
    held = session.info.pop(_READER, None)
    before = session.info.get(_COUNTS, False)
    session.info[_COUNTS] = True
    try:
        yield
    finally:
        session.info[_COUNTS] = before
        if held is not None:
            session.info[_READER] = held


def hidden_files(session: Session) -> tuple[Select[UUID], dict[str, Any]] | None:
    """The files that the session does not show, with what the statement is handed; None where it shows all.

    For a table whose rows name no file themselves: only to leave out what belongs to them, never to hand it over.
    """
    reader = session.info.get(_READER)
    return None if reader is None else (_HIDDEN, {_OFFICER.key: reader[0], _AT.key: reader[1]})


_OFFICER = bindparam("casefile_reader", type_=Identity())
_AT = bindparam("casefile_reads_at", type_=Moment())
_NAMED = select(Reader.file_id).where(
    Reader.officer_id == _OFFICER, or_(Reader.until_at.is_(None), Reader.until_at > _AT)
)
_HIDDEN = select(RestrictedFile.file_id).where(RestrictedFile.file_id.not_in(_NAMED))
LIMITS = (
    with_loader_criteria(OfFile, lambda cls: cls.file_id.not_in(_HIDDEN), include_aliases=True),
    with_loader_criteria(FileItself, lambda cls: cls.id.not_in(_HIDDEN), include_aliases=True),
)
"""Made once: making them anew for each statement took longer than the statement itself.

Who reads and when are handed over with each execution; a statement that carries the limits without them is refused.
"""


def reader_of(session: Session | None) -> dict[str, Any]:
    """Who reads in a session and when, by the names that the limits know; nobody sees nothing that is restricted."""
    officer_id, now = session.info[_READER] if session is not None else (None, None)
    return {_OFFICER.key: officer_id, _AT.key: now}


def limited(session: Session) -> bool:
    """Whether the session itself leaves out what an officer may not see: not where the server does, as for whoever asks it.

    There the rows of a hidden file never come (row security, ``casefile/store/shared/policies.py``), and to ask a second
    time whether they are hidden took as long as to read them.
    """
    return _READER in session.info and not store_hides(session)


def counts(session: Session) -> bool:
    """Whether the session counts files that the database hides, and so asks other tables than it names."""
    return bool(session.info.get(_COUNTS)) and store_hides(session)


@event.listens_for(Session, "do_orm_execute")
def _hide(state: ORMExecuteState) -> None:
    if (
        counts(state.session)
        and state.is_select
        and getattr(state.statement, "_for_update_arg", None) is None
    ):
        state.update_execution_options(schema_translate_map={None: counted.SCHEMA})
    if (
        not limited(state.session)
        or not state.is_select
        or state.is_column_load
        or state.is_relationship_load
    ):
        return
    if not state.is_orm_statement:
        return
    state.statement = state.statement.options(*LIMITS)
    given: Any = state.parameters or {}
    state.parameters = {**given, **reader_of(state.session)}
