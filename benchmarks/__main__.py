"""Run every benchmark, or those named, and write RESULTS.md: `make bench`, or `python -m benchmarks open_file`."""

from __future__ import annotations

import importlib
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Figure, spread

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
BENCHES = (
    "start",
    "list_files",
    "open_file",
    "sign_entry",
    "import_census",
    "print_file",
    "review_queue",
    "digest",
    "workload",
    "allocate",
    "names",
    "words",
    "duplicates",
    "ask",
    "encryption",
    "window",
    "load",
)
HEAD = """# Results

Written by the run, never by hand. Each figure stands beside its floor from the same run: the median, and from the
smallest to the largest. The ratio is what counts; seconds belong to the machine. Each section says when it ran.

"""


def machine() -> str:
    """What ran it."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    ).stdout.strip()
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%d %B %Y %H:%M} UTC, {system}, {os.cpu_count()} cores, at commit {commit or 'unknown'}"


def line(figure: Figure) -> str:
    """One row of the table."""
    count, what = figure.per
    work = f"{figure.work}, per {what} of {count:,}" if what else figure.work
    low, high = figure.ratios
    goal = f"≤ {figure.goal:g}" if figure.goal else "none set"
    held = "" if figure.goal is None else ("held" if figure.ratio <= figure.goal else "**missed**")
    ours, floor = spread(figure.ours_s, count), spread(figure.floor_s, count)
    ratio = f"**{figure.ratio:.2f}** ({low:.2f} to {high:.2f})"
    return f"| {work} | {ours} | {figure.floor}: {floor} | {ratio} | {goal} | {held} |"


def section(name: str, figures: list[Figure]) -> str:
    """What one benchmark found, and where and when it ran."""
    rows = "\n".join(line(figure) for figure in figures)
    notes = "\n".join(f"- {figure.work}: {figure.note}" for figure in figures if figure.note)
    table = f"| Work | Ours | Floor | Ratio | Goal | |\n|---|---|---|---|---|---|\n{rows}\n"
    told = f"## {name}\n\n`python -m benchmarks {name}`, {machine()}.\n\n{table}"
    return told + (f"\n{notes}\n" if notes else "")


def held() -> dict[str, str]:
    """The sections of the page as it stands, by benchmark; those of benchmarks that are no more fall away."""
    if not RESULTS.exists():
        return {}
    _, *parts = RESULTS.read_text("utf-8").split("\n## ")
    named = {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}
    return {name: named[name] for name in BENCHES if name in named}


def main() -> int:
    """Run, print and write; each benchmark replaces its own section of the page and no other."""
    wanted = sys.argv[1:] or list(BENCHES)
    if unknown := set(wanted) - set(BENCHES):
        print(f"There is no benchmark called {', '.join(sorted(unknown))}. There are: {', '.join(BENCHES)}.")
        return 2
    for name in (one for one in BENCHES if one in wanted):
        print(f"{name} …", flush=True)
        said = section(name, importlib.import_module(f"benchmarks.{name}").figures())
        print(said, flush=True)
        now = held() | {name: said}
        RESULTS.write_text(HEAD + "\n".join(now[one] for one in BENCHES if one in now), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
