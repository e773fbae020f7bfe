"""Stores to measure on: the training store, and an empty one with a researcher signed in."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.opening import OpenStore
from casefile.sample import build
from casefile.work.progress import Quiet

PASSWORD = "a kettle for measuring"


@contextmanager
def training() -> Generator[OpenStore]:
    """The training store, with its sergeant signed in."""
    with tempfile.TemporaryDirectory() as folder:
        opened = opening.create(Path(folder) / "store", PASSWORD, keychain=False)
        build(opened, Quiet())
        yield opened
        opened.close()


@contextmanager
def empty() -> Generator[OpenStore]:
    """An empty store with a researcher signed in."""
    with tempfile.TemporaryDirectory() as folder:
        opened = opening.create(Path(folder) / "store", PASSWORD, keychain=False)
        opened.first_administrator("Warden", PASSWORD)
        opened.desk.do(add_officer, NewOfficer("Ash", "researcher", PASSWORD))
        opened.desk.sign_in("Ash", PASSWORD)
        yield opened
        opened.close()
