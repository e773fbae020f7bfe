"""A terminal that nobody sits at: what an unattended command finds in its environment, and a store to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile import opening
from casefile.opening import OpenFolder

PASSPHRASE, PASSWORD = "otter kettle lamp", "marble sofa thread"
ADMINISTRATOR = "Hale"


def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, officer: str) -> None:
    """Commands of this test open the store and sign *officer* in from the environment; no keychain is asked."""
    monkeypatch.setenv("CASEFILE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("CASEFILE_OFFICER", officer)
    monkeypatch.setenv("CASEFILE_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", PASSWORD)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def new_store(tmp_path: Path) -> OpenFolder:
    """A store with its first administrator signed in; call :func:`stand_in` first, so that its heads stay here."""
    opened = opening.create(tmp_path / "store", PASSPHRASE, keychain=False)
    opened.first_administrator(ADMINISTRATOR, PASSWORD)
    return opened
