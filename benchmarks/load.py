"""A force at work on one server: officers with roles of their own through few connections, beside SQL by hand.

Officers are processes of Casefile's own desk code. Each of so many connections is one worker that lets its officers sign
in, work and sign out one after another, so that as many backends stand at a time as there are workers.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from statistics import quantiles
from uuid import UUID

from sqlalchemy import text

from benchmarks import national
from benchmarks.load_acts import PASSWORD, SAVES, WAYS, Officer
from benchmarks.measure import Figure, shown
from casefile.audit import verify
from casefile.store import shared
from casefile.store.shared import logins
from casefile.store.shared.address import Address
from casefile.store.shared.served import verifier
from tests import owners
from tests.conftest import Clock
from tests.postgres import CONFIGURATION, Postgres

OFFICERS, FILES, SEED = 662, 10_000, 662
KNEE = tuple((32, connections) for connections in (1, 2, 4, 8))
"""So few officers through ever more connections, until more of them bring nothing; then the whole force."""
GOAL = 1 / 0.6
"""The work of an act by hand may take no less than this part of ours: a ratio of throughputs of 0.6."""
_ADD = text(
    "INSERT INTO officer (id, name, sign_in_name, role, number, team, active, password_hash, failed, created_at) "
    "VALUES (gen_random_uuid(), :name, :name, :role, '', 'North', true, '', 0, now()) RETURNING id"
)


class Durable(Postgres):
    """A server on which what is acknowledged is on the disk, as in a force."""

    def _configuration(self, folder: object) -> dict[str, str]:
        del folder
        kept = {**CONFIGURATION, "unix_socket_directories": str(self._folder), "max_connections": "100"}
        return kept | {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "shared_buffers": "256MB",
        }


@dataclass
class Worked:
    """What one worker, or all of them, did.

    Attributes:
        took: Seconds of each act, by kind.
        signed: Entries whose signature was acknowledged.
        client_s: Seconds of the processor that the workers themselves used.
        refused: What could not be done, in words.
    """

    took: dict[str, list[float]] = field(default_factory=dict)
    signed: list[UUID] = field(default_factory=list)
    client_s: float = 0.0
    refused: list[str] = field(default_factory=list)

    @property
    def acts(self) -> int:
        """How many things were done in all."""
        return sum(map(len, self.took.values()))

    def add(self, other: Worked) -> None:
        """Put another worker's to it."""
        for kind, took in other.took.items():
            self.took.setdefault(kind, []).extend(took)
        self.signed += other.signed
        self.client_s += other.client_s
        self.refused += other.refused


@contextmanager
def force(server: Postgres, officers: int, files: int) -> Iterator[owners.OwnersStore]:
    """A store with so many officers, each with a role of *server*, and so many files."""
    dsn = server.fresh_database()
    made = owners.build(dsn, "Boss", PASSWORD, Clock())
    with made.laying() as connection:
        for number in range(officers):
            said = {"name": name_of(number), "role": "sergeant" if number % 8 == 0 else "constable"}
            found = connection.execute(_ADD, said).scalar_one()
            logins.add(connection, found, verifier(connection, said["name"], PASSWORD))
        shared.choose(connection, "training", "off")
        national.fill(connection, files)
    with made.engine.connect() as connection:
        national.settle(connection)
    yield made
    made.close()
    server.drop(dsn)


def name_of(number: int) -> str:
    """The name an officer signs in with."""
    return f"load{number:04d}"


def work(way: str, address: Address, numbers: Sequence[int], files: int, think_s: float) -> Worked:
    """What one worker does: each of its officers signs in, looks, opens, writes, signs an entry, and goes.

    Args:
        way: A key of :data:`benchmarks.load_acts.WAYS`.
        address: The server.
        numbers: Officers.
        files: How many files there are.
        think_s: How long they think between two acts on average, in seconds of the benchmark.
    """
    done = Worked()
    began = time.process_time()
    for number in numbers:
        chance = random.Random(SEED * 1000 + number)

        def timed(kind: str, act: Callable[[], object], chance: random.Random = chance) -> object:
            if think_s:
                time.sleep(chance.expovariate(1 / think_s))
            at = time.perf_counter()
            result = act()
            done.took.setdefault(kind, []).append(time.perf_counter() - at)
            return result

        try:
            officer = timed("sign in", lambda number=number: WAYS[way](address, name_of(number)))
            _day(officer, timed, chance, number, files, done)  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 (what goes wrong under load is a figure too)
            done.refused.append(f"{type(error).__name__}: {error}")
    done.client_s = time.process_time() - began
    return done


def _day(
    officer: Officer,
    timed: Callable[..., object],
    chance: random.Random,
    number: int,
    files: int,
    done: Worked,
) -> None:
    try:
        if number % 8 == 0:
            timed("queue", officer.queue)
        for _ in range(2):
            timed("words", lambda: officer.words(f"family{chance.randrange(4001)}"))
        looked = [_file(chance, files) for _ in range(3)]
        for one in looked:
            timed("open", lambda one=one: officer.open(one))
        timed("begin a draft", lambda: officer.begin(looked[-1]))
        for save in range(SAVES):
            timed("save", lambda save=save: officer.save(save))
        signed = timed("sign", officer.sign)
        assert isinstance(signed, UUID)
        done.signed.append(signed)
    finally:
        officer.leave()


def _file(chance: random.Random, files: int) -> UUID:
    """A file; a few are opened by everybody, as after a conference."""
    number = 1 + int(files * chance.random() ** 3) % files
    return UUID(f"01990000-f11e-7000-8000-{number:012x}")


def run(
    store: owners.OwnersStore, way: str, connections: int, officers: int, files: int, think_s: float = 0.0
) -> tuple[float, Worked]:
    """Let so many officers work through so many connections; seconds it took, and what was done."""
    address = owners.address_of(store.dsn)
    shares = [range(first, officers, connections) for first in range(connections)]
    whole = Worked()
    with ProcessPoolExecutor(connections, mp_context=get_context("spawn")) as pool:
        list(pool.map(_warm, range(connections)))
        began = time.perf_counter()
        waiting = [pool.submit(work, way, address, share, files, think_s) for share in shares]
        for one in waiting:
            whole.add(one.result())
        took = time.perf_counter() - began
    return took, whole


def _warm(_: int) -> int:
    """Whatever a process loads at its start is loaded."""
    time.sleep(0.2)
    return len(WAYS)


def lost(store: owners.OwnersStore, signed: Sequence[UUID]) -> int:
    """How many acknowledged signatures the store does not hold."""
    asked = text("SELECT count(*) FROM entry WHERE id = ANY (:signed)")
    with store.laying() as connection:
        return len(signed) - int(connection.execute(asked, {"signed": list(signed)}).scalar_one())


def chain_faults(store: owners.OwnersStore) -> int:
    """How many faults the log has after it all."""
    with store.reading() as session:
        return len(verify.verify(session).faults)


def told(took: float, done: Worked, cores: int) -> str:
    """Latencies by kind and what the clients themselves used, in words."""
    kinds = "; ".join(
        f"{kind} {' / '.join(map(shown, _percentiles(times)))}" for kind, times in sorted(done.took.items())
    )
    used = done.client_s / (took * cores)
    return f"{done.acts / took:.0f} acts a second; clients used {used:.0%} of {cores} cores; p50 / p95 / p99: {kinds}"


def _percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    cut = quantiles(times, n=100, method="inclusive") if len(times) > 1 else [times[0]] * 99
    return cut[49], cut[94], cut[98]


def figures() -> list[Figure]:
    """Measure, with more connections each time until more of them bring nothing."""
    cores = os.cpu_count() or 1
    found: list[Figure] = []
    with Durable() as server, force(server, OFFICERS, FILES) as store:
        for officers, connections in (*KNEE, (OFFICERS, 4)):
            floor_s, floor = run(store, "by hand", connections, officers, FILES)
            ours_s, ours = run(store, "desk", connections, officers, FILES)
            gone = lost(store, [*ours.signed, *floor.signed])
            note = (
                f"{told(ours_s, ours, cores)}. By hand: {told(floor_s, floor, cores)}. Signatures lost: {gone} of "
                f"{len(ours.signed) + len(floor.signed)}; refused: {len(ours.refused)} and {len(floor.refused)}"
                f"{''.join(f' ({one})' for one in ours.refused[:1] + floor.refused[:1])}"
            )
            name = f"{officers} officers with {FILES:,} files through {connections} connections, per act"
            beside = "the same in SQL by hand, same roles, rights and log rows"
            each = (ours_s / max(ours.acts, 1),), (floor_s / max(floor.acts, 1),)
            found.append(Figure(name, beside, GOAL, *each, note=note))
        faults = chain_faults(store)
    found[-1] = Figure(
        found[-1].work, found[-1].floor, GOAL, found[-1].ours_s, found[-1].floor_s,
        note=f"{found[-1].note}. Faults of the log after all of it: {faults}",
    )  # fmt: skip
    return found
