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
    "encryption",
    "window",
)
HEAD = """# Results

Written by the run, never by hand. Each figure stands beside its floor from the same run: the median, and from the
smallest to the largest. The ratio is what counts; seconds belong to the machine.

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


def report(figures: list[Figure], command: str) -> str:
    """The whole page."""
    rows = "\n".join(line(figure) for figure in figures)
    notes = "\n".join(f"- {figure.work}: {figure.note}" for figure in figures if figure.note)
    table = f"| Work | Ours | Floor | Ratio | Goal | |\n|---|---|---|---|---|---|\n{rows}\n"
    return f"{HEAD}`{command}`, {machine()}.\n\n{table}" + (f"\n{notes}\n" if notes else "")


def main() -> int:
    """Run, print and write."""
    wanted = sys.argv[1:] or list(BENCHES)
    if unknown := set(wanted) - set(BENCHES):
        print(f"There is no benchmark called {', '.join(sorted(unknown))}. There are: {', '.join(BENCHES)}.")
        return 2
    figures: list[Figure] = []
    for name in BENCHES:
        if name in wanted:
            print(f"{name} …", flush=True)
            figures += importlib.import_module(f"benchmarks.{name}").figures()
            print(*(line(figure) for figure in figures[-1:]), sep="\n", flush=True)
    command = "make bench" if set(wanted) == set(BENCHES) else f"python -m benchmarks {' '.join(wanted)}"
    said = report(figures, command)
    if set(wanted) == set(BENCHES):
        RESULTS.write_text(said, "utf-8")
    print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
