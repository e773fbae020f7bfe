"""Hand-over by the real commands, from leave to the pack on paper and the return."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from casefile.cli import main
from casefile.cli.speak import Code
from tests.terminal import stand_in

PLACE = "F-2026-00001"


@pytest.fixture(autouse=True)
def unattended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    stand_in(monkeypatch, tmp_path, "Boss")
    with time_machine.travel(datetime(2026, 4, 1, 9, 30, tzinfo=UTC), tick=True):
        yield


def case() -> dict[str, Any]:
    def held(role: str, name: str) -> dict[str, Any]:
        day = "2026-03-02"
        return {"says": {"role": role, "officer_id": name, "from_on": day, "known_on": day}}

    return {
        "format": "casefile/1",
        "reference": PLACE,
        "opened_on": "2026-03-02",
        "allocations": [held("officer", "marsh"), held("supervisor", "okafor")],
    }


def test_from_leave_to_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")

    def run(who: str, *command: str, code: Code = Code.DONE) -> str:
        monkeypatch.setenv("CASEFILE_OFFICER", who)
        assert main([*command[:2], store, *command[2:]]) == code, capsys.readouterr().err
        told = capsys.readouterr()
        return told.out + told.err

    assert main(["init", store]) == Code.DONE
    for name, role in (("Marsh", "constable"), ("Vale", "constable"), ("Okafor", "sergeant")):
        run("Boss", "officer", "add", name, "--role", role)
    file = tmp_path / "file.json"
    file.write_text(json.dumps(case()), "utf-8")
    monkeypatch.setenv("CASEFILE_OFFICER", "Okafor")
    assert main(["import", store, str(file)]) == Code.DONE
    duties = tmp_path / "duties.csv"
    duties.write_text("Officer,Kind,From,To\nMarsh,annual leave,2026-04-01,2026-05-29\n", "utf-8")
    assert "1 recorded" in run("Okafor", "absence", "import", str(duties))
    assert "annual_leave" in run("Okafor", "absence", "list")
    assert "annual_leave" not in run("Vale", "absence", "list")
    days = ("--from", "2026-06-01", "--until", "2026-06-05", "--kind", "course")
    assert "4 working days after the first: no hand-over" in run(
        "Marsh", "absence", "foresee", "Marsh", *days
    )
    assert "not being handed over" in run("Okafor", "handover", "outstanding")
    assert "supervisor, owns it" in run("Okafor", "handover", "owner", PLACE)

    assert "H-2026-001 has begun" in run("Marsh", "handover", "begin", "Marsh", "--absence", "2026-04-01")
    adds = tmp_path / "adds.json"
    adds.write_text(json.dumps({"safe": "yes", "tell": [{"whom": "Head teacher"}]}), "utf-8")
    one = ("H-2026-001", PLACE)
    assert "Head teacher" in run("Marsh", "handover", "checklist", *one, "--says", str(adds))
    run("Marsh", "handover", "send", "H-2026-001", code=Code.INVALID)
    assert "Choose a receiver." in run("Marsh", "handover", "show", "H-2026-001")
    assert "1 points to DC Vale: " in run(
        "Marsh", "handover", "spread", "H-2026-001", "--among", "Vale", "--use"
    )
    run("Marsh", "handover", "to", "H-2026-001", "Vale", "--file", PLACE)
    run("Marsh", "handover", "to", "H-2026-001", "Vale")
    run("Marsh", "handover", "send", "H-2026-001")
    assert PLACE in run("Vale", "handover", "waiting")
    run("Vale", "handover", "accept", "H-2026-001", code=Code.INVALID)
    run("Vale", "handover", "checklist", *one)
    run("Vale", "handover", "ask", *one, "--question", "Notebook?")
    assert "Notebook?" in run("Marsh", "handover", "waiting")
    run("Marsh", "handover", "answer", *one, "--words", "In my locker.")
    assert "1 files are yours" in run("Vale", "handover", "accept", "H-2026-001")
    run("Okafor", "handover", "sign", "H-2026-001", "--words", "Read.")
    assert "Signed by DS Okafor" in run("Okafor", "handover", "show", "H-2026-001")
    assert json.loads(run("Okafor", "handover", "list", "--ended", "--json"))[0]["signed_words"] == "Read."
    assert "Nothing of hand-over" in run("Okafor", "handover", "outstanding")

    for command in (
        ("handover", "print", "H-2026-001", "--out", str(tmp_path / "pack.pdf")),
        ("handover", "outstanding", "--out", str(tmp_path / "list.pdf")),
    ):
        run("Okafor", *command)
    assert all((tmp_path / one).read_bytes().startswith(b"%PDF") for one in ("pack.pdf", "list.pdf"))
    out = tmp_path / "team.ics"
    run("Okafor", "absence", "export", "--out", str(out))
    assert b"DC Marsh away" in out.read_bytes()

    run("Okafor", "absence", "alter", "Marsh", "--which", "2026-04-01", "--until", "2026-06-30")
    assert "H-2026-002 has begun: 1 files" in run("Marsh", "handover", "back", "Marsh")
    assert "No absence" in run(
        "Marsh", "handover", "begin", "Marsh", "--absence", "2026-07-01", code=Code.MISSING
    )
    run("Vale", "handover", "end", "H-2026-002", "--reason", "Stays with me", code=Code.REFUSED)
    run("Okafor", "handover", "end", "H-2026-002", "--reason", "Stays with Vale")
    assert json.loads(run("Okafor", "handover", "owner", PLACE, "--json"))["officer"] == "DC Vale"
