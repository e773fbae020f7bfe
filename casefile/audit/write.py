"""Appending to the log. Runs inside the transaction of what it logs, as its last step."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from casefile.audit.chain import GENESIS, LogEntry, digest
from casefile.audit.model import LogHead, LogRow, LogSubject
from casefile.errors import Damaged


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: number and digest of its last row."""

    seq: int
    digest: str


def head(session: Session) -> Head:
    """The end of the chain as the store has it; number 0 before the first row."""
    found = session.execute(select(LogHead.seq, LogHead.digest).where(LogHead.id == 1)).first()
    return Head(found.seq, found.digest) if found else Head(0, GENESIS)


_HEAD: Any = LogHead.__table__
_SUBJECT: Any = LogSubject.__table__
_ROW: Any = LogRow.__table__
_LAST = select(_HEAD.c.seq, _HEAD.c.digest).where(_HEAD.c.id == 1).with_for_update()
_BEGIN, _ADD, _NAME = insert(_HEAD), insert(_ROW), insert(_SUBJECT)
_MOVE = update(_HEAD).where(_HEAD.c.id == 1)
"""Made once, and run on the connection: every reading waits for them."""


def stands(session: Session, end: Head) -> bool:
    """Whether the log holds the row that *end* was: by it is known whether what it tells of was saved."""
    found = session.connection().execute(
        select(_ROW.c.seq).where(_ROW.c.seq == end.seq, _ROW.c.digest == end.digest)
    )
    return found.first() is not None


def append(session: Session, entry: LogEntry) -> Head:
    """Append *entry*; the head row is locked until the transaction ends, so the chain has no forks."""
    connection = session.connection()
    locked = connection.execute(_LAST).first()
    if locked is None:
        if connection.execute(select(_ROW.c.seq).limit(1)).first() is not None:
            raise Damaged(
                "The head of the log was taken away, so nothing can be done that must be logged.",
                remedy="Run `casefile log verify`, and restore the latest backup.",
            )
        connection.execute(_BEGIN, {"id": 1, "seq": 0, "digest": GENESIS})
        last = Head(0, GENESIS)
    else:
        last = Head(locked.seq, locked.digest)
    seq = last.seq + 1
    new = Head(seq, digest(entry, seq, last.digest))
    connection.execute(
        _ADD,
        {
            "seq": seq,
            "at": entry.at,
            "officer_id": entry.officer_id,
            "officer": entry.officer,
            "role": entry.role,
            "category": entry.category,
            "act": entry.act,
            "outcome": entry.outcome,
            "reason": entry.reason,
            "files": [str(one) for one in entry.files],
            "people": [str(one) for one in entry.people],
            "details": dict(entry.details),
            "previous": last.digest,
            "digest": new.digest,
        },
    )
    subjects = sorted({*entry.files, *entry.people}, key=attrgetter("int"))
    if subjects:
        connection.execute(_NAME, [{"subject": one, "seq": seq} for one in subjects])
    connection.execute(_MOVE, {"seq": seq, "digest": new.digest})
    return new
