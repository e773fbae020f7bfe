"""A primary and its synchronous standby, as a force has them: real servers that can be killed, promoted and brought back.

They stand beside ``tests/postgres.py``, whose one server is enough for everything else. Both listen on sockets in folders
of their own, so that one address can name them both; the primary archives its WAL when it is told where to.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg.conninfo import make_conninfo

from tests.postgres import CONFIGURATION, LET_IN, NOBODY, Postgres

STANDBY = "standby"
_REPLICATES = f"local replication postgres trust\n{LET_IN}"
_SETTINGS = {
    **CONFIGURATION,
    # A process that is killed loses nothing that it gave to the system: only the power can, and that is not cut here.
    "fsync": "off",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "wal_receiver_status_interval": "1s",
    "hot_standby": "on",
}


class Node(Postgres):
    """One server of several, with a folder of its own.

    Attributes:
        folder: Where its socket is; its data lies in ``data`` below it.
    """

    def __init__(self, name: str, within: Path, settings: dict[str, str] | None = None) -> None:
        """A server called *name* in a folder of *within*; not started yet."""
        super().__init__()
        self._given = None
        self.name = name
        self.folder = within / name
        self._settings = settings or {}
        self.dsn = make_conninfo(host=str(self.folder), user="postgres", dbname="postgres")

    @property
    def data(self) -> Path:
        """Its data."""
        return self.folder / "data"

    @property
    def host(self) -> str:
        """Its socket as the host of an address."""
        return quote(str(self.folder), safe="")

    def make(self) -> None:
        """Make a new, empty server and start it."""
        self._own_folder()
        self._run(
            "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        self.run()

    def copy(self, primary: Node) -> None:
        """Become a standby of *primary*: its data is copied while it works, and followed from there."""
        self._own_folder()
        source = f"host={primary.folder} user=postgres application_name={self.name}"
        self._run(
            "pg_basebackup", "-D", self.data, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync"
        )
        (self.data / "postgresql.auto.conf").chmod(0o600)
        self.run()

    def run(self) -> None:
        """Start it, as new or after it was stopped or killed."""
        (self.data / "pg_hba.conf").write_text(_REPLICATES, "ascii")
        settings = {**_SETTINGS, "unix_socket_directories": str(self.folder), **self._settings}
        options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())
        self._run(
            "pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", "60", "-o", options, "start"
        )

    def kill(self) -> None:
        """End every process of it at once, as when the machine goes: nothing is said, nothing is finished."""
        first = int((self.data / "postmaster.pid").read_text("ascii").split()[0])
        for process in (first, *_children(first)):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def promote(self) -> None:
        """From now on it is the primary."""
        self._run("pg_ctl", "-D", self.data, "-w", "promote")

    def halt(self) -> None:
        """Stop it, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False)

    def ask(self, question: str) -> object:
        """One value, as who keeps the server."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            row = connection.execute(question).fetchone()  # type: ignore[call-overload]
        return row[0] if row else None

    def _own_folder(self) -> None:
        from tests.postgres import find_programs

        self._programs = self._programs or find_programs()
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, NOBODY)


class Pair:
    """A primary and a synchronous standby: what the primary acknowledges, the standby has.

    Attributes:
        primary, standby: The two servers, as they began.
    """

    def __enter__(self) -> Self:
        """Start both."""
        self._within = Path(
            tempfile.mkdtemp(prefix="casefile-pair-", dir="/tmp" if Path("/tmp").is_dir() else None)
        )
        self._within.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self._within, NOBODY)
        self.primary, self.standby = Node("primary", self._within), Node(STANDBY, self._within)
        try:
            self.primary.make()
            self.standby.copy(self.primary)
            with psycopg.connect(self.primary.dsn, autocommit=True) as connection:
                connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
                connection.execute("SELECT pg_reload_conf()")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop both and remove what they left."""
        for node in (self.primary, self.standby):
            node.halt()
        shutil.rmtree(self._within, ignore_errors=True)

    def address(self, database: str) -> str:
        """One address that names both: whoever uses it finds the one that can be written to."""
        return f"postgresql://{self.primary.host},{self.standby.host}/{database}"


def _children(first: int) -> list[int]:
    """Processes that *first* started, where the system says so."""
    found: list[int] = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = status.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[1]) == first:
            found.append(int(status.parent.name))
    return found
