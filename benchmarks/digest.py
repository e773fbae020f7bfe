"""What changed since the last review, in stores of 1,000, 10,000 and 100,000 files, beside hand-written statements.

The file holds 60 entries over four years, the last supervised a month ago: what a sergeant opens. The floor reads
the rows of that file that the page needs; it says nothing yet of what they mean.
"""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import median
from typing import Literal

from sqlalchemy import text

from benchmarks.large import TODAY, long_file, many_files
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import staffed
from casefile.sections import SECTIONS
from casefile.supervision.digest import changed_since

SIZES = (1_000, 10_000, 100_000)
ENTRIES = 60
OTHERS = ("task_event", "alarm_acceptance", "alarm", "task", "document", "involvement")
"""Other tables of a file that the page reads."""


def figures() -> list[Figure]:
    """Measure."""
    found: list[Figure] = []
    for engine in ("embedded", "shared"):
        medians: list[float] = []
        found += [_measure(engine, size, medians) for size in SIZES]
    return found


def _measure(engine: Literal["embedded", "shared"], size: int, medians: list[float]) -> Figure:
    with staffed(engine) as (desk, ids):
        many_files(desk.store, size, ids)
        file_id = desk.do(long_file, ENTRIES).result
        since = TODAY - timedelta(days=30)
        values = {"f": file_id if engine == "shared" else file_id.hex}
        statements = [
            text(f"SELECT * FROM entry e JOIN {one.__tablename__} s ON s.id = e.id WHERE e.file_id = :f")
            for one in SECTIONS.values()
        ] + [text(f"SELECT * FROM {one} WHERE file_id = :f") for one in OTHERS]

        def floor() -> None:
            with desk.store.reading() as session:
                for one in statements:
                    session.execute(one, values).all()

        ours, least = in_turn(lambda: desk.read(changed_since, file_id, since), floor, 9)
    medians.append(median(ours))
    slope = math.log(medians[-1] / medians[0]) / math.log(size / SIZES[0]) if size > SIZES[0] else None
    note = f"time grows with the power {slope:.2f} of the files (goal ≤ 0.3)" if slope is not None else ""
    name = f"What changed in a file of {ENTRIES} entries, {size:,} files, {engine} store"
    return Figure(name, "the same rows by hand-written SQL", None, ours, least, note=note)
