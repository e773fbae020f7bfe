"""A copy of chosen files that is taken away for a time: made, opened to be read, returned, and gone when its time is over.

It is an embedded store of its own, under a passphrase of its own that no keychain holds; so its key is gone when the
wrapped copy of it is destroyed. Everything in it can be read, nothing written; what is read is logged in it, and comes
back with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Connection, insert, select

from casefile.audit.anchor import Anchor
from casefile.audit.model import LogRow
from casefile.desk import Desk, real_clock
from casefile.errors import CasefileError, Damaged, Fault, Invalid, Missing, Unavailable
from casefile.exchange.copies.register import CopyReading, CopyTaken, end_copy, take_copy
from casefile.opening import Clock, OpenFolder, OpenStore, heads_of
from casefile.standards import library
from casefile.store import embedded, seal
from casefile.store.base import Base
from casefile.store.engine import Store, translated
from casefile.store.keys import check_passphrase
from casefile.store.model import StoreFact
from casefile.store.seal import SealBroken
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.progress import Progress, Quiet
from casefile.work.unit import Actor, Work

MARK, READINGS = "copy.json", "readings.json"
"""What lies in the open beside a copy: what it is and until when; and, once it is over, which records were read in it."""
READER_MAY = frozenset({Permission.OWN_ACCOUNT, Permission.READ_FILES})


@dataclass(frozen=True, slots=True)
class CopyHere:
    """A copy in a folder of this computer, as far as can be said without its passphrase."""

    folder: Path
    id: UUID
    taken_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Taking:
    """What is asked for when a copy is taken.

    Attributes:
        folder: Where the copy is to be: new or empty.
        files: Identities of the files.
        recipient: Who reads it: the officer themselves, or somebody by name.
        reason: Why, for the log.
        hours: For how many hours; the standard says at most how many.
        passphrase: What opens it; nobody else has it.
    """

    folder: Path
    files: Sequence[UUID]
    recipient: str
    reason: str
    hours: int
    passphrase: str


def take(desk: Desk, wanted: Taking, progress: Progress | None = None) -> CopyTaken:
    """Take a copy: it stands in its folder, encrypted, and in the log; or nothing of it does.

    Raises:
        Invalid: The passphrase is too short, or what was asked for cannot stand.
        Missing, Refused: A file is not for this officer to take.
        Damaged: The folder is not empty.
        Unavailable: The folder cannot be written to.
    """
    if sentence := check_passphrase(wanted.passphrase):
        raise Invalid([Fault("passphrase", sentence)], kept="No copy was taken.")
    opened, _ = embedded.create(wanted.folder, wanted.passphrase)
    taken: CopyTaken | None = None
    try:
        with _Into(opened.store) as into:
            taken = (
                desk.with_(reason=wanted.reason, progress=progress or Quiet())
                .do(take_copy, wanted.files, wanted.recipient, wanted.hours, into)
                .result
            )
            into.seal(taken, desk.actor.role)
        opened.store.close()
        _write_mark(wanted.folder, taken)
    except BaseException:
        opened.store.close()
        destroy(wanted.folder)
        if taken is not None:
            with contextlib.suppress(CasefileError):
                desk.do(end_copy, taken.id, "never made")
        raise
    return taken


def look(folder: Path) -> CopyHere | None:
    """The copy in *folder*; None when there is none."""
    try:
        said = json.loads((folder / MARK).read_text("ascii"))
        return CopyHere(
            folder,
            UUID(said["copy"]),
            datetime.fromisoformat(said["taken_at"]),
            datetime.fromisoformat(said["until"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def open_copy(folder: Path, passphrase: str, *, clock: Clock = real_clock) -> OpenStore:
    """Open a copy to be read; whoever it was taken for is signed in.

    Raises:
        Missing: There is no copy in *folder*.
        Refused: Wrong passphrase, or the clock was moved back.
        SealBroken: Its time is over: its key is destroyed, and which records were read in it is kept for the return.
    """
    here = look(folder)
    if here is None or not (folder / embedded.RECOVERY).exists():
        if here is not None:
            raise SealBroken("The time of this copy is over, and its key is destroyed.")
        raise Missing(f"There is no copy at {folder}.", remedy="Check the place.")
    key = embedded.key_from_passphrase(folder, passphrase)
    opened = embedded.open_with_key(folder, key, as_copy=True)
    bound = opened.store.seal
    assert bound is not None
    desk = Desk(opened.store, library(), anchor=Anchor(heads_of(opened.store_id)), clock=clock)
    try:
        bound.allow(desk.now(), writes=False)
        desk.actor = Actor(UUID(bound.facts[_OFFICER]), bound.reader, bound.facts[_ROLE], READER_MAY)
        desk.do(begin_reading)
    except SealBroken:
        _keep_readings(folder, readings_in(opened.store))
        opened.store.close()
        _forget_key(folder)
        raise
    except BaseException:
        opened.store.close()
        raise
    return OpenFolder(desk, str(folder), folder, opened.store_id, None, key)


def return_copy(desk: Desk, folder: Path, passphrase: str | None = None) -> int:
    """Return a copy: what was read in it goes into the log of the store, and nothing of it stays on the disk.

    Args:
        desk: A desk at the store it was taken from.
        folder: Where the copy is.
        passphrase: What opens it; None when its time is over, or when nobody knows it any more.

    Returns:
        How many readings were logged.
    """
    here = look(folder)
    if here is None:
        raise Missing(f"There is no copy at {folder}.", remedy="Check the place.")
    readings, how = _readings_of(folder, passphrase)
    logged = desk.do(end_copy, here.id, how, readings).result
    destroy(folder)
    return logged


def destroy(folder: Path) -> None:
    """Take everything of a copy from the disk, its key first."""
    _forget_key(folder)
    for part in folder.glob("*") if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            part.unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()


@action(needs=Permission.OWN_ACCOUNT, logs=Logged.ACCESS)
def begin_reading(work: Work) -> None:
    """Open a copy of files that was taken away."""
    work.note(result="opened")


def readings_in(store: Store) -> tuple[CopyReading, ...]:
    """What was read in an open copy, by its own log."""
    wanted = select(LogRow).where(LogRow.category != Logged.ACCESS.value).order_by(LogRow.seq)
    with store.reading() as session:
        return tuple(
            CopyReading(row.at, row.act, tuple(map(UUID, row.files)), tuple(map(UUID, row.people)))
            for row in session.scalars(wanted)
        )


_OFFICER, _ROLE = "copy_officer_id", "copy_role"


class _Into:
    """The new store that a copy is poured into: all of it in one transaction."""

    def __init__(self, store: Store) -> None:
        self._open = contextlib.ExitStack()
        self._connection: Connection = self._open.enter_context(store.laying())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def begin(self) -> None:
        """Forget whatever was taken."""
        self._connection.rollback()
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

    def take(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take some rows of a table."""
        if rows:
            with translated():
                self._connection.execute(insert(Base.metadata.tables[table]), [dict(row) for row in rows])

    def seal(self, taken: CopyTaken, role: str) -> None:
        """Say what binds this copy."""
        facts = {
            seal.COPY: str(taken.id),
            seal.TAKEN: taken.taken_at.isoformat(),
            seal.UNTIL: taken.until.isoformat(),
            seal.READER: taken.recipient,
            _OFFICER: str(taken.officer_id),
            _ROLE: role,
        }
        self.take(StoreFact.__tablename__, [{"key": key, "value": value} for key, value in facts.items()])


def _readings_of(folder: Path, passphrase: str | None) -> tuple[tuple[CopyReading, ...], str]:
    kept = folder / READINGS
    if kept.exists():
        return _kept_readings(kept), "returned when its time was over"
    if passphrase is None:
        return (), "deleted without its passphrase: what was read in it is not known"
    key = embedded.key_from_passphrase(folder, passphrase)
    opened = embedded.open_with_key(folder, key, as_copy=True)
    try:
        return readings_in(opened.store), "returned"
    finally:
        opened.store.close()


def _keep_readings(folder: Path, readings: Sequence[CopyReading]) -> None:
    said = [asdict(one) for one in readings]
    _write(folder / READINGS, json.dumps(said, default=str))


def _kept_readings(kept: Path) -> tuple[CopyReading, ...]:
    try:
        return tuple(
            CopyReading(
                datetime.fromisoformat(one["at"]),
                str(one["act"]),
                tuple(map(UUID, one["files"])),
                tuple(map(UUID, one["people"])),
            )
            for one in json.loads(kept.read_text("ascii"))
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged("The list of what was read in this copy is damaged.") from error


def _write_mark(folder: Path, taken: CopyTaken) -> None:
    said = {"copy": str(taken.id), "taken_at": taken.taken_at.isoformat(), "until": taken.until.isoformat()}
    _write(folder / MARK, json.dumps(said))


def _write(path: Path, said: str) -> None:
    try:
        path.write_text(said + "\n", encoding="ascii")
        path.chmod(0o600)
    except OSError as error:
        raise Unavailable(f"Casefile cannot write to {path.parent}.") from error


def _forget_key(folder: Path) -> None:
    """Write over the wrapped key and take it away: without it what is left is noise."""
    wrapped = folder / embedded.RECOVERY
    with contextlib.suppress(OSError), wrapped.open("r+b") as out:
        out.write(secrets.token_bytes(wrapped.stat().st_size))
        out.flush()
        os.fsync(out.fileno())
    with contextlib.suppress(OSError):
        wrapped.unlink()
