"""How a figure is taken: the floor and ours in turn, many times; medians, spread and their ratio."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Once = Callable[[], object]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the results.

    Attributes:
        work: What was done.
        floor: What it is measured against.
        goal: The ratio to stay under; None where none is set.
        ours_s: Seconds of each of our runs.
        floor_s: Seconds of each run of the floor.
        per: How many of what one run did, e.g. ``(332, "child")``; figures are told per one.
        note: What else must be known to read the figure.
    """

    work: str
    floor: str
    goal: float | None
    ours_s: tuple[float, ...]
    floor_s: tuple[float, ...]
    per: tuple[int, str] = (1, "")
    note: str = ""

    @property
    def ratio(self) -> float:
        """Median of ours over median of the floor."""
        return median(self.ours_s) / median(self.floor_s)

    @property
    def ratios(self) -> tuple[float, float]:
        """Smallest and largest ratio of a pair of runs that followed one another."""
        pairs = [ours / floor for ours, floor in zip(self.ours_s, self.floor_s, strict=True)]
        return min(pairs), max(pairs)


def seconds(once: Once, clock: Clock = time.perf_counter) -> float:
    """How long one run takes; the collector of garbage waits until it is over."""
    gc.collect()
    gc.disable()
    try:
        began = clock()
        once()
        return clock() - began
    finally:
        gc.enable()


def in_turn(
    ours: Once, floor: Once, runs: int, warm: int = 1, clock: Clock = time.perf_counter
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Run the floor and ours in turn, so that a busy moment of the machine meets both.

    Args:
        ours: One run of ours.
        floor: One run of the floor.
        runs: How many of each are counted.
        warm: How many of each come before that and are not.
        clock: What tells the time: the processor's own, where all the work is this program's and others run beside it.
    """
    for _ in range(warm):
        floor()
        ours()
    pairs = [(seconds(floor, clock), seconds(ours, clock)) for _ in range(runs)]
    return tuple(pair[1] for pair in pairs), tuple(pair[0] for pair in pairs)


def shown(value: float) -> str:
    """Seconds as people read them."""
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1000:.1f} ms" if value >= 0.001 else f"{value * 1_000_000:.0f} µs"


def spread(values: tuple[float, ...], per: int) -> str:
    """Median, and from the smallest to the largest."""
    each = sorted(value / per for value in values)
    return f"{shown(median(each))} ({shown(each[0])} to {shown(each[-1])})"
