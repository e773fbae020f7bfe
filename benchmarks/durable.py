"""The second floor of a reading: the same statements by hand, and its log row made durable before anything is shown."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from casefile.desk import Desk

TABLES = ("log_row", "log_subject")


def with_log_row(desk: Desk, read: Callable[[], object]) -> Callable[[], None]:
    """*read*, then the rows that the last reading at the desk left in the log, written by hand in one commit.

    They go into tables of the same columns, which have neither indexes nor a chain.
    """
    with desk.store.writing() as session:
        last = session.execute(text("SELECT max(seq) FROM log_row")).scalar_one()
        for table in TABLES:
            session.execute(text(f"DROP TABLE IF EXISTS bench_{table}"))
            session.execute(text(f"CREATE TABLE bench_{table} AS SELECT * FROM {table} WHERE seq < 0"))
    statements = [text(f"INSERT INTO bench_{one} SELECT * FROM {one} WHERE seq = :seq") for one in TABLES]

    def once() -> None:
        read()
        with desk.store.writing() as session:
            for statement in statements:
                session.execute(statement, {"seq": last})

    return once
