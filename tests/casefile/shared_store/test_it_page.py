"""docs/shared-store.md does what it says: its commands are run as they stand there, on real servers with TLS."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import NOBODY, _as_nobody, find_programs
from tests.served import free_port

ROOT = Path(__file__).resolve().parents[3]
BLOCK = re.compile(r"^```sh(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVERS = ("data", "standby", "drill", "other")


@pytest.fixture
def base() -> Iterator[Path]:
    """Where the servers stand; whatever still runs there in the end is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="casefile-it-", dir="/tmp" if Path("/tmp").is_dir() else None))
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY)
    folder.chmod(0o755)
    yield folder
    for name in SERVERS:
        if (folder / name / "postmaster.pid").exists():
            stop = [
                str(find_programs() / "pg_ctl"),
                "-D",
                str(folder / name),
                "-m",
                "immediate",
                "-w",
                "stop",
            ]
            subprocess.run(stop, check=False, capture_output=True, cwd="/", **_as_nobody())
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_from_nothing_to_a_server_that_was_killed_and_brought_back(base: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "shared-store.md").read_text("utf-8")
    blocks = [(found[1] or "head", found[2]) for found in BLOCK.finditer(page)]
    assert [kind for kind, _ in blocks].count("server") > 6
    variables = "".join(
        f"export {name}={value}\n"
        for name, value in {
            "PRIMARY": "localhost", "STANDBY": "localhost", "PORT": free_port(), "STANDBY_PORT": free_port(),
            "DRILL_PORT": free_port(), "BASE": base,
        }.items()
    )  # fmt: skip
    head = variables + next(text for kind, text in blocks if kind == "head")
    for place, (kind, text) in enumerate(blocks):
        if kind in {"server", "desk"}:
            done = run(kind, head + text, tmp_path)
            assert done.returncode == 0, (
                f"block {place}:\n{text}\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}"
            )


def run(kind: str, script: str, scratch: Path) -> subprocess.CompletedProcess[str]:
    """Run one block as whoever it is for."""
    programs = scratch / "bin"
    if not programs.exists():
        programs.mkdir()
        (programs / "casefile").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casefile "$@"\n', "utf-8")
        (programs / "casefile").chmod(0o755)
    environment = {"PATH": f"{find_programs()}:{programs}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    if kind == "server":
        # A file, not a pipe: a server that is started inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                ["bash", "-euc", script], cwd="/", env=environment, stdin=subprocess.DEVNULL, stdout=said,
                stderr=subprocess.STDOUT, text=True, check=False, timeout=200, **_as_nobody(),
            )  # fmt: skip
            said.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, said.read(), "")
    environment |= {
        "HOME": str(scratch), "PYTHONPATH": str(ROOT), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "XDG_STATE_HOME": str(scratch / "state"), "XDG_CONFIG_HOME": str(scratch / "config"),
    }  # fmt: skip
    return subprocess.run(
        ["bash", "-euc", script], cwd=scratch, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False, timeout=200,
    )  # fmt: skip
