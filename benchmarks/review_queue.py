"""The review queue at 1,000, 10,000 and 100,000 files on both stores, beside hand-written statements."""

from __future__ import annotations

import math
from statistics import median
from typing import Literal

from sqlalchemy import text

from benchmarks.durable import with_log_row
from benchmarks.large import TODAY, many_files
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import staffed
from casefile.supervision.queue import QueueFilter, review_queue

SIZES = (1_000, 10_000, 100_000)
GROWTH = 0.3
"""The goal for the slope of time over files, both on logarithmic scales."""

PAGE = """
SELECT c.id, c.reference, c.family_name, c.risk_level, c.review_due, o.name FROM case_file c
LEFT JOIN officer o ON o.id = c.officer_id
WHERE (c.danger_on <= :today OR c.late_on <= :today OR c.review_due <= :today) {mine}
ORDER BY CASE WHEN c.danger_on <= :today THEN 0 WHEN c.late_on <= :today THEN 1 ELSE 2 END, c.risk_level,
         COALESCE(c.danger_on, c.late_on, c.review_due), c.reference
LIMIT 50
"""
ALARMS = """
SELECT a.file_id, a.brief, a.since FROM alarm a JOIN case_file c ON c.id = a.file_id
WHERE a.began_on <= :today {mine} ORDER BY a.gravity, a.began_on LIMIT 200
"""


def figures() -> list[Figure]:
    """Measure."""
    found: list[Figure] = []
    for engine in ("embedded", "shared"):
        for whose, mine in (("mine", "AND c.supervisor_id = :me"), ("all", "")):
            medians: list[float] = []
            for size in SIZES:
                found += _measure(engine, whose, mine, size, medians)
    return found


def _measure(
    engine: Literal["embedded", "shared"], whose: str, mine: str, size: int, medians: list[float]
) -> tuple[Figure, Figure]:
    with staffed(engine) as (desk, ids):
        many_files(desk.store, size, ids)
        me = ids[0] if engine == "shared" else ids[0].hex
        values = {"today": TODAY if engine == "shared" else TODAY.isoformat(), **({"me": me} if mine else {})}
        page, alarms = text(PAGE.format(mine=mine)), text(ALARMS.format(mine=mine))

        def floor() -> None:
            with desk.store.reading() as session:
                session.execute(page, values).all()
                session.execute(alarms, values).all()

        wanted = QueueFilter("mine" if whose == "mine" else "all")

        def once() -> None:
            desk.read(review_queue, wanted)

        ours, least = in_turn(once, floor, 9)
        again, durable = in_turn(once, with_log_row(desk, floor), 9)
    medians.append(median(ours))
    slope = math.log(medians[-1] / medians[0]) / math.log(size / SIZES[0]) if size > SIZES[0] else None
    whom = "a sergeant’s own" if whose == "mine" else "the whole force’s"
    note = (
        f"time grows with the power {slope:.2f} of the files (goal ≤ {GROWTH})" if slope is not None else ""
    )
    name = f"Review queue, {whom}, first page, {size:,} files, {engine} store"
    beside = "the same statements, and its log row made durable"
    return (
        Figure(name, "two hand-written statements", 1.5, ours, least, note=note),
        Figure(f"{name}, with the log", beside, None, again, durable),
    )
