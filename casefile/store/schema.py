"""The schema's version: made and brought up by Alembic, refused when newer than this program."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text

from casefile.errors import Damaged

HEAD = "0001"
"""The newest migration this program knows; a test holds it against the scripts."""
MIGRATIONS = Path(__file__).parent / "migrations"


def is_laid(connection: Connection) -> bool:
    """Whether a store's tables are there, of whatever version; asked by whoever may see them or not."""
    return inspect(connection).has_table("alembic_version")


def version(connection: Connection) -> str | None:
    """The version of the schema in the store, or None for an empty database."""
    if not is_laid(connection):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check(connection: Connection) -> bool:
    """Whether the store's schema is this program's. False when it is older and may be brought up.

    Raises Damaged, with what to do, when it is no Casefile store or newer than this program.
    """
    found = version(connection)
    if found is None:
        raise Damaged(
            "This is not a Casefile store: it can be opened, but holds none of Casefile's tables.",
            remedy="Choose another folder, or create a new store.",
        )
    if found > HEAD:
        raise Damaged(
            f"This store was last opened by a newer Casefile (schema {found}; this one knows {HEAD}).",
            kept="The store was not changed.",
            remedy="Update Casefile on this computer.",
        )
    return found == HEAD


def bring_up(connection: Connection, metadata: MetaData | None = None) -> None:
    """Run every migration that the store has not had yet, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    command.upgrade(config, "head")
