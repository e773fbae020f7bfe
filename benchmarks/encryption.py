"""What the cipher costs: the same store, encrypted and not, doing the same work with the same code."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from benchmarks.large import long_file, many_files
from benchmarks.measure import Figure, in_turn
from casefile.access.actions import NewOfficer, add_first_administrator, add_officer
from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.files.actions.entries import record_entry
from casefile.files.queries.docket import open_docket
from casefile.standards import library
from casefile.store import schema
from casefile.store.engine import Store, embedded_engine
from casefile.supervision.queue import QueueFilter, review_queue

ENTRIES, FILES = 1_000, 10_000
GOAL = 1.25
PASSWORD = "a kettle for measuring"
VISIT = {
    "happened_on": "2026-10-20", "known_on": "2026-10-20", "kind": "visit_unannounced", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Seen alone at school. She spoke of home, the dog and the man upstairs. " * 6,
}  # fmt: skip


def figures() -> list[Figure]:
    """Measure the two stores in turn."""
    floor = "the same work in the same store without encryption"
    with _store(bytes(range(32))) as (locked, locked_file), _store(None) as (clear, clear_file):
        found: list[Figure] = []

        def add(work: str, once: Callable[[Desk, UUID], object], runs: int, note: str = "") -> None:
            ours, least = in_turn(
                lambda: once(locked, locked_file), lambda: once(clear, clear_file), runs, warm=3
            )
            found.append(Figure(f"Encrypted: {work}", floor, GOAL, ours, least, note=note))

        add(f"open a file of {ENTRIES:,} entries", lambda desk, file: desk.read(open_docket, file), 15)
        add(
            f"the same, pages no longer in memory ({ENTRIES:,} entries)",
            _cold,
            15,
            "every connection is closed first, so each page is read from the disk’s cache and deciphered again",
        )
        add("sign an entry", lambda desk, file: desk.do(record_entry, file, "contact", VISIT), 25)
        add(
            f"review queue, first page, {FILES:,} files",
            lambda desk, _: desk.read(review_queue, QueueFilter("all")),
            15,
        )
    return found


def _cold(desk: Desk, file_id: UUID) -> None:
    desk.store.close()
    desk.read(open_docket, file_id)


@contextmanager
def _store(key: bytes | None) -> Generator[tuple[Desk, UUID]]:
    """A store under *key* (None: not encrypted) with one long file among many; a sergeant is signed in."""
    with tempfile.TemporaryDirectory() as folder:
        engine = embedded_engine(Path(folder) / "casefile.db", key)
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with engine.begin() as connection:
            schema.bring_up(connection)
        store = Store(engine, "embedded", folder)
        desk = Desk(
            store,
            library(),
            anchor=Anchor(Path(folder) / "anchor.jsonl"),
            clock=lambda: datetime(2026, 11, 2, 9, tzinfo=UTC),
        )
        desk.do(add_first_administrator, "Warden", PASSWORD)
        desk.sign_in("Warden", PASSWORD)
        ids = [desk.do(add_officer, NewOfficer(f"Sergeant {n}", "sergeant", PASSWORD)).result for n in (1, 2)]
        desk.sign_in("Sergeant 1", PASSWORD)
        many_files(store, FILES, ids)
        file_id = desk.do(long_file, ENTRIES).result
        try:
            yield desk, file_id
        finally:
            store.close()
