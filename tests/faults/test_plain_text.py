"""Plain text looking for a way out: names, words, documents, passwords and the key lie nowhere in the clear.

Looked through are the store and its WAL, copies and what was brought back, settings, the temporary folder, every folder of
the person, what the program said, the image of its memory when it crashes, and the files it holds open though nobody can
see them: while it works, after it was killed, after it crashed, and after the window was used and closed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from casefile import opening
from casefile.store import embedded
from tests.faults.hunted import FAMILY, GREEK, PASSPHRASE, PASSWORD, WORDS
from tests.faults.hunter import found, shapes, unseen

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
    _key: list[bytes] = field(default_factory=list[bytes])

    @property
    def store(self) -> Path:
        return self.folder / "home" / "store"

    @property
    def sought(self) -> dict[bytes, str]:
        """The words, and the store's own key."""
        if not self._key:
            self._key.append(embedded.key_from_passphrase(self.store, PASSPHRASE))
        return shapes(WORDS, self._key)

    def hears(self, what: str) -> None:
        """Wait until it says this."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said == f"{what}\n", (said, (self.folder / "said.log").read_text())

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def in_the_clear(self) -> list[str]:
        return found(self.sought, self.folder)


Start = Callable[[str], Hunted]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program in folders of its own, in one of its modes; ends it whatever happens."""
    started: list[Hunted] = []

    def go(mode: str) -> Hunted:
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "QT_QPA_PLATFORM": "offscreen",
        }
        for name, place in PLACES.items():
            (tmp_path / place).mkdir(parents=True, exist_ok=True, mode=0o700)
            env[name] = str(tmp_path / place)
        hunted = Hunted(tmp_path, None)  # type: ignore[arg-type]
        program = [sys.executable, "-m", "tests.faults.hunted", mode, str(hunted.store)]
        with (tmp_path / "said.log").open("w") as said:
            hunted.process = subprocess.Popen(
                program, cwd=tmp_path / "home", env=env, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
            )  # fmt: skip
        started.append(hunted)
        return hunted

    yield go
    for one in started:
        one.process.kill()
        one.process.communicate()


@pytest.mark.parametrize(
    "lies",
    [
        FAMILY.encode(),
        GREEK.upper().encode(),
        GREEK.encode("utf-16-le"),
        bytes(range(32)),
        bytes(range(32)).hex().encode(),
        *(shape for shape, name in shapes((), [bytes(range(32))]).items() if "base64" in name),
        b"%PDF-1.7",
    ],
)
def test_the_hunt_finds_what_does_lie_in_the_clear(tmp_path: Path, lies: bytes) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.bin").write_bytes(b"\x00" * 70_000 + lies + b"\x00" * 7)
    sought = shapes(WORDS, [bytes(range(32))])
    assert [hit.partition(" in b.bin")[1] for hit in found(sought, tmp_path)] == [" in b.bin"]


@pytest.mark.parametrize("before", [b"", b"x", b"xy", b"xyz"])
def test_the_hunt_finds_a_word_in_an_attachment_wherever_it_begins(tmp_path: Path, before: bytes) -> None:
    import base64

    (tmp_path / "mail").write_bytes(base64.b64encode(before + FAMILY.encode() + b" and more"))
    assert found(shapes(WORDS), tmp_path) == [f"{FAMILY} in base64 in mail"]


def test_the_hunt_finds_a_word_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / f"{FAMILY}.txt").touch()
    assert found(shapes(WORDS), tmp_path) == [f"{FAMILY} in {FAMILY}.txt"]


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="this system does not show what a process holds open"
)
def test_the_hunt_finds_a_word_in_a_file_that_nobody_sees(tmp_path: Path) -> None:
    with (tmp_path / "gone").open("w+b") as held:
        held.write(FAMILY.encode())
        held.flush()
        (tmp_path / "gone").unlink()
        assert found(shapes(WORDS), tmp_path) == []
        assert any(hit.startswith(FAMILY) for hit in unseen(shapes(WORDS), os.getpid()))


def test_nothing_lies_in_the_clear_at_work_nor_after_being_killed(start: Start) -> None:
    hunted = start("desk")
    hunted.hears("ready")
    wal = hunted.store / "casefile.db-wal"
    assert wal.stat().st_size > 0, "the hunt is on while the WAL holds what was written"
    assert (hunted.folder / "said.log").stat().st_size > 0, "the program says something at all"
    assert (hunted.store.parent / "copy" / "casefile.db").exists()
    assert (hunted.store.parent / "back" / "casefile.db").exists()
    assert hunted.in_the_clear() == []
    assert unseen(hunted.sought, hunted.process.pid) == []
    hunted.go_on()
    for _ in range(3):
        hunted.hears("drafted")
        hunted.hears("signed")
    hunted.hears("drafted")
    hunted.process.kill()
    hunted.process.wait()
    assert hunted.in_the_clear() == []
    again = opening.open_with_passphrase(hunted.store, PASSPHRASE, remember=False)
    again.desk.sign_in("Marsh", PASSWORD)
    assert again.desk.verify_log().intact
    again.close()
    assert hunted.in_the_clear() == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")
def test_a_crash_leaves_no_picture_of_the_memory(start: Start) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))  # as a machine that keeps them
    try:
        hunted = start("desk")
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
    hunted.hears("ready")
    limits = Path(f"/proc/{hunted.process.pid}/limits")
    if limits.exists():
        line = next(one for one in limits.read_text().splitlines() if one.startswith("Max core file size"))
        assert line.split()[4] == "0"
    hunted.process.send_signal(signal.SIGABRT)
    assert hunted.process.wait() == -signal.SIGABRT
    assert hunted.in_the_clear() == []


def test_the_window_leaves_nothing_in_the_clear(start: Start) -> None:
    hunted = start("window")
    hunted.hears("shown")
    assert hunted.in_the_clear() == []
    assert unseen(hunted.sought, hunted.process.pid) == []
    hunted.go_on()
    hunted.process.communicate()
    assert hunted.process.returncode == 0
    said = (hunted.folder / "said.log").read_text()
    assert "Casefile report" in said
    assert "ValueError" in said
    assert list((hunted.folder / "home" / "config").rglob("*.ini")), (
        "the settings were kept where they are hunted"
    )
    assert hunted.in_the_clear() == []
