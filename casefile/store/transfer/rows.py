"""Reading whole tables in an order in which they can be written, a few rows in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData, Select, Table, literal, select, tuple_
from sqlalchemy.orm import Session

from casefile.store.base import Identity
from casefile.store.standing import OWN_FACTS

LOG = ("log_row", "log_subject")
"""Tables of the log, which grow while the rest is carried; carried last, in the order of its rows."""
_HEAD = "log_head"
PIECE_ROWS = 1000
PIECE_BYTES = 8 << 20
"""What one transaction carries at most, about."""
_AHEAD, _AHEAD_WITH_BYTES = 200, 4
"""Rows that the engine hands over at a time; of pieces of documents few, for each is a megabyte."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """How far a table was carried.

    Attributes:
        rows: Rows carried.
        level: For a table whose rows point to rows of the same table: how many steps from a row that points to none.
        after: The key of the last row carried; empty before the first.
    """

    rows: int = 0
    level: int = 0
    after: tuple[Any, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON knows it."""
        after = [str(one) if isinstance(one, UUID) else one for one in self.after]
        return {"rows": self.rows, "level": self.level, "after": after}


def carried(metadata: MetaData) -> tuple[Table, ...]:
    """The tables that are carried, each after those it points to; the log is last, and its head is not among them."""
    left = {*LOG, _HEAD, *(one.name for one in passing(metadata))}
    found = [one for one in metadata.sorted_tables if one.name not in left]
    return (*found, *(metadata.tables[name] for name in LOG))


def passing(metadata: MetaData) -> tuple[Table, ...]:
    """Tables that hold what is true for a minute only: who is here, what was just written. They stay behind."""
    return tuple(one for one in metadata.sorted_tables if one.info.get("passing"))


def place_of(table: Table, said: Mapping[str, Any]) -> Place:
    """The place that :meth:`Place.plain` wrote down."""
    kept = zip(_key(table), said["after"], strict=False)
    after = tuple(UUID(one) if isinstance(column.type, Identity) else one for column, one in kept)
    return Place(said["rows"], said["level"], after)


def pieces(session: Session, table: Table, begin: Place | None = None) -> Iterator[tuple[list[Row], Place]]:
    """The rows of *table* from a place on, in pieces, each with the place behind its last row.

    Within a piece every row stands behind the row of the same table that it points to.
    """
    place = begin or Place()
    while True:
        found = False
        for piece in _cut(_rows(session, table, place)):
            found = True
            place = replace(place, rows=place.rows + len(piece), after=_key_of(table, piece[-1]))
            yield piece, place
        if _parent(table) is None or (not found and not place.after):
            return
        place = replace(place, level=place.level + 1, after=())


def _rows(session: Session, table: Table, place: Place) -> Iterator[Row]:
    key = _key(table)
    wanted = _level(table, place.level).order_by(*key)
    if place.after:
        last = (literal(value, column.type) for column, value in zip(key, place.after, strict=True))
        wanted = wanted.where(tuple_(*key) > tuple_(*last))
    if table.name == "store_fact":
        wanted = wanted.where(table.c.key.not_in(OWN_FACTS))
    ahead = _AHEAD_WITH_BYTES if any(isinstance(one.type, LargeBinary) for one in table.columns) else _AHEAD
    names = [one.name for one in table.columns]
    for row in session.connection().execute(wanted.execution_options(yield_per=ahead)):
        yield dict(zip(names, row, strict=True))


def _cut(rows: Iterator[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(piece) >= PIECE_ROWS or size >= PIECE_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _key(table: Table) -> Sequence[Any]:
    """What orders the rows: the primary key; of the index of the log, the number of the row first."""
    if table.name == "log_subject":
        return (table.c.seq, table.c.subject)
    return tuple(table.primary_key.columns)


def _key_of(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in _key(table))


def _parent(table: Table) -> str | None:
    """The column by which rows point to rows of the same table, such as what came inside a document."""
    return next((key.parent.name for key in table.foreign_keys if key.column.table is table), None)


def _level(table: Table, level: int) -> Select[Any]:
    """The rows that are so many steps from a row that points to none."""
    parent = _parent(table)
    wanted = select(table)
    if parent is None:
        return wanted
    child: Any = table
    reached: Any = table
    for _ in range(level):
        above = table.alias()
        reached = reached.join(above, child.c[parent] == above.c.id)
        child = above
    return wanted.select_from(reached).where(child.c[parent].is_(None))


def plain(value: Any) -> Any:
    """A value of a JSON column as both engines give it back: what is a whole number is one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return value


def line(value: Any) -> str:
    """A JSON value as one line that is the same wherever it was kept."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
