"""Copies of files taken away, from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.files.actions.files import open_file
from tests.terminal import PASSPHRASE, PASSWORD, new_store, stand_in

COPY = "candle barn willow"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a sergeant and two files."""
    monkeypatch.setenv("CASEFILE_COPY_PASSPHRASE", COPY)
    stand_in(monkeypatch, tmp_path, "Okafor")
    opened = new_store(tmp_path)
    opened.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="9", team="North"))
    opened.desk.sign_in("Okafor", PASSWORD)
    for reference in ("F-2026-00001", "F-2026-00002"):
        opened.desk.do(open_file, reference)
    opened.close()
    return opened.folder


def test_a_copy_is_taken_read_and_returned(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*words: str, code: Code = Code.DONE) -> str:
        capsys.readouterr()
        assert main([*words]) == code
        out = capsys.readouterr()
        return out.out + out.err

    copy = tmp_path / "copy"
    taking = ("copy", "take", str(store), "F-2026-00001", "--out", str(copy), "--why", "Conference")
    assert "1 to 72 hours" in told(*taking, "--hours", "100", code=Code.INVALID)
    assert "until" in told(*taking, "--for", "Ms Grey, chair")
    assert "not empty" in told(*taking, code=Code.DAMAGED)
    assert "DS 9 Okafor for Ms Grey, chair" in told("copy", "list", str(store))
    monkeypatch.setenv("CASEFILE_PASSPHRASE", COPY)
    assert [one["reference"] for one in json.loads(told("show", str(copy), "--json"))] == ["F-2026-00001"]
    refused = told(
        "export", str(copy), "F-2026-00001", "--out", str(tmp_path / "out.json"), code=Code.REFUSED
    )
    assert "role may not do this" in refused
    monkeypatch.setenv("CASEFILE_PASSPHRASE", PASSPHRASE)
    assert "2 readings" in told("copy", "return", str(store), str(copy))
    assert not copy.exists()
    (row,) = json.loads(told("copy", "list", str(store), "--json"))
    assert (row["ended"], row["late"]) == ("returned", False)
