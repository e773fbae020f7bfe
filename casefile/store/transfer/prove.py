"""Proving that a table is the same in two stores: how many rows, and a digest over what every one of them says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Table

from casefile.store.engine import Store
from casefile.store.transfer.rows import Row, line, pieces

OWN_COLUMNS = {"officer": frozenset({"password_hash", "failed", "locked_until"})}
"""What signing in needs belongs to one store: a password of one never opens the other."""
_ALL = 1 << 256
Counted = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds, in short.

    Attributes:
        rows: How many rows.
        digest: Over the content of all of them, in whatever order they come.
    """

    rows: int
    digest: str


def summed(store: Store, table: Table, counted: Counted) -> Sum:
    """Read the whole of *table* and sum it up; *counted* hears of every piece."""
    rows = total = 0
    names = [one.name for one in table.columns if one.name not in OWN_COLUMNS.get(table.name, ())]
    as_json = {one.name for one in table.columns if isinstance(one.type, JSON)}
    with store.reading() as session:
        for piece, _ in pieces(session, table):
            for row in piece:
                total = (total + _number(row, names, as_json)) % _ALL
            rows += len(piece)
            counted(len(piece))
    return Sum(rows, f"{total:064x}")


def _number(row: Row, names: list[str], as_json: set[str]) -> int:
    told = [_told(row[name], name in as_json) for name in names]
    said = "".join(f"{len(one)}:{one}" for one in told)
    return int.from_bytes(hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest())


def _told(value: Any, as_json: bool) -> str:
    if value is None:
        return "nothing"
    if as_json:
        return f"json:{line(value)}"
    if isinstance(value, bytes):
        return f"bytes:{hashlib.sha256(value).hexdigest()}"
    if isinstance(value, bool):
        return f"bool:{int(value)}"
    if isinstance(value, date | datetime | time):
        return f"time:{value.isoformat()}"
    return f"{type(value).__name__}:{value}"
