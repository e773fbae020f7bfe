"""Remarks in the store: their table, reading them, and keeping one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from casefile.access.lean import Lean
from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.visibility import OfFile
from casefile.record.facts import EntryFact
from casefile.record.model import IMMUTABLE, Entry
from casefile.record.remarks import RemarkFact, Said, returns
from casefile.store.base import Base, Identity
from casefile.work.ids import new_id
from casefile.work.names import Kind
from casefile.work.unit import Work


class Remark(OfFile, Base):
    """One remark on one version of an entry.

    Attributes:
        entry_id: The version it speaks of.
        answers_id: What was returned, of an answer, an amendment or a settlement.
    """

    __tablename__ = "remark"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    thread_id: Mapped[UUID] = mapped_column(index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"))
    what: Mapped[str]
    says: Mapped[str]
    answers_id: Mapped[UUID | None] = mapped_column(ForeignKey("remark.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)


_ASKED = (
    select(
        Remark.id, Remark.file_id, Remark.thread_id, Remark.entry_id, Remark.what, Remark.says, Remark.answers_id,
        Remark.recorded_at, Remark.recorded_by, Entry.version, Officer.name, Officer.role, Officer.number,
    )
    .join(Entry, Entry.id == Remark.entry_id)
    .join(Officer, Officer.id == Remark.recorded_by)
    .order_by(Remark.recorded_at, Remark.id)
)  # fmt: skip
OF_FILE = Lean(_ASKED.where(Remark.file_id == bindparam("file", type_=Identity())))
"""The remarks of a file."""


def remarks_of(session: Session, file_id: UUID) -> tuple[RemarkFact, ...]:
    """Every remark of a file, in the order they were made."""
    return tuple(map(_fact, OF_FILE.rows(session, file=file_id)))


def remarks_where(session: Session, *where: Any) -> tuple[RemarkFact, ...]:
    """Remarks that fit, in the order they were made."""
    return tuple(map(_fact, session.execute(_ASKED.where(*where))))


def _fact(row: Any) -> RemarkFact:
    return RemarkFact(
        row.id,
        row.file_id,
        row.thread_id,
        row.entry_id,
        row.version,
        Said(row.what),
        row.says,
        row.answers_id,
        row.recorded_at,
        shown(row.name, row.role, row.number),
        row.recorded_by,
    )


def remark(work: Work, entry: EntryFact, what: Said, says: str, answers: RemarkFact | None = None) -> UUID:
    """Keep a remark on a version of an entry; gives its identity."""
    made = Remark(
        file_id=entry.file_id,
        thread_id=entry.thread_id,
        entry_id=entry.id,
        what=what.value,
        says=says.strip(),
        answers_id=answers.id if answers else None,
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )
    work.session.add(made)
    work.session.flush()
    work.note(remark=what.value)
    work.about(files=[entry.file_id])
    work.touch(Kind.ENTRY, entry.file_id)
    return made.id


def answer_by_amendment(work: Work, entry: EntryFact) -> None:
    """A new version answers whatever was returned of its entry and waits."""
    held = remarks_where(work.session, Remark.thread_id == entry.thread_id)
    for one in returns(held):
        if one.state == "to answer":
            remark(work, entry, Said.AMENDED, entry.reason or "", one.remark)
