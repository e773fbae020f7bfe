"""The review queue at 1,000, 10,000 and 100,000 files on both stores, beside a hand-written statement."""

from __future__ import annotations

import math
from statistics import median
from typing import Literal
from uuid import UUID

from sqlalchemy import text

from benchmarks.durable import with_log_row
from benchmarks.large import TODAY, many_files
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import staffed
from casefile.desk import Desk
from casefile.supervision.queue import QueueFilter, review_queue

Whose = Literal["mine", "all"]
WHOSE: tuple[Whose, ...] = ("mine", "all")
SIZES = (1_000, 10_000, 100_000)
GROWTH = 0.3
"""The goal for the slope of time over files, both on logarithmic scales."""

PAGE = """
WITH due AS (
  SELECT c.id, CASE WHEN c.danger_on <= :today THEN 0 WHEN c.late_on <= :today THEN 1 ELSE 2 END AS gravity,
         CASE c.risk_level WHEN 'high' THEN 0 WHEN 'medium' THEN 1 WHEN 'standard' THEN 2 ELSE 0 END AS risk,
         CASE WHEN c.danger_on <= :today THEN c.danger_on WHEN c.late_on <= :today THEN c.late_on
              ELSE c.review_due END AS longest, c.reference
  FROM case_file c WHERE (c.danger_on <= :today OR c.late_on <= :today OR c.review_due <= :today) {mine} {seen}),
page AS (SELECT * FROM due ORDER BY gravity, risk, longest, reference LIMIT 50)
SELECT (SELECT count(*) FROM due), (SELECT count(*) FROM due WHERE gravity = 0),
       c.id, c.reference, c.family_name, c.children, c.risk_level, c.plan_category,
       c.review_due, c.reviewed_on, o.name, o.role, o.number, s.name, s.role, s.number,
       a.alarm, a.severity, a.brief, a.since, a.unit
FROM page JOIN case_file c ON c.id = page.id
LEFT JOIN officer o ON o.id = c.officer_id LEFT JOIN officer s ON s.id = c.supervisor_id
LEFT JOIN alarm a ON a.file_id = page.id AND a.began_on <= :today AND (a.ended_on IS NULL OR a.ended_on > :today)
ORDER BY page.gravity, page.risk, page.longest, page.reference, a.gravity, a.began_on
"""
"""The page as somebody who knows the engine would ask for it: counted, its files in order, and what stands in each."""
SEEN = "AND NOT c.restricted"
"""Need to know, which the shared store keeps itself."""
FLOOR = "the page by one hand-written statement"


def figures() -> list[Figure]:
    """Measure; a store is laid once for a size and asked both ways."""
    found: list[Figure] = []
    for engine in ("embedded", "shared"):
        medians: dict[str, list[float]] = {whose: [] for whose in WHOSE}
        for size in SIZES:
            found += _measure(engine, size, medians)
    return found


def _measure(
    engine: Literal["embedded", "shared"], size: int, medians: dict[str, list[float]]
) -> list[Figure]:
    found: list[Figure] = []
    with staffed(engine) as (desk, ids):
        many_files(desk.store, size, ids)
        for whose in WHOSE:
            found += _asked(desk, ids[0], whose, size, medians[whose])
    return found


def _asked(desk: Desk, me: UUID, whose: Whose, size: int, medians: list[float]) -> tuple[Figure, Figure]:
    embedded = desk.store.kind == "embedded"
    mine = "AND c.supervisor_id = :me" if whose == "mine" else ""
    values = {
        "today": TODAY.isoformat() if embedded else TODAY,
        **({"me": me.hex if embedded else me} if mine else {}),
    }
    page = text(PAGE.format(mine=mine, seen=SEEN if embedded else ""))

    def floor() -> None:
        with desk.store.reading() as session:
            session.execute(page, values).all()

    def once() -> None:
        desk.read(review_queue, QueueFilter(whose))

    ours, least = in_turn(once, floor, 9)
    again, durable = in_turn(once, with_log_row(desk, floor), 9)
    medians.append(median(ours))
    slope = math.log(medians[-1] / medians[0]) / math.log(size / SIZES[0]) if size > SIZES[0] else None
    whom = "a sergeant’s own" if whose == "mine" else "the whole force’s"
    note = (
        f"time grows with the power {slope:.2f} of the files (goal ≤ {GROWTH})" if slope is not None else ""
    )
    name = f"Review queue, {whom}, first page, {size:,} files, {desk.store.kind} store"
    return (
        Figure(name, FLOOR, 1.5, ours, least, note=note),
        Figure(f"{name}, with the log", f"{FLOOR}, and its log row made durable", 1.5, again, durable),
    )
