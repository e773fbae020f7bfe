"""The two ends of a move: how each is opened, named and made ready."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, create_engine, delete, select, text

from casefile.access.model import Officer
from casefile.audit.model import LogRow
from casefile.errors import Damaged, Fault, Invalid, Refused, Unavailable
from casefile.moving.tables import tables
from casefile.store import embedded, schema, standing
from casefile.store.engine import Store, translated
from casefile.store.keys import Keychain, check_passphrase
from casefile.store.model import StoreFact
from casefile.store.standing import Standing
from casefile.store.transfer.fill import guards_down

SCHEMES = ("postgresql://", "postgres://")
_PART = ".part"
_FACT: Any = StoreFact.__table__


class Target(Protocol):
    """Where a record is moved to."""

    @property
    def place(self) -> str:
        """What people are told it is called; never with a password."""
        ...

    def ready(self, store_id: UUID, begun: Standing) -> Store:
        """A store to fill: made now, or as it was left when the same move was stopped.

        Raises:
            Damaged: Something else is there already.
        """
        ...

    def finished(self) -> Store | None:
        """The store, if it holds the whole record already; None while it does not."""
        ...

    def settle(self, store: Store) -> None:
        """All of it is there: put the store where it belongs."""
        ...


def is_address(named: str) -> bool:
    """Whether a store was named by the address of a server, not by a folder."""
    return named.startswith(SCHEMES)


def shown(address: str) -> str:
    """An address as people are told it: never with a password or a name."""
    try:
        said = conninfo_to_dict(address)
    except psycopg.Error as error:
        raise Invalid(f"{address.partition('@')[2] or address} is no address of a database.") from error
    hosts, ports = (str(said.get(key) or "").split(",") for key in ("host", "port"))
    where = ",".join(
        f"{host}:{port}" if port else host for host, port in zip_longest(hosts, ports, fillvalue=ports[-1])
    )
    return f"postgresql://{where}/{said.get('dbname') or ''}"


def server(address: str) -> Store:
    """The store at an address, reached as the database's owner: what a move needs, an officer may not.

    A password comes from where PostgreSQL's own programs take it (``PGPASSWORD``, ``PGPASSFILE``, a service file).

    Raises:
        Unavailable: The server does not answer, or does not let this name in.
    """
    where = shown(address)
    if conninfo_to_dict(address).get("password"):
        raise Refused(
            "An address must not hold a password: every program of the machine can read it.",
            remedy="Put it into a password file (PGPASSFILE), or into PGPASSWORD.",
        )
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(address), isolation_level="READ COMMITTED"
    )
    try:
        with engine.connect():
            pass
    except Exception as error:
        engine.dispose()
        raise Unavailable(
            f"The server at {where} does not let us in.",
            remedy="Check the address, the network, and the name and password of the database's owner.",
        ) from error
    return Store(engine, "shared", where)


@dataclass(frozen=True, slots=True)
class NewFolder:
    """A new encrypted store on this computer.

    Attributes:
        folder: A new or empty folder.
        passphrase: Its recovery passphrase; when the move goes on, the same again.
        keychain: Give the key to this computer's keychain.
    """

    folder: Path
    passphrase: str = field(repr=False)
    keychain: bool = True

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.folder.absolute())

    @property
    def _part(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}{_PART}")

    def ready(self, store_id: UUID, begun: Standing) -> Store:
        """A store beside the folder, which takes its place when all of it is there."""
        if sentence := check_passphrase(self.passphrase):
            raise Invalid([Fault("passphrase", sentence)], kept="Nothing was moved.")
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise Damaged(
                f"The folder {self.folder.name} is not empty.",
                kept="Nothing was moved.",
                remedy="Choose a new folder.",
            )
        if (found := self._left(store_id, begun)) is not None:
            return found
        shutil.rmtree(self._part, ignore_errors=True)
        opened, _ = embedded.create(
            self._part, self.passphrase, identity=store_id, facts=standing.starting(begun)
        )
        return opened.store

    def finished(self) -> Store | None:
        """The store in the folder, or beside it when the last step is to come."""
        for folder in (self.folder, self._part):
            if embedded.exists(folder):
                opened = self._opened(folder)
                if opened.standing is None or opened.standing.state != "filling":
                    return opened.store
                opened.store.close()
        return None

    def settle(self, store: Store) -> None:
        """Put the store in its place, and its key into the keychain."""
        store.close()
        if embedded.exists(self._part):
            if self.folder.exists():
                self.folder.rmdir()
            self._part.replace(self.folder)
        if self.keychain:
            key = embedded.key_from_passphrase(self.folder, self.passphrase)
            Keychain().put(embedded.store_id(self.folder), key)

    def _left(self, store_id: UUID, begun: Standing) -> Store | None:
        """What the same move left when it was stopped; None when there is nothing to go on with."""
        if not embedded.exists(self._part):
            return None
        opened = self._opened(self._part)
        said = opened.standing
        if said is not None and said.move == begun.move:
            return opened.store
        opened.store.close()
        if said is not None and opened.store_id == store_id:
            return None
        raise Damaged(
            f"{self._part.name} holds another record.",
            kept="Nothing was moved.",
            remedy="Look at what it is, take it away, and start again.",
        )

    def _opened(self, folder: Path) -> embedded.Opened:
        key = embedded.key_from_passphrase(folder, self.passphrase)
        return embedded.open_with_key(folder, key, half_filled=True)


@dataclass(frozen=True, slots=True)
class Server:
    """A database of a server, prepared for Casefile or empty.

    Attributes:
        address: ``postgresql://owner@host:port/database``, without a password.
    """

    address: str

    @property
    def place(self) -> str:
        """Host and database."""
        return shown(self.address)

    def ready(self, store_id: UUID, begun: Standing) -> Store:
        """The database with its tables, which must hold no record yet."""
        store = server(self.address)
        try:
            with store.laying() as connection:
                if schema.version(connection) is None:
                    schema.bring_up(connection)
                schema.check(connection)
                found = standing.read(connection)
                if found is None or found.move != begun.move:
                    self._clear(connection, found, store_id)
                    self._begin(connection, store_id, standing.starting(begun))
        except BaseException:
            store.close()
            raise
        return store

    def finished(self) -> Store | None:
        """The database, if a record is in it and nothing is missing."""
        store = server(self.address)
        with translated(), store.engine.connect() as connection:
            if schema.version(connection) is not None:
                found = standing.read(connection)
                if (found is None or found.state != "filling") and standing.came_from(connection):
                    return store
        store.close()
        return None

    def settle(self, store: Store) -> None:
        """It stands where it belongs."""
        store.close()

    def _clear(self, connection: Connection, found: Standing | None, store_id: UUID) -> None:
        """Empty a database that was filled by half from the same record, in a move that was given up."""
        if found is None:
            return
        if found.state != "filling" or standing.fact(connection, "store_id") != str(store_id):
            raise Damaged(found.sentence, kept="Nothing was moved.", remedy="Choose an empty database.")
        names = ", ".join(one.name for one in tables())
        connection.execute(text(f"TRUNCATE {names}, log_head"))

    def _begin(self, connection: Connection, store_id: UUID, facts: Mapping[str, str]) -> None:
        for held in (Officer.id, LogRow.seq):
            if connection.execute(select(held).limit(1)).first() is not None:
                raise Damaged(
                    "This database holds a record already.",
                    kept="Nothing was moved.",
                    remedy="Choose an empty database.",
                )
        connection.execute(delete(_FACT).where(_FACT.c.key == "store_id"))
        for key, value in {"store_id": str(store_id), **facts}.items():
            standing.put(connection, key, value)
        guards_down(connection, tables())
