"""What is dear to make and only read or copied: made by whichever process of a run comes first, for all of them."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casefile import opening
from casefile.sample import build
from casefile.work.progress import Quiet

PASSPHRASE = "otter kettle lamp"
"""Opens the training store that tests share."""


def made_once(folders: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """The folder of this *name*, made by *build* in the first process that asks; the others wait for it."""
    base = folders.getbasetemp()
    root = base.parent if base.name.startswith("popen-") else base
    place = root / f"shared-{name}"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            partial = place.with_suffix(".part")
            shutil.rmtree(partial, ignore_errors=True)
            build(partial)
            partial.rename(place)
    return place


def training(folders: pytest.TempPathFactory) -> Path:
    """The folder of the training store, with a real encrypted file; each test works on a copy."""
    return made_once(folders, "training", _made)


def _made(folder: Path) -> None:
    opened = opening.create(folder, PASSPHRASE, keychain=False)
    build(opened, Quiet())
    opened.close()
