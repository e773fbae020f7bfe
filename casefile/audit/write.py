"""Appending to the log. Runs inside the transaction of what it logs, as its last step."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from operator import attrgetter
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from casefile.audit.chain import GENESIS, LogEntry, digest_of, told
from casefile.audit.index import MOST_BEHIND, catch_up
from casefile.audit.model import LogHead, LogRow, LogSubject
from casefile.errors import Damaged
from casefile.store.engine import driver_of


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
_LAST = select(_HEAD.c.seq, _HEAD.c.digest, _HEAD.c.indexed).where(_HEAD.c.id == 1).with_for_update()
_ADD, _NAME = insert(_ROW), insert(_SUBJECT)
_MOVE = update(_HEAD).where(_HEAD.c.id == 1)
_COLUMNS = tuple(_ROW.c.keys())
_LAST_HERE = "SELECT seq, digest, indexed FROM log_head WHERE id = 1"
_ADD_HERE = f"INSERT INTO log_row ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 (our own columns)
_MOVE_HERE = "UPDATE log_head SET seq = ?, digest = ? WHERE id = 1"
"""Made once, and run as near to the engine as can be: every reading waits for them."""


def append(session: Session, entry: LogEntry) -> Head:
    """Append *entry*; the head row is locked until the transaction ends, so the chain has no forks."""
    bound = session.get_bind()
    return (_append_embedded if bound.dialect.name == "sqlite" else _append_shared)(session, entry)


def _append_embedded(session: Session, entry: LogEntry) -> Head:
    """The row and the head, and nothing else: whom it names comes into the index for many rows at once."""
    driver = driver_of(session)
    last = driver.execute(_LAST_HERE).fetchone()
    seq, previous, indexed = last or _first(session)
    content = told(entry)
    new = Head(seq + 1, digest_of(content, seq + 1, previous))
    row = {
        **content,
        "seq": new.seq,
        "at": entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds"),
        "officer_id": entry.officer_id.hex if entry.officer_id else None,
        "files": json.dumps(content["files"]),
        "people": json.dumps(content["people"]),
        "details": json.dumps(content["details"]),
        "previous": previous,
        "digest": new.digest,
    }
    driver.execute(_ADD_HERE, [row[one] for one in _COLUMNS])
    driver.execute(_MOVE_HERE, (new.seq, new.digest))
    if new.seq - indexed >= MOST_BEHIND:
        catch_up(session)
    return new


def _append_shared(session: Session, entry: LogEntry) -> Head:
    """The row, whom it names, and the head."""
    connection = session.connection()
    last = connection.execute(_LAST).first()
    seq, previous, indexed = last or _first(session)
    if indexed < seq:
        catch_up(session)
    content = told(entry)
    new = Head(seq + 1, digest_of(content, seq + 1, previous))
    row = {**content, "at": entry.at, "officer_id": entry.officer_id}
    connection.execute(_ADD, {**row, "seq": new.seq, "previous": previous, "digest": new.digest})
    if subjects := sorted({*entry.files, *entry.people}, key=attrgetter("int")):
        connection.execute(_NAME, [{"subject": one, "seq": new.seq} for one in subjects])
    connection.execute(_MOVE, {"seq": new.seq, "digest": new.digest, "indexed": new.seq})
    return new


def _first(session: Session) -> tuple[int, str, int]:
    """Begin the chain; Damaged when there are rows already and their head was taken away."""
    if session.execute(select(_ROW.c.seq).limit(1)).first() is not None:
        raise Damaged(
            "The head of the log was taken away, so nothing can be done that must be logged.",
            remedy="Run `casefile log verify`, and restore the latest backup.",
        )
    session.execute(insert(_HEAD), {"id": 1, "seq": 0, "digest": GENESIS, "indexed": 0})
    return 0, GENESIS, 0
