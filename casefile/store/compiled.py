"""Statements put into words once for all engines of one kind.

SQLAlchemy keeps what it has put into words with an engine, and each officer who signs in to a server has an engine of
their own. Two of its dialects are as good as one here where they speak to the same kind and version of engine.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import util
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect

KEPT = 2_000
"""Statements whose words are kept; Casefile has some hundreds, and lists come in several lengths."""
_WORDS: util.LRUCache[Any, Any] = util.LRUCache(KEPT)
OPTIONS = {"compiled_cache": _WORDS}
"""With which an engine keeps them together with the others."""


class _Alike(Dialect):
    """Equal to every other of its class that speaks to the same version."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _version(other) == _version(self)

    def __hash__(self) -> int:
        return hash(type(self))


class Embedded(_Alike, SQLiteDialect_pysqlite):
    """SQLCipher."""

    supports_statement_cache = True


class Shared(_Alike, PGDialect_psycopg):
    """PostgreSQL by psycopg."""

    supports_statement_cache = True


def _version(dialect: object) -> object:
    return getattr(dialect, "server_version_info", None)


registry.register("sqlite.casefile", __name__, "Embedded")
registry.register("postgresql.casefile", __name__, "Shared")
