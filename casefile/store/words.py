"""The engine's own full-text index over the words that the record keeps, and finding in it.

SQLite: FTS5 on the rows of ``word_row``. PostgreSQL: a table of ``tsvector`` with a GIN index. Both are kept by triggers,
and so in the transaction of whoever writes. On a server it is asked through a function of the owner's that applies
need-to-know itself: row security would keep the index from being used, since nobody vouches for its operator
(``casefile/store/shared/sql/08_words.sql``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from casefile.store.engine import driver_of
from casefile.words.engines import Rough

SHADOWS = frozenset({"word_index", *(f"word_index_{one}" for one in ("config", "data", "idx"))})
"""Tables that SQLite's index is made of: they are no rows of the record."""
_FTS5 = (
    (
        "CREATE VIRTUAL TABLE word_index USING fts5(placed, loose, content='word_row', content_rowid='id', "
        "tokenize=\"ascii tokenchars '_'\", prefix='3', columnsize=0)"
    ),
    (
        "CREATE TRIGGER word_row_kept AFTER INSERT ON word_row BEGIN "
        "INSERT INTO word_index (rowid, placed, loose) VALUES (new.id, new.placed, new.loose); END"
    ),
    (
        "CREATE TRIGGER word_row_gone AFTER DELETE ON word_row BEGIN "
        "INSERT INTO word_index (word_index, rowid, placed, loose) VALUES ('delete', old.id, old.placed, old.loose); END"
    ),
    (
        "CREATE TRIGGER word_row_other AFTER UPDATE OF placed, loose ON word_row BEGIN "
        "INSERT INTO word_index (word_index, rowid, placed, loose) VALUES ('delete', old.id, old.placed, old.loose); "
        "INSERT INTO word_index (rowid, placed, loose) VALUES (new.id, new.placed, new.loose); END"
    ),
)
_FIND_SQLITE = (
    "SELECT r.id FROM word_index w CROSS JOIN word_row r ON r.id = w.rowid "
    "WHERE word_index MATCH :said AND w.rowid BETWEEN :low AND :high"
)
_LOOKED_THROUGH = 200
"""Rows in which the beginning of a word is looked for before all of it is gathered: of documents, each may be long."""
_ONLY_SQLITE = "SELECT r.id FROM word_row r WHERE r.id BETWEEN :low AND :high"
_FIND_POSTGRESQL = text(
    "SELECT id, total FROM casefile_find_words(CAST(:said AS text), :low, :high, :older, CAST(:sections AS text[]), "
    "CAST(:authors AS uuid[]), CAST(:files AS uuid[]), CAST(:states AS text[]), :most, :counted)"
)


@dataclass(frozen=True, slots=True)
class Within:
    """To what a search is narrowed; None narrows nothing.

    Attributes:
        low, high: First and last number of a row.
        older: Also versions that were amended.
    """

    low: int
    high: int
    older: bool = False
    sections: tuple[str, ...] | None = None
    authors: tuple[UUID, ...] | None = None
    files: tuple[UUID, ...] | None = None
    states: tuple[str, ...] | None = None


def put_up(connection: Connection) -> None:
    """Put up SQLite's index; PostgreSQL's is made with everything else that only a server has."""
    if connection.dialect.name == "sqlite":
        for statement in _FTS5:
            connection.exec_driver_sql(statement)


Hidden = tuple[Select[UUID], Mapping[str, Any]] | None
"""Files that are left out, in the statement itself."""


def find(session: Session, said: str, within: Within, hidden: Hidden, most: int) -> Sequence[int]:
    """Numbers of the rows that hold what is said, the highest first, without those of the files that are hidden.

    Args:
        said: In the words of this engine (``casefile.words.engines``); "" for everything that is within.
        hidden: Files that are left out.
        most: How many are handed over.
    """
    return find_and_count(session, said, within, hidden, most, most)[0]


def find_and_count(
    session: Session, said: str, within: Within, hidden: Hidden, most: int, counted: int
) -> tuple[Sequence[int], int]:
    """The same, and how many such rows there are, up to *counted* of them."""
    if session.get_bind().dialect.name == "postgresql":
        asked = {
            "said": said, "low": within.low, "high": within.high, "older": within.older, "most": most, "counted": counted,
            "sections": _listed(within.sections), "authors": _listed(within.authors),
            "files": _listed(within.files), "states": _listed(within.states),
        }  # fmt: skip
        rows = session.connection().execute(_FIND_POSTGRESQL, asked).all()
        return [row[0] for row in rows], rows[0][1] if rows else 0
    every = _in_sqlite(session, said, within, hidden, max(most, counted))
    return every[:most], len(every)


def find_roughly(
    session: Session, rough: Rough, within: Within, hidden: Hidden, most: int
) -> Sequence[int] | None:
    """Numbers of the rows that hold the beginning of a word, the highest first; None where that is soon found by no one.

    SQLite gathers every row of a beginning before it hands over the first, but for the short ones that it keeps an index of.
    So the newest rows that begin like the short one are looked through: that is enough where many hold the longer one, and
    where few do, there is little to gather. PostgreSQL looks through the newest by itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        return None
    held = [
        " OR ".join(f"instr(' ' || placed || ' ' || loose || ' ', :holds_{at}_{place}) > 0" for place, _ in enumerate(some))
        for at, some in enumerate(rough.holding)
    ]  # fmt: skip
    given = {
        f"holds_{at}_{place}": one
        for at, some in enumerate(rough.holding)
        for place, one in enumerate(some)
    }  # fmt: skip
    inner, values = _statement(rough.said, within, hidden, _LOOKED_THROUGH)
    statement = f"SELECT r.id, ({') AND ('.join(held)}) FROM ({inner}) w CROSS JOIN word_row r ON r.id = w.id"  # noqa: S608
    rows = driver_of(session).execute(statement, {**given, **values}).fetchall()
    found = [row[0] for row in rows if row[1]]
    return found[:most] if len(found) >= most or len(rows) < _LOOKED_THROUGH else None


def _listed(values: Sequence[Any] | None) -> list[Any] | None:
    return None if values is None else list(values)


def _in_sqlite(session: Session, said: str, within: Within, hidden: Hidden, most: int) -> Sequence[int]:
    statement, given = _statement(said, within, hidden, most)
    return [row[0] for row in driver_of(session).execute(statement, given).fetchall()]


def _statement(said: str, within: Within, hidden: Hidden, most: int) -> tuple[str, dict[str, Any]]:
    """What SQLite is asked, and what is handed over with it."""
    parts = [_FIND_SQLITE if said else _ONLY_SQLITE]
    given: dict[str, Any] = {"low": within.low, "high": within.high, "most": most}
    if said:
        given["said"] = said
    if not within.older:
        parts.append("r.latest")
    narrowed: dict[str, tuple[str, Sequence[Any] | None]] = {
        "section": ("r.section IN ({})", within.sections),
        "author": ("r.author_id IN ({})", within.authors and [one.hex for one in within.authors]),
        "file": ("r.file_id IN ({})", within.files and [one.hex for one in within.files]),
        "state": ("r.file_id IN (SELECT f.id FROM case_file f WHERE f.state IN ({}))", within.states),
    }
    for name, (condition, values) in narrowed.items():
        if values is not None:
            names = [f"{name}_{place}" for place in range(len(values))]
            given |= dict(zip(names, values, strict=True))
            parts.append(condition.format(", ".join(f":{one}" for one in names)))
    if hidden is not None:
        where, who = hidden
        words, changes = worded(where)
        parts.append(f"r.file_id NOT IN ({words})")
        given |= {name: change(who[name]) if change else who[name] for name, change in changes.items()}
    order = "w.rowid" if said else "r.id"
    return f"{' AND '.join(parts)} ORDER BY {order} DESC LIMIT :most", given


@cache
def worded(where: Select[UUID]) -> tuple[str, Mapping[str, Callable[[Any], Any] | None]]:
    """The statement of hidden files in SQLite's words, and how its values are handed over; made once."""
    dialect = sqlite.dialect(paramstyle="named")
    compiled = where.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    types = {name: one.type.dialect_impl(dialect) for name, one in compiled.binds.items()}
    return compiled.string, {name: kind.bind_processor(dialect) for name, kind in types.items()}


def stand(session: Session) -> tuple[int, bool]:
    """How many rows hold words, as far as they may be seen, and whether the engine's index holds the same."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        row = connection.exec_driver_sql("SELECT rows, kept FROM casefile_words_stand()").one()
        return row.rows or 0, row.rows == row.kept
    rows = connection.exec_driver_sql("SELECT count(*) FROM word_row").scalar_one()
    try:
        connection.exec_driver_sql("INSERT INTO word_index (word_index, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        if "malformed" not in str(error.orig):
            raise
        return rows, False
    return rows, True


def make_anew(connection: Connection) -> None:
    """Fill the engine's index anew from the rows."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO word_index (word_index) VALUES ('rebuild')")
    else:
        connection.exec_driver_sql("SELECT casefile_fill_words()")


def catch_up(connection: Connection) -> None:
    """Fill the index where rows came in while triggers slept, as they do on a server during a move."""
    if connection.dialect.name == "postgresql":
        make_anew(connection)
