"""The list of files: its first page and what is typed, at 1,000 and 10,000 files, beside hand-written statements."""

from __future__ import annotations

import math
from statistics import median

from sqlalchemy import text

from benchmarks.durable import with_log_row
from benchmarks.large import many_files
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import empty
from casefile.files.queries.listing import list_files

SIZES = (1_000, 10_000)
GROWTH = 0.3
"""The goal for the slope of time over files, both on logarithmic scales."""


def figures() -> list[Figure]:
    """Measure."""
    found: list[Figure] = []
    for what, typed in (("first page of the list", ""), ("list as typed (two words)", "ashdown mill")):
        medians: list[float] = []
        for size in SIZES:
            with empty() as opened:
                many_files(opened.desk.store, size)
                words = " AND ".join(f"find_text LIKE '%{word}%'" for word in typed.split()) or "1"
                page = text(f"SELECT * FROM case_file WHERE {words} ORDER BY reference LIMIT 100")
                count = text(f"SELECT count(*) FROM case_file WHERE {words}")

                def floor(opened=opened, page=page, count=count) -> None:  # noqa: ANN001 (bound for the closure)
                    with opened.desk.store.reading() as session:
                        session.execute(page).all()
                        session.execute(count).all()

                def once(opened=opened, typed=typed) -> None:  # noqa: ANN001 (bound for the closure)
                    opened.desk.read(list_files, text=typed)

                ours, least = in_turn(once, floor, 9)
                again, durable = in_turn(once, with_log_row(opened.desk, floor), 9)
            medians.append(median(ours))
            slope = (
                math.log(medians[-1] / medians[0]) / math.log(size / SIZES[0]) if size > SIZES[0] else None
            )
            note = (
                f"time grows with the power {slope:.2f} of the files (goal ≤ {GROWTH})"
                if slope is not None
                else ""
            )
            found.append(
                Figure(
                    f"{what.capitalize()}, {size:,} files",
                    "two hand-written statements",
                    1.5,
                    ours,
                    least,
                    note=note,
                )
            )
            found.append(
                Figure(
                    f"{what.capitalize()}, {size:,} files, with the log",
                    "the same statements, and its log row made durable",
                    None,
                    again,
                    durable,
                )
            )
    return found
