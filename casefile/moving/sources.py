"""The store that a record is moved from, opened by whoever may move it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.audit.write import head
from casefile.desk import Desk, real_clock
from casefile.errors import CasefileError, Refused
from casefile.moving.actions import take_up
from casefile.moving.ends import place_of
from casefile.moving.run import Source
from casefile.opening import OpenFolder, anchor_of
from casefile.standards import library
from casefile.store import schema, standing
from casefile.store.shared import setup
from casefile.store.shared.address import Address
from casefile.store.shared.served import Server
from casefile.store.shared.setup import AdministratorStore


def of_folder(opened: OpenFolder) -> Source:
    """An embedded store that is open, with an administrator signed in at its desk."""
    return Source(opened.desk, opened.desk.store, opened.store_id, str(opened.folder.absolute()))


@contextmanager
def of_server(
    address: Address,
    password: str | None,
    sign_in: Callable[[Desk], object],
    *,
    clock: Callable[[], datetime] = real_clock,
) -> Generator[Source]:
    """A shared store: its rows as the server's administrator reaches them, its desk as an administrator of Casefile.

    Nobody else may move a record: an officer sees only what they may, and who keeps the server keeps no record.

    Args:
        address: Where it is, and who keeps the server.
        password: That administrator's; None for a local socket, a certificate or single sign-on.
        sign_in: Signs an administrator of Casefile in at the desk it is handed.
        clock: What tells the moment.

    Raises:
        Unavailable, Refused: The server is not there, or does not let one of the two in.
        Damaged: It holds no store, half of one, or one of another version.
    """
    with _reached(address, password) as (store, identity):
        desk = Desk(Server(address), library(), anchor=anchor_of, clock=clock)
        try:
            sign_in(desk)
            yield Source(desk, store, identity, place_of(address))
        finally:
            with suppress(CasefileError):
                desk.close()


@contextmanager
def of_desk(desk: Desk, address: Address, password: str | None) -> Generator[Source]:
    """The same, where an administrator of Casefile is signed in at *desk* already, and stays so.

    Args:
        desk: Where they are signed in.
        address: Where the store is, and who keeps the server.
        password: That administrator's; None for a local socket, a certificate or single sign-on.

    Raises:
        Unavailable, Refused: The server is not there, does not let who keeps it in, or knows by now another role of the
            administrator than the one they signed in with.
    """
    with _reached(address, password) as (store, identity):
        asked = select(Officer.role, Officer.active).where(Officer.id == desk.actor.officer_id)
        with store.laying() as connection:
            found = connection.execute(asked).first()
        if found is None or not found.active or found.role != desk.actor.role:
            raise Refused(
                "Your role was changed since you signed in.",
                kept="Nothing was moved.",
                remedy="Sign in again.",
            )
        yield Source(desk, store, identity, place_of(address))


@contextmanager
def _reached(address: Address, password: str | None) -> Generator[tuple[AdministratorStore, UUID]]:
    """All rows of a shared store, as who keeps the server reaches them, and its identity."""
    with setup.opened(address, password) as store:
        joined = setup.join(store)
        try:
            with store.laying() as connection:
                schema.check(connection)
                store.standing = standing.read(connection)
                standing.check_filled(store.standing)
                store.identity = UUID(standing.fact(connection, "store_id") or "")
            yield store, store.identity
        finally:
            if joined:
                setup.leave(store)


def take_up_again(source: Source, reason: str) -> None:
    """Let a store be changed again whose record was moved away, or was to be.

    When the other store is in use too, the record lives twice from now on: that is why it must be said why.

    Raises:
        Missing: The store is in ordinary use.
        Invalid: No reason was given.
    """
    desk = Desk(source.store, source.desk.standards, clock=source.desk.now)
    desk.actor = source.desk.actor
    was = desk.with_(reason=reason).do(take_up).result
    source.store.standing = None
    anchor = anchor_of(source.store)
    with source.store.reading() as session:
        last = head(session)
    if anchor is not None and was.state == "moved":
        anchor.start_again(last)
    source.desk.go_apart(anchor, None)
    source.desk.keep_head(last)
