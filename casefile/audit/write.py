"""Appending to the log. Runs inside the transaction of what it logs, as its last step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Protocol

from sqlalchemy import BigInteger, Text, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casefile.audit.chain import GENESIS, LogEntry, digest_of, told
from casefile.audit.index import MOST_BEHIND, catch_up
from casefile.audit.model import LogHead, LogRow
from casefile.errors import Damaged, Invalid, Refused
from casefile.store.engine import driver_of
from casefile.store.lean import Lean


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: number and digest of its last row."""

    seq: int
    digest: str


def head(session: Session) -> Head:
    """The end of the chain as the store has it; number 0 before the first row."""
    found = session.execute(select(LogHead.seq, LogHead.digest).where(LogHead.id == 1)).first()
    return Head(found.seq, found.digest) if found else Head(0, GENESIS)


_ROW: Any = LogRow.__table__
_COLUMNS = tuple(_ROW.c.keys())
_LAST = "SELECT seq, digest, indexed FROM log_head WHERE id = 1"
_ADD = f"INSERT INTO log_row ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 (our own columns)
_MOVE = "UPDATE log_head SET seq = ?, digest = ? WHERE id = 1"
"""Run as near to the engine as can be: every reading waits for them."""


class Log(Protocol):
    """How a store keeps its log."""

    def append(self, session: Session, entry: LogEntry) -> Head:
        """Append *entry* inside the transaction of *session*; gives the new end of the chain."""
        ...

    def stands(self, session: Session, end: Head) -> bool:
        """Whether the log holds the row that *end* was."""
        ...


def stands(session: Session, end: Head) -> bool:
    """Whether the log holds the row that *end* was: by it is known whether what it tells of was saved."""
    return _LOGS[session.get_bind().dialect.name].stands(session, end)


def append(session: Session, entry: LogEntry) -> Head:
    """Append *entry*; the end of the chain is locked until the transaction ends, so the chain has no forks.

    Raises:
        Damaged: The head of the log was taken away.
        Invalid: What the log is to hold holds a character that no store keeps.
    """
    return _LOGS[session.get_bind().dialect.name].append(session, entry)


class _EmbeddedLog:
    """The program keeps the chain itself: whoever may open the store holds its key."""

    def append(self, session: Session, entry: LogEntry) -> Head:
        """Append *entry* and move the head, no more: the index names for many rows at once whom they concern."""
        driver = driver_of(session)
        last = driver.execute(_LAST).fetchone()
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
        driver.execute(_ADD, [row[one] for one in _COLUMNS])
        driver.execute(_MOVE, (new.seq, new.digest))
        if new.seq - indexed >= MOST_BEHIND:
            catch_up(session)
        return new

    def stands(self, session: Session, end: Head) -> bool:
        """Whether the row is there."""
        found = session.connection().execute(
            select(_ROW.c.seq).where(_ROW.c.seq == end.seq, _ROW.c.digest == end.digest)
        )
        return found.first() is not None


class _SharedLog:
    """The database keeps the chain: number, officer, role and digest are its own to say."""

    def append(self, session: Session, entry: LogEntry) -> Head:
        """Append *entry*; who is connected counts, not whom it names, unless it is whoever keeps the server."""
        details = json.dumps(dict(entry.details), ensure_ascii=False)
        said = {
            "at": entry.at,
            "category": entry.category,
            "act": entry.act,
            "outcome": entry.outcome,
            "reason": entry.reason,
            "files": list(entry.files),
            "people": list(entry.people),
            "details": details,
            "officer_id": entry.officer_id,
            "officer": entry.officer,
            "role": entry.role,
        }
        if "\x00" in f"{entry.reason}{entry.officer}" or "\\u0000" in details:
            raise Invalid(
                "The reason holds a character that cannot be kept (NUL). Take it out and try again.",
                kept="Nothing was done.",
            )
        try:
            (row,) = _CALL.rows(session, **said)
        except DBAPIError as error:
            raise _refused(error) from error
        return Head(row.seq, row.digest)

    def stands(self, session: Session, end: Head) -> bool:
        """Whether the row is there; an officer who may not read the log may ask this of a row they know."""
        asked = {"seq": end.seq, "digest": end.digest}
        return bool(session.connection().execute(_STANDS, asked).scalar())


def _refused(error: DBAPIError) -> Exception:
    """Why the database did not take a row, in a sentence."""
    said = str(error.orig)
    if "head of the log was taken away" in said:
        return _headless()
    if "the clocks differ" in said:
        return Refused(
            "The clock of this computer and the server's differ too much, so nothing can be dated.",
            kept="Nothing was done.",
            remedy="Set this computer's clock right and try again.",
        )
    return error


def _headless() -> Damaged:
    return Damaged(
        "The head of the log was taken away, so nothing can be done that must be logged.",
        remedy="Run `casefile log verify`, and restore the latest backup.",
    )


_CALL = Lean(
    text(
        "SELECT seq, digest FROM casefile_log(:at, :category, :act, :outcome, :reason, CAST(:files AS uuid[]), "
        "CAST(:people AS uuid[]), CAST(:details AS jsonb), CAST(:officer_id AS uuid), :officer, :role)"
    ).columns(seq=BigInteger, digest=Text)
)
_STANDS = text("SELECT casefile_stands(:seq, :digest)")
_LOGS: Mapping[str, Log] = {"sqlite": _EmbeddedLog(), "postgresql": _SharedLog()}


def _first(session: Session) -> tuple[int, str, int]:
    """Begin the chain; Damaged when there are rows already and their head was taken away."""
    if session.execute(select(_ROW.c.seq).limit(1)).first() is not None:
        raise _headless()
    begun: Any = insert(LogHead.__table__)  # pyright: ignore[reportArgumentType]
    session.execute(begun, {"id": 1, "seq": 0, "digest": GENESIS, "indexed": 0})
    return 0, GENESIS, 0
