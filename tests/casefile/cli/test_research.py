"""Research and the police report to a conference from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from tests.terminal import PASSWORD, new_store, stand_in


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """F-1 with Kayla and her mother, and a conference to come; Marsh keeps it, Okafor supervises."""
    stand_in(monkeypatch, tmp_path, "Marsh")
    opened = new_store(tmp_path)
    desk = opened.desk
    for name, role in (("Okafor", "sergeant"), ("Marsh", "constable")):
        desk.do(add_officer, NewOfficer(name, role, PASSWORD, number="7", team="North"))
    desk.sign_in("Marsh", PASSWORD)
    file = desk.do(open_file, "F-1").result
    for role, given in (("subject", "Kayla"), ("mother", "Dana")):
        name = {"kind": "legal", "given": given, "family": "Marsh"}
        desk.do(add_person, file, {"name": name, "involvement": {"role": role}})
    today = desk.now().date()
    ahead = today.replace(year=today.year + 1).isoformat()
    day = {"happened_on": str(today), "known_on": str(today)}
    fixed = {"mode": "meeting", "outcome": "s47", "s47_kind": "joint", "conference_on": ahead}
    desk.do(record_entry, file, "strategy", {**day, **fixed})
    opened.close()
    return opened.folder


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command says, once it went well."""
    assert main([str(one) for one in arguments]) == Code.DONE.value, capsys.readouterr().err
    return capsys.readouterr().out


def test_checks_are_listed_recorded_and_printed(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, "research", store, "F-1", "--names")
    assert "Dana Marsh (mother)" in said
    assert "Local intelligence: missing, by" in said
    assert "try: Marsh Dana (family name first)" in said
    said = told(capsys, "record-checks", store, "F-1", "dana", "--found", "pnc=no_trace", "--found",
                "intelligence=trace: Seen at the address.", "--says", "grade=2/C/P", "--says", "by=R 12 Ash")  # fmt: skip
    assert said.startswith("Dana Marsh: 2 systems searched, 1 with a trace.")
    grid = json.loads(told(capsys, "research", store, "F-1", "--json"))
    dana = next(one for one in grid["people"] if one["name"] == "Dana Marsh")
    made = dana["cells"]["intelligence"]["searches"][0]
    assert (made["grade"], made["by"], made["found"]) == (["2", "C", "P"], "R 12 Ash", "Seen at the address.")
    assert dana["cells"]["convictions"]["state"] == "checked"
    pdf = tmp_path / "research.pdf"
    told(capsys, "research", store, "F-1", "--out", pdf, "--for", "The meeting")
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dana", "--found", "pnc"), "should read like pnc=no_trace"),
        (("dana", "--found", "pnc=perhaps"), "perhaps"),
        (("dana", "--found", "pnc=trace", "--says", "colour=red"), "says nothing known"),
        (("dana", "--found", "pnc=trace", "--says", "on=tomorrow"), "is no day"),
        (("marsh", "--found", "pnc=trace"), "2 people of F-1 are called"),
        (("nobody", "--found", "pnc=trace"), "No people of F-1"),
    ],
)
def test_what_cannot_be_recorded_is_said(
    store: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main(["record-checks", str(store), "F-1", *arguments]) != Code.DONE.value
    assert said in capsys.readouterr().err


def test_a_report_is_drafted_signed_endorsed_and_given(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "waits among your drafts" in told(capsys, "conference-report", store, "F-1")
    says, pdf = tmp_path / "says.json", tmp_path / "report.pdf"
    says.write_text(json.dumps({"view": "A plan is needed.", "view_code": "plan"}))
    thread = json.loads(told(capsys, "conference-report", store, "F-1", "--says", says, "--json"))[
        "thread_id"
    ]
    give = ("give-report", store, thread, "--for", "The chair", "--basis", "ca89_s47", "--out", pdf)
    assert main([str(one) for one in give]) == Code.REFUSED.value
    assert "No supervisor has endorsed version 1" in capsys.readouterr().err
    monkeypatch.setenv("CASEFILE_OFFICER", "Okafor")
    told(capsys, "endorse", store, thread)
    assert "recorded as shared" in told(capsys, *give)
    assert pdf.read_bytes().startswith(b"%PDF")
