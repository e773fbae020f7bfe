"""Engines and units of work for both stores; the only file that commits.

Embedded: one encrypted SQLite file (SQLCipher, raw key, WAL). Shared: PostgreSQL.
Rooms never ask which one they are on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from casefile.errors import Away, Bug, CasefileError, Damaged, Refused, Unavailable, Unsure, WrongKey
from casefile.store import away
from casefile.store.compiled import OPTIONS
from casefile.store.line import Line
from casefile.store.seal import Seal
from casefile.store.shared.trouble import in_session
from casefile.store.standing import Standing

CACHE_KIB = 65536
_READER = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""How a server is read: one moment, and by a transaction that can write nothing."""
_BUSY_MILLISECONDS = 15_000
STORE = "casefile_store"
"""Under which a session knows its store."""


class Store:
    """An open store: gives sessions for reading and for writing.

    Attributes:
        kind: ``embedded`` or ``shared``.
        place: Where it is, as shown to people; never with a password.
        line: Whether it answers, and trying again when it does not.
        seal: What may be done with it when it is a copy that was taken away; None for a store of its own.
        client: This program's own name among those that have the store open, new at each opening.
        by_role: Whether each officer signs in as a role of the server's own; otherwise their password is in their row.
        training: Whether it is for training and tests, where a desk may say what time it is.
        identity: The store's identity, as far as it is known before somebody has signed in.
        standing: What happens to it while its record is moved, or where that was moved to; None: nothing.
        clock: What tells the moment there, where the store has a clock of its own; None: this computer's.
    """

    by_role = False
    training = False
    identity: UUID | None = None
    standing: Standing | None = None
    clock: Callable[[], datetime] | None = None

    def __init__(self, engine: Engine, kind: Literal["embedded", "shared"], place: str) -> None:
        self.engine = engine
        self.kind = kind
        self.place = place
        self.client = uuid4().hex
        if kind == "shared":
            event.listen(engine, "connect", self._name_client)
        self.told_time: Callable[[], datetime] | None = None
        # A reading sees one moment however long it takes, as SQLite's WAL gives it by itself.
        reader = engine.execution_options(**_READER) if kind == "shared" else engine
        known = {STORE: self}
        self._reading = sessionmaker(reader, expire_on_commit=False, autoflush=True, info=known)
        writer = engine.execution_options(casefile_begin="IMMEDIATE")
        self._writing = sessionmaker(writer, expire_on_commit=False, autoflush=True, info=known)
        self.line = Line(self._reach)
        self.seal: Seal | None = None

    def signed_in(self, name: str, password: str | None) -> Store:
        """The store as the officer *name* may use it: another one where officers are roles of a server.

        Args:
            name: The name they sign in with.
            password: Their password; None for single sign-on or a certificate, where the server offers them.
        """
        return self

    def signed_out(self) -> Store:
        """The store as it is when nobody is signed in."""
        return self

    @contextmanager
    def _session(self, make: sessionmaker[Session], *, reads: bool) -> Generator[Session]:
        """A session as *make* makes it; with *reads* one that may see rows of people."""
        with make.kw["bind"].connect() as connection, make(bind=connection) as session:
            yield session

    @staticmethod
    def _kept(connection: Connection) -> None:
        """Commit what was said on a connection before its session begins, so that the session can rest on it."""
        if connection.in_transaction():
            connection.commit()

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session by which nothing can be written: on a server its transaction is for reading only, else it is rolled back."""
        with translated(), self._session(self._reading, reads=True) as session:
            try:
                yield session
                self._read(session)
            finally:
                session.rollback()

    def _read(self, session: Session) -> None:
        """End what a session read.

        On a server by a commit, for psycopg throws away every prepared statement of a connection that rolls back.
        """
        if self.kind == "shared":
            session.expunge_all()  # what was changed in memory alone is not tried on the server
            session.commit()
        else:
            session.rollback()

    @contextmanager
    def writing_after(self, session: Session) -> Generator[None]:
        """End what a reading *session* reads, and commit on its connection what is written in the block.

        A reading and its log row so need one connection, and none of it waits for another. In the block
        the session is used for the log alone.
        """
        connection = _bound(session)
        self._read(session)
        if self.kind == "shared":
            connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
            yield
            session.flush()
            self._commit(session)
            return
        driver: Any = connection.connection.driver_connection
        if driver.in_transaction:
            driver.rollback()
        driver.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            driver.rollback()
            raise
        driver.commit()

    @contextmanager
    def laying(self) -> Generator[Connection]:
        """A bare connection for making or altering the tables; committed when the block ends well, and only then."""
        with translated(), self.engine.connect() as connection:
            yield connection
            connection.commit()

    @contextmanager
    def writing(self, *, reads: bool = True) -> Generator[Session]:
        """A session whose transaction is committed when the block ends well, and only then.

        Args:
            reads: Whether it sees rows of people; not, where nothing but the log is written.

        Raises:
            Unsure: The answer to the commit was lost.
        """
        with translated(), self._session(self._writing, reads=reads) as session:
            session.connection()
            try:
                yield session
                session.flush()
            except BaseException:
                session.rollback()
                raise
            self._commit(session)

    def _commit(self, session: Session) -> None:
        lost = Unsure(session.connection().info.get(away.CONNECTION))
        try:
            session.commit()
        except DBAPIError as error:
            if isinstance(translate(error), Away):
                raise lost from error
            raise

    def settle(self, lost: Unsure) -> None:
        """Make sure that the connection whose answer was lost saves nothing any more.

        Raises:
            Away: The server does not answer, or is still at it.
        """
        with translated(), self.engine.connect() as connection:
            if not away.ended(connection, lost.connection):
                raise Away("The server is still at what it was told to save.")

    def _reach(self) -> None:
        """Ask the store one small thing, over a new connection.

        Raises:
            Away: It does not answer, or takes nothing.
        """
        self.engine.dispose()
        with translated(), self.engine.connect() as connection:
            if self.kind == "shared" and away.takes_nothing(connection):
                raise away.standby()

    def _name_client(self, connection: Any, _: object) -> None:
        """Tell the server on each new connection which program it is, so that a program knows its own writing."""
        try:
            before, connection.autocommit = connection.autocommit, True
            connection.execute("SELECT set_config('casefile.client', %s, false)", (self.client,))
            connection.autocommit = before
        except BaseException:
            connection.close()
            raise

    def rest(self) -> None:
        """Let go of connections that nobody has used for a while, where others count them; the next use makes one anew."""

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def embedded_engine(path: Path, key: bytes | None) -> Engine:
    """An engine on the encrypted file at *path*; with *key* None an unencrypted one, for benchmarks only."""

    def connect() -> Any:
        connection = sqlcipher.connect(
            str(path), check_same_thread=False, isolation_level=None, timeout=_BUSY_MILLISECONDS / 1000
        )
        cursor = connection.cursor()
        if key is not None:
            cursor.execute("PRAGMA cipher_log_level=NONE")
            cursor.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA trusted_schema=OFF")
        cursor.close()
        return connection

    engine = create_engine(
        "sqlite+casefile://",
        creator=connect,
        execution_options=OPTIONS,
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=5,
        json_deserializer=_plain,
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _plain(said: str) -> Any:
    """Plain data read back; most of it is nothing at all, as the doubts of an entry."""
    return {} if said == "{}" else [] if said == "[]" else json.loads(said)


def shared_engine(url: str) -> Engine:
    """An engine on a PostgreSQL server, which notices within seconds that the server is gone."""
    patience = {key: value for key, value in away.PATIENCE.items() if key not in make_url(url).query}
    engine = create_engine(
        make_url(url).set(drivername="postgresql+casefile"),
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args=patience,
        execution_options=OPTIONS,
    )
    event.listen(engine, "connect", away.greet)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:
        driver.execute(f"BEGIN {connection.get_execution_options().get('casefile_begin', 'DEFERRED')}")


def _bound(session: Session) -> Connection:
    """The one connection of a session of the store."""
    if not isinstance(session.bind, Connection):
        raise TypeError("a session of the store has one connection")
    return session.bind


def driver_of(session: Session) -> Any:
    """The driver's own connection under *session* of an embedded store, its transaction begun.

    For the few statements that every reading waits for: what stands above it takes longer than they do.
    """
    driver: Any = _bound(session).connection.driver_connection
    if not driver.in_transaction:
        driver.execute("BEGIN")
    return driver


@contextmanager
def translated() -> Generator[None]:
    """Turn what a database driver says into a sentence for people; the world's errors pass through."""
    try:
        yield
    except CasefileError:
        raise
    except (DBAPIError, sqlcipher.Error, sqlite3.Error) as error:
        raise translate(error) from error


def translate(error: Exception) -> CasefileError:
    """What a driver's error means for the person at the desk."""
    if (told := away.from_server(error)) is not None:
        return told
    return in_session(getattr(error, "orig", None) or error) or _by_words(error)


def _by_words(error: Exception) -> CasefileError:
    said = str(getattr(error, "orig", error)).lower()
    if "disk is full" in said or "no space left" in said:
        return Unavailable(
            "The disk is full.", kept="Nothing half-done was kept.", remedy="Free some space and try again."
        )
    if "readonly" in said or "read-only" in said:
        return Unavailable(
            "The store is on a disk or share that cannot be written to.",
            remedy="Move the store, or ask for the right to write there. "
            "Every reading is logged, so it cannot be opened read-only.",
        )
    if "database is locked" in said or "busy" in said or "lock timeout" in said:
        return Unavailable("The store is busy with another program.", remedy="Wait a moment and try again.")
    if "not a database" in said or "malformed" in said or "hmac" in said:
        return _unreadable(said)
    if "disk i/o error" in said or "unable to open" in said:
        return Unavailable(
            "The disk that holds the store cannot be read.", remedy="Check the disk or share and try again."
        )
    if "is immutable" in said or "store is frozen" in said:
        return _kept_as_it_is(said)
    kind = " ".join((type(error).__name__, getattr(getattr(error, "orig", None), "sqlstate", None) or ""))
    return Bug(f"The store refused a statement ({kind.strip()}).")


def _kept_as_it_is(said: str) -> Refused:
    """A trigger refused the change: of what is signed, or of a store whose record moved."""
    if "store is frozen" in said:
        return Refused(
            "This store can be read, not changed: its record is being moved, or was moved, to another store.",
            remedy="Open it again: it then says where the record is now.",
        )
    return Refused(
        "What is signed is never changed or removed.", remedy="Amend it: a new version with a reason."
    )


def _unreadable(said: str) -> Damaged:
    """The file is not one that this key opens, or it opens and a part of it is damaged."""
    if "not a database" in said:
        return WrongKey(
            "The store cannot be read: the key is not its key, or the file is damaged.",
            remedy="Use the recovery passphrase, or restore the latest backup.",
        )
    return Damaged(
        "A part of the store is damaged and cannot be read.",
        remedy="Let casefile doctor look at the store, and restore the latest backup.",
    )


def sound(store: Store) -> list[str]:
    """Whether the store's pages and references are sound; what is wrong, in words, or an empty list."""
    faults: list[str] = []
    if store.kind == "embedded":
        with store.engine.connect() as connection:
            faults += [
                f"An encrypted page is damaged: {found}."
                for (found,) in connection.execute(text("PRAGMA cipher_integrity_check"))
            ]
            for (found,) in connection.execute(text("PRAGMA quick_check")):
                if found != "ok":
                    faults.append(f"The file's structure is damaged: {found}.")
            for row in connection.execute(text("PRAGMA foreign_key_check")):
                faults.append(f"A row of {row[0]} points to a row of {row[2]} that is not there.")
    else:
        with store.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    return faults
