"""Set a machine up for Casefile: `make run`, `make test` and every other target call this first.

Needs nothing but Python 3.11 or newer. It gets uv, makes `.venv`, installs exactly what
`requirements/dev.txt` locks (every file checked by its hash) and, on Debian and its kin, the system
libraries that a window needs. What it may not or cannot do it says in one sentence. The second run
finds everything in place and ends at once.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "dev.txt"
UV_LOCK = ROOT / "requirements" / "setup.txt"
VENV = ROOT / ".venv"
SETUP = ROOT / ".setup"
STAMP = VENV / "set-up-for"
BIN = "Scripts" if os.name == "nt" else "bin"
EXE = ".exe" if os.name == "nt" else ""

LIBRARIES = {
    # Qt's window, also without a display
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    # Qt's window on an X display
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Shared library → the Debian package that holds it."""

PROGRAMS = {"objdump": "binutils"}
"""Program → the Debian package that holds it: freezing the bundle reads libraries with it."""


class CannotError(Exception):
    """Something this machine does not allow; its text is the sentence for the person."""


def say(sentence: str) -> None:
    """One line on the terminal, at once."""
    print(f"setup: {sentence}", flush=True)


def fingerprint() -> str:
    """What the environment was made from: this file, the locks and the Python that runs."""
    digest = hashlib.sha256(f"{sys.version}\n{sys.prefix}\n{ROOT}".encode())
    for path in (Path(__file__), LOCK, UV_LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def run(*command: str | Path, quiet: bool = True) -> None:
    """Run a command; CannotError with the end of what it said when it fails."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "DEBIAN_FRONTEND": "noninteractive"}
    env.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if done.returncode:
        said = "\n".join((done.stdout or "").strip().splitlines()[-15:])
        raise CannotError(f"`{' '.join(str(part) for part in command)}` failed.\n{said}")


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages() -> list[str]:
    """Debian packages whose library or program this machine lacks; none on other systems."""
    if not sys.platform.startswith("linux"):
        return []
    lacking = [package for library, package in LIBRARIES.items() if not loads(library)]
    return lacking + [package for program, package in PROGRAMS.items() if shutil.which(program) is None]


def as_root() -> list[str] | None:
    """How a command becomes the machine's administrator's without asking; None when it cannot."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def apt_install(packages: list[str]) -> None:
    """Install Debian packages; CannotError with the command to run by hand when it is not allowed."""
    by_hand = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise CannotError(f"this system has no apt-get; install what Debian calls {', '.join(packages)}.")
    prefix = as_root()
    if prefix is None:
        raise CannotError(f"installing system packages needs an administrator: sudo {by_hand}")
    say(f"installing {', '.join(packages)} with apt-get")
    run(*prefix, "apt-get", "update", "-qq")
    run(*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def system_libraries() -> bool:
    """Install the system libraries that are missing; False (and a sentence) when some still are."""
    lacking = missing_packages()
    if not lacking:
        return True
    try:
        apt_install(lacking)
    except CannotError as cannot:
        say(f"some system libraries are missing, so the window may not open: {cannot}")
        return False
    return True


def find_uv() -> Path:
    """Find uv as the machine has it, or get it, locked by hash, into `.setup`."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], check=False, capture_output=True).returncode == 0:
        return Path(found)
    uv = SETUP / BIN / f"uv{EXE}"
    if uv.exists():
        return uv
    say("getting uv")
    try:
        run(sys.executable, "-m", "venv", "--clear", SETUP)
    except CannotError:
        shutil.rmtree(SETUP, ignore_errors=True)
        apt_install([f"python3.{sys.version_info.minor}-venv"])
        run(sys.executable, "-m", "venv", "--clear", SETUP)
    run(SETUP / BIN / f"python{EXE}", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", UV_LOCK)
    return uv


def install(uv: Path) -> None:
    """Make `.venv` and lay into it exactly what is locked, and Casefile itself as it stands here."""
    python = VENV / BIN / f"python{EXE}"
    if not python.exists():
        run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
    say("installing what requirements/dev.txt locks")
    run(uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", LOCK)
    run(
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        "--no-deps",
        "--no-build-isolation",
        "--editable",
        ROOT,
    )
    run(python, "-c", "import PySide6.QtWidgets, sqlcipher3")


def main() -> int:
    """Set up; 0 when everything is in place, 1 (with the reason) when Casefile cannot run here."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return 0
    if sys.version_info < (3, 11):  # noqa: UP036 (this very file may be run by an older one)
        say(f"Casefile needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    complete = system_libraries()
    try:
        install(find_uv())
    except CannotError as cannot:
        say(str(cannot))
        return 1
    if complete:
        STAMP.write_text(wanted, "utf-8")
    say("ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
