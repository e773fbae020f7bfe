"""Any row of any table, carried to the other engine and back: the same, whatever it holds and whatever it points to."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, Table, Text, Time, insert

from casefile.errors import Conflict, Damaged
from casefile.moving.tables import tables
from casefile.store import schema, standing
from casefile.store.base import Identity, Moment
from casefile.store.engine import Store, embedded_engine, shared_engine
from casefile.store.standing import Standing
from casefile.store.transfer import rows
from casefile.store.transfer.fill import Filling, guards_down
from casefile.store.transfer.prove import summed
from tests.conftest import KEY
from tests.postgres import Postgres
from tests.shared import made_once

BEGUN = Standing("filling", "the other one", datetime(2026, 11, 2, tzinfo=UTC), "first")
EACH = 7
WORDS = ("", "Wren", "Łódź", "नमस्ते", "👪🏽", 'it\'s "so"\\', "a\tb\r\nc", "\x1f\x7f\u2028", "ß" * 3000)
PLAIN: tuple[Any, ...] = (
    {}, [], {"b": 1, "a": [None, True, 1.5]}, {"n": 100.0, "big": 2**53}, ["x", {"Ł": "👪"}], {"e": 1e22, "s": -0.25},
)  # fmt: skip


Held = dict[str, list[dict[str, Any]]]


def value(chance: random.Random, column: Any, held: Held, number: int) -> Any:
    """Anything that the column may hold; what points to a row points to one that is there."""
    kind = column.type
    others = [one for one in column.foreign_keys if one.column.table.name in held]
    if others:
        rows_there = held[others[0].column.table.name]
        return rows_there[number % len(rows_there)][others[0].column.name]
    if isinstance(kind, Identity):
        return UUID(int=chance.getrandbits(128))
    if column.primary_key and isinstance(kind, Text):
        return f"{chance.choice('aZ_é-')}{number}-{column.table.name}"
    if column.nullable and chance.random() < 0.3:
        return None
    if isinstance(kind, JSON):
        return chance.choice(PLAIN)
    if isinstance(kind, Boolean):
        return chance.random() < 0.5
    if isinstance(kind, LargeBinary):
        return chance.randbytes(chance.choice((0, 1, 5000)))
    if isinstance(kind, Integer):
        return number if column.primary_key else chance.choice((0, 1, -1, 2**31 - 1))
    if isinstance(kind, Date):
        return date(1899, 12, 31) + timedelta(days=chance.randrange(90_000))
    if isinstance(kind, Moment):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.getrandbits(51))
    if isinstance(kind, Time):
        return time(chance.randrange(24), 59, 59, chance.randrange(10**6))
    return f"{chance.choice(WORDS)}{number if column.unique else ''}"


def some_rows(chance: random.Random, table: Table, held: Held) -> list[dict[str, Any]]:
    """A few rows; where rows point to rows of the same table, often to one whose key sorts behind their own."""
    made = [{one.name: value(chance, one, held, number) for one in table.columns} for number in range(EACH)]
    for key in (one for one in table.foreign_keys if one.column.table is table):
        for number, row in enumerate(made):
            row[key.parent.name] = made[number - 1][key.column.name] if number % 4 else None
    held[table.name] = made
    return made


def embedded(path: Path) -> Store:
    store = Store(embedded_engine(path, KEY), "embedded", "here")
    with store.laying() as connection:
        schema.bring_up(connection)
    return store


def _made(folder: Path) -> None:
    folder.mkdir()
    store, chance, held = embedded(folder / "filled.db"), random.Random(4), Held()
    for table in tables():
        found = some_rows(chance, table, held)
        with store.writing() as session:
            session.execute(insert(table), found)
    store.close()


@pytest.fixture
def filled(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with rows in every table."""
    made = made_once(tmp_path_factory, "rows-of-every-kind", _made)
    shutil.copytree(made, tmp_path / "filled")
    store = Store(embedded_engine(tmp_path / "filled" / "filled.db", KEY), "embedded", "here")
    yield store
    store.close()


def _tables_only(dsn: str) -> None:
    store = Store(shared_engine(Postgres.url_of(dsn)), "shared", "there")
    with store.laying() as connection:
        schema.bring_up(connection)
    store.close()


@pytest.fixture
def away(postgres: Postgres) -> Iterator[Store]:
    """A server's database with the tables and nothing in them."""
    dsn = postgres.fresh_database(postgres.template("tables", _tables_only))
    store = Store(shared_engine(Postgres.url_of(dsn)), "shared", "there")
    yield store
    store.close()
    postgres.drop(dsn)


def begin(store: Store) -> None:
    """What is written before the first row."""
    with store.writing() as session:
        guards_down(session.connection(), tables())
        for key, said in standing.starting(BEGUN).items():
            standing.put(session.connection(), key, said)


def carry(source: Store, target: Store) -> int:
    counted: list[int] = []
    Filling(source, target, lambda _, row: row).fill(tables(), counted.append)
    return sum(counted)


def sums(store: Store) -> dict[str, Any]:
    return {table.name: summed(store, table, lambda _: None) for table in tables()}


def test_any_row_of_any_table_is_the_same_there_and_back(
    filled: Store, away: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PIECE_ROWS", 3)
    before = sums(filled)
    assert all(one.rows >= 2 for one in before.values())
    begin(away)
    assert carry(filled, away) == sum(one.rows for one in before.values())
    assert sums(away) == before
    home = embedded(tmp_path / "home.db")
    begin(home)
    carry(away, home)
    assert sums(home) == before
    home.close()


def test_what_was_carried_is_not_carried_again(filled: Store, away: Store) -> None:
    begin(away)
    once = carry(filled, away)
    assert carry(filled, away) == once
    assert sums(away) == sums(filled)


def test_a_digest_tells_a_row_more_a_row_less_and_a_row_changed(filled: Store) -> None:
    table = next(one for one in tables() if one.name == "counter")
    before = summed(filled, table, lambda _: None)
    found = {before.digest}
    for statement in (
        insert(table).values(key="one more", last=1),
        table.update().where(table.c.key == "one more").values(last=2),
        table.delete().where(table.c.key == "one more"),
    ):
        with filled.writing() as session:
            session.execute(statement)
        found.add(summed(filled, table, lambda _: None).digest)
    assert len(found) == 3, "back where it was, it is the same again"


def test_two_that_fill_the_same_store_do_not_fill_it_twice(filled: Store, away: Store) -> None:
    begin(away)
    other = Filling(filled, away, lambda _, row: row)

    def in_between(_: int) -> None:
        with away.writing() as session:
            before = standing.fact(session.connection(), standing.FILLED) or ""
            standing.replace(session.connection(), standing.FILLED, before, f"{before} ")

    in_between(0)
    with away.writing() as session, pytest.raises(Conflict, match="Another program"):
        standing.replace(session.connection(), standing.FILLED, "{}", "{}")
    other.fill(tables(), in_between)
    assert sums(away) == sums(filled)


def test_what_the_other_engine_does_not_keep_is_said(filled: Store, away: Store) -> None:
    table = next(one for one in tables() if one.name == "counter")
    with filled.writing() as session:
        session.execute(insert(table), {"key": "a\x00b", "last": 1})
    begin(away)
    with pytest.raises(Damaged, match="row of counter cannot stand"):
        carry(filled, away)
