"""Statements that a curious officer might type, made from the catalogue: what is tried on every table and column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import LiteralString, cast

import psycopg
from psycopg import sql

from tests.attack.target import HIDDEN, SECRET, Target, row_id

Connection = psycopg.Connection[tuple[object, ...]]
TOUCHED = ("INSERT INTO {} SELECT * FROM {}", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE")
RULED = (
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} ADD COLUMN more text",
    "ALTER TABLE {} OWNER TO CURRENT_USER",
    "DROP TABLE {} CASCADE",
    "CREATE POLICY mine ON {} USING (true)",
    "CREATE TRIGGER mine BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE mine AS ON SELECT TO {} DO INSTEAD NOTHING",
    "CREATE INDEX mine ON {} ((1))",
    "CREATE STATISTICS mine ON tableoid, ctid FROM {}",
    "GRANT ALL ON {} TO PUBLIC",
    "GRANT SELECT ON {} TO CURRENT_USER WITH GRANT OPTION",
    "COMMENT ON TABLE {} IS 'mine'",
    "VACUUM FULL {}",
    "CLUSTER {}",
    "REINDEX TABLE {}",
    "CREATE PUBLICATION mine FOR TABLE {}",
)
"""What nobody but the owner of a table may do with it."""


def said(connection: Connection, statement: str | sql.Composed, *, undone: bool = True) -> tuple[bool, str]:
    """Whether a statement was done, and every word the server said: rows, notices, or the error with all its parts.

    Args:
        connection: The attacker's.
        statement: What they type.
        undone: Whether it is taken back whatever it did; a mere look need not be.
    """
    heard: list[str] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        heard.append(_parts(notice))

    connection.add_notice_handler(hear)
    try:
        with connection.transaction(force_rollback=True) if undone else nullcontext():
            cursor = connection.execute(cast("LiteralString", statement))
            rows = cursor.fetchall() if cursor.description else []
            return True, "\n".join([*heard, *map(repr, rows), cursor.statusmessage or ""])
    except psycopg.Error as error:
        return False, "\n".join([*heard, str(error), _parts(error.diag)])
    finally:
        connection.remove_notice_handler(hear)


def copied(connection: Connection, table: str) -> tuple[bool, str]:
    """The same of a table copied out whole."""
    try:
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as out:
            return True, b"".join(bytes(one) for one in out).decode("utf-8", "replace")
    except psycopg.Error as error:
        return False, str(error)


def probes(target: Target, table: str) -> Iterator[sql.Composed]:
    """Statements that make a comparison fail on every row looked at, and so say what it holds."""
    for column, kind in target.columns[table].items():
        if kind in ("text", "jsonb", "bytea"):
            yield sql.SQL("SELECT 1 FROM {} WHERE ({}::text || 'x')::integer = 1").format(
                sql.Identifier(table), sql.Identifier(column)
            )


def looks(table: str) -> Iterator[sql.Composed]:
    """Statements that look into a table as a whole, directly or by what goes wrong on the way."""
    name = sql.Identifier(table)
    yield sql.SQL("SELECT max(t::text), md5(string_agg(t::text, '')), min(ctid), count(*) FROM {} t").format(
        name
    )
    yield sql.SQL("SELECT 1 / (CASE WHEN t::text LIKE {} THEN 0 ELSE 1 END) FROM {} t").format(
        f"%{SECRET}%", name
    )
    yield sql.SQL("EXPLAIN (ANALYZE, VERBOSE) SELECT to_jsonb(t), t.xmin FROM {} t").format(name)
    yield sql.SQL("SELECT * FROM {} FOR UPDATE").format(name)
    yield sql.SQL("SELECT * FROM {} FOR KEY SHARE NOWAIT").format(name)
    yield sql.SQL("SELECT query_to_xml('SELECT * FROM ' || {}, true, false, '')").format(table)
    yield sql.SQL("SELECT * FROM {} TABLESAMPLE SYSTEM (100)").format(name)
    yield sql.SQL("TABLE counted.{}").format(name)
    yield sql.SQL("TABLE casefile.{}").format(name)
    yield sql.SQL("SELECT * FROM pg_stats WHERE tablename = {} AND schemaname = 'public'").format(table)


def hidden_row(target: Target, table: str) -> sql.Composed:
    """How a statement names the hidden file's row of a table, where its columns can; else nothing does."""
    columns = target.columns[table]
    if "file_id" in columns:
        return sql.SQL("file_id = {}").format(str(HIDDEN))
    if target.leads[table] == "itself":
        return sql.SQL("id = {}").format(str(HIDDEN))
    keys = [one for one in ("entry_id", "id") if one in columns]
    value = row_id("entry" if "entry_id" in columns else table, HIDDEN, target.leads[table])
    return sql.SQL("{} = {}").format(sql.Identifier(keys[0]), str(value))


def changes(target: Target, table: str, *, each: bool) -> Iterator[sql.Composed]:
    """Statements that change, take over or remove the hidden file's row of a table; *each* column by itself or one."""
    name, row = sql.Identifier(table), hidden_row(target, table)
    columns = list(target.columns[table])
    for column in columns if each else columns[-1:]:
        one = sql.Identifier(column)
        yield sql.SQL("UPDATE {} SET {} = {} WHERE {} RETURNING *").format(name, one, one, row)
    yield sql.SQL("DELETE FROM {} WHERE {} RETURNING *").format(name, row)


def _parts(diag: psycopg.errors.Diagnostic) -> str:
    wanted = ("severity", "sqlstate", "message_primary", "message_detail", "message_hint", "context")
    return "\n".join(str(getattr(diag, one)) for one in wanted)
