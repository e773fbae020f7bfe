"""Filling a store from another one: in pieces, each a transaction that also says how far it went.

Killed at any moment, it goes on behind the last piece that was kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, insert, text
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from casefile.errors import Damaged
from casefile.store import standing
from casefile.store.engine import Store
from casefile.store.transfer.prove import Counted
from casefile.store.transfer.rows import Place, Row, pieces, place_of

Altered = Callable[[Table, Row], Row]
DONE = -1
"""Stands for the level of a table that was carried whole."""


class Filling:
    """One store being filled from another."""

    def __init__(self, source: Store, target: Store, altered: Altered) -> None:
        """From *source* into *target*; *altered* gives each row as it is to stand in the target."""
        self._source, self._target, self._altered = source, target, altered

    def fill(self, tables: Sequence[Table], counted: Counted) -> None:
        """Carry what is not there yet; *counted* hears of every piece, and of what was there already.

        Raises:
            Conflict: Another program fills the same store.
            Damaged: A row cannot stand in the target; the sentence says of which table.
        """
        for table in tables:
            place = self._place(table)
            if place is not None and place.level == DONE:
                counted(place.rows)
                continue
            counted(place.rows if place else 0)
            self._carry(table, place or Place(), counted)

    def carry_on(self, table: Table, connection: Connection, source: Session) -> None:
        """Carry, inside a transaction of the target, what came into a table of the log since it was filled."""
        place = self._place(table)
        assert place is not None
        for piece, _ in pieces(source, table, Place(place.rows, 0, place.after)):
            _insert(connection, table, [dict(self._altered(table, row)) for row in piece])

    def _carry(self, table: Table, place: Place, counted: Counted) -> None:
        waiting: list[Row] = []
        with self._source.reading() as session:
            for piece, behind in pieces(session, table, place):
                if waiting:
                    self._write(table, waiting, place)
                waiting, place = piece, behind
                counted(len(piece))
        self._write(table, waiting, Place(place.rows, DONE, place.after))

    def _write(self, table: Table, piece: list[Row], place: Place) -> None:
        with self._target.writing() as session:
            connection = session.connection()
            before = standing.fact(connection, standing.FILLED) or "{}"
            after = json.dumps({**json.loads(before), table.name: place.plain()}, sort_keys=True)
            standing.replace(connection, standing.FILLED, before, after)
            if piece:
                _insert(connection, table, [dict(self._altered(table, row)) for row in piece])

    def _place(self, table: Table) -> Place | None:
        with self._target.reading() as session:
            said = json.loads(standing.fact(session.connection(), standing.FILLED) or "{}")
        return place_of(table, said[table.name]) if table.name in said else None


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    try:
        connection.execute(insert(table), rows)
    except DataError as error:
        raise Damaged(
            f"A row of {table.name} cannot stand in the other store: it holds what that engine does not keep.",
            kept="Nothing of it is lost: the store that is moved stays as it is.",
            remedy="Let the people who look after Casefile see this sentence.",
        ) from error


_PARTS = text(
    "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = to_regclass('public.' || :whole)"
)
"""The parts of a table that is kept in parts: each bears guards of its own."""


def guards_down(connection: Connection, tables: Sequence[Table]) -> None:
    """On a server, let rows in without what its triggers do to a change: these rows are no change, they are history."""
    _guards(connection, tables, "DISABLE")


def guards_up(connection: Connection, tables: Sequence[Table]) -> None:
    """Put the triggers of the server to work again."""
    _guards(connection, tables, "ENABLE")


def _guards(connection: Connection, tables: Sequence[Table], verb: str) -> None:
    if connection.dialect.name == "postgresql":
        for table in tables:
            parts = connection.execute(_PARTS, {"whole": table.name}).scalars().all()
            for one in (table.name, *parts):
                connection.execute(text(f"ALTER TABLE {one} {verb} TRIGGER USER"))
