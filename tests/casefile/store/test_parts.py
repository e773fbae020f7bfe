"""The log of a shared store stands in parts, made ahead; nothing is ever refused for want of one, and no row is moved."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from casefile.audit import verify
from casefile.opening import setup
from casefile.store.engine import Store
from casefile.store.shared import choose
from tests import owners
from tests.conftest import PASSWORD, Clock
from tests.postgres import Postgres

PARTS = "SELECT part, from_seq, until_seq FROM casefile_log_parts(:table)"


@pytest.fixture
def store(postgres: Postgres) -> Iterator[owners.OwnersStore]:
    """A shared store whose log is cut into parts of ten rows."""
    dsn = postgres.fresh_database()
    made = owners.build(dsn, "Boss", PASSWORD, Clock())
    with made.laying() as connection:
        choose(connection, "log_part_rows", "10")
    yield made
    made.close()
    postgres.drop(dsn)


def written(store: Store, rows: int) -> int:
    """Rows of the log written by whoever keeps the server; the number of the newest."""
    logged = text(
        "SELECT seq FROM casefile_log(:at, 'administration', 'kept', 'done', NULL, ARRAY[:file]::uuid[], '{}', '{}')"
    )
    newest = 0
    with store.laying() as connection:
        for _ in range(rows):
            newest = connection.execute(logged, {"at": Clock().now, "file": uuid4()}).scalar_one()
    return int(newest)


def parts(store: Store, table: str) -> list[tuple[str, int | None, int | None]]:
    with store.laying() as connection:
        return [tuple(one) for one in connection.execute(text(PARTS), {"table": table})]


def cut_off(store: Store) -> None:
    """Every part but the rest is taken away, as if nobody had ever made one; the log begins anew."""
    with store.laying() as connection:
        for table in ("log_row", "log_subject"):
            for part, _, until in connection.execute(text(PARTS), {"table": table}).all():
                if until is not None:
                    connection.execute(text(f"ALTER TABLE {table} DETACH PARTITION log_parts.{part}"))
                    connection.execute(text(f"INSERT INTO {table} SELECT * FROM log_parts.{part}"))
                    connection.execute(text(f"DROP TABLE log_parts.{part}"))


def test_parts_are_made_ahead_and_a_second_run_makes_none(store: owners.OwnersStore) -> None:
    cut_off(store)
    newest = written(store, 25)
    made = setup.maintain(owners.address_of(store.dsn), None)
    assert set(made.made) >= {"log_row_0", "log_subject_0"}
    assert made.newest == newest
    assert made.ahead >= 10
    assert setup.maintain(owners.address_of(store.dsn), None).made == ()


def test_rows_that_came_while_nobody_made_parts_become_one_as_they_are(store: owners.OwnersStore) -> None:
    cut_off(store)
    written(store, 3)
    setup.maintain(owners.address_of(store.dsn), None)
    newest = written(store, 40)
    setup.maintain(owners.address_of(store.dsn), None)
    for table in ("log_row", "log_subject"):
        found = parts(store, table)
        bounds = [(low, high) for _, low, high in found if high is not None]
        assert bounds[0][0] == 0
        assert [high for _, high in bounds[:-1]] == [low for low, _ in bounds[1:]], "no gap, no overlap"
        assert bounds[-1][1] > newest + 10
        assert found[-1] == (f"{table}_rest", None, None)
        with store.laying() as connection:
            assert connection.execute(text(f"SELECT count(*) FROM log_parts.{table}_rest")).scalar() == 0
    with store.reading() as session:
        assert verify.verify(session).faults == ()
    assert written(store, 1) == newest + 1


def test_no_part_can_be_reached_changed_or_emptied(store: owners.OwnersStore) -> None:
    store.signed_in("boss", PASSWORD).close()
    names = [part for table in ("log_row", "log_subject") for part, _, _ in parts(store, table)]
    with psycopg.connect(store.dsn, user="boss", password=PASSWORD, autocommit=True) as officer:
        for statement in (
            "SELECT * FROM log_parts.{0}",
            "TABLE {0}",
            "INSERT INTO log_parts.{0} SELECT * FROM log_parts.{0}",
            "DELETE FROM log_parts.{0}",
            "TRUNCATE log_parts.{0}",
            "COPY log_parts.{0} TO STDOUT",
            "ALTER TABLE log_row DETACH PARTITION log_parts.{0}",
            "CREATE TABLE log_parts.mine (seq bigint)",
            "SELECT casefile_make_parts()",
            "SELECT * FROM casefile_log_parts('log_row')",
            "SELECT casefile_guard_part('log_row', '{0}')",
        ):
            for name in names:
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable)):
                    officer.execute(statement.format(name).encode())
    with psycopg.connect(store.dsn, autocommit=True) as keeper:
        for name in names:
            secured = keeper.execute(
                "SELECT relrowsecurity, pg_get_userbyid(relowner), relacl FROM pg_class "
                "WHERE oid = ('log_parts.' || %s)::regclass",
                (name,),
            ).fetchone()
            assert secured == (True, "casefile_log", None)
            with pytest.raises(psycopg.errors.RaiseException, match="immutable"):
                keeper.execute(f"TRUNCATE log_parts.{name}".encode())
        with pytest.raises(psycopg.errors.RaiseException, match="immutable"):
            keeper.execute("DELETE FROM log_parts.log_row_0")
