"""Ways round the rules that no catalogue lists: each is a trick somebody has used on some database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import LiteralString, Protocol
from uuid import UUID, uuid4, uuid5

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.attack.attempts import Connection, said
from tests.attack.target import ATTACKERS, HIDDEN, NOBODY, OPEN, PASSWORD, PUT_AWAY, SECRET, Target, row_id

OWNERS = ("casefile_owner", "casefile_log", "casefile_logins", "postgres", "attack_commander")
PERSON = uuid5(HIDDEN, "person")


class Attack(Protocol):
    """Gives a connection of an attacker by role, with a reading open unless told."""

    def __call__(self, role: str, *, reading: bool = True) -> Connection: ...


@pytest.fixture
def attack(target: Target) -> Iterator[Attack]:
    """Connections of attackers by role; those who read files have a reading open."""
    made: list[Connection] = []

    def of(role: str, *, reading: bool = True) -> Connection:
        connection = target.as_(f"attack_{role}")
        made.append(connection)
        if reading:
            connection.execute("SELECT casefile_open_reading('attack')")
        return connection

    yield of
    for one in made:
        one.close()


@pytest.fixture(params=ATTACKERS)
def anybody(request: pytest.FixtureRequest, target: Target) -> Iterator[Connection]:
    """Every attacker in turn."""
    with target.as_(request.param) as connection:
        yield connection


def test_nobody_becomes_somebody_else(anybody: Connection) -> None:
    mine = anybody.info.user
    for role in (*OWNERS, "pg_read_all_data", "pg_write_all_data", "pg_monitor", "pg_execute_server_program"):
        for statement in (
            f"SET ROLE {role}",
            f"SET SESSION AUTHORIZATION {role}",
            f"GRANT {role} TO {mine}",
            f"ALTER ROLE {role} PASSWORD 'mine'",
            f"ALTER ROLE {role} SET search_path = mine",
            f"DROP ROLE {role}",
            f"REASSIGN OWNED BY {role} TO {mine}",
            f"COMMENT ON ROLE {role} IS 'mine'",
        ):
            if role != mine:
                assert not said(anybody, statement)[0], statement
    for statement in (
        f"ALTER ROLE {mine} SUPERUSER",
        f"ALTER ROLE {mine} BYPASSRLS",
        f"ALTER ROLE {mine} CREATEROLE",
        f"ALTER ROLE {mine} RENAME TO attack_other",
        f"GRANT casefile_officer TO {mine} WITH ADMIN OPTION",
        "CREATE ROLE another",
        "ALTER ROLE casefile_officer LOGIN",
    ):
        assert not said(anybody, statement)[0], statement
    # The group's role may be taken on; who is connected stays who they are.
    anybody.execute("SET ROLE casefile_officer")
    assert anybody.execute("SELECT session_user").fetchone() == (mine,)
    anybody.execute("RESET ROLE")


def test_nothing_is_made_that_could_stand_in_the_way_of_what_is_ours(anybody: Connection) -> None:
    for statement in (
        "CREATE TABLE mine (a int)",
        "CREATE TABLE casefile.mine (a int)",
        "CREATE TABLE counted.mine (a int)",
        "CREATE TEMP TABLE officer (id uuid)",
        "CREATE TEMP VIEW case_file AS SELECT 1",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION casefile_me() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        "CREATE FUNCTION mine(text) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'",
        "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OPERATOR = (LEFTARG = text, RIGHTARG = uuid, FUNCTION = texteq)",
        "CREATE VIEW mine AS SELECT * FROM case_file",
        "CREATE MATERIALIZED VIEW mine AS SELECT * FROM case_file",
        "SELECT * INTO mine FROM case_file",
        "SELECT * INTO TEMP mine FROM case_file",
        "CREATE DOMAIN mine AS text",
        "CREATE TYPE mine AS (a int)",
        "CREATE SEQUENCE mine",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION file_fdw",
        "CREATE LANGUAGE plpython3u",
        "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION mine()",
        "CREATE SUBSCRIPTION mine CONNECTION '' PUBLICATION mine",
        "ALTER SYSTEM SET log_statement = 'all'",
        "SET session_replication_role = replica",
        "SET SESSION lc_messages = 'C'",
        "ALTER DATABASE postgres SET search_path = mine",
        "ALTER DEFAULT PRIVILEGES FOR ROLE casefile_owner GRANT ALL ON TABLES TO PUBLIC",
        "ALTER FUNCTION casefile_me() OWNER TO CURRENT_USER",
        "ALTER FUNCTION casefile_me() RESET search_path",
        "DROP FUNCTION casefile_reads() CASCADE",
        "ALTER VIEW counted.case_file SET (security_barrier = false)",
    ):
        assert not said(anybody, statement)[0], statement


def test_no_file_program_or_large_object_is_reached(anybody: Connection) -> None:
    for statement in (
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT pg_read_binary_file('global/pg_control')",
        "SELECT pg_ls_dir('.')",
        "SELECT pg_stat_file('PG_VERSION')",
        "SELECT pg_ls_waldir()",
        "SELECT pg_ls_logdir()",
        "COPY case_file TO '/tmp/mine'",
        "COPY case_file TO PROGRAM 'cat'",
        "COPY counter FROM PROGRAM 'echo a,1'",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'mine')",
        "SELECT lo_get(1)",
        "SELECT pg_reload_conf()",
        "SELECT pg_switch_wal()",
        "SELECT pg_create_restore_point('mine')",
        "SELECT pg_logical_slot_get_changes('mine', NULL, NULL)",
        "SELECT pg_create_logical_replication_slot('mine', 'test_decoding')",
        "SELECT * FROM pg_authid",
        "SELECT * FROM pg_statistic",
        "SELECT * FROM pg_statistic_ext_data",
        "SELECT * FROM pg_hba_file_rules",
        "SELECT * FROM pg_file_settings",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
    ):
        done, heard = said(anybody, statement)
        assert not done or heard == "SELECT 0", (statement, heard)


def test_settings_of_the_session_change_nothing_of_what_is_seen(attack: Attack) -> None:
    researcher = attack("researcher")
    for setting in (
        "SET row_security = off",
        "SET search_path = pg_temp, counted, casefile",
        "SET casefile.now = '2099-01-01'",
        "SET casefile.trusted = 'on'",
        "SET plan_cache_mode = force_generic_plan",
        "SET enable_seqscan = off",
        "SET debug_print_plan = on",
        "SET client_min_messages = debug5",
        "SET application_name = 'postgres'",
    ):
        with researcher.transaction(force_rollback=True):
            researcher.execute(setting)
            for look in (
                "SELECT * FROM public.entry",
                "SELECT * FROM public.case_file ORDER BY reference",
                "SELECT * FROM public.person p JOIN public.person_name n ON n.person_id = p.id",
            ):
                assert SECRET not in said(researcher, look)[1], setting
            if "now" in setting:
                assert researcher.execute("SELECT casefile_now() < '2098-01-01'").fetchone() == (True,)


def test_a_reading_that_is_rolled_back_or_of_another_connection_opens_nothing(attack: Attack) -> None:
    sergeant = attack("sergeant", reading=False)
    assert "no reading stands open" in said(sergeant, "SELECT * FROM case_file")[1]
    with sergeant.transaction(force_rollback=True):
        sergeant.execute("SELECT casefile_open_reading('same transaction')")
        assert "no reading stands open" in said(sergeant, "SELECT * FROM case_file")[1]
    assert "no reading stands open" in said(sergeant, "SELECT * FROM case_file")[1]
    attack("sergeant")
    assert "no reading stands open" in said(sergeant, "SELECT * FROM case_file")[1]
    sergeant.execute("SELECT casefile_open_reading('now')")
    assert str(OPEN) in said(sergeant, "SELECT id::text FROM case_file")[1]


ME = "(SELECT id FROM officer WHERE sign_in_name = session_user::text)"
PROBES = (
    (f"INSERT INTO draft (id, file_id, officer_id, record, form_values, revision, saved_at) "
    f"VALUES (gen_random_uuid(), :file, {ME}, 'x', '{{}}', 1, now())"),
    f"INSERT INTO divider_mark VALUES (gen_random_uuid(), :file, 'x', true, '', now(), {ME})",
    "INSERT INTO blob (file_id, sha256, size) VALUES (:file, 'aa', 1)",
    ("INSERT INTO staff_conflict (id, officer_id, file_id, words, from_on, known_on, recorded_at, recorded_by) "
    f"VALUES (gen_random_uuid(), {ME}, :file, 'x', now(), now(), now(), {ME})"),
    "UPDATE task SET title = 'x' WHERE file_id = :file",
    "DELETE FROM alarm WHERE file_id = :file",
    "SELECT * FROM case_file WHERE id = :file FOR UPDATE NOWAIT",
)  # fmt: skip


@pytest.mark.parametrize("statement", PROBES)
def test_a_hidden_row_and_no_row_are_refused_in_the_same_words(attack: Attack, statement: str) -> None:
    researcher = attack("researcher")
    heard = [said(researcher, statement.replace(":file", f"'{one}'")) for one in (HIDDEN, UUID(int=0xEE))]
    assert heard[0] == heard[1]


_SOMEBODY = (
    "INSERT INTO person (id, recorded_at, recorded_by, display_name, unborn, find_text) "
    f"VALUES ('{PERSON}', now(), {ME}, '', false, '') "
)
TAKEN = (
    f"{_SOMEBODY} ON CONFLICT (id) DO UPDATE SET display_name = person.display_name RETURNING *",
    f"{_SOMEBODY} ON CONFLICT DO NOTHING RETURNING *",
    ("INSERT INTO case_file (id, reference, opened_on, recorded_at, marking, restricted, family_name, children, state, "
    f"find_text) VALUES (gen_random_uuid(), '{SECRET} case_file.reference', now(), now(), '', false, '', 0, 'open', '')"),
)  # fmt: skip


@pytest.mark.parametrize("statement", TAKEN)
def test_what_is_unique_tells_nothing_of_whom(attack: Attack, statement: str) -> None:
    """That something is taken can be learnt by guessing it whole; what else stands there cannot."""
    done, heard = said(attack("researcher"), statement)
    assert SECRET not in heard
    assert not done or heard == "INSERT 0 0"


def test_a_plan_estimates_a_hidden_name_like_any_other(target: Target, attack: Attack) -> None:
    researcher = attack("researcher")
    for column in ("family", "given", "full"):
        plans = []
        for name in (f"{SECRET} person_name.{column}", "Nobody at all"):
            explain = sql.SQL("EXPLAIN SELECT * FROM person_name WHERE {} = {}").format(
                sql.Identifier(column), name
            )
            plans.append(said(researcher, explain)[1].replace(name, ""))
        assert plans[0] == plans[1]


@pytest.mark.parametrize("role", ["commander", "constable", "administrator"])
def test_words_of_a_hidden_file_are_neither_found_nor_counted(attack: Attack, role: str) -> None:
    """The one function that looks past row security hands over numbers of what its caller may see, and only then."""
    find = (
        "SELECT * FROM casefile_find_words({}, 0, 9223372036854775807, true, NULL, {}, {}, NULL, 100, 1000)"
    )
    officer = attack(role, reading=role != "administrator")
    whatever = ("'plain' | 'plain':*", "", SECRET, f"{SECRET}:*", f"!{SECRET}", f"{SECRET} | !{SECRET}")
    for words, authors, files in product(whatever, ("NULL", "'{}'"), ("NULL", f"ARRAY['{HIDDEN}'::uuid]")):
        _, heard = said(officer, find.format(f"$${words}$$", authors, files))
        assert str(row_id("word_row", HIDDEN).int >> 65) not in heard
    _, heard = said(officer, find.format("''", "NULL", "NULL"))
    assert (str(row_id("word_row", OPEN).int >> 65) in heard) == (role != "administrator")
    assert not said(attack("sergeant", reading=False), find.format("'plain'", "NULL", "NULL"))[0]
    for call in (
        "any('plain'::tsquery, 'true', 100)",
        "newest('plain'::tsquery, 0, 9223372036854775807, 'true', 100, 100)",
        "likely('plain'::tsquery, 0, 9223372036854775807)",
        "within(0, 9223372036854775807, true, NULL, NULL, NULL, NULL)",
    ):
        done, heard = said(officer, f"SELECT casefile_words_{call}")
        assert not done
        assert "permission denied" in heard


NOT_THERE = "Quillfeathex"
"""A word that stands nowhere, as long as the secret one."""


def test_a_search_that_meets_a_hidden_file_and_one_that_does_not_are_the_same_to_whoever_asks(
    target: Target, attack: Attack
) -> None:
    """No answer, error, counter or row tells; what a caller may choose is never read only where something was met."""
    officer = attack("researcher")
    with target.owner() as owner:
        owner.execute("UPDATE casefile.word_index SET latest = true")
    ask = (
        "SELECT casefile_compare_search('words', 'somebody', $${}$$, ARRAY[{}]::bigint[], "
        "ARRAY[9223372036854775807], {}, {}, {})"
    )
    given = [
        (low, keys, states, most)
        for low in ("0", "NULL", "'x'")
        for keys in ("'{}'", "NULL", f"ARRAY['2{SECRET}']")
        for states in ("NULL", "'{}'", "ARRAY[NULL::text]")
        for most in ("10", "NULL", "-2147483648", "2147483647")
    ]
    for more in given:
        met, missed = (said(officer, ask.format(word, *more)) for word in (SECRET, NOT_THERE))
        assert (met[0], met[1].replace(SECRET, NOT_THERE)) == missed, more
    counted: LiteralString = (
        "SELECT n_tup_ins, n_tup_upd, n_tup_del, seq_scan FROM pg_stat_xact_user_tables "
        "WHERE relname = 'restricted_match'"
    )
    left = []
    for word in (SECRET, NOT_THERE):
        with officer.transaction():
            before = officer.execute(counted).fetchone() or ()
            officer.execute(ask.format(word, "0", "'{}'", "NULL", "10").encode())
            after = officer.execute(counted).fetchone() or ()
            left.append([int(str(now)) - int(str(then)) for then, now in zip(before, after, strict=True)])
    assert left == [[1, 0, 0, 0]] * 2
    for look in ("SELECT * FROM restricted_match", "SELECT * FROM casefile_restricted_matches()"):
        assert said(officer, look)[1] == "SELECT 0"
    assert not said(officer, "INSERT INTO restricted_match SELECT * FROM restricted_match")[0]
    assert not said(attack("administrator", reading=False), ask.format(SECRET, "0", "'{}'", "NULL", "10"))[0]
    with target.owner() as owner:
        mine = "WHERE line IN ('somebody', repeat(' ', 8))"
        look = f"SELECT met, line, files::text LIKE '%{HIDDEN}%', length(files::text) FROM restricted_match {mine} ORDER BY met"
        assert owner.execute(look.encode()).fetchall() == [
            (False, " " * 8, False, 400),
            (True, "somebody", True, 400),
        ]
        owner.execute("SET session_replication_role = replica")
        owner.execute(f"DELETE FROM restricted_match {mine}".encode())
        owner.execute("UPDATE casefile.word_index SET latest = false")


def test_signed_records_take_nothing_more(attack: Attack) -> None:
    """What joins an entry that stands already would change what was signed."""
    commander = attack("commander")
    entry = uuid5(OPEN, "entry")
    for statement in (
        f"INSERT INTO entry_person (entry_id, person_id) VALUES ('{entry}', '{uuid5(OPEN, 'person')}')",
        f"INSERT INTO row_action (id, group_key, position, entry_id, what) VALUES (gen_random_uuid(), 'x', 1, '{entry}', 'x')",
        f"INSERT INTO section_strategy (id) VALUES ('{entry}')",
        "INSERT INTO blob_chunk SELECT file_id, sha256, position + 1, data FROM blob_chunk",
    ):
        done, heard = said(commander, statement)
        assert not done
        assert "row-level security" in heard, heard


def test_nobody_writes_in_anothers_name(attack: Attack) -> None:
    commander = attack("commander")
    other = f"'{uuid4()}'"
    for table, column in (
        ("remark", "recorded_by"),
        ("task_event", "recorded_by"),
        ("entry", "author_id"),
        ("restriction", "recorded_by"),
    ):
        columns = [
            str(one)
            for (one,) in commander.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
                (table,),
            ).fetchall()
        ]
        values = ["gen_random_uuid()" if one == "id" else other if one == column else one for one in columns]
        done, heard = said(
            commander, f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table}"
        )
        assert not done
        assert "row-level security" in heard, (table, heard)
    forged = (
        "SELECT casefile_log(now(), 'access', 'access.sign_in', 'done', NULL, '{}', '{}', '{}', "
        "gen_random_uuid(), 'DC 1 Nobody', 'commander')"
    )
    with commander.transaction(force_rollback=True):
        commander.execute(forged)
        row = commander.execute("SELECT officer, role FROM log_row ORDER BY seq DESC LIMIT 1").fetchone()
        assert row is not None
        assert ("attack_commander" in str(row[0]), row[1]) == (True, "commander")
    for statement in (
        forged.replace("now()", "now() - interval '1 hour'"),
        forged.replace("access.sign_in", "store.changed"),
        forged.replace("'access',", "'nothing',"),
        "SELECT casefile_append(now(), NULL, '', '', 'access', 'x', 'done', NULL, '{}', '{}', '{}')",
        "SELECT casefile_tell_unanswered()",
    ):
        assert not said(commander, statement)[0], statement


def test_glass_is_broken_for_oneself_for_a_day_and_with_a_reason(attack: Attack) -> None:
    breaking = (
        "INSERT INTO reader (id, file_id, officer_id, from_at, until_at, glass_reason, recorded_by) "
        "VALUES (gen_random_uuid(), '{file}', {who}, now(), {until}, {why}, {by})"
    )
    mine = "(SELECT id FROM officer WHERE sign_in_name = session_user::text)"
    other = "(SELECT id FROM officer WHERE sign_in_name = 'attack_constable')"
    right = {
        "file": HIDDEN,
        "who": mine,
        "until": "now() + interval '1 day'",
        "why": "'A child is in danger.'",
        "by": mine,
    }
    for wrong in (
        {"who": other}, {"by": other}, {"until": "NULL"}, {"until": "now() + interval '2 days'"},
        {"why": "NULL"}, {"why": "'  '"}, {"until": "NULL", "why": "NULL"},
    ):  # fmt: skip
        assert not said(attack("researcher"), breaking.format(**{**right, **wrong}))[0], wrong
    for role in ("quality", "researcher"):
        assert said(attack(role), breaking.format(**right))[0] is (role == "researcher")
    sergeant = attack("sergeant")
    named = {**right, "who": other, "until": "NULL", "why": "NULL"}
    assert not said(sergeant, breaking.format(**named))[0], "nobody names readers of a file they may not see"
    assert not said(sergeant, f"DELETE FROM restricted_file WHERE file_id = '{HIDDEN}'")[1].startswith(
        "DELETE 1"
    )


def test_whoever_may_no_longer_sign_in_sees_nothing_from_that_moment_on(
    target: Target, attack: Attack
) -> None:
    pclo = attack("pclo")
    assert said(pclo, "SELECT * FROM case_file")[1].endswith("SELECT 1")
    with target.owner() as owner:
        owner.execute("UPDATE officer SET active = false WHERE sign_in_name = 'attack_pclo'")
        try:
            assert said(pclo, "SELECT * FROM case_file")[1] == "SELECT 0"
            assert said(pclo, "SELECT name FROM officer")[1] == "SELECT 0"
            assert not said(pclo, "SELECT casefile_open_reading('again')")[0]
        finally:
            owner.execute("UPDATE officer SET active = true WHERE sign_in_name = 'attack_pclo'")


def test_a_login_of_the_server_that_is_no_officer_reaches_nothing(target: Target) -> None:
    for login in (NOBODY, PUT_AWAY):
        with target.as_(login) as connection:
            for table in target.columns:
                heard = said(connection, sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))[1]
                assert heard == "SELECT 0" or "permission denied" in heard, (table, heard)
            assert not said(
                connection, "SELECT casefile_log(now(), 'access', 'x', 'done', NULL, '{}', '{}', '{}')"
            )[0]
    outside = make_conninfo(target.dsn, user="attack_outside", password=PASSWORD)
    with target.owner() as owner:
        owner.execute("DROP ROLE IF EXISTS attack_outside")
        verifier = owner.pgconn.encrypt_password(
            PASSWORD.encode(), b"attack_outside", b"scram-sha-256"
        ).decode()
        owner.execute(sql.SQL("CREATE ROLE attack_outside LOGIN PASSWORD {}").format(verifier))
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(outside)
