"""A shared store filled to the size of a force or a nation: rows by the database itself, for plans and for load.

Invented rows from numbers alone, the same each time. Each file has a family of people and entries of its own.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

PEOPLE, ENTRIES, TASKS, ALARMS = 4, 20, 6, 2
"""Of each file."""
_COLUMNS = text("""
SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a
WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
""")
_PLAIN = {
    "text": "''",
    "jsonb": "'{}'::jsonb",
    "boolean": "false",
    "integer": "1",
    "bigint": "1",
    "date": "DATE '2026-10-01'",
    "timestamp with time zone": "TIMESTAMPTZ '2026-10-01 09:00+00'",
    "uuid": "(SELECT min(id::text)::uuid FROM officer)",
}
_DAYS = "DATE '2026-11-02' - (n * 7919 % 1500)::int"


def _id(kind: str, number: str = "n") -> str:
    """An identity in the order of time, as the program gives them."""
    return f"('01990000-{kind}-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


def _one_of(officers: str) -> str:
    return f"(SELECT ids[1 + (f % cardinality(ids))::int] FROM {officers})"


def fill(connection: Connection, files: int) -> None:
    """Put so many files, with all that usually stands in one, into a store that has officers; run by its owner."""
    connection.execute(text("SET session_replication_role = replica"))
    connection.execute(
        text(
            "CREATE TEMP TABLE officers ON COMMIT DROP AS SELECT array_agg(id ORDER BY name) AS ids FROM officer"
        )
    )
    officer = _one_of("officers")
    _rows(
        connection, "case_file", files, 1,
        id=_id("f11e"), reference="'F-N-' || lpad(n::text, 7, '0')", family_name="'Family' || n % 4001", state="'open'",
        children="1 + n % 4", risk_level="(ARRAY['high', 'medium', 'standard'])[1 + n % 3]", officer_id=officer,
        researcher_id=officer, supervisor_id=officer, next_due=f"{_DAYS} + 1495", review_due=f"{_DAYS} + 1490",
        risk_order="n % 3", danger_on="CASE WHEN n % 50 = 0 THEN DATE '2026-10-20' END",
        waits_from=f"least({_DAYS} + 1490, CASE WHEN n % 50 = 0 THEN DATE '2026-10-20' END)",
        inspector_on="CASE WHEN n % 90 = 0 THEN DATE '2026-10-25' END", opened_on=_DAYS,
        find_text="'f-n-' || lpad(n::text, 7, '0') || ' family' || n % 4001 || ' street' || n % 997",
    )  # fmt: skip
    _rows(connection, "person", files, PEOPLE, id=_id("9e50"))
    _rows(
        connection, "involvement", files, PEOPLE, id=_id("1f01"), file_id=_id("f11e", "f"), person_id=_id("9e50"),
        role="CASE WHEN n % 2 = 0 THEN 'subject' ELSE 'mother' END",
    )  # fmt: skip
    _rows(
        connection, "person_name", files, PEOPLE, id=_id("4a3e"), file_id=_id("f11e", "f"), person_id=_id("9e50"),
        kind="'legal'", given="'Given' || n % 503", family="'Family' || f % 4001",
    )  # fmt: skip
    note = "'Seen alone at school; she spoke of home, the dog and the man upstairs. ' || n"
    _rows(
        connection, "entry", files, ENTRIES, id=_id("e471"), file_id=_id("f11e", "f"), thread_id=_id("e471"),
        section="'contact'", happened_on=_DAYS, known_on=_DAYS, summary="'Visit'", text=note,
        marking="'official_sensitive'", author_id=officer,
    )  # fmt: skip
    _rows(
        connection, "entry_thread", files, ENTRIES, id=_id("e471"), file_id=_id("f11e", "f"), latest_id=_id("e471"),
        section="'contact'", versions="1",
    )  # fmt: skip
    _rows(
        connection, "section_contact", files, ENTRIES, id=_id("e471"), kind="'visit_unannounced'",
        child_seen="'alone'", note=note, by_whom="'DC Marsh'",
    )  # fmt: skip
    _rows(
        connection,
        "entry_person",
        files,
        ENTRIES,
        entry_id=_id("e471"),
        person_id=_id("9e50", "(f - 1) * 4 + 1"),
    )
    _rows(
        connection, "task", files, TASKS, id=_id("7a5c"), file_id=_id("f11e", "f"), state="'open'",
        due_on=f"{_DAYS} + 1490", owed_by="'police'", officer_id=officer,
    )  # fmt: skip
    _rows(
        connection, "alarm", files, ALARMS, id=_id("a1a6"), file_id=_id("f11e", "f"), alarm="'child_not_seen'",
        severity="'danger'", began_on=f"{_DAYS} + 1480", gravity="0", told="'sergeant'", about="'file'",
        brief="'not seen for {n}'", because="'Not seen, {n}.'", since=_DAYS, unit="'calendar days'",
    )  # fmt: skip
    connection.execute(text("SET session_replication_role = DEFAULT"))


def settle(connection: Connection) -> None:
    """Let the server sweep and count what it holds, as it does by itself in time; outside any transaction."""
    connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def _rows(connection: Connection, table: str, count: int, each: int, /, **said: str) -> None:
    """*each* rows a file of one table: ``n`` is the row's number, ``f`` that of its file; what is not said is plain."""
    found = connection.execute(_COLUMNS, {"table": table}).all()
    values = {name: _PLAIN[kind] for name, kind in found} | said
    connection.execute(
        text(
            f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} "
            "FROM (SELECT n, (n - 1) / :each + 1 AS f FROM generate_series(1::bigint, :rows) AS n) one"
        ),
        {"each": each, "rows": count * each},
    )


def fill_log(connection: Connection, rows: int) -> None:
    """Put so many rows behind the newest of the log, each of a file and its people; no chain holds them together."""
    connection.execute(text("SET session_replication_role = replica"))
    last = "(SELECT max(seq) FROM log_head)"
    _rows(
        connection, "log_row", rows, 1, seq=f"n + {last}", officer="'DC 101 Marsh'", role="'constable'", act="'open_docket'",
        category="'consultation'", outcome="'done'", files=f"jsonb_build_array({_id('f11e', 'n % 997 + 1')})",
        people=f"jsonb_build_array({_id('9e50', 'n % 997 + 1')})", previous="repeat('0', 64)",
        digest="encode(sha256(n::text::bytea), 'hex')", details="jsonb_build_object('reading', n)",
        officer_id=_PLAIN["uuid"], reason="NULL",
    )  # fmt: skip
    _rows(connection, "log_subject", rows, 1, seq=f"n + {last}", subject=_id("f11e", "n % 997 + 1"))
    _rows(connection, "log_subject", rows, 1, seq=f"n + {last}", subject=_id("9e50", "n % 997 + 1"))
    connection.execute(
        text("UPDATE log_head SET seq = seq + :rows, indexed = seq + :rows WHERE id = 1"), {"rows": rows}
    )
    connection.execute(text("SET session_replication_role = DEFAULT"))
