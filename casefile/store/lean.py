"""Statements that are asked again and again, put into words once and asked as near to the engine as can be.

An officer waits for a dozen of them at a time, and what stands above the driver takes longer than most of them do.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class _Words:
    """A statement as one kind of engine takes it.

    Attributes:
        said: Its words, with the engine's own places for values.
        places: The names of its values in the order of their places; how each goes there, if not as it is; and what it is
            where nobody says.
        ways: Places in a row whose value does not come as it is, and how it comes.
    """

    said: Any
    places: tuple[tuple[str, Callable[[Any], Any] | None, Any], ...]
    ways: tuple[tuple[int, Callable[[Any], Any]], ...]


class Lean:
    """A statement of some named values, none of them a list that the engine would want written out."""

    def __init__(self, statement: Any) -> None:
        """Make it of a statement that gives rows."""
        self._statement = statement
        self._known: dict[tuple[str, bool], _Words] = {}
        names = [one.key or "" for one in statement.selected_columns]
        self._row: Any = namedtuple("Row", names, rename=True)  # noqa: PYI024 (its fields are the statement's)

    def rows(self, session: Session, **given: Any) -> Sequence[Any]:
        """What it finds, as rows with names."""
        return self._rows(session, given, limited=False)

    def _limited(self) -> Any:
        """The statement where it is limited to what somebody may see."""
        return self._statement

    def _rows(self, session: Session, given: Mapping[str, Any], *, limited: bool) -> Sequence[Any]:
        session.flush()
        connection = session.connection()
        dialect = connection.dialect
        words = self._known.get((dialect.name, limited))
        if words is None:
            words = _worded(self._limited() if limited else self._statement, dialect)
            self._known[dialect.name, limited] = words
        values = [
            given.get(name, fixed) if way is None else way(given.get(name, fixed))
            for name, way, fixed in words.places
        ]
        found, make = _asked(connection, words.said, values), self._row._make
        if not words.ways:
            return list(map(make, found))
        rows: list[Any] = []
        for one in found:
            row = list(one)
            for at, way in words.ways:
                row[at] = way(row[at])
            rows.append(make(row))
        return rows


def _worded(statement: Any, dialect: Dialect) -> _Words:
    compiled: Any = statement.compile(dialect=dialect)
    columns = (one.type.dialect_impl(dialect) for one in statement.selected_columns)
    ways = ((at, kind.result_processor(dialect, None)) for at, kind in enumerate(columns))
    if dialect.name == "sqlite":
        said, names = compiled.string, list(compiled.positiontup)
    else:
        names = list(dict.fromkeys(_NAMED.findall(compiled.string)))
        numbered = _NAMED.sub(lambda at: f"${names.index(at[1]) + 1}", compiled.string)
        said = numbered.replace("%%", "%").encode()
    binds = compiled.binds
    return _Words(
        said,
        tuple(
            (one, binds[one].type.dialect_impl(dialect).bind_processor(dialect), binds[one].value)
            for one in names
        ),
        tuple((at, way) for at, way in ways if way is not None),
    )


def _asked(connection: Connection, said: Any, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a driver answers; its error as the session above would raise it."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return driver.execute(said, values).fetchall()
    from psycopg import Error, RawCursor

    try:
        with RawCursor(driver) as cursor:
            return cursor.execute(said, values).fetchall()
    except Error as error:
        lost = bool(driver.closed)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, Error, connection_invalidated=lost, dialect=connection.dialect
        ) from error
