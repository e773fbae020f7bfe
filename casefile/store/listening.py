"""Hearing what other programs write in the same store, on both kinds of store, without asking each second for everything.

The shared store tells at each commit (:mod:`casefile.store.shared.notices`). In the embedded store each write leaves a
line in a table that is nobody's record (:class:`casefile.store.model.Written`), and whoever listens looks only at a
number in the file that changes with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from casefile.errors import CasefileError
from casefile.store.engine import Store, driver_of, translated
from casefile.store.shared.notices import CHANNEL

LOOK_SECONDS = 0.4
"""How long a listener waits before it looks whether it is to stop; on the embedded store, also whether something changed."""
ALIVE_SECONDS = 30.0
"""After so long without a notice the server is asked whether it is still there: a cut cable says nothing."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds before a lost connection is sought again, doubled each time."""
KEPT = 500
"""Lines that the embedded store keeps of what was written; whoever is further behind reads everything again."""

_LEAVE = "INSERT INTO written (said, client) VALUES (?, ?)"
_CLEAR = "DELETE FROM written WHERE number <= ?"


@dataclass(frozen=True, slots=True)
class Notice:
    """What another program wrote.

    Attributes:
        kinds: Kinds of record.
        files: Files it was about, as far as they may be named.
        unnamed: Whether it was about restricted files too.
        everything: Anything may have changed: notices were missed.
    """

    kinds: frozenset[str] = frozenset()
    files: frozenset[UUID] = frozenset()
    unnamed: bool = False
    everything: bool = False


class Stop(Protocol):
    """Says when to stop listening (a ``threading.Event``)."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds, or until it is time to stop."""
        ...


class Ear(Protocol):
    """One connection that hears."""

    def hear(self, stop: Stop) -> list[Notice]:
        """Wait a little; what was heard meanwhile."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


def tell(store: Store, session: Session, kinds: Iterable[str], files: Iterable[UUID]) -> None:
    """Leave a line of what is written in this unit of work, where the store does not tell by itself."""
    if store.kind == "shared":
        return
    said = {"kinds": sorted(kinds), "files": sorted(one.hex for one in files)}
    if said["kinds"]:
        driver = driver_of(session)
        number = driver.execute(_LEAVE, (json.dumps(said), store.client)).lastrowid
        driver.execute(_CLEAR, (number - KEPT,))


def heard(store: Store, stop: Stop) -> Iterator[list[Notice]]:
    """What other programs write, as it is written, until it is time to stop; a lost connection is sought again.

    After a time without a connection everything may have changed; on a server also while the first one was being made.
    """
    wait, missed = FIRST_WAIT, store.kind == "shared"
    while not stop.is_set():
        ear: Ear | None = None
        try:
            with translated():
                ear = _SharedEar(store) if store.kind == "shared" else _EmbeddedEar(store)
                if missed:
                    yield [Notice(everything=True)]
                wait, missed = FIRST_WAIT, False
                while not stop.is_set():
                    if found := ear.hear(stop):
                        yield found
                    store.rest()
        except (CasefileError, _driver_error(store)):
            missed = True
            stop.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)
        finally:
            if ear is not None:
                with suppress(Exception):
                    ear.close()


class _SharedEar:
    """Listens on a connection of its own, made as every other of this store."""

    def __init__(self, store: Store) -> None:
        self._connection = _own(store)
        self._client, self._quiet = store.client, 0.0
        self._connection.autocommit = True
        self._connection.execute(f"LISTEN {CHANNEL}")

    def hear(self, stop: Stop) -> list[Notice]:
        """Wait for the server to say something."""
        del stop
        said = list(self._connection.notifies(timeout=LOOK_SECONDS, stop_after=1))
        if said:
            said += self._connection.notifies(timeout=0)
        self._quiet = 0.0 if said else self._quiet + LOOK_SECONDS
        if self._quiet > ALIVE_SECONDS:
            self._connection.execute("SELECT 1")
            self._quiet = 0.0
        found = [json.loads(one.payload) for one in said]
        return [
            Notice(frozenset(one["kinds"]), frozenset(map(UUID, one["files"])), bool(one.get("unnamed")))
            for one in found
            if one.get("from") != self._client
        ]

    def close(self) -> None:
        """Let go."""
        self._connection.close()


class _EmbeddedEar:
    """Looks at the number that changes with every write of another connection, and then at the lines since."""

    def __init__(self, store: Store) -> None:
        self._connection = _own(store)
        self._client = store.client
        self._version = self._ask("PRAGMA data_version")
        self._last = self._ask("SELECT max(number) FROM written") or 0

    def hear(self, stop: Stop) -> list[Notice]:
        """Wait a moment and look."""
        if stop.wait(LOOK_SECONDS):
            return []
        version = self._ask("PRAGMA data_version")
        if version == self._version:
            return []
        self._version = version
        rows = self._connection.execute(
            "SELECT number, said, client FROM written WHERE number > ? ORDER BY number", (self._last,)
        ).fetchall()
        if not rows:
            return []
        missed = rows[0][0] > self._last + 1
        self._last = rows[-1][0]
        if missed:
            return [Notice(everything=True)]
        return [
            Notice(frozenset(said["kinds"]), frozenset(map(UUID, said["files"])))
            for said, client in ((json.loads(one[1]), one[2]) for one in rows)
            if client != self._client
        ]

    def close(self) -> None:
        """Let go."""
        self._connection.close()

    def _ask(self, question: str) -> Any:
        found = self._connection.execute(question).fetchone()
        return found[0] if found else None


def _driver_error(store: Store) -> type[Exception]:
    """What the driver of this store raises on a connection of our own."""
    error: type[Exception] = store.engine.dialect.loaded_dbapi.Error
    return error


def _own(store: Store) -> Any:
    """A connection made as every other of this store, which the pool no longer knows."""
    raw = store.engine.raw_connection()
    connection: Any = raw.driver_connection
    raw.detach()
    return connection
