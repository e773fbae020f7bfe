"""Puts up what only the shared store has: owners, functions, row security, grants and the triggers of the log.

Idempotent: each part is made anew or left as it is, so that a later version of the program runs it again after its
migrations. Needs a connection that may make roles and give tables away: a superuser, or the owner of the database
with CREATEROLE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from casefile.store.shared import notices, parts
from casefile.store.shared.counted import views
from casefile.store.shared.policies import (
    GROUP,
    LOG_OWNER,
    OWNER,
    Shape,
    is_log,
    log_statements,
    statements,
)

_SQL = Path(__file__).parent / "sql"
_LOG_FUNCTIONS = frozenset(
    {
        "casefile_append",
        "casefile_bring_in",
        "casefile_brings_in",
        "casefile_count_change",
        "casefile_guard_part",
        "casefile_iso",
        "casefile_json",
        "casefile_log",
        "casefile_log_parts",
        "casefile_make_parts",
        "casefile_open_reading",
        "casefile_reading",
        "casefile_stands",
        "casefile_tell_rest",
        "casefile_tell_unanswered",
    }
)
_INNER = frozenset(
    {
        "casefile_append",
        "casefile_count_change",
        "casefile_guard_part",
        "casefile_iso",
        "casefile_json",
        "casefile_log_parts",
        "casefile_make_parts",
        "casefile_next_only",
        "casefile_refuse_change",
        "casefile_refuse_frozen",
        "casefile_shown",
        "casefile_sign_in_name",
        "casefile_keep_own",
        "casefile_keep_words",
        "casefile_vector",
        "casefile_words_any",
        "casefile_words_likely",
        "casefile_words_newest",
        "casefile_words_within",
        "casefile_tell",
        "casefile_tell_case_file",
        "casefile_tell_files",
        "casefile_tell_kind",
        "casefile_tell_of_glass",
        "casefile_tell_presence",
        "casefile_tell_rest",
        "casefile_tell_unanswered",
    }
)
"""Functions that only other functions and triggers call, or whoever keeps the server."""
_LOG_TABLES = frozenset({"log_change", "log_reading", "log_import"})
_SHAPES = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL),
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey)),
       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'guard_' || c.relname)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""


def put_up(connection: Connection) -> None:
    """Put everything up on the tables that are there, inside the caller's transaction; nothing on another engine.

    Raises:
        NoRuleError: A table has no rule that says who may see it.
    """
    if connection.dialect.name != "postgresql":
        return
    for part in sorted(_SQL.glob("*.sql")):
        _run(connection, part.read_text("utf-8"))
    found = shapes(connection)
    _run(connection, ";\n".join(notices.statements({one.name: set(one.columns) for one in found})))
    said: list[str] = [*_helpers(connection), *_functions(connection)]
    for shape in found:
        said += log_statements(shape.name) if is_log(shape.name) else statements(shape)
    said += views([one for one in found if not is_log(one.name)])
    _run(connection, ";\n".join([*said, *_triggers()]))
    parts.make_ahead(connection)


def shapes(connection: Connection) -> Sequence[Shape]:
    """The tables of the store as the catalogue says they are, but for the one in which Alembic keeps the version."""
    columns: dict[str, dict[str, str]] = {}
    indexed: dict[str, set[str]] = {}
    immutable: dict[str, bool] = {}
    for table, column, kind, in_index, guarded in connection.execute(text(_SHAPES)):
        columns.setdefault(table, {})[column] = kind
        if in_index:
            indexed.setdefault(table, set()).add(column)
        immutable[table] = guarded
    return [
        Shape(name, found, frozenset(indexed.get(name, ())), immutable[name])
        for name, found in columns.items()
        if name != "alembic_version"
    ]


def keep_rights(connection: Connection, rights: Mapping[str, tuple[str, Sequence[str]]]) -> None:
    """Write down what each role allows, as the program declares it: by key its abbreviation and its rights."""
    connection.execute(text("DELETE FROM casefile.role_permission"))
    connection.execute(text("DELETE FROM casefile.role_title"))
    for role, (short, permissions) in rights.items():
        connection.execute(
            text("INSERT INTO casefile.role_title VALUES (:role, :short)"), {"role": role, "short": short}
        )
        connection.execute(
            text("INSERT INTO casefile.role_permission VALUES (:role, :permission)"),
            [{"role": role, "permission": one} for one in permissions],
        )


def choose(connection: Connection, key: str, value: str) -> None:
    """Set what only the owner of the store chooses: ``training``, ``team_walls`` (on or off) and the like."""
    connection.execute(
        text("UPDATE casefile.shared_setting SET value = :value WHERE key = :key"),
        {"key": key, "value": value},
    )


def _helpers(connection: Connection) -> Iterator[str]:
    """Owners of the tables that no officer may look into."""
    found = connection.execute(
        text(
            "SELECT relname FROM pg_class WHERE relnamespace = 'casefile'::regnamespace AND relkind IN ('r', 'p')"
        )
    )
    for (table,) in found:
        yield f"ALTER TABLE casefile.{table} OWNER TO {LOG_OWNER if table in _LOG_TABLES else OWNER}"
    yield f"ALTER TABLE alembic_version OWNER TO {OWNER}"
    yield "REVOKE ALL ON alembic_version FROM PUBLIC"
    yield f"GRANT SELECT ON alembic_version TO {GROUP}"


def _functions(connection: Connection) -> Iterator[str]:
    """Owners of our functions, and who may call them: officers only what is meant for them."""
    found = connection.execute(
        text(
            "SELECT proname, oid::regprocedure::text FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'casefile\\_%' "
            "AND proowner <> to_regrole('casefile_logins')"
        )
    )
    for name, signature in found:
        owner = LOG_OWNER if name in _LOG_FUNCTIONS else OWNER
        callers = [OWNER, LOG_OWNER] if name != "casefile_append" else [LOG_OWNER]
        callers += [] if name in _INNER else [GROUP]
        yield f"ALTER FUNCTION {signature} OWNER TO {owner}"
        yield f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {GROUP}"
        yield f"GRANT EXECUTE ON FUNCTION {signature} TO {', '.join(callers)}"


def _triggers() -> Iterator[str]:
    yield "DROP TRIGGER IF EXISTS tell_rest ON casefile.log_change"
    yield (
        "CREATE CONSTRAINT TRIGGER tell_rest AFTER INSERT ON casefile.log_change DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION casefile_tell_rest()"
    )
    yield "DROP TRIGGER IF EXISTS glass_told ON reader"
    yield (
        "CREATE CONSTRAINT TRIGGER glass_told AFTER INSERT ON reader DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        "WHEN (NEW.glass_reason IS NOT NULL) EXECUTE FUNCTION casefile_tell_of_glass()"
    )
    yield (
        "CREATE OR REPLACE TRIGGER keep_own BEFORE UPDATE OR DELETE ON draft FOR EACH ROW "
        "EXECUTE FUNCTION casefile_keep_own()"
    )
    yield (
        "CREATE OR REPLACE TRIGGER keep_own BEFORE UPDATE OR DELETE ON presence FOR EACH ROW "
        "EXECUTE FUNCTION casefile_keep_own()"
    )
    yield (
        "CREATE OR REPLACE TRIGGER next_only BEFORE UPDATE ON counter FOR EACH ROW "
        "EXECUTE FUNCTION casefile_next_only()"
    )


def _run(connection: Connection, script: str) -> None:
    """Run many statements at once; SQLAlchemy itself sends one at a time."""
    driver: Any = connection.connection.driver_connection
    driver.execute(script)
