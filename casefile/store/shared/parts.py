"""The log of a shared store is kept in parts, by its numbers and so by time: made ahead, by whoever keeps the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

_MAKE = text("SELECT casefile_make_parts()")
_STAND = text(
    "SELECT (SELECT coalesce(max(seq), 0) FROM log_head) AS newest, "
    "(SELECT count(*) FROM casefile_log_parts('log_row') WHERE until_seq IS NOT NULL) AS parts, "
    "(SELECT coalesce(max(until_seq), 0) FROM casefile_log_parts('log_row')) AS until"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """How the parts of the log stand.

    Attributes:
        made: Names of those that were made just now.
        parts: How many there are; what stands in none of them stands in the rest.
        newest: Number of the newest row of the log.
        ahead: How many more rows the parts that are made will take.
    """

    made: Sequence[str]
    parts: int
    newest: int
    ahead: int


def make_ahead(connection: Connection) -> Parts:
    """Make parts of the log until a whole one lies ahead of the newest row; those that are there stay as they are."""
    made = tuple(connection.execute(_MAKE).scalars())
    row = connection.execute(_STAND).one()
    return Parts(made, row.parts, row.newest, max(row.until - 1 - row.newest, 0))
