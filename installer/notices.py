"""Write down whose work is in the bundle: each library, its version, its licence and the licence's text.

Run by installer/build.py inside the environment that is frozen.
"""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

ONLY_BUILDS = {"altgraph", "pyinstaller", "pyinstaller-hooks-contrib", "setuptools", "packaging"}
WORDS = ("licen", "copying", "notice")


def licence(found: Distribution) -> str:
    """The licence as the library names it."""
    said = found.metadata.get_all("License-Expression") or found.metadata.get_all("License") or []
    classed = [
        line.rpartition("::")[2].strip()
        for line in found.metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    short = [line for line in said if line and len(line) < 80 and "\n" not in line]
    return "; ".join(short or classed) or "see its text below"


def texts(found: Distribution) -> list[str]:
    """The texts of its licence as it ships them."""
    named = [path for path in found.files or [] if any(word in path.name.lower() for word in WORDS)]
    wanted = [path for path in named if path.suffix.lower() not in {".py", ".pyc", ".json"}]
    paths = [Path(str(found.locate_file(path))) for path in wanted]
    return [path.read_text("utf-8", "replace").strip() for path in paths if path.is_file()]


def main() -> int:
    """Write the notices to the path given."""
    target = Path(sys.argv[1])
    parts = ["Casefile contains the work of others, unchanged. Each part, its licence, and its text.\n"]
    for found in sorted(distributions(), key=lambda one: one.metadata["Name"].lower()):
        if found.metadata["Name"].lower() in ONLY_BUILDS:
            continue
        parts.append(f"{'=' * 100}\n{found.metadata['Name']} {found.version}: {licence(found)}\n")
        parts += [f"{text}\n" for text in texts(found)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
