"""The store that a record is moved from, opened by whoever may move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from casefile.audit.anchor import Anchor
from casefile.audit.write import head
from casefile.desk import Desk, real_clock
from casefile.moving.actions import take_up
from casefile.moving.ends import server
from casefile.moving.run import Source
from casefile.opening import OpenStore, anchor_of, heads_of, noting
from casefile.standards import library
from casefile.store import schema, standing
from casefile.store.engine import translated


def of_opened(opened: OpenStore) -> Source:
    """An embedded store that is open, with an administrator signed in at its desk."""
    return Source(opened.desk, opened.desk.store, opened.store_id, str(opened.folder.absolute()))


def of_server(address: str, *, clock: Callable[[], datetime] = real_clock) -> Source:
    """A shared store, reached as the owner of its database; nobody has signed in at its desk yet.

    Raises:
        Unavailable: The server does not answer, or does not let this name in.
        Damaged: It holds no store, or one of another version.
    """
    store = server(address)
    try:
        with translated(), store.engine.connect() as connection:
            schema.check(connection)
            said = standing.read(connection)
            standing.check_filled(said)
            store_id = UUID(standing.fact(connection, "store_id") or "")
    except BaseException:
        store.close()
        raise
    desk = Desk(store, library(), anchor=anchor_of(store_id, said), clock=clock, noting=noting(said))
    return Source(desk, store, store_id, store.place)


def take_up_again(source: Source, reason: str) -> None:
    """Let a store be changed again whose record was moved away, or was to be.

    When the other store is in use too, the record lives twice from now on: that is why it must be said why.

    Raises:
        Missing: The store is in ordinary use.
        Invalid: No reason was given.
    """
    desk = Desk(source.store, source.desk.standards, clock=source.desk.now, noting=source.desk.noting)
    desk.actor = source.desk.actor
    was = desk.with_(reason=reason).do(take_up).result
    with source.store.reading() as session:
        last = head(session)
    anchor = Anchor(heads_of(source.store_id))
    if was.state == "moved":
        anchor.start_again(last)
    else:
        anchor.keep(last)
    source.desk.go_apart(anchor, {})
