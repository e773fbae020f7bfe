"""A reading that stands open for a connection: without one, the server shows its officer no row of a person.

Opened before work begins and renewed before it runs out; each one is a row of the log that is committed already.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import NotSupportedError
from sqlalchemy.orm import Session

from casefile.store import away

_KEPT = "casefile_reading"
_RENEWED_BEFORE = 60.0
"""Seconds before its end from which on a reading is renewed: it must not run out between two statements."""
_MAY = text("SELECT casefile_may('read files')")
WAITING = text("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE")
"""Its row is put behind the last of the log as that stands then; a connection that sees one moment only would be refused,
and one that is for reading only takes none."""
_OPEN = text("SELECT seq, extract(epoch FROM lasts) AS seconds FROM casefile_open_reading('')")


class Reading:
    """A reading of one connection.

    Attributes:
        seq: Number of its row in the log; None for an officer who reads no files.
        answered: Whether a row of the log says what was read in it.
    """

    def __init__(self, seq: int | None, seconds: float) -> None:
        """One that was opened just now."""
        self.seq = seq
        self.answered = False
        self._until = time.monotonic() + seconds

    @property
    def unanswered(self) -> bool:
        """Whether no row of the log says yet what it was for."""
        return self.seq is not None and not self.answered

    @property
    def stands(self) -> bool:
        """Whether it need not be renewed yet."""
        return time.monotonic() < self._until - _RENEWED_BEFORE


def ensure(connection: Connection) -> Reading:
    """The reading of *connection*, opened or renewed when none stands; it counts once the caller has committed.

    Raises:
        Away: The server is a standby, where nothing can be put down.
    """
    kept: dict[Any, Any] = connection.info
    reading: Reading | None = kept.get(_KEPT)
    if reading is None or not reading.stands:
        try:
            connection.execute(WAITING)
        except NotSupportedError as error:
            raise away.standby() from error
        if connection.execute(_MAY).scalar():
            row = connection.execute(_OPEN).one()
            reading = Reading(row.seq, float(row.seconds))
        else:
            reading = Reading(None, 2 * _RENEWED_BEFORE)
        kept[_KEPT] = reading
    return reading


def of(session: Session) -> Reading | None:
    """The reading that a session of an officer reads by; None on a store where the program itself logs."""
    return session.info.get(_KEPT)


def note(session: Session, reading: Reading) -> None:
    """Say by which reading a session reads."""
    session.info[_KEPT] = reading
