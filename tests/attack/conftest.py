"""One store for every attack: none of them may change it, and the last test of each role says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack import target as made
from tests.attack.target import Target
from tests.postgres import Postgres


@pytest.fixture(scope="session")
def target(postgres: Postgres) -> Iterator[Target]:
    """The store under attack, with a file that everybody may see and one that nobody here may."""
    dsn = postgres.fresh_database()
    made.build(dsn)
    found = made.look(dsn)
    yield found
    found.close()
    postgres.drop(dsn)
