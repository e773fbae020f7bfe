"""Freezing a store: while its record is moved, and after, the store itself refuses every change.

The log is left out: whoever still looks at the record leaves a row as ever. So is what signing in counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, text

GROWS = frozenset({"log_row", "log_subject", "log_head", "store_fact"})
"""Tables that are never frozen: the log, and what the store says of itself."""
COUNTED = {"officer": ("failed", "locked_until")}
"""Columns that signing in changes."""
AFTER_MOVE = "after_move"
"""What a row of the log of a moved store says among its details."""
_LOG_CLOSED = "frozen_log_row"
_FUNCTION = """
CREATE OR REPLACE FUNCTION casefile_refuse_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the store is frozen';
END $$
"""


def freeze(connection: Connection, tables: Iterable[Table]) -> None:
    """Refuse every change to *tables* from the end of this transaction on.

    On a server others may be in the middle of a change: what cannot be had within half a second is given up, so that
    never one of them is the victim of a deadlock; the caller tries again.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '500ms'"))
        connection.execute(text(_FUNCTION))
    for table in tables:
        if table.name not in GROWS:
            for statement in _statements(connection.dialect.name, table):
                connection.execute(text(statement))


def close_log(connection: Connection) -> None:
    """Take rows of the log only from those who know that the record lives elsewhere, and say so in the row.

    Whoever had the store open before it was moved, on this computer or another, must open it again.
    """
    if connection.dialect.name == "postgresql":
        # What the database itself tells (a reading was opened) is no reading yet.
        knows = f"NEW.details ? '{AFTER_MOVE}' OR starts_with(NEW.act, 'store.')"
        when = f"FOR EACH ROW WHEN (NOT ({knows})) EXECUTE FUNCTION casefile_refuse_frozen()"
    else:
        knows = f"json_extract(NEW.details, '$.{AFTER_MOVE}')"
        when = f"WHEN {knows} IS NULL BEGIN SELECT RAISE(ABORT, 'the store is frozen'); END"
    connection.exec_driver_sql(f"CREATE TRIGGER {_LOG_CLOSED} BEFORE INSERT ON log_row {when}")


def thaw(connection: Connection, tables: Iterable[Table]) -> None:
    """Let *tables* be changed again."""
    on = " ON log_row" if connection.dialect.name == "postgresql" else ""
    connection.execute(text(f"DROP TRIGGER IF EXISTS {_LOG_CLOSED}{on}"))
    for table in tables:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"DROP TRIGGER IF EXISTS frozen_{table.name} ON {table.name}"))
        else:
            for verb in ("insert", "update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS frozen_{table.name}_{verb}"))


def _statements(dialect: str, table: Table) -> Iterator[str]:
    counted = COUNTED.get(table.name, ())
    columns = ", ".join(one.name for one in table.columns if one.name not in counted)
    update = f"UPDATE OF {columns}" if counted else "UPDATE"
    if dialect == "postgresql":
        yield (
            f"CREATE TRIGGER frozen_{table.name} BEFORE INSERT OR {update} OR DELETE OR TRUNCATE ON {table.name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION casefile_refuse_frozen()"
        )
        return
    for verb, what in (("insert", "INSERT"), ("update", update), ("delete", "DELETE")):
        yield (
            f"CREATE TRIGGER frozen_{table.name}_{verb} BEFORE {what} ON {table.name} "
            "BEGIN SELECT RAISE(ABORT, 'the store is frozen'); END"
        )
