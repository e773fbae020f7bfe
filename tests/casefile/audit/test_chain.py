"""The log: whatever is edited, taken out, moved, cut off or rebuilt is found and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from casefile.access.queries import officers
from casefile.audit.anchor import Anchor
from casefile.audit.chain import GENESIS, digest
from casefile.audit.model import LogRow
from casefile.audit.verify import entry_of
from casefile.audit.write import Head
from casefile.desk import Desk
from casefile.errors import Refused
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import list_files
from casefile.store.engine import Store
from tests.casefile.audit.watched import Watched


def _unguarded(store: Store, *statements: str) -> None:
    """What somebody with the key and SQL could do: take the guards away, then tamper."""
    with store.engine.begin() as connection:
        for table in ("log_row", "log_subject"):
            if store.kind == "embedded":
                for verb in ("update", "delete"):
                    connection.execute(text(f"DROP TRIGGER IF EXISTS guard_{table}_{verb}"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def busy(desk: Desk, keeper: Desk) -> Watched:
    """An officer who has done and read a dozen things."""
    for _ in range(4):
        file_id = desk.do(open_file).result
        desk.read(open_docket, file_id)
        desk.read(list_files)
    return Watched(desk, keeper)


def test_an_untouched_log_is_intact_on_both_stores(busy: Watched) -> None:
    verdict = busy.verify_log()
    assert verdict.intact
    assert verdict.rows >= 12


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (("UPDATE log_row SET officer = 'DC 1 Nobody' WHERE seq = 9",), "Row 9 was changed"),
        (("UPDATE log_row SET details = '{\"found\": 7}' WHERE seq = 12",), "Row 12 was changed"),
        (("DELETE FROM log_row WHERE seq = 10",), "Row 10 was removed"),
        (("DELETE FROM log_row WHERE seq BETWEEN 9 AND 11",), "Rows 9 to 11 were removed"),
        (
            (
                "UPDATE log_row SET seq = 9999 WHERE seq = 9",
                "UPDATE log_row SET seq = 9 WHERE seq = 10",
                "UPDATE log_row SET seq = 10 WHERE seq = 9999",
            ),
            "Row 9",
        ),
    ],
)
def test_tampering_is_found_and_named(busy: Watched, statements: tuple[str, ...], said: str) -> None:
    _unguarded(busy.store, *statements)
    verdict = busy.verify_log()
    assert any(said in fault.sentence for fault in verdict.faults), verdict.faults


def test_a_tail_cut_off_with_its_head_shows_by_the_anchor_outside(busy: Watched) -> None:
    with busy.store.reading() as session:
        last = session.execute(select(LogRow.seq, LogRow.previous).order_by(LogRow.seq.desc()).limit(1)).one()
    _unguarded(
        busy.store,
        f"DELETE FROM log_subject WHERE seq = {last.seq}",
        f"DELETE FROM log_row WHERE seq = {last.seq}",
        f"UPDATE log_head SET seq = {last.seq - 1}, digest = '{last.previous}'",
    )
    verdict = busy.verify_log()
    assert [one.sentence for one in verdict.faults] == [
        f"The log ends at row {last.seq - 1}, but row {last.seq} was seen on this computer: its tail was cut."
    ]


def test_a_log_rebuilt_from_one_row_on_shows_by_the_anchor_outside(busy: Watched) -> None:
    _unguarded(busy.store, "UPDATE log_row SET officer = 'Nobody' WHERE seq = 9")
    with busy.store.engine.begin() as connection, busy.store.reading() as session:
        previous = GENESIS
        for row in session.scalars(select(LogRow).order_by(LogRow.seq)):
            new = digest(entry_of(row), row.seq, previous)
            connection.execute(
                text("UPDATE log_row SET previous = :p, digest = :d WHERE seq = :s"),
                {"p": previous, "d": new, "s": row.seq},
            )
            previous = new
        connection.execute(text("UPDATE log_head SET digest = :d"), {"d": previous})
    verdict = busy.verify_log()
    assert any("the log was rebuilt" in fault.sentence for fault in verdict.faults)


def test_a_reading_is_in_the_log_with_whom_it_was_about(desk: Desk, store: Store) -> None:
    file_id = desk.do(open_file).result
    desk.read(open_docket, file_id)
    with store.reading() as session:
        row = session.execute(select(*LogRow.__table__.c).order_by(LogRow.seq.desc()).limit(1)).one()
    assert (row.category, row.act, row.officer) == ("consultation", "files.open_docket", "R 101 Rhodes")
    assert row.files == [str(file_id)]


def test_a_refusal_is_logged_and_leaves_nothing_else(sign_in: Callable[[str], Desk], store: Store) -> None:
    administrator = sign_in("Boss")
    with pytest.raises(Refused, match="read files"):
        administrator.read(list_files)
    with store.reading() as session:
        row = session.execute(select(*LogRow.__table__.c).order_by(LogRow.seq.desc()).limit(1)).one()
    assert (row.outcome, row.act, row.category) == ("refused", "files.list_files", "access")
    assert administrator.read(officers)


def test_an_anchor_survives_a_torn_line_and_thins_itself(anchor: Anchor) -> None:
    for seq in range(1, 4200):
        anchor.keep(Head(seq, f"{seq:064x}"))
    with anchor.path.open("a", encoding="ascii") as out:
        out.write('[4200, "00')
    heads = anchor.heads()
    assert heads[-1].seq == 4199
    assert len(heads) < 200
