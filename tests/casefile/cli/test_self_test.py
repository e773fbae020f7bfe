"""The installed program tests itself: on a sound installation every check passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.cli import main
from casefile.cli.self_test import CHECKS


def test_every_check_passes_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert main(["self-test"]) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("✓")] == [f"✓ {one}" for one in CHECKS]
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == []
