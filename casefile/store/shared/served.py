"""A shared store: before anybody has signed in it is an address; signed in, it is that officer's own connections.

There is no master password: what Casefile can do on the server is what the officer can.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

from casefile import __version__
from casefile.errors import Away, Damaged, Missing, Refused
from casefile.store import away, schema, standing
from casefile.store.compiled import OPTIONS
from casefile.store.engine import Store, translated
from casefile.store.shared import readings
from casefile.store.shared.address import Address
from casefile.store.shared.trouble import FORBIDDEN, NOBODY_IN, explained, no_officer

if TYPE_CHECKING:
    import psycopg

PROGRAM = f"Casefile {__version__}"
CONNECTIONS, MORE_CONNECTIONS = 2, 4
"""Kept by one window, and opened besides for a moment: a server counts every one of them."""
PREPARED_AFTER = 1
"""Times a statement is asked on a connection before the server keeps it ready: an officer asks the same ones all day."""
REST_SECONDS = 180.0
"""After so long without use a window gives its connections back: most officers who are signed in are reading or away."""
_SET_TIME = text("SELECT set_config('casefile.now', :now, false)")
_STEADY: int | None = getattr(time, "CLOCK_BOOTTIME", None)
"""The clock that also counts while the computer sleeps, where there is one."""


def steady() -> float:
    """Seconds on a clock that nobody can set."""
    return time.monotonic() if _STEADY is None else time.clock_gettime(_STEADY)


class ServerClock:
    """The server's clock, as read when a connection was made and counted on from there."""

    def __init__(self) -> None:
        self._read = 0.0
        self._at = 0.0

    def __call__(self) -> datetime:
        """The moment on the server, in UTC."""
        return datetime.fromtimestamp(self._read + steady() - self._at, UTC)

    def read(self, connection: psycopg.Connection[Any]) -> None:
        """Read it; the half of the way there and back is taken off."""
        asked = steady()
        answer = connection.pgconn.exec_(b"SELECT extract(epoch FROM clock_timestamp())")
        came = steady()
        told = answer.get_value(0, 0)
        if told is None:
            import psycopg

            raise psycopg.OperationalError("the server broke off before it said what time it is")
        self._read, self._at = float(told), (asked + came) / 2


class Server(Store):
    """A shared store that nobody is signed in to: it holds no connection.

    Attributes:
        address: Where it is.
    """

    by_role = True

    def __init__(self, address: Address) -> None:
        """The store at *address*; the server is not asked yet."""
        super().__init__(create_engine("postgresql+casefile://", creator=_nobody), "shared", address.shown)
        self.address = address

    def signed_in(self, name: str, password: str | None) -> SignedStore:
        """The store as this officer may use it.

        Raises:
            Refused: Wrong name or password, or the name may not sign in.
            Unavailable: The server is not there, not PostgreSQL, too busy, or does not prove who it is.
            Missing: There is no such database, or no Casefile store in it.
            Damaged: The store is of another version of Casefile.
        """
        store = SignedStore(self, name, password)
        try:
            store.greet()
        except BaseException:
            store.close()
            raise
        return store


class SignedStore(Store):
    """A shared store as one officer may use it."""

    by_role = True

    def __init__(self, server: Server, name: str, password: str | None) -> None:
        """The store of *server* for the officer called *name* there."""
        self._server, self._name = server, name
        self._passwords = [password]
        self.clock = self._clock = ServerClock()
        engine = create_engine(
            "postgresql+casefile://",
            creator=self._connect,
            execution_options=OPTIONS,
            pool_size=CONNECTIONS,
            max_overflow=MORE_CONNECTIONS,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
        )
        event.listen(engine, "connect", away.greet)
        super().__init__(engine, "shared", server.place)
        self._used = steady()
        event.listen(engine, "checkin", self._note_use)

    def _note_use(self, *_: object) -> None:
        self._used = steady()

    def rest(self) -> None:
        """Close the connections if none is in use and none was for :data:`REST_SECONDS`."""
        pool: Any = self.engine.pool
        if pool.checkedin() and not pool.checkedout() and steady() - self._used >= REST_SECONDS:
            self.engine.dispose()

    @contextmanager
    def _session(self, make: sessionmaker[Session], *, reads: bool) -> Generator[Session]:
        """A session on one connection, on which a reading stands open where people's rows are to be seen."""
        with make.kw["bind"].connect() as connection:
            if self.training and self.told_time is not None:
                connection.execute(_SET_TIME, {"now": self.told_time().isoformat()})
                self._kept(connection)  # a reading is opened in a transaction that has asked nothing yet
            reading = readings.ensure(connection) if reads else None
            self._kept(connection)
            with make(bind=connection) as session:
                if reading is not None:
                    readings.note(session, reading)
                yield session

    def signed_out(self) -> Store:
        """Close this officer's connections."""
        self.close()
        return self._server

    def greet(self) -> None:
        """Make the first connection, and see whether this is a store that this program can use."""
        try:
            with translated(), self.engine.connect() as connection:
                _check_schema(connection, self._server.address)
                facts = facts_of(connection)
                self.standing = standing.read(connection)
                asked = text("SELECT casefile_setting('training')")
                self.training = connection.execute(asked).scalar_one() == "on"
        except Refused as error:
            if getattr(getattr(error.__cause__, "orig", None), "sqlstate", "") != FORBIDDEN:
                raise
            raise no_officer() from error
        if "store_id" not in facts:  # row security shows them to officers of the store only
            raise no_officer()
        if self._server.address.local and facts.get(LOCAL) != "yes":
            raise Refused(
                "The administrator has not allowed a local socket for this store.",
                kept=NOBODY_IN,
                remedy="Use the server's address on the network, with TLS.",
            )
        standing.check_filled(self.standing)
        self.identity = UUID(facts["store_id"])
        self.may_keep_password = facts.get(KEEPS, "yes") == "yes"

    def proves(self, password: str) -> bool:
        """Whether *password* is this officer's, by asking the server; each wrong one is a guess in its eyes."""
        try:
            self._opened(password).close()
        except Refused:
            return False
        return True

    def renew(self, password: str) -> None:
        """This officer's password is about to become *password*: connections use it once it holds."""
        self._passwords = [password, *self._passwords[:1]]

    def verifier(self, name: str, password: str) -> str:
        """What the server keeps in a password's stead (SCRAM): the password itself never leaves this computer."""
        with self.engine.connect() as connection:
            return verifier(connection, name, password)

    def _connect(self) -> psycopg.Connection[Any]:
        for password in self._passwords[:-1]:
            try:
                return self._opened(password)
            except Refused:  # it does not hold yet, or was taken back with the rest of what was done
                continue
        return self._opened(self._passwords[-1])

    def _opened(self, password: str | None) -> psycopg.Connection[Any]:
        met = self.identity is not None
        connection = connect(self._server.address, self._name, password, met=met)
        try:
            self._clock.read(connection)
        except BaseException:
            connection.close()
            raise
        return connection


LOCAL, KEEPS = "local_socket", "keep_passwords"
"""Facts of a shared store: whether a local socket may be used; whether officers may keep their password in a keychain."""


def connect(
    address: Address, name: str, password: str | None, *, met: bool = False
) -> psycopg.Connection[Any]:
    """A connection as *name*; whatever is in the way of it in a sentence.

    Args:
        address: Where the store is.
        name: The officer's role there.
        password: Their password, or None.
        met: Whether this program has met the store there before: whatever does not answer now is away, and nothing else.
    """
    import psycopg

    try:
        return psycopg.connect(**address.told(name, password, PROGRAM), prepare_threshold=PREPARED_AFTER)  # type: ignore[arg-type]
    except psycopg.Error as error:
        if met and "closed the connection unexpectedly" in str(error):
            raise Away("The server is not answering.") from error
        told = explained(error, address, by_account=password is None)
        if met and isinstance(told, Away):
            told.kept = Away.kept
        raise told from error
    except UnicodeError:
        raise Missing(f"There is no server called {address.shown}.", kept=NOBODY_IN) from None


def verifier(connection: Connection, name: str, password: str) -> str:
    """The SCRAM verifier of a password, made by libpq on this computer."""
    driver: Any = connection.connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    return made.decode("ascii")


def facts_of(connection: Connection) -> dict[str, str]:
    """What the store says of itself."""
    return {row.key: row.value for row in connection.execute(text("SELECT key, value FROM store_fact"))}


def _check_schema(connection: Connection, address: Address) -> None:
    try:
        current = schema.check(connection)
    except Damaged as error:
        if schema.version(connection) is not None:
            raise
        raise Missing(
            f"The database “{address.database}” on {address.shown} is there, but holds no Casefile store.",
            kept=NOBODY_IN,
            remedy="Check the end of the address; a store is made with casefile serve-setup.",
        ) from error
    if not current:
        raise Damaged(
            "The store on the server is of an older Casefile than this one.",
            kept="Nobody was signed in and the store was not changed.",
            remedy="The administrator of the server brings it up with casefile serve-setup.",
        )


def _nobody() -> Any:
    raise Refused("Nobody is signed in.", remedy="Sign in first.")
