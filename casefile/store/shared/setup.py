"""Making a database of a server into a shared store, or bringing one up: run by the server's administrator.

All of it may be run again: what is there stays, what is missing is made, rights are put right.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Connection, ExceptionContext, create_engine, event, inspect, text

from casefile.errors import Damaged, Missing, Refused
from casefile.store import schema
from casefile.store.engine import Store
from casefile.store.shared import logins, parts
from casefile.store.shared import put_up as put_up_rules
from casefile.store.shared.address import Address
from casefile.store.shared.served import KEEPS, LOCAL, connect, facts_of

if TYPE_CHECKING:
    import psycopg

OLDEST = 15
"""The oldest major version of PostgreSQL that has what the store needs."""
ACCEPTED = "accepted_settings"
"""The fact that names the settings which an administrator took although they endanger the record."""
_ONE_AT_A_TIME = 0x0CA5EF11E
"""The advisory lock under which two administrators do not set the same server up at once."""
_FIRST_OF_ALL = "postgres"
"""The database from which another one is made."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the administrator decides for this store.

    Attributes:
        local_socket: Officers may use a socket of the server's own computer, where there is no TLS.
        keep_passwords: Officers may keep their password in the keychain of their computer.
        accepted: Settings that endanger the record and were accepted all the same.
    """

    local_socket: bool = False
    keep_passwords: bool = True
    accepted: tuple[str, ...] = ()


class AdministratorStore(Store):
    """A shared store as the server's administrator has it while it is set up. No case is read through it."""

    by_role = True

    def __init__(self, address: Address, password: str | None) -> None:
        """The store at *address*, which names the administrator's role."""
        engine = create_engine(
            "postgresql+casefile://", creator=lambda: connect(address, address.user, password), pool_size=1
        )
        event.listen(engine, "handle_error", _let_go)
        super().__init__(engine, "shared", address.shown)


def _let_go(context: ExceptionContext) -> None:
    """Close what was being read when the server broke off: SQLAlchemy leaves that open where the connection is gone."""
    running = context.execution_context
    if context.is_disconnect and running is not None:
        running.cursor.close()


@contextmanager
def opened(address: Address, password: str | None) -> Generator[AdministratorStore]:
    """The database at *address*, made if it is not there, open for its administrator.

    Raises:
        Refused: The address names nobody, or somebody who may not make roles.
        Damaged: The server is older than Casefile needs.
    """
    store = connected(address, password)
    try:
        yield store
    finally:
        store.close()


def connected(address: Address, password: str | None) -> AdministratorStore:
    """The same, for whoever closes it themselves."""
    _see_who_asks(address, password, make=True)
    return AdministratorStore(address, password)


@contextmanager
def looked_at(address: Address, password: str | None) -> Generator[AdministratorStore]:
    """The database at *address*, or while it is not there the server's first one; nothing is made.

    Raises:
        Refused: The address names nobody, or somebody who may not make roles.
        Damaged: The server is older than Casefile needs.
    """
    there = _see_who_asks(address, password, make=False)
    store = AdministratorStore(there, password)
    try:
        yield store
    finally:
        store.close()


def put_up(store: AdministratorStore, choices: Choices) -> bool:
    """Make the roles, the schema and the rights, all or nothing.

    Returns:
        Whether the store is new.

    Raises:
        Damaged: The store was made by a newer Casefile.
    """
    with store.laying() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
        logins.put_up_roles(connection)
        _join(connection)
        new = schema.version(connection) is None
        if not new:
            schema.check(connection)
        schema.bring_up(connection)
        if not new:
            put_up_rules(connection)
        logins.put_up(connection)
        _keep_facts(connection, choices)
    return new


def maintain(store: AdministratorStore) -> parts.Parts:
    """Make room for the log to grow into; may be done while officers work.

    Raises:
        Damaged: The store is of another version of Casefile, or none.
        Unavailable: The log was in use for too long at a time.
    """
    with store.laying() as connection:
        if inspect(connection).has_table("alembic_version"):
            _join(connection)
        if not schema.check(connection):
            raise Damaged(
                "The store is of an older Casefile than this one.",
                kept="Nothing was changed.",
                remedy="Bring it up with casefile serve-setup.",
            )
        made = parts.make_ahead(connection)
        _leave(connection)
    return made


def join(store: AdministratorStore) -> bool:
    """Whoever is no superuser acts for the roles of the house, until :func:`leave`: to move a record, all of it is read.

    Returns:
        Whether the database holds a store; an empty one has nothing to act for.
    """
    with store.laying() as connection:
        if not schema.is_laid(connection):
            return False
        _join(connection)
        return True


def chosen(store: AdministratorStore) -> Choices:
    """What was decided for a store that is there; what is decided for one that nobody decided anything for."""
    with store.laying() as connection:
        if schema.version(connection) is None:
            return Choices()
        found = facts_of(connection)
    return Choices(
        found.get(LOCAL) == "yes", found.get(KEEPS, "yes") == "yes", tuple(found.get(ACCEPTED, "").split())
    )


def leave(store: AdministratorStore) -> None:
    """The administrator of the server stops being a member of the roles of the house."""
    with store.laying() as connection:
        _leave(connection)


_JOINED = ("casefile_owner", "casefile_log", "casefile_logins")


def _see_who_asks(address: Address, password: str | None, *, make: bool) -> Address:
    """Whether this server will do and this person may set it up; with *make* the database is made if it is not there.

    Returns:
        The database to go on with.
    """
    if not address.user:
        raise Refused(
            "The address names nobody who may set the server up.",
            remedy="Write it as postgresql://administrator@server.name/casefile.",
        )
    try:
        with connect(address, address.user, password) as connection:
            _check(connection)
            return address
    except Missing:
        first = address.of(_FIRST_OF_ALL)
        with connect(first, address.user, password) as connection:
            connection.autocommit = True
            _check(connection)
            if not make:
                return first
            from psycopg import sql

            connection.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(address.database)
                )
            )
            return address


def _check(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    if connection.info.server_version < OLDEST * 10_000:
        raise Damaged(
            f"The server is PostgreSQL {connection.info.server_version // 10_000}; Casefile needs {OLDEST} or newer.",
            remedy="Upgrade the server first.",
        )
    row = connection.execute(
        "SELECT rolsuper, rolcreaterole AND (rolcreatedb OR pg_has_role(datdba, 'MEMBER')) "
        "FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
    ).fetchone()
    if row is None or not any(row):
        raise Refused(
            f"{connection.info.user} may not set the server up: it takes a role that may make roles and databases.",
            remedy="Use the server's administrator, such as postgres.",
        )


def _join(connection: Connection) -> None:
    """Whoever is no superuser acts for the roles of the house only as a member of them, until :func:`leave`."""
    connection.execute(text(f"GRANT {', '.join(_JOINED)} TO CURRENT_USER"))
    connection.execute(text("GRANT USAGE, CREATE ON SCHEMA public TO casefile_logins"))


def _keep_facts(connection: Connection, choices: Choices) -> None:
    """What the store says of itself; its identity is given once."""
    told = {
        LOCAL: "yes" if choices.local_socket else "no",
        KEEPS: "yes" if choices.keep_passwords else "no",
        ACCEPTED: " ".join(choices.accepted),
    }
    once = text("INSERT INTO store_fact (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING")
    anew = text(
        "INSERT INTO store_fact (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value"
    )
    connection.execute(once, {"key": "store_id", "value": str(uuid4())})
    connection.execute(anew, [{"key": key, "value": value} for key, value in told.items()])


def _leave(connection: Connection) -> None:
    connection.execute(text(f"REVOKE {', '.join(_JOINED)} FROM CURRENT_USER"))
    connection.execute(text("REVOKE CREATE ON SCHEMA public FROM casefile_logins"))
