"""What the fault tests share: a store in a folder as an officer has it, and a disk that is too small."""

from __future__ import annotations

import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, event

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.files import open_file
from casefile.opening import OpenStore
from casefile.store.engine import Store

PASSPHRASE, PASSWORD = "otter kettle lamp", "plum river stone"


@dataclass(frozen=True, slots=True)
class Kept:
    """A store in its folder, closed, with one officer who keeps files and one file."""

    folder: Path
    file_id: UUID

    @property
    def database(self) -> Path:
        return self.folder / "casefile.db"


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of these tests touches the person's own folders or keychain."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A store somebody made and left."""
    opened = opening.create(tmp_path / "store", PASSPHRASE, keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    opened.desk.sign_in("Marsh", PASSWORD)
    file_id = opened.desk.do(open_file, "F-2026-00001").result
    opened.close()
    return Kept(tmp_path / "store", file_id)


def reopened(kept: Kept) -> OpenStore:
    """The store open again, with the officer signed in."""
    opened = opening.open_with_passphrase(kept.folder, PASSPHRASE, remember=False)
    opened.desk.sign_in("Marsh", PASSWORD)
    return opened


@contextmanager
def full(store: Store) -> Iterator[None]:
    """The store's file may not grow by one page: what the engine says then is what it says of a full disk."""

    def no_room(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    event.listen(store.engine, "begin", no_room)
    try:
        yield
    finally:
        event.remove(store.engine, "begin", no_room)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1073741823")


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """A real file system of six megabytes; only where this machine lets us mount one."""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True, check=False
    ).returncode:
        pytest.skip("this machine lets nobody mount a small disk; the full store is tested without one too")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
