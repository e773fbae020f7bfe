"""Whoever has the key and SQL alters any one row or column of the log: found, and named by its row."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text

from casefile import opening
from casefile.audit.anchor import Anchor
from casefile.audit.index import catch_up
from casefile.audit.model import LogHead, LogRow, LogSubject
from casefile.audit.verify import Verdict
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.desk import Desk
from casefile.errors import Damaged, Unavailable
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import open_docket
from casefile.store.engine import Store
from tests.casefile.audit.watched import Watched
from tests.conftest import Clock

ROWS: Any = LogRow.__table__
SUBJECTS: Any = LogSubject.__table__
HEAD: Any = LogHead.__table__


@pytest.fixture
def busy(desk: Desk, keeper: Desk) -> Watched:
    """An officer who has done and read several things, at a store whose guards somebody took down."""
    for _ in range(3):
        desk.read(open_docket, desk.do(open_file).result)
    with keeper.store.writing() as session:
        catch_up(session)
    with keeper.store.engine.begin() as connection:
        _take_guards_down(connection, keeper.store)
    return Watched(desk, keeper)


def _take_guards_down(connection: Connection, store: Store) -> None:
    for table in ("log_row", "log_subject"):
        if store.kind == "embedded":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER guard_{table}_{verb}"))
        else:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def _verdict_after(desk: Watched, tamper: Callable[[Connection], object]) -> Verdict:
    """What verification says of an altered log; the alteration is undone afterwards."""
    with desk.store.engine.connect() as connection:
        rows, subjects, ends = (
            connection.execute(select(one)).mappings().all() for one in (ROWS, SUBJECTS, HEAD)
        )
    with desk.store.engine.begin() as connection:
        tamper(connection)
    try:
        return desk.verify_log()
    finally:
        with desk.store.engine.begin() as connection:
            for table, held in ((ROWS, rows), (SUBJECTS, subjects), (HEAD, ends)):
                connection.execute(table.delete())
                connection.execute(table.insert(), [dict(one) for one in held])


def _another(column: Any, value: Any, draw: Callable[[Any], Any]) -> Any:
    """Some other value that the column can hold."""
    if column.name == "at":
        return value.replace(microsecond=(value.microsecond + draw(st.integers(1, 999_999))) % 1_000_000)
    if column.name == "officer_id":
        return draw(st.sampled_from([uuid4(), None] if value else [uuid4()]))
    if column.name in ("files", "people"):
        return draw(
            st.sampled_from([[*value, str(uuid4())], ["nobody"], "x", value[1:] if value else [str(uuid4())]])
        )
    if column.name == "details":
        return draw(st.sampled_from([{**value, "found": 70}, {"a": "b"}, [1], "x"]))
    if column.name == "reason" and value is not None:
        return None
    return draw(
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=6).filter(lambda one: one != value)
    )


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_column_of_any_row_altered_is_found_and_its_row_named(busy: Watched, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from([one for one in ROWS.c if one.name != "seq"]))
    with busy.store.engine.connect() as connection:
        last = connection.execute(select(func.max(ROWS.c.seq))).scalar_one()
        seq = data.draw(st.integers(1, last))
        value = connection.execute(select(column).where(ROWS.c.seq == seq)).scalar_one()
    other = _another(column, value, data.draw)
    verdict = _verdict_after(
        busy, lambda c: c.execute(ROWS.update().where(ROWS.c.seq == seq).values({column: other}))
    )
    assert any(one.seq == seq and f"Row {seq} " in one.sentence for one in verdict.faults), verdict.faults
    assert busy.verify_log().intact


def test_what_no_row_can_hold_is_named_and_hides_no_other_row(busy: Watched) -> None:
    """SQLite takes any bytes in any column; PostgreSQL any shape of plain data."""
    junk = {"files": "'[7]'", "people": "'7'", "details": "'[7]'"}
    if busy.store.kind == "embedded":
        junk |= {
            "at": "'yesterday'",
            "officer_id": "'me'",
            "officer": "x'ff'",
            "files": "'{'",
            "digest": "x'ff'",
        }
    for column, value in junk.items():
        statement = text(f"UPDATE log_row SET {column} = {value} WHERE seq IN (3, 7)")
        verdict = _verdict_after(busy, lambda c, s=statement: c.execute(s))
        named = {one.seq for one in verdict.faults if "was changed after it was written" in one.sentence}
        assert named == {3, 7}, column


def test_rows_that_changed_places_are_named(busy: Watched) -> None:
    def swap(connection: Connection) -> None:
        for before, after in ((8, 9999), (9, 8), (9999, 9)):
            connection.execute(ROWS.update().where(ROWS.c.seq == before).values(seq=after))

    assert {8, 9} <= {one.seq for one in _verdict_after(busy, swap).faults}


def test_the_index_of_who_was_seen_says_what_the_rows_say(busy: Watched) -> None:
    """Whoever hides from "who saw this child" by way of the index is found."""
    with busy.store.engine.connect() as connection:
        seq, subject = connection.execute(
            select(SUBJECTS.c.seq, SUBJECTS.c.subject).order_by(SUBJECTS.c.seq)
        ).first()  # type: ignore[misc]
    mine = (SUBJECTS.c.seq == seq) & (SUBJECTS.c.subject == subject)
    tampering: dict[str, tuple[Any, int]] = {
        "does not name everybody": (SUBJECTS.delete().where(mine), seq),
        "for row": (SUBJECTS.update().where(mine).values(subject=uuid4()), seq),
        "names somebody whom the row does not": (SUBJECTS.insert().values(subject=uuid4(), seq=seq), seq),
        "is missing, though the index": (SUBJECTS.insert().values(subject=subject, seq=777), 777),
    }
    for said, (statement, where) in tampering.items():
        verdict = _verdict_after(busy, lambda c, s=statement: c.execute(s))
        assert [(one.seq, said in one.sentence) for one in verdict.faults] == [(where, True)], said


def test_a_head_taken_away_stops_all_work_and_is_named(busy: Watched) -> None:
    with busy.store.engine.begin() as connection:
        connection.execute(HEAD.delete())
    assert any("its head says row 0" in one.sentence for one in busy.verify_log().faults)
    with pytest.raises(Damaged, match="head of the log"):
        busy.officer.do(open_file)


def test_a_clock_set_back_is_remarked_on_and_the_log_stays_intact(busy: Watched, clock: Clock) -> None:
    clock.forward(days=-2)
    busy.officer.do(open_file)
    verdict = busy.verify_log()
    assert verdict.intact
    assert [one for one in verdict.remarks if "the clock was set back" in one]


def test_heads_kept_outside_that_are_cut_or_gone_are_remarked_on(busy: Watched, anchor: Anchor) -> None:
    assert busy.verify_log().remarks == ()
    lines = anchor.path.read_text("ascii").splitlines()
    anchor.path.write_text("\n".join(lines[:4]) + "\n", "ascii")
    (said,) = busy.verify_log().remarks
    assert "or what was kept here was cut" in said
    anchor.path.unlink()
    (said,) = busy.verify_log().remarks
    assert "No end of this log is kept on this computer" in said


def test_a_head_outside_that_was_replaced_is_named(busy: Watched, anchor: Anchor) -> None:
    with anchor.path.open("a", encoding="ascii") as out:
        out.write(json.dumps([5, "0" * 64]) + "\n")
    assert [one.seq for one in busy.verify_log().faults] == [5]


def test_a_tail_cut_off_is_named_even_after_work_went_on(busy: Watched) -> None:
    """The rows written over the cut end come to be anchored too; what was seen before still speaks."""
    with busy.store.engine.begin() as connection:
        last = connection.execute(select(func.max(ROWS.c.seq))).scalar_one()
        end = connection.execute(select(ROWS.c.digest).where(ROWS.c.seq == last - 2)).scalar_one()
        connection.execute(SUBJECTS.delete().where(SUBJECTS.c.seq > last - 2))
        connection.execute(ROWS.delete().where(ROWS.c.seq > last - 2))
        connection.execute(HEAD.update().values(seq=last - 2, digest=end))
    for _ in range(3):
        busy.officer.do(open_file)
    assert {last - 1, last} <= {one.seq for one in busy.verify_log().faults}


def test_heads_that_cannot_be_read_give_a_sentence(busy: Watched, anchor: Anchor) -> None:
    with anchor.path.open("ab") as out:
        out.write(b"\xff\xfe[1\n[]\n5\n")
    assert busy.verify_log().intact
    anchor.path.unlink()
    anchor.path.mkdir()
    with pytest.raises(Unavailable, match="kept outside"):
        busy.verify_log()


def test_the_command_line_names_what_is_wrong_and_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("CASEFILE_PASSPHRASE", "otter kettle lamp")
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", "plum river stone")
    with opened.desk.store.engine.begin() as connection:
        _take_guards_down(connection, opened.desk.store)
        connection.execute(text("UPDATE log_row SET officer = 'Nobody' WHERE seq = 2"))
    opened.close()
    assert main(["log", "verify", str(tmp_path / "store")]) == Code.FOUND
    assert "Row 2 was changed after it was written." in capsys.readouterr().out
