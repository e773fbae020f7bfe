"""Fixtures of every test: a moment that tests set, and desks on a real encrypted store and a real PostgreSQL."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from casefile.access import logins
from casefile.access.actions import NewOfficer, add_first_administrator, add_officer
from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.handover.officers import change_officer
from casefile.sections import SECTIONS
from casefile.standards import Library, library
from casefile.store import schema
from casefile.store.engine import Store, embedded_engine
from tests import owners
from tests.postgres import Postgres
from tests.served import Served

PASSWORD = "three quiet otters swim"
SLOW_HASHER = logins.HASHER
"""How the application itself hashes."""
KEY = bytes(range(32))
OFFICERS = {
    "Rhodes": "researcher",
    "Marsh": "constable",
    "Okafor": "sergeant",
    "Lindqvist": "inspector",
    "Penrose": "quality",
}


@dataclass
class Clock:
    """The tests' moment: it moves only when a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 2, 9, 30, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass: ``forward(days=3)``."""
        self.now += timedelta(**by)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords of tests are hashed with the cheapest parameters that argon2 knows, by argon2 all the same.

    What the application itself uses is held against its own rule in ``tests/casefile/access``; commands that run
    in a process of their own use it too.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logins, "HASHER", PasswordHasher.from_parameters(CHEAPEST))
        yield


@pytest.fixture(scope="session", autouse=True)
def long_walks() -> None:
    """A process that runs thousands of tests holds much: what is loaded is not walked through for every few objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def standards() -> Library:
    return library()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as running:
        yield running


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """A server with TLS and SCRAM, where officers are roles; its databases are made by the tests that need one."""
    running = Served()
    try:
        running.start()
    except psycopg.errors.InvalidParameterValue:
        running.stop()
        pytest.skip("This PostgreSQL was built without TLS: install Debian's, or name one by PG_BIN.")
    yield running
    running.stop()


def _staffed(store: Store) -> None:
    """Officers of every role."""
    first = Desk(store, library(), clock=Clock())
    first.do(add_first_administrator, "Boss", PASSWORD)
    _hire(store)


def _hire(store: Store) -> None:
    """Officers of every role, at the word of the administrator who is there."""
    first = Desk(store, library(), clock=Clock())
    first.sign_in("Boss", PASSWORD)
    for number, (name, role) in enumerate(OFFICERS.items(), start=101):
        first.do(add_officer, NewOfficer(name, role, PASSWORD, number=str(number), team="North"))


@pytest.fixture(scope="session")
def staffed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted store with officers and nothing else, made once; each test works on a copy."""
    path = tmp_path_factory.mktemp("staffed") / "casefile.db"
    engine = embedded_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("BEGIN")
        schema.bring_up(connection)
    store = Store(engine, "embedded", "staffed")
    _staffed(store)
    store.close()
    return path


def _build(dsn: str) -> None:
    store = owners.build(dsn, "Boss", PASSWORD, Clock())
    _hire(store)
    store.close()


@pytest.fixture(params=["embedded", "shared"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Store]:
    """A store of each kind with officers and no file."""
    assert SECTIONS
    if request.param == "embedded":
        made: Path = request.getfixturevalue("staffed_store")
        path = tmp_path / "casefile.db"
        path.write_bytes(made.read_bytes())
        opened = Store(embedded_engine(path, KEY), "embedded", str(tmp_path))
        yield opened
        opened.close()
        return
    server: Postgres = request.getfixturevalue("postgres")
    dsn = server.fresh_database(server.template("staffed", _build))
    owners.let_in_again(dsn, PASSWORD)
    opened = owners.OwnersStore(dsn)
    yield opened
    opened.close()
    server.drop(dsn)


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    return Anchor(tmp_path / "state" / "anchor.jsonl")


@pytest.fixture
def sign_in(store: Store, standards: Library, clock: Clock, anchor: Anchor) -> Callable[[str], Desk]:
    """Desks with an officer signed in, by name (see OFFICERS; ``Boss`` administers)."""

    def at(name: str) -> Desk:
        desk = Desk(store, standards, anchor=anchor, clock=clock)
        desk.sign_in(name, PASSWORD)
        return desk

    return at


@pytest.fixture
def desk(sign_in: Callable[[str], Desk]) -> Desk:
    """A desk where the researcher is signed in."""
    return sign_in("Rhodes")


@pytest.fixture
def keeper(store: Store, standards: Library, clock: Clock, anchor: Anchor) -> Desk:
    """A desk of whoever keeps the store, where nobody is signed in."""
    return Desk(store, standards, anchor=anchor, clock=clock)


def in_role(sign_in: Callable[[str], Desk], name: str, role: str) -> Desk:
    """A desk where an officer is signed in whom the administrator has just given another role."""
    held = officer_of(sign_in(name))
    sign_in("Boss").do(change_officer, held, role=role, number="199", team="North", active=True)
    return sign_in(name)


def officer_of(desk: Desk) -> UUID:
    """Identity of who is signed in."""
    assert desk.actor.officer_id is not None
    return desk.actor.officer_id
