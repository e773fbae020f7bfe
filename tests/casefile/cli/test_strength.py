"""Planned strength from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from tests.terminal import PASSWORD, new_store, stand_in


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with an inspector."""
    stand_in(monkeypatch, tmp_path, "Lindqvist")
    opened = new_store(tmp_path)
    opened.desk.do(add_officer, NewOfficer("Lindqvist", "inspector", PASSWORD, number="9", team="North"))
    opened.close()
    return opened.folder


def test_every_command_of_planned_strength(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str, code: Code = Code.DONE) -> str:
        capsys.readouterr()
        assert main(["strength", words[0], str(store), *words[1:]]) == code
        out = capsys.readouterr()
        return out.out + out.err

    assert "Report of June 2009 (report-2009): ships with Casefile" in told("list")
    report = told("show", "report-2009")
    assert "DOES NOT ADD UP  Planned strength, officers: 396 + 38 + 9 is 443, not 459" in report
    told("copy", "starting", "--as", "Plan A")
    assert "already a scenario" in told("copy", "starting", "--as", "plan a", code=Code.INVALID)
    told("team", "Plan A", "North")
    assert "2 figures are changed" in told(
        "set", "Plan A", "volumes/North/investigation=230", "abstraction/dc=25%"
    )
    assert "is no figure" in told("set", "Plan A", "abstraction/dc", code=Code.INVALID)
    assert "Detective constable: needed 6.5, there 0" in told("show", "Plan A")
    assert json.loads(told("show", "Plan A", "--json"))["row"]["state"] == "draft"
    told("copy", "Plan A", "--as", "Plan B")
    told("count", "Plan B", "--until", "2026-01-31")
    assert "Posts needed in all\n  Detective constable | 6.5 | none" in told("compare", "Plan A", "Plan B")
    assert "Plan A is adopted" in told("adopt", "Plan A", "--reason", "By the board.")
    assert "Plan A" in told("list").splitlines()[0]
    told("drop", "Plan B")
    paper = tmp_path / "strength.pdf"
    told("print", "Plan A", "--out", str(paper), "--beside", "report-2009")
    assert paper.read_bytes().startswith(b"%PDF")
