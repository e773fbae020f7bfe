"""Plain text looking for a way out: names, words, documents and passwords lie nowhere in the clear.

Looked through are the store and its WAL, the temporary folder, every folder of the person, what the program said, and the
files it holds open though nobody can see them: while it works, after it was killed, and after the window was shown.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casefile import opening
from tests.faults.hunted import GREEK, PASSPHRASE, PASSWORD, WORDS

ROOT = Path(__file__).resolve().parents[2]
PLACES = {
    "TMPDIR": "tmp", "HOME": "home", "XDG_CONFIG_HOME": "home/config", "XDG_DATA_HOME": "home/data",
    "XDG_STATE_HOME": "home/state", "XDG_CACHE_HOME": "home/cache", "XDG_RUNTIME_DIR": "run",
}  # fmt: skip


@dataclass
class Hunted:
    """A program that works in folders of its own."""

    folder: Path
    process: subprocess.Popen[str]

    @property
    def store(self) -> Path:
        return self.folder / "home" / "store"


def start(folder: Path, *what: str) -> Hunted:
    """Start it, and wait until it has done everything once."""
    env = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }
    for name, place in PLACES.items():
        (folder / place).mkdir(parents=True, exist_ok=True, mode=0o700)
        env[name] = str(folder / place)
    hunted = Hunted(folder, None)  # type: ignore[arg-type]
    program = [sys.executable, "-m", "tests.faults.hunted", what[0], str(hunted.store), *what[1:]]
    with (folder / "said.log").open("w") as said:
        hunted.process = subprocess.Popen(
            program, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True
        )
    assert hunted.process.stdout is not None
    first = hunted.process.stdout.readline()
    assert first == "ready\n", (first, (folder / "said.log").read_text())
    return hunted


@pytest.fixture
def hunted(tmp_path: Path) -> Iterator[Hunted]:
    """The program at the desk; ended whatever happens."""
    started = start(tmp_path, "desk")
    yield started
    started.process.kill()
    started.process.communicate()


def _shapes() -> dict[bytes, str]:
    """Every word as programs write it: as it is, in small letters, and in two-byte characters."""
    shapes: dict[bytes, str] = {}
    for word in WORDS:
        for said in (word, word.casefold(), word.upper()):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                shapes[said.encode(encoding)] = word
    return shapes


def found(*places: Path) -> list[str]:
    """Where a word lies in the clear: in a file, in its name, or nowhere."""
    hits: list[str] = []
    for path in (one for place in places for one in sorted(place.rglob("*"))):
        try:
            data = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        except OSError:
            continue
        hits += [f"{word} in {path.name}" for shape, word in _shapes().items() if shape in data]
    return hits


def _unseen(process: subprocess.Popen[str]) -> list[str]:
    """The same in files that the program holds open, also those that were unlinked."""
    hits: list[str] = []
    for handle in Path(f"/proc/{process.pid}/fd").glob("*"):
        if handle.is_file():
            data = handle.read_bytes()
            hits += [f"{word} in {os.readlink(handle)}" for shape, word in _shapes().items() if shape in data]
    return hits


def test_the_hunt_finds_what_does_lie_in_the_clear(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.bin").write_bytes(b"\x00" * 70_000 + GREEK.encode("utf-16-le"))
    assert found(tmp_path) == [f"{GREEK} in b.bin"]


def test_nothing_lies_in_the_clear_at_work_nor_after_being_killed(hunted: Hunted) -> None:
    wal = hunted.store / "casefile.db-wal"
    assert wal.stat().st_size > 0, "the hunt is on while the WAL holds what was written"
    assert found(hunted.folder) == []
    if Path("/proc/self/fd").is_dir():
        assert _unseen(hunted.process) == []
    assert hunted.process.stdin is not None
    hunted.process.stdin.write("\n")
    hunted.process.stdin.flush()
    assert hunted.process.stdout is not None
    assert [hunted.process.stdout.readline() for _ in range(3)] == ["signed\n"] * 3
    hunted.process.kill()
    hunted.process.wait()
    assert found(hunted.folder) == []
    again = opening.open_with_passphrase(hunted.store, PASSPHRASE, remember=False)
    again.desk.sign_in("Marsh", PASSWORD)
    assert again.desk.verify_log().intact
    again.close()
    assert found(hunted.folder) == []


def test_the_window_leaves_nothing_in_the_clear(tmp_path: Path) -> None:
    out = tmp_path / "home" / "pictures"
    out.mkdir(parents=True)
    shown = start(tmp_path, "window", str(out))
    shown.process.communicate()
    assert shown.process.returncode == 0
    assert len(list(out.glob("*.png"))) > 5
    assert found(tmp_path) == []
