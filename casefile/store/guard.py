"""Triggers that guard what is signed: on both engines, rows of guarded tables are never changed or removed.

Good manners are not enough for evidence: the store itself refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, MetaData, text

_FUNCTION = """
CREATE OR REPLACE FUNCTION casefile_refuse_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is immutable', TG_TABLE_NAME;
END $$
"""


def guarded_tables(metadata: MetaData) -> tuple[str, ...]:
    """Names of the tables whose rows are written once."""
    return tuple(sorted(name for name, table in metadata.tables.items() if table.info.get("immutable")))


def statements(dialect: str, tables: Iterable[str]) -> Iterator[str]:
    """The statements that put the guards up, for ``sqlite`` or ``postgresql``."""
    if dialect == "postgresql":
        yield _FUNCTION
    for table in tables:
        if dialect == "postgresql":
            yield (
                f"CREATE TRIGGER guard_{table} BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION casefile_refuse_change()"
            )
            yield (
                f"CREATE TRIGGER guard_{table}_whole BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION casefile_refuse_change()"
            )
        else:
            for verb in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
                )


def put_up(connection: Connection, tables: Iterable[str]) -> None:
    """Put the guards up on *tables*; part of the migration that makes them."""
    for statement in statements(connection.dialect.name, tables):
        connection.execute(text(statement))
