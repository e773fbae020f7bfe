"""Opening a file of 3,000 entries to its first screen, beside reading the same rows with hand-written SQL."""

from __future__ import annotations

from sqlalchemy import text

from benchmarks.large import long_file
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import training
from casefile.files.queries.docket import open_docket
from casefile.sections import SECTIONS

ENTRIES = 3000


def figures() -> list[Figure]:
    """Measure."""
    with training() as opened:
        file_id = opened.desk.do(long_file, ENTRIES).result
        tables = [section.__tablename__ for section in SECTIONS.values()]

        def floor() -> None:
            with opened.desk.store.reading() as session:
                for table in tables:
                    joined = f"SELECT * FROM entry e JOIN {table} s ON s.id = e.id WHERE e.file_id = :f"
                    session.execute(text(joined), {"f": file_id.hex}).all()

        ours, least = in_turn(lambda: opened.desk.read(open_docket, file_id), floor, 7)
    return [
        Figure(f"Open a file of {ENTRIES:,} entries", "the same rows by hand-written SQL", 2.0, ours, least)
    ]
