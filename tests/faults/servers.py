"""A server of one's own that is stopped, started, killed and cut off, and the wire that is cut."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import struct
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import event
from sqlalchemy.orm import Session

from casefile.store.away import PATIENCE
from casefile.store.engine import Store
from casefile.store.shared.served import Server as SharedStore
from tests.owners import Nearby
from tests.postgres import CONFIGURATION, Postgres

LONG = 60
THE_ORDER, THE_ANSWER = b"Q\x00\x00\x00\x0bCOMMIT\x00", b"C\x00\x00\x00\x0bCOMMIT\x00"
"""The order to save as it goes over the wire, and what the server says when it has saved."""
SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27
"""Linux's names for giving a socket a packet filter, and for taking it away."""


class Server(Postgres):
    """A server that a test may break: what it acknowledged is on the disk of the system, as on a real one."""

    def halt(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` in order, ``immediate`` as a power cut would."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def begin(self, *, standby: bool = False) -> None:
        """Start it again; as a *standby* it follows a first server that never sends anything."""
        if standby:
            (self.data / "standby.signal").touch()
        options = " ".join(
            f"-c {key}='{value}'" for key, value in {**CONFIGURATION, "synchronous_commit": "on"}.items()
        )
        options += f" -c unix_socket_directories='{self.data.parent}'"
        log = self.data.parent / "log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", str(LONG), "-o", options, "start")

    def promote(self) -> None:
        """Let a standby take over."""
        self._run("pg_ctl", "-D", self.data, "-w", "promote")

    def kill(self, pid: int) -> None:
        """Kill one process of the server as the system does when it has no memory left: the others go down with it."""
        os.kill(pid, signal.SIGKILL)

    @property
    def data(self) -> Path:
        """Where its data stands."""
        assert self._folder is not None
        return self._folder / "data"


class Wire:
    """A TCP wire to a server's socket: it can be cut, healed, and made to swallow every packet.

    Attributes:
        port: Where it begins, on the loopback.
        carried: How often a client came through.
        stops_before: It is cut by itself when these bytes come, from either side, before they arrive.
        mends: It is whole again at once after that.
        turns_away: How many who come are turned away at once, as by a server that is not up yet.
        leaves_standing: The server does not hear that it is cut: what it began stays begun.
    """

    def __init__(self, dsn: str) -> None:
        """A wire to the server that *dsn* names."""
        parts = {key: str(value) for key, value in conninfo_to_dict(dsn).items()}
        self._target = str(Path(parts["host"]) / f".s.PGSQL.{parts.get('port', '5432')}")
        self._database = parts["dbname"]
        self._listening = self._listen(0)
        self.port: int = self._listening.getsockname()[1]
        self.carried = 0
        self.stops_before: bytes | None = None
        self.mends = True
        self.turns_away = 0
        self.leaves_standing = False
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._swallows = False
        self._threads: list[threading.Thread] = []
        self._accept()

    def __enter__(self) -> Self:
        """The wire, whole."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away."""
        self.leaves_standing = False
        self.cut()
        for thread in self._threads:
            thread.join(LONG)

    def store(self, **patience: str) -> Store:
        """The store at its other end, at which nobody is signed in; as patient as people's, unless *patience* says."""
        parts = {"host": "127.0.0.1", "port": str(self.port), "dbname": self._database}
        told = {key: str(value) for key, value in PATIENCE.items()} | patience
        return SharedStore(Nearby("postgresql://tests/", parts | told, ""))

    def cut(self) -> None:
        """Cut it: who is connected is thrown out, who comes is refused."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            ends = [end for end in self._ends if not self._stays(end)]
            self._ends = [end for end in self._ends if self._stays(end)]
        for end in ends:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def losing(self, what: bytes) -> Generator[None]:
        """Lose the order to save, or its answer, of the next thing that is saved."""

        def arm() -> None:
            self.stops_before = what

        with at_commit(arm):
            yield

    def heal(self) -> None:
        """Make it whole again, where it was."""
        self._listening = self._listen(self.port)
        self._accept()

    def swallow(self) -> None:
        """From now on every packet to the server vanishes on the way, without a word to anybody."""
        with self._lock:
            self._swallows = True
            for end in (self._listening, *self._ends):
                _swallow(end)

    def deliver(self) -> None:
        """What comes from now on arrives again."""
        with self._lock:
            self._swallows = False
            for end in (self._listening, *self._ends):
                with suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)

    def _listen(self, port: int) -> socket.socket:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("127.0.0.1", port))
        made.listen(32)
        return made

    def _accept(self) -> None:
        listening = self._listening

        def serve() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                self.carried += 1
                if self.turns_away:
                    self.turns_away -= 1
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(self._target)
                except OSError:
                    client.close()
                    server.close()
                    continue
                with self._lock:
                    self._ends += [client, server]
                self._start(lambda c=client, s=server: self._carry(c, s))
                self._start(lambda c=client, s=server: self._carry(s, c))

        self._start(serve)

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        """Carry what comes at one end to the other, until either is gone."""
        with suppress(OSError):
            while said := one.recv(65536):
                if self.stops_before is not None and self.stops_before in said:
                    self.stops_before = None
                    self.cut()
                    if self.mends:
                        self.heal()
                    break
                other.sendall(said)
        for end in (one, other):
            with suppress(OSError):
                if not self._stays(end):
                    end.shutdown(socket.SHUT_RDWR)
        with self._lock:
            if one in self._ends:
                self._ends.remove(one)
        one.close()

    def _stays(self, end: socket.socket) -> bool:
        return self.leaves_standing and end.family == socket.AF_UNIX


@contextmanager
def at_commit(strike: Callable[[], object]) -> Generator[None]:
    """Strike once, when the next thing is written and the order to save has not been given."""
    struck: list[bool] = []

    def now(session: Session) -> None:
        if not struck:
            struck.append(True)
            strike()

    event.listen(Session, "before_commit", now)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", now)


def _swallow(end: socket.socket) -> None:
    """Throw every packet away that comes to this end."""
    if end.family == socket.AF_INET:
        one = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
        program = struct.pack("HL", 1, ctypes.addressof(one))
        end.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
