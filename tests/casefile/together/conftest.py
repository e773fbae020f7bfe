"""Several programs on one store: each with a store of its own, as on different desks."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from casefile.desk import Desk
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine, shared_engine
from tests.conftest import KEY, PASSWORD, Clock

Client = Callable[[str], Desk]


def opened_again(store: Store) -> Store:
    """The same store, opened by another program."""
    if store.kind == "embedded":
        return Store(embedded_engine(Path(store.place) / "casefile.db", KEY), "embedded", store.place)
    url = store.engine.url.render_as_string(hide_password=False)
    return Store(shared_engine(url), "shared", store.place)


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
