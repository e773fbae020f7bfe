"""What the tests of moving share: a record worth moving, and an empty database to move it to."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import select

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.errors import Cancelled, Damaged
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.files.actions.documents import add_document
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.queries.listing import list_files
from casefile.moving.ends import NewFolder, OnServer
from casefile.moving.run import Move, Moved, Source
from casefile.moving.sources import of_folder, of_server
from casefile.moving.tables import tables
from casefile.opening import OpenFolder
from casefile.sample import ADMINISTRATOR, OFFICER, PASSWORD
from casefile.store.engine import Store
from casefile.store.shared.address import Address
from casefile.store.standing import OWN_FACTS
from casefile.store.transfer.prove import OWN_COLUMNS
from casefile.work.progress import Progress, Quiet
from tests import owners
from tests.faults.victim import whole_file
from tests.postgres import Postgres
from tests.shared import PASSPHRASE, made_once, training

NAMES = ("Hale", "Marsh")
"""Who administers and who keeps the files of the small record."""
THERE = "plum river stone"
"""The administrator's password in the new place."""


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of these tests touches the person's own folders or keychain."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def address(postgres: Postgres) -> Generator[Address]:
    """An empty database on a server that knows none of the officers: what another test left of their roles is gone."""
    dsn = postgres.fresh_database()
    _forget_officers(dsn)
    yield owners.address_of(dsn)
    _forget_officers(dsn)
    postgres.drop(dsn)


def _forget_officers(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name in (ADMINISTRATOR, OFFICER, *NAMES):
            called = sql.Identifier(name.casefold())
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(called))


def _small(folder: Path) -> None:
    """A record of a few files: people, signed entries, a document of several pieces, a draft."""
    opened = opening.create(folder, PASSPHRASE, keychain=False)
    opened.first_administrator(NAMES[0], PASSWORD)
    opened.desk.do(add_officer, NewOfficer(NAMES[1], "sergeant", PASSWORD))
    opened.desk.sign_in(NAMES[1], PASSWORD)
    for number in range(3):
        opened.desk.do(bring_in_json, whole_file(f"F-2026-{number:05}"), "invented.json")
    file_id = opened.desk.read(list_files).rows[0].id
    opened.desk.do(add_document, file_id, "long.bin", random.Random(1).randbytes(2_500_000))
    draft = opened.desk.do(start_draft, file_id, "contact").result
    opened.desk.do(save_draft, draft.id, {"note": "Ħalf a sentence — kept"}, draft.revision)
    opened.close()


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a small record."""
    return Path(shutil.copytree(made_once(tmp_path_factory, "small-record", _small), tmp_path / "store"))


@pytest.fixture
def trained(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the training store, which is larger."""
    return Path(shutil.copytree(training(tmp_path_factory), tmp_path / "training"))


@dataclass(frozen=True)
class Held:
    """An open store whose administrator is signed in."""

    opened: OpenFolder
    source: Source


@pytest.fixture
def held(folder: Path) -> Iterator[Held]:
    opened = administered(folder)
    yield Held(opened, of_folder(opened))
    opened.desk.store.close()


def administered(folder: Path, password: str = PASSWORD, name: str = NAMES[0]) -> OpenFolder:
    """The store in *folder*, with its administrator signed in."""
    opened = opening.open_with_passphrase(folder, PASSPHRASE, remember=False)
    opened.desk.sign_in(name, password)
    return opened


class Stopping:
    """A person who stops the move after so many steps."""

    def __init__(self, after: int) -> None:
        self.left = after

    def step(self, done: int, of: int | None, what: str) -> None:
        self.left -= 1
        if self.left == 0:
            raise Cancelled("You stopped it.")


def to_server(source: Source, address: Address, progress: Progress | None = None) -> Moved:
    """Move a record to a server."""
    return Move(source, OnServer(address), THERE, progress or Quiet()).run()


def to_folder(source: Source, folder: Path, progress: Progress | None = None) -> Moved:
    """Move a record to a folder of this computer."""
    return Move(source, NewFolder(folder, PASSPHRASE, keychain=False), THERE, progress or Quiet()).run()


AtServer = Callable[..., Source]


@pytest.fixture
def at_server() -> Iterator[AtServer]:
    """Shared stores as who keeps the server has them, with somebody signed in at the desk."""
    with ExitStack() as opened:

        def signed_in(address: Address, name: str = NAMES[0], password: str = THERE) -> Source:
            return opened.enter_context(of_server(address, None, lambda desk: desk.sign_in(name, password)))

        yield signed_in


def half_filled(address: Address) -> str:
    """Why the shared store does not open; "" if it does."""
    try:
        with of_server(address, None, lambda desk: None):
            return ""
    except Damaged as told:
        return str(told)


def everything(store: Store, *, log_up_to: int) -> dict[str, list[Any]]:
    """Every row of every table as this engine gives it, but what belongs to one store alone; read in no way of ours."""
    found: dict[str, list[Any]] = {}
    with store.reading() as session:
        for table in tables():
            wanted = select(
                *(one for one in table.columns if one.name not in OWN_COLUMNS.get(table.name, ()))
            )
            if table.name in {"log_row", "log_subject"}:
                wanted = wanted.where(table.c.seq <= log_up_to)
            if table.name == "store_fact":
                wanted = wanted.where(table.c.key.not_in(OWN_FACTS))
            rows = [tuple(one) for one in session.connection().execute(wanted)]
            found[table.name] = sorted(rows, key=repr)
    return found


__all__ = ["OFFICER", "PASSPHRASE", "PASSWORD"]
