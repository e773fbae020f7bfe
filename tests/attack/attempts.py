"""Statements that a curious officer might type, made from the catalogue: what is tried on every table and column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql

from tests.attack.target import HIDDEN, SECRET, Target

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


def said(connection: Connection, statement: str | sql.Composed, values: object = None) -> tuple[bool, str]:
    """Whether a statement was done, and every word the server said: rows, notices, or the error with all its parts.

    Whatever it did is taken back.
    """
    heard: list[str] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        heard.append(_parts(notice))

    connection.add_notice_handler(hear)
    try:
        with connection.transaction(force_rollback=True):
            cursor = connection.execute(cast("LiteralString", statement), cast("Any", values))
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


def looks(target: Target, table: str) -> Iterator[sql.Composed]:
    """Statements that look into a table, directly or by what goes wrong on the way."""
    columns = target.columns[table]
    name = sql.Identifier(table)
    for column, kind in columns.items():
        one = sql.Identifier(column)
        yield sql.SQL("SELECT {} FROM {}").format(one, name)
        if kind in ("text", "jsonb", "bytea"):
            # A row that is hidden must not even be compared: the comparison says what it holds when it fails.
            yield sql.SQL("SELECT 1 FROM {} WHERE ({}::text || 'x')::integer = 1").format(name, one)
    yield sql.SQL(
        "SELECT count(*), max(t::text), min(t::text), md5(string_agg(t::text, '')) FROM {} t"
    ).format(name)
    yield sql.SQL("SELECT 1 / (CASE WHEN t::text LIKE {} THEN 0 ELSE 1 END) FROM {} t").format(
        f"%{SECRET}%", name
    )
    yield sql.SQL("EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) SELECT * FROM {}").format(name)
    yield sql.SQL("SELECT to_jsonb(t), row_to_json(t), t.ctid, t.xmin FROM {} t").format(name)
    yield sql.SQL("SELECT * FROM {} FOR UPDATE").format(name)
    yield sql.SQL("SELECT * FROM {} FOR KEY SHARE NOWAIT").format(name)
    yield sql.SQL("SELECT query_to_xml('SELECT * FROM ' || {}, true, false, '')").format(table)
    yield sql.SQL("SELECT * FROM {} TABLESAMPLE SYSTEM (100)").format(name)
    yield sql.SQL("DECLARE mine CURSOR WITH HOLD FOR SELECT * FROM {}").format(name)
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
    from tests.attack.target import row_id

    value = row_id("entry" if "entry_id" in columns else table, HIDDEN, target.leads[table])
    return sql.SQL("{} = {}").format(sql.Identifier(keys[0]), str(value))


def changes(target: Target, table: str) -> Iterator[sql.Composed]:
    """Statements that change, take over or remove the hidden file's row of a table."""
    name, row = sql.Identifier(table), hidden_row(target, table)
    for column in target.columns[table]:
        one = sql.Identifier(column)
        yield sql.SQL("UPDATE {} SET {} = {} WHERE {} RETURNING *").format(name, one, one, row)
    yield sql.SQL("DELETE FROM {} WHERE {} RETURNING *").format(name, row)


def _parts(diag: psycopg.errors.Diagnostic) -> str:
    wanted = ("severity", "sqlstate", "message_primary", "message_detail", "message_hint", "context")
    return "\n".join(str(getattr(diag, one)) for one in wanted)
