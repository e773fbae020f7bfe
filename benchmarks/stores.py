"""Stores to measure on: the training store, and an empty one with a researcher signed in."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import event

from casefile import opening
from casefile.access.actions import NewOfficer, add_first_administrator, add_officer
from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.opening import OpenStore
from casefile.sample import build
from casefile.standards import library
from casefile.store import schema
from casefile.store.engine import Store, embedded_engine, shared_engine
from casefile.store.shared.served import PREPARED_AFTER
from casefile.work.progress import Quiet
from tests.postgres import Postgres

PASSWORD = "a kettle for measuring"


@contextmanager
def training() -> Generator[OpenStore]:
    """The training store, with its sergeant signed in."""
    with tempfile.TemporaryDirectory() as folder:
        opened = opening.create(Path(folder) / "store", PASSWORD, keychain=False)
        build(opened, Quiet())
        yield opened
        opened.close()


@contextmanager
def staffed(engine: Literal["embedded", "shared"]) -> Generator[tuple[Desk, tuple[UUID, ...]]]:
    """An empty store of a kind (``embedded`` or ``shared``) with sergeants, the first signed in; their identities."""
    clock = lambda: datetime(2026, 11, 2, 9, tzinfo=UTC)  # noqa: E731
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres() if engine == "shared" else None
        if server is None:
            made = embedded_engine(Path(folder) / "casefile.db", bytes(32))
        else:
            server.__enter__()
            made = shared_engine(Postgres.url_of(server.fresh_database()))
            event.listen(made, "connect", _as_an_officers)
        if engine == "embedded":  # as every store that Casefile makes
            with made.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with made.begin() as connection:
            schema.bring_up(connection)
        store = Store(made, engine, folder)
        desk = Desk(store, library(), anchor=Anchor(Path(folder) / "anchor.jsonl"), clock=clock)
        desk.do(add_first_administrator, "Warden", PASSWORD)
        desk.sign_in("Warden", PASSWORD)
        ids = tuple(
            desk.do(add_officer, NewOfficer(f"Sergeant {n}", "sergeant", PASSWORD)).result for n in range(20)
        )
        desk.sign_in("Sergeant 0", PASSWORD)
        try:
            yield desk, ids
        finally:
            store.close()
            if server is not None:
                server.__exit__(None, None, None)


def _as_an_officers(connection: Any, _: object) -> None:
    """The server keeps ready what is asked of it, ours and by hand, as on an officer's own connection."""
    connection.prepare_threshold = PREPARED_AFTER


@contextmanager
def empty() -> Generator[OpenStore]:
    """An empty store with a researcher signed in."""
    with tempfile.TemporaryDirectory() as folder:
        opened = opening.create(Path(folder) / "store", PASSWORD, keychain=False)
        opened.first_administrator("Warden", PASSWORD)
        opened.desk.do(add_officer, NewOfficer("Ash", "researcher", PASSWORD))
        opened.desk.sign_in("Ash", PASSWORD)
        yield opened
        opened.close()
