"""Opening the long file of the training store, beside reading the same rows with hand-written SQL."""

from __future__ import annotations

from sqlalchemy import text

from benchmarks.measure import Figure, in_turn
from benchmarks.stores import training
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import list_files
from casefile.sections import SECTIONS


def figures() -> list[Figure]:
    """Measure."""
    with training() as opened:
        row = opened.desk.read(list_files, text="Doyle").rows[0]
        tables = [section.__tablename__ for section in SECTIONS.values()]

        def floor() -> None:
            with opened.desk.store.reading() as session:
                for table in tables:
                    joined = f"SELECT * FROM entry e JOIN {table} s ON s.id = e.id WHERE e.file_id = :f"
                    session.execute(text(joined), {"f": row.id.hex}).all()

        ours, least = in_turn(lambda: opened.desk.read(open_docket, row.id), floor, 15)
    return [Figure("Open a file of some 110 entries", "the same rows by hand-written SQL", 2.0, ours, least)]
