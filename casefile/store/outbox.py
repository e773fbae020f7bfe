"""What an officer typed while the server was away: one small encrypted file on their own computer.

SQLCipher, as the embedded store, with a key of its own; each row is on the disk before anybody is told that it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, MetaData, String, Table, delete, insert, select

from casefile.errors import Unavailable
from casefile.store.engine import Store, embedded_engine

_METADATA = MetaData()
_TYPED = Table(
    "typed", _METADATA, Column("place", String, primary_key=True), Column("said", JSON, nullable=False)
)
MINE_ONLY = 0o700


class OutboxFile:
    """The file of one officer and one shared store."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open it, or make it.

        Raises:
            WrongKey: It was made with another key.
            Unavailable: The folder cannot be written to.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=MINE_ONLY)
            path.touch(mode=0o600)
        except OSError as error:
            raise Unavailable(
                f"Casefile cannot write to {path.parent}, so nothing typed while the server is away can be kept here.",
                remedy="Ask for the right to write there.",
            ) from error
        self._store = Store(embedded_engine(path, key), "embedded", str(path))
        try:
            with self._store.laying() as connection:
                _METADATA.create_all(connection)
        except BaseException:
            self._store.close()
            raise

    def put(self, place: str, said: Mapping[str, Any]) -> None:
        """Keep what was typed at one place, instead of what was kept of it before."""
        with self._store.writing() as session:
            session.execute(delete(_TYPED).where(_TYPED.c.place == place))
            session.execute(insert(_TYPED), {"place": place, "said": dict(said)})

    def take_out(self, place: str) -> None:
        """Keep nothing more of one place."""
        with self._store.writing() as session:
            session.execute(delete(_TYPED).where(_TYPED.c.place == place))

    def rows(self) -> dict[str, dict[str, Any]]:
        """Everything that is kept, by its place."""
        with self._store.reading() as session:
            return {row.place: row.said for row in session.execute(select(_TYPED).order_by(_TYPED.c.place))}

    def close(self) -> None:
        """Close the file."""
        self._store.close()
