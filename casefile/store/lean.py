"""Statements that are asked again and again, put into words once and asked as near to the engine as can be.

An officer waits for a dozen of them at a time, and what stands above the driver takes longer than most of them do.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casefile.errors import Bug

_AHEAD = "casefile_ahead"
"""Under which a session keeps what was asked ahead."""
_Place = tuple[str, Callable[[Any], Any] | None]
"""The name of a value, and how it goes to its place, if not as it is."""
_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class _Words:
    """A statement as one kind of engine takes it.

    Attributes:
        said: Its words, with the engine's own places for values.
        places: The names of its values in the order of their places, and how each goes there, if not as it is.
        fixed: Values that nobody need say.
        ways: Places in a row whose value does not come as it is, and how it comes.
    """

    said: Any
    places: tuple[_Place, ...]
    fixed: Mapping[str, Any]
    ways: tuple[tuple[int, Callable[[Any], Any]], ...]


class Lean:
    """A statement of some named values, none of them a list that the engine would want written out."""

    def __init__(self, statement: Any) -> None:
        """Make it of a statement that gives rows."""
        self._statement = statement
        self._known: dict[tuple[str, bool], _Words] = {}
        names = [one.key or "" for one in statement.selected_columns]
        self._row: Any = namedtuple("Row", names, rename=True)  # noqa: PYI024 # pyright: ignore[reportUntypedNamedTuple]

    def rows(self, session: Session, **given: Any) -> Sequence[Any]:
        """What it finds, as rows with names."""
        session.flush()
        connection = session.connection()
        words, values = self.as_asked(session, connection.dialect, given)
        came: dict[Any, Any] = session.info.get(_AHEAD) or {}
        asked, found = came.pop(words.said, (None, None))
        if found is None or asked != values:
            found = _asked(connection, words.said, values)
        if words.ways and found:
            columns: list[Any] = list(zip(*found, strict=True))
            for at, way in words.ways:
                columns[at] = map(way, columns[at])
            found = zip(*columns, strict=True)
        return list(map(self._row._make, found))

    def _limits(self, session: Session) -> Mapping[str, Any] | None:
        """What limits the statement to what somebody may see, where it is limited, by name."""
        del session
        return None

    def _limited(self) -> Any:
        """The statement where it is."""
        return self._statement

    def as_asked(
        self, session: Session, dialect: Dialect, given: Mapping[str, Any]
    ) -> tuple[_Words, list[Any]]:
        """Its words for an engine, and the values in the order of their places there."""
        limits = self._limits(session)
        key = dialect.name, limits is not None
        words = self._known.get(key)
        if words is None:
            words = self._known[key] = _worded(
                self._statement if limits is None else self._limited(), dialect
            )
        said = {**words.fixed, **given, **(limits or {})}
        return words, [said[name] if way is None else way(said[name]) for name, way in words.places]


class Put:
    """Rows that are put into a table again and again, in words made once."""

    def __init__(self, table: Any) -> None:
        """Make it of all columns of a table."""
        self._keys = {one.key for one in table.c}
        self._statement = insert(table).values(
            {one.key: bindparam(one.key, type_=one.type) for one in table.c}
        )
        self._known: dict[str, tuple[Any, tuple[_Place, ...]]] = {}

    def rows(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows in; each says every column and nothing else.

        Raises:
            Bug: A row says more, or less.
        """
        if not rows:
            return
        if any(set(row) != self._keys for row in rows):
            raise Bug("A row is to be kept that does not fit its table.")
        session.flush()
        connection = session.connection()
        dialect = connection.dialect
        if dialect.name not in self._known:
            self._known[dialect.name] = _said(self._statement.compile(dialect=dialect), dialect)
        said, places = self._known[dialect.name]
        values = [[row[name] if way is None else way(row[name]) for name, way in places] for row in rows]
        driver: Any = connection.connection.driver_connection
        if dialect.name == "sqlite":
            driver.executemany(said, values)
            return
        from psycopg import RawCursor

        with _as_above(connection), RawCursor(driver) as cursor:
            if len(values) == 1:
                cursor.execute(said, values[0])
            else:
                cursor.executemany(said, values)


@contextmanager
def ahead(session: Session, *questions: Lean, **given: Any) -> Generator[None]:
    """Ask several questions in one go where the engine is on another machine; within the block each has its answer.

    Every way there and back is waited for by an officer. Nothing that they ask about may be written in the block before
    they are asked.

    Args:
        session: Of the work.
        questions: What is asked, each once.
        given: Their values.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        yield
        return
    session.flush()
    asked = [one.as_asked(session, connection.dialect, given) for one in questions]
    driver: Any = connection.connection.driver_connection
    with _as_above(connection), ExitStack() as cursors:
        from psycopg import RawCursor

        opened = [cursors.enter_context(RawCursor(driver)) for _ in asked]
        with driver.pipeline():
            for cursor, (words, values) in zip(opened, asked, strict=True):
                cursor.execute(words.said, values)
        found = [cursor.fetchall() for cursor in opened]
    session.info[_AHEAD] = {
        words.said: (values, rows) for (words, values), rows in zip(asked, found, strict=True)
    }
    try:
        yield
    finally:
        session.info.pop(_AHEAD, None)


def _said(compiled: Any, dialect: Dialect) -> tuple[Any, tuple[_Place, ...]]:
    """A statement with the engine's own places for values, and what goes there."""
    if dialect.name == "sqlite":
        said, names = compiled.string, list(compiled.positiontup)
    else:
        names = list(dict.fromkeys(_NAMED.findall(compiled.string)))
        numbered = _NAMED.sub(lambda at: f"${names.index(at[1]) + 1}", compiled.string)
        said = numbered.replace("%%", "%").encode()
    ways = (compiled.binds[one].type.dialect_impl(dialect).bind_processor(dialect) for one in names)
    return said, tuple(zip(names, ways, strict=True))


def _worded(statement: Any, dialect: Dialect) -> _Words:
    compiled: Any = statement.compile(dialect=dialect)
    columns = (one.type.dialect_impl(dialect) for one in statement.selected_columns)
    ways = ((at, kind.result_processor(dialect, None)) for at, kind in enumerate(columns))
    said, places = _said(compiled, dialect)
    binds = compiled.binds
    return _Words(
        said,
        places,
        {one: binds[one].value for one, _ in places if not binds[one].required},
        tuple((at, way) for at, way in ways if way is not None),
    )


def _asked(connection: Connection, said: Any, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return driver.execute(said, values).fetchall()
    from psycopg import RawCursor

    with _as_above(connection), RawCursor(driver) as cursor:
        return cursor.execute(said, values).fetchall()


@contextmanager
def _as_above(connection: Connection) -> Generator[None]:
    """A driver's error as the session above would raise it."""
    from psycopg import Error

    driver: Any = connection.connection.driver_connection
    try:
        yield
    except Error as error:
        lost = bool(driver.closed)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, Error, connection_invalidated=lost, dialect=connection.dialect
        ) from error
