"""How often a store is asked: what every officer waits for has a bound, and what is long costs no more than it is long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, text

from casefile.desk import Desk
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.tasks import add_task
from casefile.files.queries.docket import open_docket
from casefile.record.model import TaskEvent
from casefile.store.engine import Store
from casefile.work.door import Declared
from casefile.work.ids import new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from tests.casefile.store.asked import asked

AT_MOST = {"open": 22, "begin": 11, "save": 10, "sign": 33, "assess": 41, "task": 31}
"""Statements of what officers do all day, its transaction and its log row among them, in a file of two sections. Whoever
must ask more says here what for."""
VISIT = {
    "happened_on": "2026-10-20", "known_on": "2026-10-20", "kind": "visit_unannounced", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Seen alone at school.",
}  # fmt: skip
RISK = {
    "happened_on": "2026-10-19", "known_on": "2026-10-19", "trigger": "interval", "level": "high", "rationale": "x",
    "review_on": "2026-11-20",
}  # fmt: skip
CHILD = {
    "name": {"kind": "legal", "given": "Wren", "family": "Ashdown"},
    "involvement": {"role": "subject"},
    "birth": {"born_on": "2019-05-01"},
}


def _day(desk: Desk, file_id: UUID) -> dict[str, Callable[[], object]]:
    """What officers do all day with a file."""
    draft = desk.do(start_draft, file_id, "contact").result
    return {
        "open": lambda: desk.read(open_docket, file_id),
        "begin": lambda: desk.do(start_draft, file_id, "decision"),
        "save": lambda: desk.do(save_draft, draft.id, VISIT, draft.revision),
        "sign": lambda: desk.do(sign_entry, draft.id),
        "assess": lambda: desk.do(record_entry, file_id, "risk", RISK),
        "task": lambda: desk.do(add_task, file_id, "Ring", desk.now().date() + timedelta(days=2)),
    }


def _counted(desk: Desk, file_id: UUID, folder: Path) -> dict[str, int]:
    """How often the store is asked for each."""
    found: dict[str, int] = {}
    for name, do in _day(desk, file_id).items():
        with asked(desk.store, folder) as statements:
            do()
        found[name] = len(statements)
    return found


def test_what_officers_do_all_day_asks_so_much_of_a_store_and_no_more_in_a_long_file(
    desk: Desk, tmp_path: Path
) -> None:
    file_id = desk.do(open_file).result
    desk.do(add_person, file_id, CHILD)
    desk.do(record_entry, file_id, "risk", RISK)
    desk.do(record_entry, file_id, "contact", VISIT)
    _counted(
        desk, file_id, tmp_path
    )  # the first of a kind says what officers are called, and puts statements into words
    short = _counted(desk, file_id, tmp_path)
    assert {name: number for name, number in short.items() if number > AT_MOST[name]} == {}
    for _ in range(12):
        desk.do(record_entry, file_id, "contact", VISIT)
    assert _counted(desk, file_id, tmp_path) == short


def _tell_many(work: Work, file_id: UUID, number: int) -> None:
    """Write so many rows, each by a statement of its own."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("SELECT pg_stat_force_next_flush()"))
    said = {
        "file_id": file_id, "what": "opened", "happened_on": work.today, "known_on": work.today, "recorded_at": work.now,
        "recorded_by": work.officer_id, "title": "Ring", "owed_by": "police",
    }  # fmt: skip
    for _ in range(number):
        work.session.execute(insert(TaskEvent), {**said, "id": new_id(), "task_id": new_id()})


TELL_MANY = Declared(
    _tell_many, "tests.tell_many", Permission.KEEP_FILES, Logged.COLLECTION, False, True, "Tell of many tasks."
)  # fmt: skip


def test_the_log_of_a_transaction_costs_so_much_for_each_change_however_many_there_are(
    desk: Desk, store: Store, tmp_path: Path
) -> None:
    file_id = desk.do(open_file).result

    def statements(changes: int) -> int:
        with asked(desk.store, tmp_path) as found:
            desk.do(TELL_MANY, file_id, changes)
        return len(found) - changes

    assert statements(40) == statements(160)


@pytest.mark.parametrize("store", ["shared"], indirect=True)
def test_a_server_looks_at_what_a_transaction_changed_once_for_each_change(desk: Desk, store: Store) -> None:
    file_id = desk.do(open_file).result
    looked_at = text(
        "SELECT heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read FROM pg_statio_all_tables "
        "WHERE schemaname = 'casefile' AND relname = 'log_change'"
    )

    def pages() -> Any:
        with store.laying() as connection:
            return connection.execute(looked_at).scalar_one()

    def for_each(changes: int) -> float:
        before = pages()
        desk.do(TELL_MANY, file_id, changes)
        return (pages() - before) / changes

    few = for_each(40)
    assert few > 1
    assert for_each(160) < few * 1.5
