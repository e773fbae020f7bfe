"""Questions that every opened file and every signature asks, put into words once and asked as near to the engine as can be.

An officer waits for some thirty of them at a time, and what stands above the driver takes longer than most of them do.
They are the same statements under the same limits: what an officer may not see is left out here as everywhere.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casefile.access.visibility import LIMITS, counts, limited, reader_of

_NAMED = re.compile(r"%\((\w+)\)s")
Way = Callable[[Any], Any] | None
"""How a value goes to an engine or comes from it; None: as it is."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A statement as one kind of engine takes it.

    Attributes:
        said: Its words, with the engine's own places for values.
        places: Names of the values in the order of their places, and how each goes there.
        ways: By place in a row, how a value comes back, where it does not come as it is.
    """

    said: str
    places: tuple[tuple[str, Way], ...]
    ways: tuple[tuple[int, Callable[[Any], Any]], ...]
    fixed: dict[str, Any]


class Lean:
    """A statement of some named values, none of them a list, that is asked again and again."""

    def __init__(self, statement: Select[Any], *, mapped: bool = True) -> None:
        """Make it of *statement*.

        Args:
            statement: What is asked.
            mapped: Whether it asks classes, which the limits of a session know, and not bare tables.
        """
        self._statement = statement
        self._mapped = mapped
        self._known: dict[tuple[str, bool], _Words] = {}
        self._row: Any = namedtuple("Row", [one.key or "" for one in statement.selected_columns], rename=True)  # noqa: PYI024

    def rows(self, session: Session, **given: Any) -> Sequence[Any]:
        """What it finds, as rows with names."""
        if counts(session):  # another schema, on a server
            return session.execute(self._statement, given).all()
        session.flush()
        connection = session.connection()
        limits = self._mapped and limited(session)
        key = connection.dialect.name, limits
        words = self._known.get(key) or self._known.setdefault(key, self._worded(connection.dialect, limits))
        if limits:
            given.update(reader_of(session))
        values = [
            given.get(name, words.fixed.get(name))
            if way is None
            else way(given.get(name, words.fixed.get(name)))
            for name, way in words.places
        ]
        found = _asked(connection, words.said, values)
        make = self._row._make
        if not words.ways:
            return list(map(make, found))
        rows: list[Any] = []
        for one in found:
            row = list(one)
            for at, way in words.ways:
                row[at] = way(row[at])
            rows.append(make(row))
        return rows

    def _worded(self, dialect: Dialect, limits: bool) -> _Words:
        statement = self._statement.options(*LIMITS) if limits else self._statement
        compiled: Any = statement.compile(dialect=dialect)
        ways = tuple(
            (at, way)
            for at, one in enumerate(statement.selected_columns)
            if (way := one.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        )
        if dialect.name == "sqlite":
            said, names = compiled.string, list(compiled.positiontup)
        else:
            names = list(dict.fromkeys(_NAMED.findall(compiled.string)))
            said = _NAMED.sub(lambda at: f"${names.index(at[1]) + 1}", compiled.string).replace("%%", "%")
        places = tuple(
            (one, compiled.binds[one].type.dialect_impl(dialect).bind_processor(dialect)) for one in names
        )
        return _Words(said, places, ways, {key: one.value for key, one in compiled.binds.items()})


def _asked(connection: Connection, said: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return driver.execute(said, values).fetchall()
    from psycopg import Error, RawCursor

    try:
        with RawCursor(driver) as cursor:
            return cursor.execute(said.encode(), values).fetchall()
    except Error as error:
        lost = bool(driver.closed)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, Error, connection_invalidated=lost, dialect=connection.dialect
        ) from error
