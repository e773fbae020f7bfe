"""A real secret service: a private session bus and GNOME's keyring daemon, with folders of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
PASSWORD = "otters of the login keyring"


def missing() -> str | None:
    """What this machine lacks for a real secret service; None when nothing is lacking."""
    lacking = [program for program in PROGRAMS if shutil.which(program) is None]
    return f"no {' and no '.join(lacking)} here (apt-get install dbus gnome-keyring)" if lacking else None


@dataclass
class SecretService:
    """A running service.

    Attributes:
        address: Of its session bus.
        folder: Where everything of it lies.
        pid: Of the keyring daemon.
    """

    address: str
    folder: Path
    pid: int

    def stop(self) -> None:
        """End the keyring daemon, as when it crashes."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


@contextmanager
def running(folder: Path, tell: Callable[[str, str], None]) -> Generator[SecretService]:
    """The service, unlocked, while the block runs.

    Args:
        folder: New folder for everything it writes.
        tell: Sets a variable of the environment for what asks the service.
    """
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    env.pop("DISPLAY", None)  # nobody is there to be asked for a password
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        place = folder / name.lower()
        place.mkdir(parents=True, mode=0o700)
        env[name] = str(place)
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    env["DBUS_SESSION_BUS_ADDRESS"] = address
    chain = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert chain.stdin is not None
    assert chain.stdout is not None
    chain.stdin.write(PASSWORD)
    chain.stdin.close()
    chain.stdout.readline()  # says where it listens when it is there
    tell("DBUS_SESSION_BUS_ADDRESS", address)
    try:
        yield SecretService(address, folder, chain.pid)
    finally:
        for process in (chain, bus):
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
