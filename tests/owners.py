"""A shared store for the tests: its owner's own connections, from which each officer signs in as their own role."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text

from casefile.access.actions import add_first_administrator
from casefile.access.rights import keep_rights
from casefile.desk import Desk
from casefile.standards import library
from casefile.store import shared
from casefile.store.engine import Store, shared_engine
from casefile.store.shared import logins, setup
from casefile.store.shared.address import Address
from casefile.store.shared.served import Server, verifier
from casefile.store.shared.setup import Choices
from tests.postgres import Postgres


@dataclass(frozen=True)
class Nearby(Address):
    """The tests' own server, which no network lies before: reached as the fixture says, whatever that is."""

    def told(self, name: str, password: str | None, program: str) -> dict[str, str]:
        """What libpq is told in order to sign *name* in."""
        told = {**self.parts, "user": name, "application_name": program}
        return told if password is None else {**told, "password": password}


def address_of(dsn: str) -> Nearby:
    """The address of a database of the tests' server, as its owner has it."""
    parts = {key: str(value) for key, value in conninfo_to_dict(dsn).items()}
    user = parts.pop("user", "postgres")
    return Nearby("postgresql://tests/", parts, user)


class OwnersStore(Store):
    """A shared store as its owner has it, who sees everything; whoever signs in at a desk sees what they may."""

    by_role = True

    def __init__(self, dsn: str) -> None:
        """The store in the database at *dsn*."""
        super().__init__(shared_engine(Postgres.url_of(dsn)), "shared", "the test server")
        self.dsn = dsn
        self._server = Server(address_of(dsn))
        self._open: list[Store] = []

    def signed_in(self, name: str, password: str | None) -> Store:
        """The store as the officer *name* may use it, whom a test may have written straight into the table."""
        self._let_in(name, password or "")
        opened = self._server.signed_in(name, password)
        self._open.append(opened)
        return opened

    def _let_in(self, name: str, password: str) -> None:
        missing = text(
            "SELECT id FROM officer WHERE sign_in_name = :name AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :name)"
        )
        left_out = text(
            "SELECT format('ALTER ROLE %I LOGIN', sign_in_name) FROM officer JOIN pg_roles ON rolname = sign_in_name "
            "WHERE sign_in_name = :name AND active AND NOT rolcanlogin"
        )
        with self.laying() as connection:
            for officer in connection.execute(missing, {"name": name}).scalars().all():
                logins.add(connection, officer, verifier(connection, name, password))
            for again in connection.execute(left_out, {"name": name}).scalars().all():
                connection.execute(text(again))

    def close(self) -> None:
        """Close it, and what officers left open at their desks."""
        for one in self._open:
            one.close()
        self._open.clear()
        super().close()


def build(dsn: str, administrator: str, password: str, clock: object) -> OwnersStore:
    """Make an empty database a shared store for training, with its first administrator."""
    with setup.opened(address_of(dsn), None) as store:
        setup.put_up(store, Choices(local_socket=True))
        with store.laying() as connection:
            keep_rights(connection)
            shared.choose(connection, "training", "on")
    made = OwnersStore(dsn)
    Desk(made, library(), clock=clock).do(add_first_administrator, administrator, password)  # type: ignore[arg-type]
    return made


def let_in_again(dsn: str, password: str) -> None:
    """Every officer signs in with *password* as at first: roles belong to the server and outlive a test's database.

    One that an earlier test took away is made again when its officer signs in.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        officers = connection.execute(
            "SELECT sign_in_name FROM officer JOIN pg_roles ON rolname = sign_in_name"
        ).fetchall()
        for (name,) in officers:
            made = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
            connection.execute(
                sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), made.decode())
            )
