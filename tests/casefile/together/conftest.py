"""Several programs on one store: each with a store of its own, as on different desks."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from casefile.desk import Desk
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine
from tests.conftest import KEY, PASSWORD, Clock
from tests.owners import OwnersStore

Client = Callable[[str], Desk]


def opened_again(store: Store) -> Store:
    """The same store, opened by another program."""
    if store.kind == "embedded":
        return Store(embedded_engine(Path(store.place) / "casefile.db", KEY), "embedded", store.place)
    assert isinstance(store, OwnersStore)
    return OwnersStore(store.dsn)


@pytest.fixture
def client(store: Store, standards: Library, clock: Clock) -> Generator[Client]:
    """Desks of officers, each in a program of its own."""
    with ExitStack() as stack:

        def at(name: str) -> Desk:
            own = stack.enter_context(closing(opened_again(store)))
            desk = Desk(own, standards, clock=clock)
            desk.sign_in(name, PASSWORD)
            return desk

        yield at
