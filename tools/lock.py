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
HEADING = "# {what}\n# Made by `make lock` from pyproject.toml; never edit by hand.\n"
WHAT = {
    "run": "What the application needs to run.",
    "dev": "What a developer and the tests need: the application's needs and the tools.",
    "package": "What freezing the bundle needs: the application's needs and PyInstaller.",
}


def compile_lock(name: str, extras: tuple[str, ...], *, upgrade: bool) -> None:
    """Write requirements/NAME.txt for every platform, from Python 3.11 on."""
    target = ROOT / "requirements" / f"{name}.txt"
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"),
        *("--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links", "--no-header"),
        *("--no-annotate", "--quiet", "--output-file", str(target)),
        *(part for extra in extras for part in ("--extra", extra)),
        *(("--upgrade",) if upgrade else ()),
    ]
    if name != "run":
        command += ["--constraint", "requirements/run.txt"]
    subprocess.run(command, cwd=ROOT, check=True)
    lines = [line for line in target.read_text("utf-8").splitlines() if not line.lstrip().startswith(("#", "--i", "--e", "--f"))]
    target.write_text(HEADING.format(what=WHAT[name]) + "\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Write every lock."""
    for name, extras in LOCKS.items():
        compile_lock(name, extras, upgrade="--upgrade" in sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
