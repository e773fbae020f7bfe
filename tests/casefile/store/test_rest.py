"""Whoever is signed in and does nothing holds no connection for work; the next use makes one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from casefile.desk import Desk
from casefile.files.queries.listing import list_files
from casefile.store.engine import Store
from casefile.store.shared import served

BACKENDS = text("SELECT count(*) FROM pg_stat_activity WHERE usename = 'rhodes'")


def backends(store: Store) -> int:
    """Connections that the server counts of the researcher; one that was closed just now is gone when it has said so."""
    with store.laying() as connection:
        return int(connection.execute(BACKENDS).scalar_one())


@pytest.mark.parametrize("store", ["shared"], indirect=True)
def test_a_window_that_rests_gives_its_connections_back(
    store: Store, sign_in: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sign_in("Rhodes")
    assert desk.read(list_files).total == 0
    desk.store.rest()
    assert backends(store) == 1, "just used: kept"
    monkeypatch.setattr(served, "REST_SECONDS", 0.0)
    with desk.store.reading():
        desk.store.rest()
        assert backends(store) >= 1, "in use: kept"
    desk.store.rest()
    while backends(store):  # the server takes a moment to end one
        pass
    assert desk.read(list_files).total == 0
    assert backends(store) == 1


@pytest.mark.parametrize("store", ["embedded"], indirect=True)
def test_a_store_of_ones_own_has_nothing_to_give_back(store: Store) -> None:
    store.rest()
    with store.reading() as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
