"""The embedded store: a folder with one encrypted file, and the wrapped copy of its key.

``casefile.db`` (with its WAL beside it) is ciphertext throughout; ``recovery.json`` holds the key
wrapped under the recovery passphrase. The key itself is only in the keychain and in memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from casefile.errors import Damaged, Refused, Unavailable
from casefile.store import keys, schema, seal, standing
from casefile.store.engine import Store, embedded_engine, translated
from casefile.store.model import StoreFact

DATABASE = "casefile.db"
RECOVERY = "recovery.json"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open embedded store and its identity; how it stands, if its record is moved or was."""

    store: Store
    store_id: UUID
    standing: standing.Standing | None = None


def exists(folder: Path) -> bool:
    """Whether *folder* looks like an embedded store."""
    return (folder / RECOVERY).is_file() and (folder / DATABASE).is_file()


def store_id(folder: Path) -> UUID:
    """The identity of the store in *folder*; Damaged when there is none."""
    return UUID(keys.read_wrapped(folder / RECOVERY).store_id)


def create(
    folder: Path,
    passphrase: str,
    *,
    key: bytes | None = None,
    identity: UUID | None = None,
    facts: Mapping[str, str] | None = None,
) -> tuple[Opened, bytes]:
    """Make a new store in *folder* (which must be new or empty); gives the open store and its key.

    All or nothing: what was made is removed when any step fails.

    Args:
        folder: Where.
        passphrase: The recovery passphrase.
        key: The store's key; a new one when none is given.
        identity: The store's identity, when it takes over the record of another store; else a new one.
        facts: What else the store says of itself from its first moment.
    """
    fresh = not folder.exists()
    if not fresh and any(folder.iterdir()):
        raise Damaged(
            f"The folder {folder.name} is not empty.", remedy="Choose a new or empty folder for the store."
        )
    key = key or keys.new_key()
    identity = identity or uuid4()
    said = {"store_id": str(identity), **(facts or {})}
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys.write_wrapped(folder / RECOVERY, keys.wrap(key, passphrase, identity))
        store = _open(folder, key)
        with store.laying() as connection:
            connection.execute(text("COMMIT"))
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.exec_driver_sql("BEGIN")
            schema.bring_up(connection)
            connection.execute(
                insert(StoreFact), [{"key": name, "value": value} for name, value in said.items()]
            )
    except OSError as error:
        _remove(folder, whole=fresh)
        raise _unwritable(folder) from error
    except BaseException:
        _remove(folder, whole=fresh)
        raise
    _only_for_owner(folder)
    return Opened(store, identity), key


def open_with_key(folder: Path, key: bytes, *, half_filled: bool = False, as_copy: bool = False) -> Opened:
    """Open the store with its key; brings an older schema up after keeping a copy of the file.

    A store into which a record is being moved is refused, unless *half_filled* says that this is who moves it.

    Args:
        folder: Where it is.
        key: Its key.
        half_filled: A record is being moved into it, by whoever opens it.
        as_copy: It is a copy that was taken away, and opened as one.
    """
    identity = store_id(folder)
    if not (folder / DATABASE).is_file():
        raise Damaged(
            "The store's file casefile.db is missing.", remedy="Restore the latest backup of this store."
        )
    if not os.access(folder, os.W_OK) or not os.access(folder / DATABASE, os.W_OK):
        raise _unwritable(folder)
    store = _open(folder, key)
    try:
        with translated(), store.engine.connect() as connection:
            current = schema.check(connection)
            named = (
                connection.execute(text("SELECT value FROM store_fact WHERE key = 'store_id'")).scalar()
                if current
                else str(identity)
            )
            said = standing.read(connection) if current else None
        if named != str(identity):
            raise Damaged(
                "The recovery.json in this folder belongs to another store.",
                remedy="Put the two files of one store back together, or restore a backup.",
            )
        if not half_filled:
            standing.check_filled(said)
        if not current:
            _bring_up(folder, store)
        store.seal = seal.read(store)
        if (store.seal is not None) is not as_copy:
            raise Refused(
                "This is a copy that was taken away for a time."
                if store.seal
                else "This is no copy, but a store.",
                remedy="Open it with casefile copy open, or from the first page of Casefile.",
            )
    except BaseException:
        store.close()
        raise
    return Opened(store, identity, said)


def key_from_passphrase(folder: Path, passphrase: str) -> bytes:
    """The store's key, given the recovery passphrase; Refused with a sentence if it is wrong."""
    return keys.unwrap(keys.read_wrapped(folder / RECOVERY), passphrase)


def change_passphrase(folder: Path, key: bytes, passphrase: str) -> None:
    """Wrap the key under a new recovery passphrase; the old one stops working."""
    keys.write_wrapped(folder / RECOVERY, keys.wrap(key, passphrase, store_id(folder)))


def copy_to(store: Store, key: bytes, folder: Path, target: Path) -> None:
    """Copy the whole store to the new folder *target* while it is in use, still encrypted.

    The engine's own backup is used, so that a copy taken while others write is consistent.
    """
    if target.exists() and any(target.iterdir()):
        raise Damaged(f"The folder {target.name} is not empty.", remedy="Choose a new folder for the backup.")
    partial = target.with_name(f"{target.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True, mode=0o700)
        source = store.engine.raw_connection()
        copy = embedded_engine(partial / DATABASE, key).raw_connection()
        try:
            with translated():
                source.driver_connection.backup(copy.driver_connection)  # type: ignore[union-attr]
        finally:
            copy.close()
            source.close()
        shutil.copy2(folder / RECOVERY, partial / RECOVERY)
        if target.exists():
            target.rmdir()
        partial.replace(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise _unwritable(target) from error
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _only_for_owner(target)


def _open(folder: Path, key: bytes) -> Store:
    return Store(embedded_engine(folder / DATABASE, key), "embedded", str(folder))


def _bring_up(folder: Path, store: Store) -> None:
    before = folder / f"{DATABASE}.before-{schema.HEAD}"
    with store.laying() as connection:
        connection.execute(text("COMMIT"))
        connection.exec_driver_sql("VACUUM INTO ?", (str(before),))
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        schema.bring_up(connection)


def _unwritable(folder: Path) -> Unavailable:
    return Unavailable(
        f"Casefile cannot write to {folder}.",
        remedy="Choose a place on a disk you may write to, with free space. "
        "Every reading is logged, so a store cannot be opened read-only.",
    )


def _only_for_owner(folder: Path) -> None:
    for path in (folder, *folder.iterdir()):
        with contextlib.suppress(OSError):
            path.chmod(0o700 if path.is_dir() else 0o600)


def _remove(folder: Path, *, whole: bool) -> None:
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", RECOVERY, "recovery.new"):
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    if whole:
        with contextlib.suppress(OSError):
            folder.rmdir()
