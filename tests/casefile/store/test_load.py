"""The simulated force of the benchmark of load, small: what is acknowledged is there, and the log holds. No times."""

from __future__ import annotations

from benchmarks import load
from benchmarks.load_acts import SAVES
from tests import owners
from tests.postgres import Postgres

FORCE, FILES = 4, 60


def test_officers_at_work_at_once_lose_nothing(postgres: Postgres) -> None:
    with load.force(postgres, FORCE, FILES) as store:
        address = owners.address_of(store.dsn)
        by_hand = load.work("by hand", address, range(FORCE), FILES)
        desk = load.run(store, "desk", 2, FORCE, FILES)
        for done in (by_hand, desk):
            assert done.refused == []
            assert len(set(done.signed)) == FORCE
            assert {kind: len(took) for kind, took in done.took.items()} == {
                "sign in": FORCE, "queue": 1, "words": 2 * FORCE, "open": 3 * FORCE, "begin a draft": FORCE,
                "save": SAVES * FORCE, "sign": FORCE,
            }  # fmt: skip
            assert "acts a second" in load.told(1.0, done, 2)
        assert load.lost(store, [*by_hand.signed, *desk.signed]) == 0
        assert load.chain_faults(store) == 0
