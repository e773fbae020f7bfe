"""The migrations make what the models say, on both engines; a schema that this program does not know is refused."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Integer, MetaData, Table, text

from casefile.errors import Damaged
from casefile.store import guard, schema
from casefile.store.base import Base
from casefile.store.engine import Store
from casefile.store.words import SHADOWS
from tools.migration import import_models

TRIGGERS = {
    "embedded": "SELECT tbl_name AS tabled FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard%'",
    "shared": (
        "SELECT c.relname AS tabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND NOT c.relispartition AND t.tgname LIKE 'guard%'"
    ),
}


@pytest.fixture(scope="module", autouse=True)
def models() -> None:
    """Every table that any module maps."""
    import_models()


def differences(store: Store, metadata: MetaData) -> list[Any]:
    """What Alembic finds between the tables of the store and *metadata*."""
    with store.engine.connect() as connection:
        own = {"compare_type": True, "include_name": lambda name, *_: name not in SHADOWS}
        context = MigrationContext.configure(connection, opts=own)
        return list(compare_metadata(context, metadata))


def test_the_migrations_make_what_the_models_say(store: Store) -> None:
    assert len(Base.metadata.tables) > 40
    assert differences(store, Base.metadata) == []


def test_what_the_models_say_more_would_be_found(store: Store) -> None:
    more = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(more)
    Table("forgotten", more, Column("id", Integer, primary_key=True))
    more.tables["case_file"].append_column(Column("forgotten", Integer))
    found = differences(store, more)
    assert {one[0] for one in found} == {"add_table", "add_column"}


def test_every_table_that_is_written_once_is_guarded(store: Store) -> None:
    with store.engine.connect() as connection:
        found = set(connection.execute(text(TRIGGERS[store.kind])).scalars())
    assert found == set(guard.guarded_tables(Base.metadata))


def test_the_program_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_a_store_of_a_newer_program_is_refused_in_a_sentence_and_left_as_it_is(store: Store) -> None:
    with store.engine.begin() as connection:
        assert schema.check(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with store.engine.connect() as connection:
        with pytest.raises(Damaged, match=r"newer Casefile \(schema 9999.*not changed\. Update Casefile"):
            schema.check(connection)
        assert schema.version(connection) == "9999"


def test_what_is_no_store_of_ours_is_refused_in_a_sentence(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with store.engine.connect() as connection, pytest.raises(Damaged, match="not a Casefile store"):
        schema.check(connection)
