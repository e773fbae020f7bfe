"""Every role, an officer put away and a login that is no officer try every table, column, function and sequence."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.attack.attempts import RULED, TOUCHED, Connection, changes, copied, looks, probes, said
from tests.attack.target import ATTACKERS, HIDDEN, NOBODY, OPEN, PUT_AWAY, SECRET, Target

READERS = tuple(one for one in ATTACKERS if one not in {"attack_administrator", PUT_AWAY, NOBODY})
LOG = ("log_row", "log_head", "log_subject")
ALIKE = {"attack_constable", "attack_pclo", "attack_referral_sergeant", "attack_commander"}
"""Roles with the very rights of another one: they try every table and need not try every column once more."""


def in_depth(attacker: Connection) -> bool:
    """Whether an attacker tries each column by itself."""
    return attacker.info.user not in ALIKE


@pytest.fixture(scope="module")
def before(target: Target) -> dict[str, object]:
    """What the store held before anybody attacked it."""
    return target.fingerprint()


@pytest.fixture(scope="module", params=ATTACKERS)
def attacker(
    request: pytest.FixtureRequest, target: Target, before: dict[str, object]
) -> Iterator[Connection]:
    """A connection of an attacker, with a reading open where their role has one."""
    assert before
    connection = target.as_(request.param)
    if request.param in READERS:
        connection.execute("SELECT casefile_open_reading('attack')")
    yield connection
    connection.close()


def test_no_look_at_any_table_or_column_tells_of_the_hidden_file(
    target: Target, attacker: Connection
) -> None:
    for table in target.columns:
        statements = [*looks(table), *(probes(target, table) if in_depth(attacker) else ())]
        for statement in statements:
            _, heard = said(attacker, statement, undone=False)
            heard = heard.replace(f"%{SECRET}%", "")
            assert SECRET not in heard, (table, heard)
            assert SECRET.encode().hex() not in heard, table
            assert "division by zero" not in heard, table
        assert SECRET not in copied(attacker, table)[1], table


def test_whoever_reads_files_sees_the_open_one_and_nobody_else_sees_any(
    target: Target, attacker: Connection
) -> None:
    reads = attacker.info.user in READERS
    for table, leads in target.leads.items():
        if leads and table not in {"draft", "reader", "restricted_file", "restricted_mark", "person"}:
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            _, heard = said(attacker, count, undone=False)
            assert heard.startswith("(1,)" if reads else "(0,)"), (table, heard)


def test_nothing_of_the_hidden_file_is_changed_or_removed(target: Target, attacker: Connection) -> None:
    for table, leads in target.leads.items():
        for statement in changes(target, table, each=in_depth(attacker)) if leads else ():
            done, heard = said(attacker, statement)
            assert SECRET not in heard
            assert not done or heard in {"UPDATE 0", "DELETE 0"}, (table, heard)


def test_nothing_is_added_to_the_hidden_file(target: Target, attacker: Connection) -> None:
    for table, columns in target.columns.items():
        if "file_id" not in columns or target.leads[table] != "file":
            continue
        rest = [one for one in columns if one != "file_id"]
        statement = sql.SQL("INSERT INTO {} (file_id, {}) SELECT {}, {} FROM {} WHERE file_id = {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, rest)),
            str(HIDDEN),
            sql.SQL(", ").join(map(sql.Identifier, rest)),
            sql.Identifier(table),
            str(OPEN),
        )
        done, heard = said(attacker, statement)
        assert SECRET not in heard
        assert not done or heard == "INSERT 0 0", (table, heard)


def test_what_is_signed_and_what_is_logged_stands(target: Target, attacker: Connection) -> None:
    for table in (*sorted(target.immutable), *LOG):
        columns = list(target.columns.get(table, {"seq": "bigint"}))
        for column in columns if in_depth(attacker) else columns[-1:]:
            statement = sql.SQL("UPDATE {} SET {} = {}").format(
                sql.Identifier(table), sql.Identifier(column), sql.Identifier(column)
            )
            done, heard = said(attacker, statement)
            assert not done or heard == "UPDATE 0", (table, column, heard)
        for verb in TOUCHED[1:]:
            done, heard = said(attacker, sql.SQL(verb).format(sql.Identifier(table)))
            assert not done, (table, heard)
    for table in LOG:
        assert not said(attacker, sql.SQL("INSERT INTO {0} SELECT * FROM {0}").format(sql.Identifier(table)))[
            0
        ]


def test_nobody_but_the_owner_rules_a_table(target: Target, attacker: Connection) -> None:
    inner = attacker.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'casefile'::regnamespace AND relkind = 'r'"
    )
    names = [("public", one) for one in (*target.columns, *LOG)]
    names += [("casefile", str(one)) for (one,) in inner.fetchall()]
    assert ("casefile", "shared_setting") in names
    for schema, table in names if in_depth(attacker) else names[::8]:
        for statement in (*RULED, *TOUCHED[2:]):
            done, heard = said(attacker, sql.SQL(statement).format(sql.Identifier(schema, table)))
            assert not done or "no privileges were granted" in heard, (table, statement, heard)
        if schema == "casefile":
            for statement in ("TABLE {}", "DELETE FROM {}", "INSERT INTO {} SELECT * FROM {}"):
                assert not said(attacker, sql.SQL(statement).format(*[sql.Identifier(schema, table)] * 2))[0]


def test_no_function_is_called_that_is_not_meant_to_be_and_none_tells(attacker: Connection) -> None:
    found = attacker.execute(
        "SELECT p.oid::regprocedure::text, has_function_privilege(p.oid, 'EXECUTE'), proname, pronargs, "
        "prorettype::regtype::text, proisstrict "
        "FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
    ).fetchall()
    assert len(found) > 20
    for signature, may, name, number, gives, strict in found:
        if gives == "trigger":
            continue
        call = sql.SQL("SELECT {}({})").format(
            sql.Identifier(str(name)), sql.SQL(", ").join([sql.NULL] * int(str(number)))
        )
        done, heard = said(attacker, call)
        # A strict function is not called at all where it is given nothing.
        assert may or strict or not done, signature
        assert SECRET not in heard, signature


def test_a_change_of_ones_own_rights_is_refused(attacker: Connection) -> None:
    mine = attacker.info.user
    for statement in (
        f"UPDATE officer SET role = 'commander' WHERE sign_in_name = '{mine}'",
        "UPDATE officer SET active = true",
        "UPDATE officer SET team = 'South'",
    ):
        done, heard = said(attacker, statement)
        if mine != "attack_administrator":
            assert not done or heard == "UPDATE 0", heard
    for statement in (
        f"UPDATE officer SET sign_in_name = 'mine' WHERE sign_in_name = '{mine}'",
        "SELECT password_hash FROM officer",
        "SELECT failed, locked_until FROM officer",
        "UPDATE officer SET password_hash = ''",
        "DELETE FROM officer",
        "INSERT INTO casefile.role_permission VALUES ('researcher', 'administer')",
        "UPDATE casefile.shared_setting SET value = 'on' WHERE key = 'training'",
        "SELECT casefile_may('administer') OR true FROM casefile.role_permission",
    ):
        done, heard = said(attacker, statement)
        assert not done, statement


def test_after_all_of_it_the_store_is_as_it_was(target: Target, before: dict[str, object]) -> None:
    after = target.fingerprint()
    changed = {table for table, held in before.items() if held != after[table]}
    assert changed <= set(LOG), changed
    with psycopg.connect(target.dsn) as owner:
        acts = owner.execute("SELECT DISTINCT act FROM log_row WHERE officer LIKE '%attack%'").fetchall()
    assert acts == [("store.open_reading",)]
