"""What growth costs, for the paper plan: bytes of a row, and pages read with the entries in one table or in parts by time.

``python -m benchmarks.growth``. Counts of bytes and pages, no times: they are the same on a busy machine.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sqlalchemy import Connection, text

from benchmarks import national
from benchmarks.load import force
from tests.postgres import Postgres

FILES, LOG, PARTS = 5_000, 50_000, 10
_TABLES = (
    "case_file", "person", "involvement", "person_name", "entry", "entry_thread", "section_contact", "entry_person",
    "task", "alarm", "log_row", "log_subject",
)  # fmt: skip
_SIZE = text("""
SELECT pg_total_relation_size(to_regclass(:name))
       + coalesce((SELECT sum(pg_total_relation_size(t.relid)) FROM pg_partition_tree(to_regclass(:name)) t), 0)
""")
_SPREAD = """
INSERT INTO {into} (id, file_id, happened_on, text)
SELECT ('01990000-e471-7000-8000-' || lpad(to_hex(place * :files + f), 12, '0'))::uuid,
       ('01990000-f11e-7000-8000-' || lpad(to_hex(f), 12, '0'))::uuid, DATE '2016-01-01' + place * 180, repeat('x', 500)
FROM generate_series(0, 19) AS place, generate_series(1, :files) AS f ORDER BY place, f
"""


def sizes(connection: Connection) -> Iterator[tuple[str, int, int]]:
    """Each table that grows, its rows, and bytes of a row with its share of the indexes."""
    for table in _TABLES:
        rows = int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
        taken = int(connection.execute(_SIZE, {"name": table}).scalar_one())
        yield table, rows, taken // max(rows, 1)


def pages(connection: Connection) -> Iterator[tuple[str, int]]:
    """Pages read to open a file whose entries were made over ten years, with entries in one table and in yearly parts."""
    columns = "(id uuid PRIMARY KEY, file_id uuid NOT NULL, happened_on date, text text)"
    connection.execute(text(f"CREATE TEMP TABLE whole {columns}"))
    connection.execute(text(f"CREATE TEMP TABLE parted {columns} PARTITION BY RANGE (id)"))
    step = 20 * FILES // PARTS
    for number in range(PARTS):
        low, high = (f"01990000-e471-7000-8000-{one * step:012x}" for one in (number, number + 1))
        high = high if number < PARTS - 1 else "01990000-e471-7000-8000-ffffffffffff"
        connection.execute(
            text(
                f"CREATE TEMP TABLE part_{number} PARTITION OF parted FOR VALUES FROM ('{low}') TO ('{high}')"
            )
        )
    for table in ("whole", "parted"):
        connection.execute(text(_SPREAD.format(into=table)), {"files": FILES})
        connection.execute(text(f"CREATE INDEX ON {table} (file_id, happened_on)"))
        connection.execute(text(f"ANALYZE {table}"))
        plan = connection.execute(
            text(
                f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM {table} "
                "WHERE file_id = '01990000-f11e-7000-8000-000000000005' ORDER BY happened_on"
            )
        ).scalar_one()[0]["Plan"]
        yield (
            table,
            sum(plan[f"{kind} {how} Blocks"] for kind in ("Shared", "Local") for how in ("Hit", "Read")),
        )


def main() -> None:
    """Count and print."""
    with Postgres() as server, force(server, 8, FILES) as store:
        with store.laying() as connection:
            national.fill_log(connection, LOG)
        with store.engine.connect() as connection:
            national.settle(connection)
        with store.laying() as connection:
            for table, rows, each in sizes(connection):
                sys.stdout.write(f"{table}: {rows:,} rows, {each:,} bytes a row with its indexes\n")
            for table, read in pages(connection):
                sys.stdout.write(f"entries of a file, {table}: {read} pages\n")


if __name__ == "__main__":
    main()
