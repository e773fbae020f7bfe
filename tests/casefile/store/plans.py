"""The plans by which a server answers an officer: which tables a reading looks at from the first row to the last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

_READS = re.compile(r"\s*(SELECT|WITH)\b.*\bFROM\b", re.DOTALL | re.IGNORECASE)
_ACTS = re.compile(r"\bFROM casefile_", re.IGNORECASE)
"""Functions of the store do something; they are not asked twice."""


@dataclass(frozen=True)
class Walked:
    """A table, or a part of one, that a statement looks at row by row.

    Attributes:
        table: Its name.
        rows: How many rows of it were looked at.
        statement: What was asked.
    """

    table: str
    rows: int
    statement: str


@contextmanager
def walked(engine: Engine) -> Iterator[list[Walked]]:
    """Every table that is looked at row by row by what *engine* is asked in the block; each statement is run twice."""
    found: list[Walked] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        if _READS.match(statement) and not _ACTS.search(statement):
            with cursor.connection.cursor() as other:
                other.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
                ((said,),) = other.fetchall()
            for node in _nodes(said[0]["Plan"]):
                rows = node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
                if node["Node Type"] == "Seq Scan":
                    found.append(Walked(node["Relation Name"], int(rows), statement))

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node of a plan and all below it."""
    yield plan
    for one in plan.get("Plans", ()):
        yield from _nodes(one)
