"""What a store is asked in a block, counted at the driver itself: each statement that reaches it, by whatever way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from casefile.store.engine import Store

_STATEMENTS = ("Execute", "Query")
"""Messages of PostgreSQL's protocol by which a client has a statement run."""


@contextmanager
def asked(store: Store, folder: Path) -> Iterator[list[str]]:
    """The statements that *store* is asked in the block, known when it has ended; on a server only how it was told of each.

    Args:
        folder: Where what a server was told may be written down for as long as it lasts.
    """
    found: list[str] = []
    with (_of_embedded if store.kind == "embedded" else _of_shared)(store, found, folder):
        yield found


@contextmanager
def _of_embedded(store: Store, found: list[str], folder: Path) -> Iterator[None]:
    del folder

    def begin(driver: Any, *_: Any) -> None:
        driver.set_trace_callback(lambda said: said.startswith("--") or found.append(said))

    def end(driver: Any, *_: Any) -> None:
        driver.set_trace_callback(None)

    with _at_each_use(store, begin, end):
        yield


@contextmanager
def _of_shared(store: Store, found: list[str], folder: Path) -> Iterator[None]:
    log = folder / "told.txt"
    with log.open("w") as told:

        def begin(driver: Any, *_: Any) -> None:
            driver.pgconn.trace(told.fileno())

        def end(driver: Any, *_: Any) -> None:
            if driver is not None and not driver.closed:
                driver.pgconn.untrace()

        with _at_each_use(store, begin, end):
            yield
    words = (line.split("\t") for line in log.read_text("utf-8", "replace").splitlines())
    found += [line[3] for line in words if len(line) > 3 and line[1] == "F" and line[3] in _STATEMENTS]


@contextmanager
def _at_each_use(store: Store, begin: Any, end: Any) -> Iterator[None]:
    """Have *begin* and *end* called whenever a connection is taken from those that wait, and given back."""
    event.listen(store.engine, "checkout", begin)
    event.listen(store.engine, "checkin", end)
    try:
        yield
    finally:
        event.remove(store.engine, "checkout", begin)
        event.remove(store.engine, "checkin", end)
