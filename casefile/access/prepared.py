"""Statements of hot readings, put into the engine's words once, with need-to-know in them.

For a page that opens all day, making its statement and walking through the session takes longer than the
answer. Nothing else of a reading is done here: who reads comes from the session, as for every other query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, literal_column
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from casefile.access.visibility import LIMITS, reader_of
from casefile.store.engine import driver_of

_Change = Callable[[Any], Any]


def of_page(name: str) -> ColumnElement[int]:
    """The parameter that says how many rows a page has, or where it begins.

    Added to nothing, because SQLite plans a statement anew each time it is given a bare number there.
    """
    return bindparam(name, type_=Integer()) + literal_column("0")


class Prepared:
    """A statement on case files that is asked again and again; only its values change.

    It is made for an engine when it is first asked there, with the limits of need-to-know on every class
    that it names, as the session would make it. Values are handed over by the names of its parameters.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Prepare *statement*, which names mapped classes: on bare tables there are no limits."""
        self._statement = statement
        self._worded: dict[str, _Worded] = {}

    def rows(self, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Its rows, for the officer who reads in *session*."""
        dialect = session.get_bind().dialect
        worded = self._worded.get(dialect.name)
        if worded is None:
            worded = self._worded[dialect.name] = _Worded(self._statement, dialect)
        given = worded.given({**values, **reader_of(session)})
        if dialect.name == "sqlite":
            found = driver_of(session).execute(worded.said, given).fetchall()
        else:
            found = session.connection().exec_driver_sql(worded.said, given).all()
        return worded.read(found)


class _Worded:
    """The statement in the words of one engine."""

    def __init__(self, statement: Select[*tuple[Any, ...]], dialect: Dialect) -> None:
        words = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
        compiled = statement.options(*LIMITS).compile(dialect=words)
        assert isinstance(compiled, SQLCompiler)
        if not set(reader_of(None)) <= set(compiled.binds):
            raise TypeError("a prepared statement names a mapped class of case files")
        self.said = compiled.string
        self._changes: dict[str, _Change | None] = {
            name: one.type.dialect_impl(dialect).bind_processor(dialect)
            for name, one in compiled.binds.items()
        }
        self._asked = tuple(name for name, one in compiled.binds.items() if one.required)
        self._fixed = {
            name: self._changed(name, one.value) for name, one in compiled.binds.items() if not one.required
        }
        types = [one.type.dialect_impl(dialect) for one in statement.selected_columns]
        read = [one.result_processor(dialect, None) for one in types]
        self._read: list[tuple[int, _Change]] = [
            (place, one) for place, one in enumerate(read) if one is not None
        ]

    def given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the engine takes them."""
        return self._fixed | {name: self._changed(name, values[name]) for name in self._asked}

    def read(self, found: Any) -> list[tuple[Any, ...]]:
        """The rows as the world takes them."""
        if not self._read or not found:
            return [tuple(one) for one in found]
        columns: list[Any] = list(zip(*found, strict=True))
        for place, change in self._read:
            columns[place] = map(change, columns[place])
        return list(zip(*columns, strict=True))

    def _changed(self, name: str, value: Any) -> Any:
        change = self._changes[name]
        return value if change is None else change(value)
