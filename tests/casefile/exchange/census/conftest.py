"""A desk with a researcher signed in, on each of the two stores."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from casefile.access.actions import NewOfficer, add_first_administrator, add_officer
from casefile.desk import Desk
from casefile.standards import library
from casefile.store import schema
from casefile.store.base import Base
from casefile.store.engine import Store, embedded_engine, shared_engine
from tests.postgres import Postgres

PASSWORD = "three quiet otters swim"
KEY = bytes(range(32))


@dataclass
class Clock:
    """The tests' moment."""

    now: datetime = field(default_factory=lambda: datetime(2024, 9, 2, 9, 30, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with Postgres() as running:
        yield running


def _build(dsn: str) -> None:
    engine = create_engine(Postgres.url_of(dsn))
    with engine.begin() as connection:
        schema.bring_up(connection, Base.metadata)
    engine.dispose()


@contextmanager
def _store(kind: str, request: pytest.FixtureRequest, folder: Path) -> Generator[Store]:
    if kind == "embedded":
        engine = embedded_engine(folder / "casefile.db", KEY)
        with engine.begin() as connection:
            schema.bring_up(connection, Base.metadata)
        store = Store(engine, "embedded", str(folder))
        yield store
        store.close()
        return
    running: Postgres = request.getfixturevalue("server")
    dsn = running.fresh_database(running.template("census", _build))
    store = Store(shared_engine(Postgres.url_of(dsn)), "shared", "the tests' server")
    yield store
    store.close()
    running.drop(dsn)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["embedded", "shared"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A researcher's desk."""
    with _store(request.param, request, tmp_path) as store:
        desk = Desk(store, library(), clock=clock)
        desk.do(add_first_administrator, "Root", PASSWORD)
        desk.sign_in("Root", PASSWORD)
        desk.do(add_officer, NewOfficer("Marsh", "researcher", PASSWORD))
        desk.do(add_officer, NewOfficer("Quill", "administrator", PASSWORD))
        desk.sign_out()
        desk.sign_in("Marsh", PASSWORD)
        yield desk
        desk.sign_out()
