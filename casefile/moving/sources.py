"""The store that a record is moved from, opened by whoever may move it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from uuid import UUID

from casefile.audit.write import head
from casefile.desk import Desk, real_clock
from casefile.errors import CasefileError
from casefile.moving.actions import take_up
from casefile.moving.ends import place_of
from casefile.moving.run import Source
from casefile.opening import OpenFolder, anchor_of
from casefile.standards import library
from casefile.store import schema, standing
from casefile.store.shared import setup
from casefile.store.shared.address import Address
from casefile.store.shared.served import Server


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
    with setup.opened(address, password) as store:
        joined = setup.join(store)
        try:
            with store.laying() as connection:
                schema.check(connection)
                store.standing = standing.read(connection)
                standing.check_filled(store.standing)
                store.identity = UUID(standing.fact(connection, "store_id") or "")
            desk = Desk(Server(address), library(), anchor=anchor_of, clock=clock)
            try:
                sign_in(desk)
                yield Source(desk, store, store.identity, place_of(address))
            finally:
                with suppress(CasefileError):
                    desk.close()
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
