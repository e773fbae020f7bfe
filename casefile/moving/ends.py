"""The two ends of a move: how each is opened, named and made ready."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, cast
from uuid import UUID

from sqlalchemy import Connection, delete, select, text

from casefile.access.model import Officer
from casefile.access.rights import keep_rights
from casefile.audit.model import LogRow
from casefile.errors import CasefileError, Damaged, Fault, Invalid, NoKey, Unavailable
from casefile.moving.tables import tables
from casefile.store import embedded, standing
from casefile.store.base import Base
from casefile.store.engine import Store
from casefile.store.keys import Keychain, check_passphrase
from casefile.store.model import StoreFact
from casefile.store.shared import setup
from casefile.store.shared.address import Address
from casefile.store.shared.setup import AdministratorStore
from casefile.store.standing import Standing
from casefile.store.transfer.fill import guards_down, guards_up
from casefile.store.transfer.rows import passing

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

    def leave(self, store: Store) -> None:
        """Let go of the store, whatever became of it."""
        ...


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

    def check(self) -> None:
        """See whether a move can begin to it.

        Raises:
            Invalid: The passphrase is too short.
            Damaged: The folder holds something.
            Unavailable: The folder cannot be looked into.
        """
        if sentence := check_passphrase(self.passphrase):
            raise Invalid([Fault("passphrase", sentence)], kept="Nothing was moved.")
        try:
            holds = self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir()))
        except OSError as error:
            raise Unavailable(
                f"Casefile cannot look into {self.folder}.",
                kept="Nothing was moved.",
                remedy="Choose another folder.",
            ) from error
        if holds:
            raise Damaged(
                f"The folder {self.folder.name} is not empty.",
                kept="Nothing was moved.",
                remedy="Choose a new folder.",
            )

    def ready(self, store_id: UUID, begun: Standing) -> Store:
        """A store beside the folder, which takes its place when all of it is there."""
        self.check()
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
            with suppress(NoKey):  # an ordinary thing: the passphrase opens it
                Keychain().put(embedded.store_id(self.folder), key)

    def leave(self, store: Store) -> None:
        """Close it."""
        store.close()

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
class OnServer:
    """A database of a server: empty, not there yet, or set up and without a record.

    Attributes:
        address: Where it is, and who sets the server up.
        password: That administrator's; None for a local socket, a certificate or single sign-on.
        accepted: Settings that endanger the record and were accepted all the same.
    """

    address: Address
    password: str | None = field(default=None, repr=False)
    accepted: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Server and database."""
        return place_of(self.address)

    def ready(self, store_id: UUID, begun: Standing) -> Store:
        """The database with its tables, roles and rights, which must hold no record yet."""
        store = setup.connected(self.address, self.password)
        try:
            found = self._standing(store) if setup.join(store) else None
            if found is None or found.state != "filling" or found.move != begun.move:
                self._lay(store, store_id, begun)
        except BaseException:
            self.leave(store)
            raise
        store.identity = store_id
        return store

    def finished(self) -> Store | None:
        """The database, if a record is in it and nothing is missing."""
        store = setup.connected(self.address, self.password)
        try:
            if setup.join(store):
                found = self._standing(store)
                with store.laying() as connection:
                    came = standing.came_from(connection)
                if came and (found is None or found.state != "filling"):
                    return store
        except BaseException:
            self.leave(store)
            raise
        self.leave(store)
        return None

    def settle(self, store: Store) -> None:
        """It stands where it belongs."""

    def leave(self, store: Store) -> None:
        """Let go of it: whoever set it up is a member of the roles of the house no more."""
        with suppress(CasefileError):  # what went wrong before is what is said
            setup.leave(cast("AdministratorStore", store))
        store.close()

    def _lay(self, store: AdministratorStore, store_id: UUID, begun: Standing) -> None:
        chosen = setup.chosen(store)
        setup.put_up(
            store,
            replace(
                chosen,
                local_socket=chosen.local_socket or self.address.local,
                accepted=tuple(sorted({*chosen.accepted, *self.accepted})),
            ),
        )
        with store.laying() as connection:
            keep_rights(connection)
            self._clear(connection, standing.read(connection), store_id)
            self._begin(connection, store_id, standing.starting(begun))

    def _standing(self, store: Store) -> Standing | None:
        """What the database says of a move that it is in the middle of, or where it went."""
        with store.laying() as connection:
            return standing.read(connection)

    def _clear(self, connection: Connection, found: Standing | None, store_id: UUID) -> None:
        """Empty a database that was filled by half from the same record, in a move that was given up."""
        if found is None:
            return
        if found.state != "filling" or standing.fact(connection, "store_id") != str(store_id):
            raise Damaged(found.sentence, kept="Nothing was moved.", remedy="Choose an empty database.")
        held = (*tables(), *passing(Base.metadata))
        names = ", ".join(one.name for one in held if one.name != "store_fact")
        connection.execute(text(f"TRUNCATE {names}, log_head"))
        connection.execute(delete(_FACT).where(_FACT.c.key.in_((standing.KEY, standing.FILLED))))
        guards_up(connection, tables())

    def _begin(self, connection: Connection, store_id: UUID, facts: Mapping[str, str]) -> None:
        for held in (Officer.id, LogRow.seq):
            if connection.execute(select(held).limit(1)).first() is not None:
                raise Damaged(
                    "This database holds a record already.",
                    kept="Nothing was moved.",
                    remedy="Choose an empty database, or one that was set up without an administrator of Casefile.",
                )
        guards_down(connection, tables())
        connection.execute(delete(_FACT).where(_FACT.c.key == "store_id"))
        for key, value in {"store_id": str(store_id), **facts}.items():
            standing.put(connection, key, value)


def place_of(address: Address) -> str:
    """A database of a server as people are told of it."""
    return f"{address.database} on {address.shown}"
