"""Reading the log: newest first, by officer, act, category, file or person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from casefile.audit.chain import READING, STORED
from casefile.audit.index import concerning
from casefile.audit.model import LogRow
from casefile.work.door import query, registry
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

LONGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class LogLine:
    """One row of the log.

    Attributes:
        seq: Its number in the chain.
        act: Name of the action or query; ``sentence`` is the same in words.
        outcome: ``done`` or ``refused``.
        files, people: Whose record it concerned.
        details: Facts such as counts; never case content.
        stored: What the database of a shared store saw change with it, e.g. ``entry +1, task ~2``; "" elsewhere.
        reading: Row of the reading of a shared store that it belongs to; None elsewhere.
    """

    seq: int
    at: datetime
    officer: str
    role: str
    category: str
    act: str
    sentence: str
    outcome: str
    reason: str | None
    files: tuple[UUID, ...]
    people: tuple[UUID, ...]
    details: Mapping[str, Any]
    stored: str = ""
    reading: int | None = None


OF_THE_STORE = {
    "store.open_reading": "Open the record of a shared store for reading, for a few minutes.",
    "store.unanswered_reading": "A reading was opened, and nothing says what was read in it.",
    "store.changed": "Something was changed outside Casefile, by a statement of one's own.",
}
"""Rows that the database of a shared store writes by itself, in words."""


@query(needs=Permission.READ_LOG, logs=Logged.ADMINISTRATION)
def log_page(
    work: Work,
    *,
    text: str = "",
    category: str | None = None,
    subject: UUID | None = None,
    before_seq: int | None = None,
    limit: int = 200,
) -> tuple[LogLine, ...]:
    """Read a page of the log, newest first.

    Args:
        work: The unit of work.
        text: Every word must stand in the officer's name, the act or the reason.
        category: One category of the log only.
        subject: A case file or person whom the rows concern.
        before_seq: Only rows before this one, for the next page.
        limit: Rows at most.
    """
    wanted = select(LogRow).order_by(LogRow.seq.desc()).limit(min(max(limit, 1), LONGEST_PAGE))
    for word in text.split():
        wanted = wanted.where(
            or_(
                *(one.icontains(word, autoescape=True) for one in (LogRow.officer, LogRow.act, LogRow.reason))
            )
        )
    if category is not None:
        wanted = wanted.where(LogRow.category == category)
    if subject is not None:
        wanted = wanted.where(LogRow.seq.in_(concerning(subject)))
    if before_seq is not None:
        wanted = wanted.where(LogRow.seq < before_seq)
    sentences = {name: declared.sentence for name, declared in registry().items()} | OF_THE_STORE
    return tuple(
        LogLine(
            row.seq,
            row.at,
            row.officer,
            row.role,
            row.category,
            row.act,
            sentences.get(row.act, row.act),
            row.outcome,
            row.reason,
            tuple(UUID(one) for one in row.files),
            tuple(UUID(one) for one in row.people),
            {key: said for key, said in row.details.items() if key not in (STORED, READING)},
            str(row.details.get(STORED, "")),
            row.details.get(READING),
        )
        for row in work.session.scalars(wanted)
    )
