"""Lanes, not threads: one worker for writes, a few for reads, a free pool for the rest.

With ``ui/shell/ear.py`` the only file that names a thread. Nothing that touches the desk runs on the UI thread; a repeated
read replaces the waiting one; an answer for a page that is gone is thrown away.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from casefile.desk import Desk
from casefile.errors import Away, Cancelled, CasefileError, Refused, Unsure, as_bug
from casefile.outbox import KeptHere, Outbox
from casefile.work.changed import Done
from ui.shell.ear import Ear
from ui.shell.steady import Sweeper
from ui.shell.turns import Turns

R = TypeVar("R")
READERS, FREE = 3, 2
WAITING = 1
"""Who waits for a server that is away has a lane of its own."""


class Job(QObject):
    """One long job: its title, how far it is, and whether somebody stopped it.

    Signals:
        stepped: Done, of how many (0: not known), and what is in hand.
        ended: It is over, one way or another.
    """

    stepped = Signal(int, int, str)
    ended = Signal()

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop; it stops at its next step."""
        self._stop.set()

    def step(self, done: int, of: int | None, what: str) -> None:
        """Called by the work itself, off the UI thread."""
        if self._stop.is_set():
            raise Cancelled("The work was stopped.")
        self.stepped.emit(done, of or 0, what)


class _Asked:
    """One question on its way to a worker and back.

    What it holds may be the last hold on a page; so may what came of it, for an error remembers every frame it passed.
    Both stay here until `answered` lets them go on the UI thread: a page destroyed on a worker's thread would end the
    program.
    """

    def __init__(
        self,
        work: Callable[[], Any],
        wanted: Callable[[], bool],
        deliver: Callable[[Any, CasefileError | None, bool], None],
    ) -> None:
        self._held: list[Any] = [work, wanted, deliver]
        self._outcome: list[Any] = [None, None]

    def ask(self) -> None:
        """On a worker: do the work, unless nobody wants it any more."""
        try:
            if self._held[1]():
                self._outcome[0] = self._held[0]()
        except CasefileError as known:
            self._outcome[1] = known
        except Exception as unknown:  # noqa: BLE001 (the last fence: told to the person, never swallowed)
            self._outcome[1] = as_bug(unknown)

    def answered(self) -> None:
        """On the UI thread: hand over what came of it, and let go."""
        _, wanted, deliver = self._held
        result, error = self._outcome
        self._held, self._outcome = [], []
        deliver(result, error, wanted())


class _Task(QRunnable):
    def __init__(self, asked: _Asked, post: Callable[[], None]) -> None:
        super().__init__()
        self._asked, self._post = asked, post

    def run(self) -> None:
        """On a worker: do the work and post what came of it."""
        self._asked.ask()
        self._post()


class Jobs(QObject):
    """What the window asks of the desk.

    Attributes:
        places: Under which identities this window says where its officer is, so that nobody meets themselves.

    Signals:
        changed: A write came back; carries what it changed.
        saved: A write came back; carries the moment by the desk's clock.
        running: The long jobs under way, as a tuple.
        trouble: Something went wrong that nobody else will show.
        unanswered: The server was away; carries what asks again, or finds out what became of a write.
        quiet: Nothing is under way any more.
    """

    changed = Signal(object)
    saved = Signal(object)
    running = Signal(object)
    trouble = Signal(object)
    unanswered = Signal(object)
    quiet = Signal()
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.outbox: Outbox | None = None
        self.places: set[UUID] = set()
        self._lanes = {"write": 1, "read": READERS, "free": FREE, "side": 1, "line": WAITING}
        self._pools: dict[str, QThreadPool] = {}
        for name, workers in self._lanes.items():
            pool = QThreadPool(self)
            pool.setMaxThreadCount(workers)
            self._pools[name] = pool
        self._latest: dict[tuple[int, str], int] = {}
        self._ticket = 0
        self._under_way = 0
        self._sweeper = Sweeper(self)
        self._turns = Turns(self)
        self._turns.rested.connect(self._rest)
        self._long: list[Job] = []
        self._ear = Ear(self)
        self._ear.told.connect(self.changed)
        self._posted.connect(lambda deliver: deliver(), Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._under_way > 0 or self._turns.busy

    def read(
        self,
        owner: QObject,
        ask: Callable[[Desk], R],
        then: Callable[[R], object],
        *,
        failed: Callable[[CasefileError], object] | None = None,
        slot: str = "",
    ) -> None:
        """Ask the desk; a newer question in the same *slot* of the same *owner* replaces this one.

        What could not be asked because the server was away is asked again when it is back; no dialog tells of it. Where
        *then* takes long it yields, and keys are answered before it goes on.
        """
        ticket = self._ticket = self._ticket + 1
        key = (id(owner), slot or f"once {ticket}")
        self._latest[key] = ticket

        def wanted() -> bool:
            return self._latest.get(key) == ticket

        def finish() -> None:
            if self._latest.get(key) == ticket:
                del self._latest[key]

        alive = weakref.ref(owner)

        def show(found: R) -> None:
            if (there := alive()) is not None:
                self._turns.take(there, key, then(found))

        def again() -> None:
            if (there := alive()) is not None and shiboken6.isValid(there):
                self.read(there, ask, then, failed=failed, slot=slot or f"again {ticket}")

        def not_answered(error: CasefileError) -> None:
            away = isinstance(error, Away)
            if away:
                self.unanswered.emit(again)
            if failed is not None:
                failed(error)
            elif not away:
                self.trouble.emit(error)

        self._start("read", owner, self._at_desk(ask), show, not_answered, wanted, finish)

    def write(
        self,
        owner: QObject,
        ask: Callable[[Desk], Done[R] | KeptHere],
        then: Callable[[Any], object] | None = None,
        *,
        failed: Callable[[CasefileError], object] | None = None,
    ) -> None:
        """Do an action at the desk, after those asked for before; tells every page what it changed.

        *then* hears what the action gave, or that a form was kept on this computer because the server is away.
        """
        alive = weakref.ref(owner)

        def answered(done: Any) -> None:
            if then is not None:
                then(done.result if isinstance(done, Done) else done)

        def not_answered(error: CasefileError) -> None:
            found_out, there = (error.ask if isinstance(error, Unsure) else None), alive()
            if found_out is not None:
                self.unanswered.emit(
                    lambda: self._start("write", there or self, found_out, answered, not_answered)
                )
            (failed or self.trouble.emit)(error)

        self._start("write", owner, self._at_desk(ask), answered, not_answered)

    def long(
        self,
        owner: QObject,
        title: str,
        ask: Callable[[Job], R],
        then: Callable[[R], object],
        *,
        failed: Callable[[CasefileError], object] | None = None,
    ) -> Job:
        """Do something long in the free pool, with progress and cancel."""
        job = Job(title, self)
        self._long.append(job)
        self.running.emit(tuple(self._long))

        def finish() -> None:
            self._long.remove(job)
            job.ended.emit()
            self.running.emit(tuple(self._long))

        self._start("free", owner, lambda: ask(job), then, failed, lambda: True, finish)
        return job

    def quietly(self, owner: QObject, ask: Callable[[Desk], R], then: Callable[[R], object]) -> None:
        """Do something small that is no part of the record: nobody is told of it, and nothing is said where it fails."""
        self._start("side", owner, self._at_desk(ask), then, lambda _: None)

    def in_turns(self, owner: QObject, steps: Iterator[None]) -> None:
        """Show something a step at a time, the first at once, and answer keys in between; newer steps replace those left."""
        self._turns.take(owner, (id(owner), "shown"), steps)

    def listen(self) -> None:
        """Hear what other programs write in the same store, until :meth:`stop`: it is told as one's own writes are."""
        if self.desk is not None:
            self._ear.listen(self.desk)

    def stop(self) -> None:
        """Stop what can be stopped and wait for what was asked: nothing acknowledged is lost."""
        self._latest.clear()
        self._turns.stop()
        for job in self._long:
            job.cancel()
        self._ear.stop()
        for pool in self._pools.values():
            pool.waitForDone()

    def aside(
        self,
        owner: QObject,
        work: Callable[[], R],
        then: Callable[[R], object],
        *,
        failed: Callable[[CasefileError], object] | None = None,
    ) -> None:
        """Do something with what is kept on this computer, after the writes asked for before."""
        self._start("write", owner, work, then, failed)

    def wait_for_the_server(
        self, owner: QObject, then: Callable[[bool], object], failed: Callable[[CasefileError], object]
    ) -> None:
        """Wait until the server answers again; *then* hears whether it does, or whether nobody waits any more."""
        self._start("line", owner, self._at_desk(lambda desk: desk.store.line.wait()), then, failed)

    def _at_desk(self, ask: Callable[[Desk], R]) -> Callable[[], R]:
        def work() -> R:
            if self.desk is None:
                raise Refused("Nobody is signed in.", remedy="Sign in first.")
            return ask(self.desk)

        return work

    def _start(
        self,
        lane: str,
        owner: QObject,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[CasefileError], object] | None,
        wanted: Callable[[], bool] = lambda: True,
        finish: Callable[[], None] = lambda: None,
    ) -> None:
        self._under_way += lane != "line"  # whoever waits for a server is not at work
        alive = weakref.ref(owner)

        def deliver(result: Any, error: CasefileError | None, told: bool) -> None:
            self._under_way -= lane != "line"
            there = alive()
            try:
                if told:
                    finish()
                    if isinstance(result, Done) and lane != "side":
                        self.saved.emit(self.desk.now() if self.desk else None)
                        self.changed.emit(result.changed)
                    if there is not None and shiboken6.isValid(there):
                        self._hand_over(result, error, then, failed)
                    elif error is not None and lane == "write":
                        self.trouble.emit(error)
            finally:  # a page that fails over its answer leaves nobody waiting
                self._rest()

        asked = _Asked(work, wanted, deliver)
        self._pools[lane].start(_Task(asked, lambda: self._posted.emit(asked.answered)))

    def _rest(self) -> None:
        if not self.busy:
            self.quiet.emit()

    def _hand_over(
        self,
        result: Any,
        error: CasefileError | None,
        then: Callable[[Any], object],
        failed: Callable[[CasefileError], object] | None,
    ) -> None:
        if error is None:
            then(result)
        elif failed is not None:
            failed(error)
        else:
            self.trouble.emit(error)
