"""What the catalogue itself must say: no rule without its table, no function without its search path, nothing for PUBLIC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from casefile.store.shared.rules import LOG, RULES
from tests.attack.attempts import Connection
from tests.attack.target import Target

OURS = "pronamespace IN ('public'::regnamespace, 'casefile'::regnamespace, 'counted'::regnamespace)"


@pytest.fixture
def owner(target: Target) -> Iterator[Connection]:
    """Whoever keeps the server looks at its catalogue."""
    with target.owner() as connection:
        yield connection


WAYS = {"enable_seqscan", "enable_indexscan", "enable_bitmapscan", "jit"}
"""Settings that choose by which way rows are read, and never which."""


def test_every_function_that_acts_for_another_has_a_search_path_of_its_own(owner: Connection) -> None:
    found: list[Any] = owner.execute(
        f"SELECT proname, prosecdef, coalesce(proconfig, '{{}}') FROM pg_proc WHERE {OURS}"
    ).fetchall()
    assert len([one for one in found if one[1]]) > 20
    for name, _, config in found:
        assert "search_path=pg_catalog, public, pg_temp" in config, name
        besides = {one.partition("=")[0] for one in config} - {"search_path", *WAYS}
        assert not besides, f"{name} sets {besides}"


def test_public_may_nothing(owner: Connection) -> None:
    for statement in (
        f"SELECT oid::regprocedure FROM pg_proc WHERE {OURS} AND (proacl IS NULL OR proacl::text ~ '[{{,]=')",
        (
            "SELECT relname FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'casefile'::regnamespace, "
            "'counted'::regnamespace, 'log_parts'::regnamespace) AND relacl::text ~ '[{,]='"
        ),
        "SELECT nspname FROM pg_namespace WHERE nspname IN ('public', 'casefile', 'counted', 'log_parts') AND nspacl::text ~ '[{,]='",
        "SELECT datname FROM pg_database WHERE datname = current_database() AND (datacl IS NULL OR datacl::text ~ '[{,]=')",
    ):
        assert owner.execute(statement).fetchall() == [], statement


def test_every_table_is_under_row_security_and_belongs_to_nobody_who_signs_in(
    target: Target, owner: Connection
) -> None:
    found = owner.execute(
        "SELECT relname, relrowsecurity, pg_get_userbyid(relowner) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'alembic_version'"
    ).fetchall()
    assert {one[0] for one in found} == {*target.columns, *LOG}
    for table, secured, owned_by in found:
        assert secured, table
        assert owned_by == ("casefile_log" if table in LOG else "casefile_owner"), table
    owners = owner.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'casefile\\_%' AND (rolcanlogin OR rolsuper OR rolbypassrls)"
    )
    assert owners.fetchall() == []


def test_every_rule_is_of_a_table(target: Target) -> None:
    assert set(RULES) <= set(target.columns)


def test_setting_it_up_again_changes_nothing(target: Target, owner: Connection) -> None:
    from casefile.store import shared
    from casefile.store.shared.setup import AdministratorStore
    from tests.owners import address_of

    wanted = """
        SELECT tablename || policyname || coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies
        UNION ALL SELECT relname || coalesce(array_sort.acl, '') FROM pg_class, LATERAL (
          SELECT string_agg(one::text, ',' ORDER BY one::text) AS acl FROM unnest(relacl) AS one) array_sort
          WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT proname || array_sort.acl FROM pg_proc, LATERAL (
          SELECT string_agg(one::text, ',' ORDER BY one::text) AS acl FROM unnest(proacl) AS one) array_sort
          WHERE pronamespace = 'public'::regnamespace
    """
    before = set(owner.execute(wanted).fetchall())
    store = AdministratorStore(address_of(target.dsn), None)
    try:
        with store.laying() as connection:
            shared.put_up(connection)
    finally:
        store.close()
    assert set(owner.execute(wanted).fetchall()) ^ before == set()
