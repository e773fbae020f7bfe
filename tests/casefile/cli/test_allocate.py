"""Allocation from a terminal: who might, deciding, and moving many at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.files.actions.files import allocate, open_file
from tests.terminal import PASSWORD, new_store, stand_in


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a sergeant, two constables, a file of nobody and one of Marsh."""
    stand_in(monkeypatch, tmp_path, "Okafor")
    opened = new_store(tmp_path)
    desk = opened.desk
    ids = {}
    for number, (name, role) in enumerate(
        {"Okafor": "sergeant", "Marsh": "constable", "Vale": "constable"}.items()
    ):
        new = NewOfficer(name, role, PASSWORD, number=str(number), team="North")
        ids[name] = desk.do(add_officer, new).result
    desk.sign_in("Okafor", PASSWORD)
    for reference, holder in {"F-1": "", "F-2": "Marsh"}.items():
        file_id = desk.do(open_file, reference).result
        desk.do(allocate, file_id, "supervisor", ids["Okafor"])
        if holder:
            desk.do(allocate, file_id, "officer", ids[holder])
    opened.close()
    return opened.folder


def test_every_command_of_allocation(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str, code: Code = Code.DONE) -> str:
        capsys.readouterr()
        assert main(["allocate", words[0], str(store), *words[1:]]) == code
        out = capsys.readouterr()
        return out.out + out.err

    assert "UNALLOCATED  F-1  no name yet: 0 points. Nobody is named for it." in told("waiting")
    said = told("suggest", "f-1")
    assert "1. DC 1 Marsh (North): 0 → 0 of 100, score 30." in said
    assert "not: DS 0 Okafor is the supervisor of this file" in said
    assert "no such file" in told("suggest", "F-9", code=Code.MISSING)
    assert "no officer called Nobody" in told("decide", "F-1", "Nobody", "--reason", "x", code=Code.MISSING)
    assert "F-1 is given to Vale as Officer" in told("decide", "F-1", "Vale", "--reason", "Knows the street.")
    assert "number 2 of those suggested" in told("history", "F-1")
    assert json.loads(told("history", "F-1", "--json"))[0]["reason"] == "Knows the street."
    assert "No file waits" in told("waiting")
    plan = told("plan", "--from", "Vale")
    assert "F-1 (0) from DC 2 Vale to DC 1 Marsh" in plan
    assert json.loads(told("plan", "--from", "Vale", "--json"))["applied"] is None
    assert "Say which files are to move" in told("plan", code=Code.INVALID)
    paper = tmp_path / "moves.pdf"
    told("print", "--from", "Vale", "--out", str(paper))
    assert paper.read_bytes().startswith(b"%PDF")
    assert "P-" in (moved := told("plan", "--from", "Vale", "--apply", "Vale leaves."))
    assert "1 moved" in moved
    assert "There is nothing to move" in told("plan", "--from", "Vale")
