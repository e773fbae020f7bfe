"""A force at work on one server: officers signed in each as their own role, beside SQL by hand as the same roles.

Officers are processes of Casefile's own desk code. Each holds connections of their own for as long as they are signed in;
so many of them as there are workers do something at one moment. Two things are measured: what is done without a pause,
which shows how much work an act is, and what a whole force does whose officers read and think between two acts.
"""

from __future__ import annotations

import heapq
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from statistics import quantiles
from typing import Any
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
from casefile.words.cut import worded
from tests import owners
from tests.conftest import Clock
from tests.postgres import CONFIGURATION, Postgres

OFFICERS, FILES, SEED = 662, 10_000, 662
KNEE = (1, 2, 4)
"""Officers who work without a pause at one time, ever more until more of them bring nothing."""
WARM_S, SPAN_S, SPANS = 5.0, 5.0, 2
"""Before a span without a pause everybody works so long uncounted, as in the first minutes of a shift; then the two
ways take turns."""
THINK_S, SHIFT_S, AT_ONCE = 30.0, 45.0, 4
"""The whole force: seconds between two acts of an officer on average, how long they are watched, how many at one moment."""
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
        kept = {**CONFIGURATION, "unix_socket_directories": str(self._folder), "max_connections": "1000"}
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


class Shift:
    """Some officers at one worker, who take turns as their time comes."""

    def __init__(self, address: Address, numbers: Sequence[int], files: int) -> None:
        """Officers by number; nobody is signed in yet."""
        self._address, self._numbers, self._files = address, numbers, files
        self._days: dict[str, list[Iterator[None]]] = {}
        self._officers: dict[str, list[Officer]] = {}
        self._done = Worked()

    def sign_in(self, way: str, *, anywhere: bool = True) -> None:
        """Everybody signs in one way (a key of :data:`benchmarks.load_acts.WAYS`).

        Args:
            anywhere: Whether they stand anywhere in their round, some with a draft in hand; otherwise at its beginning.
        """
        for number in self._numbers:
            officer = self._timed("sign in", lambda number=number: WAYS[way](self._address, name_of(number)))
            self._officers.setdefault(way, []).append(officer)
            self._days.setdefault(way, []).append(self._day(officer, number, anywhere=anywhere))

    def sign_out(self, way: str) -> None:
        """Everybody goes."""
        self._days.pop(way, None)
        for one in self._officers.pop(way, []):
            one.leave()

    def work(self, way: str, span_s: float, think_s: float) -> Worked:
        """What is done in so many seconds, each officer thinking so long on average before an act.

        Args:
            way: As they signed in.
            span_s: Seconds; what is under way at the end is finished.
            think_s: Seconds of thought; 0 lets them work one after another without a pause.
        """
        self._done = Worked()
        chance = random.Random(SEED + len(self._numbers))
        pause = (lambda: chance.expovariate(1 / think_s)) if think_s else (lambda: 0.0)
        began, used = time.perf_counter(), time.process_time()
        waiting = [(pause() if think_s else place * 1e-6, place) for place in range(len(self._days[way]))]
        heapq.heapify(waiting)
        while waiting and (at := time.perf_counter() - began) < span_s:
            due, place = waiting[0]
            if due > at:
                time.sleep(min(due - at, span_s - at))
                continue
            with suppress(StopIteration):
                next(self._days[way][place])
                heapq.heapreplace(waiting, (time.perf_counter() - began + pause(), place))
                continue
            heapq.heappop(waiting)  # something went wrong for them, which is told
        self._done.client_s = time.process_time() - used
        return self._done

    def once(self, way: str) -> Worked:
        """Everybody signs in, does each thing of a day once, and goes."""
        self._done = Worked()
        self.sign_in(way, anywhere=False)
        for number, day in zip(self._numbers, self._days[way], strict=True):
            for _ in range(ROUND + (number % 8 == 0)):
                next(day, None)
        self.sign_out(way)
        return self._done

    def _day(self, officer: Officer, number: int, *, anywhere: bool) -> Iterator[None]:
        """Looks, opens, writes, signs, and again; one act at each step."""
        chance = random.Random(SEED * 1000 + number)
        done = chance.randrange(ROUND - 1) if anywhere else 0  # nobody signs what was never saved
        try:
            while True:
                for act in self._round(officer, number, chance, done):
                    act()
                    yield
                done = 0
        except Exception as error:  # noqa: BLE001 (what goes wrong under load is a figure too)
            self._done.refused.append(f"{type(error).__name__}: {error}")

    def _round(
        self, officer: Officer, number: int, chance: random.Random, done: int
    ) -> Iterator[Callable[[], object]]:
        """The acts of one round, but for so many that are done already; a draft begun before is begun uncounted."""
        looked = [_file(chance, self._files) for _ in range(3)]
        acts: list[Callable[[], object]] = []
        for _ in range(2):
            said = f"family{chance.randrange(4001)}"
            acts.append(lambda said=said: self._timed("words", lambda: officer.words(said)))
        acts += [lambda one=one: self._timed("open", lambda: officer.open(one)) for one in looked]
        acts.append(lambda: self._timed("begin a draft", lambda: officer.begin(looked[-1])))
        saved = max(done - len(acts), 0)
        if done > len(acts) - 1:
            officer.begin(looked[-1])
        acts += [
            lambda save=save: self._timed("save", lambda: officer.save(save - saved)) for save in range(SAVES)
        ]
        acts.append(lambda: self._sign(officer))
        if number % 8 == 0 and not done:
            acts.insert(0, lambda: self._timed("queue", officer.queue))
        yield from acts[done:]

    def _sign(self, officer: Officer) -> None:
        signed = self._timed("sign", officer.sign)
        self._done.signed.append(signed)

    def _timed(self, kind: str, act: Callable[[], Any]) -> Any:
        at = time.perf_counter()
        result = act()
        self._done.took.setdefault(kind, []).append(time.perf_counter() - at)
        return result


ROUND = 2 + 3 + 1 + SAVES + 1
"""Acts of one round of an officer who has no queue."""


def work(way: str, address: Address, numbers: Sequence[int], files: int) -> Worked:
    """Each of some officers signs in, does each thing of a day once, and goes."""
    return Shift(address, numbers, files).once(way)


def _serve(pipe: Pipe, address: Address, numbers: Sequence[int], files: int) -> None:
    """A worker: does what it is told until there is nobody who tells it."""
    worded("visit", "loaded as a window is after its first minutes", frozenset())
    shift = Shift(address, numbers, files)
    with suppress(EOFError):
        while True:
            what, given = pipe.recv()
            pipe.send(getattr(shift, what)(*given))


@contextmanager
def at_work(
    store: owners.OwnersStore, workers: int, officers: int, files: int
) -> Iterator[Callable[..., Worked]]:
    """Workers with so many officers between them; gives what tells all of them at once, and what they did together."""
    address, context = owners.address_of(store.dsn), get_context("spawn")
    pipes, started = [], []
    for first in range(workers):
        ours, theirs = context.Pipe()
        numbers = range(first, officers, workers)
        one = context.Process(target=_serve, args=(theirs, address, numbers, files), daemon=True)
        one.start()
        theirs.close()
        pipes.append(ours)
        started.append(one)

    def tell(what: str, *given: object) -> Worked:
        whole = Worked()
        for pipe in pipes:
            pipe.send((what, given))
        for pipe in pipes:
            whole.add(pipe.recv() or Worked())
        return whole

    yield tell
    for pipe in pipes:
        pipe.close()
    for one in started:
        one.join()


def run(store: owners.OwnersStore, way: str, workers: int, officers: int, files: int) -> Worked:
    """Let each of so many officers do each thing of a day once, so many at a time."""
    with at_work(store, workers, officers, files) as tell:
        return tell("once", way)


def _file(chance: random.Random, files: int) -> UUID:
    """A file; a few are opened by everybody, as after a conference."""
    number = 1 + int(files * chance.random() ** 3) % files
    return UUID(f"01990000-f11e-7000-8000-{number:012x}")


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
    """Measure without a pause, ever more at once; then the whole force, who think between two acts."""
    with Durable() as server, force(server, OFFICERS, FILES) as store:
        found = [_without_pause(store, workers) for workers in KNEE]
        found.append(_whole_force(store))
        faults = chain_faults(store)
    last = found[-1]
    found[-1] = replace(last, note=f"{last.note}. Faults of the log after all of it: {faults}")
    return found


def _without_pause(store: owners.OwnersStore, workers: int) -> Figure:
    """Officers who never pause, one at each worker; the two ways take turns, so that a busy moment meets both."""
    spans: dict[str, list[float]] = {way: [] for way in WAYS}
    whole = {way: Worked() for way in WAYS}
    with at_work(store, workers, workers, FILES) as tell:
        for way in WAYS:
            tell("sign_in", way)
            tell("work", way, WARM_S, 0.0)
        for _ in range(SPANS):
            for way in WAYS:
                began = time.perf_counter()
                done = tell("work", way, SPAN_S, 0.0)
                spans[way].append((time.perf_counter() - began) / max(done.acts, 1))
                whole[way].add(done)
        for way in WAYS:
            tell("sign_out", way)
    officers = "1 officer" if workers == 1 else f"{workers} officers"
    return Figure(
        f"{officers} signed in, without a pause, {FILES:,} files, per act",
        "the same acts in SQL by hand, same roles, row security, tables read, rows of a visit and log rows, durable",
        GOAL,
        tuple(spans["desk"]),
        tuple(spans["by hand"]),
        note=_note(store, whole, SPAN_S * SPANS),
    )


def _whole_force(store: owners.OwnersStore) -> Figure:
    """All officers signed in, each thinking between two acts; what is asked for is the same for both ways."""
    whole: dict[str, Worked] = {}
    with at_work(store, AT_ONCE, OFFICERS, FILES) as tell:
        for way in ("by hand", "desk"):
            tell("sign_in", way)
            tell("work", way, SHIFT_S / 4, THINK_S)
            whole[way] = tell("work", way, SHIFT_S, THINK_S)
            tell("sign_out", way)
    ours, floor = whole["desk"], whole["by hand"]
    asked = OFFICERS / THINK_S
    return Figure(
        f"{OFFICERS} officers signed in, {THINK_S:.0f} s of thought before each act ({asked:.0f} acts a second asked "
        f"for), {AT_ONCE} at one moment, {FILES:,} files, per act",
        "the same officers, thoughts and acts in SQL by hand",
        GOAL,
        (SHIFT_S / max(ours.acts, 1),),
        (SHIFT_S / max(floor.acts, 1),),
        note=_note(store, whole, SHIFT_S),
    )


def _note(store: owners.OwnersStore, whole: dict[str, Worked], took: float) -> str:
    cores, ours, floor = os.cpu_count() or 1, whole["desk"], whole["by hand"]
    signed = [*ours.signed, *floor.signed]
    refused = "".join(f" ({one})" for one in ours.refused[:1] + floor.refused[:1])
    return (
        f"{told(took, ours, cores)}. By hand: {told(took, floor, cores)}. Signatures lost: {lost(store, signed)} of "
        f"{len(signed)}; refused: {len(ours.refused)} and {len(floor.refused)}{refused}"
    )
