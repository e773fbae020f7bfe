"""Lock what Casefile is made of: by name, version and hash, with no address of a registry.

Run by `make lock` after a change to the dependencies in pyproject.toml. The versions chosen are the
newest that the lower bounds allow, unless the lock already holds one that still fits; `make lock
UPGRADE=1` takes the newest of everything.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"run": (), "dev": ("dev",), "package": ("package",)}
BOOTSTRAP = "uv>=0.9"
HEADING = "# {what}\n# Made by `make lock` from pyproject.toml; never edit by hand.\n"
WHAT = {
    "run": "What the application needs to run.",
    "dev": "What a developer and the tests need: the application's needs and the tools.",
    "setup": "What tools/setup.py needs: uv, which installs the rest.",
    "package": "What freezing the bundle needs: the application's needs and PyInstaller.",
}


def uv() -> Path:
    """The same uv that sets a machine up."""
    sys.path.insert(0, str(Path(__file__).parent))
    import setup

    return setup.find_uv()


def compile_lock(name: str, source: str, extras: tuple[str, ...] = (), *, upgrade: bool) -> None:
    """Write requirements/NAME.txt for every platform, from Python 3.11 on.

    Args:
        name: The lock's name.
        source: ``pyproject.toml``, or one requirement.
        extras: The optional groups of pyproject.toml to add.
        upgrade: Take the newest of everything, not what the lock already holds.
    """
    target = ROOT / "requirements" / f"{name}.txt"
    whole = source == "pyproject.toml"
    command = [
        *(str(uv()), "pip", "compile", source if whole else "-", "--universal", "--generate-hashes"),
        *("--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links", "--no-header"),
        *("--no-annotate", "--quiet", "--output-file", str(target)),
        *(part for extra in extras for part in ("--extra", extra)),
        *(("--upgrade",) if upgrade else ()),
    ]
    if extras:
        command += ["--constraint", "requirements/run.txt"]
    subprocess.run(command, cwd=ROOT, check=True, text=True, input=None if whole else source)
    lines = target.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.lstrip().startswith(("#", "--index", "--extra", "--find"))]
    target.write_text(HEADING.format(what=WHAT[name]) + "\n".join(kept) + "\n", "utf-8")


def main() -> int:
    """Write every lock."""
    upgrade = "--upgrade" in sys.argv[1:]
    for name, extras in LOCKS.items():
        compile_lock(name, "pyproject.toml", extras, upgrade=upgrade)
    compile_lock("setup", BOOTSTRAP, upgrade=upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
