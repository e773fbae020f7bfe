"""Signing an entry with its permission, log, tasks and commit, beside the same rows inserted by hand on the same engine."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import inspect, text

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
TABLES = ("entry", "entry_thread", "section_contact", "audit_log")


def figures() -> list[Figure]:
    """Measure in a file of the usual length."""
    with training() as opened:
        row = opened.desk.read(list_files).rows[0]
        made: EntryFact = opened.desk.do(record_entry, row.id, "contact", VISIT).result
        by_hand = _by_hand(opened, made.id)
        ours, least = in_turn(lambda: opened.desk.do(record_entry, row.id, "contact", VISIT), by_hand, 25)
    floor = "its rows (entry, thread, section, log) inserted by hand, synchronous=FULL"
    return [Figure("Sign an entry", floor, 3.0, ours, least)]


def _by_hand(opened: OpenStore, entry_id: UUID):  # noqa: ANN202 (a closure for the measure)
    """What signing that entry wrote, as statements ready to be run again under new identities."""
    engine = opened.desk.store.engine
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        section = next(name for name in names if name.endswith("contact") and "person" not in name)
        rows = {
            "entry": connection.execute(text("SELECT * FROM entry WHERE id = :i"), {"i": entry_id.hex})
            .mappings()
            .one(),
            section: connection.execute(text(f"SELECT * FROM {section} WHERE id = :i"), {"i": entry_id.hex})
            .mappings()
            .one(),
            "log_row": connection.execute(text("SELECT * FROM log_row ORDER BY seq DESC LIMIT 1"))
            .mappings()
            .one(),
        }
        connection.execute(text("CREATE TEMP TABLE bench (x)"))
        statements = []
        for table, row in rows.items():
            columns = ", ".join(row)
            connection.execute(text(f"CREATE TABLE bench_{table} AS SELECT * FROM {table} WHERE 0"))
            statements.append(
                (
                    text(
                        f"INSERT INTO bench_{table} ({columns}) VALUES ({', '.join(':' + one for one in row)})"
                    ),
                    dict(row),
                )
            )
        connection.commit()

    def once() -> None:
        with engine.connect() as connection:
            for statement, values in statements:
                connection.execute(statement, {**values, **({"id": new_id().hex} if "id" in values else {})})
            connection.commit()

    return once
