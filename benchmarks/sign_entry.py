"""Signing an entry with its right, log, tasks and commit, beside the same rows inserted by hand on the same engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from benchmarks.measure import Figure, in_turn
from benchmarks.stores import training
from casefile.files.actions.entries import record_entry
from casefile.files.queries.listing import list_files
from casefile.opening import OpenStore
from casefile.record.facts import EntryFact
from casefile.work.ids import new_id

VISIT = {
    "happened_on": "2026-10-20", "known_on": "2026-10-20", "kind": "visit_unannounced", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Seen alone at school. She spoke of home, the dog and the man upstairs. " * 6,
}  # fmt: skip
WROTE = {
    "entry": "id = :i",
    "entry_thread": "latest_id = :i",
    "section_contact": "id = :i",
    "log_row": "seq = (SELECT max(seq) FROM log_row)",
}


def figures() -> list[Figure]:
    """Measure in a file of the usual length."""
    with training() as opened:
        row = opened.desk.read(list_files).rows[0]
        made: EntryFact = opened.desk.do(record_entry, row.id, "contact", VISIT).result
        by_hand = _by_hand(opened, made.id.hex)
        ours, least = in_turn(lambda: opened.desk.do(record_entry, row.id, "contact", VISIT), by_hand, 25)
    floor = "its rows (entry, thread, section, log) inserted by hand, one commit, synchronous=FULL"
    return [Figure("Sign an entry", floor, 3.0, ours, least)]


def _by_hand(opened: OpenStore, entry_id: str) -> Callable[[], None]:
    """The rows that signing that entry wrote, ready to be inserted again into tables of the same columns."""
    engine = opened.desk.store.engine
    statements: list[tuple[Any, dict[str, Any]]] = []
    with engine.connect() as connection:
        for table, where in WROTE.items():
            found = connection.execute(
                text(f"SELECT * FROM {table} WHERE {where}"), {"i": entry_id} if ":i" in where else {}
            )
            row = dict(found.mappings().one())
            connection.execute(text(f"CREATE TABLE bench_{table} AS SELECT * FROM {table} WHERE 0"))
            named = ", ".join(row)
            values = ", ".join(f":{one}" for one in row)
            statements.append((text(f"INSERT INTO bench_{table} ({named}) VALUES ({values})"), row))
        connection.commit()

    def once() -> None:
        with engine.connect() as connection:
            for statement, row in statements:
                connection.execute(statement, {**row, **({"id": new_id().hex} if "id" in row else {})})
            connection.commit()

    return once
