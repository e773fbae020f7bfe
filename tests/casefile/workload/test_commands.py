"""Workload and the staff record by the real commands, and a mark on checks by an unaccredited researcher on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader

from casefile.cli import main
from casefile.cli.speak import Code
from tests.terminal import stand_in

PLACE = "F-2026-00001"
TEAM = (("Marsh", "constable"), ("Rhodes", "researcher"), ("Okafor", "sergeant"), ("Lind", "inspector"))


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
        "allocations": [held("officer", "marsh"), held("supervisor", "okafor"), held("researcher", "rhodes")],
        "entries": [
            {
                "section": "risk",
                "versions": [
                    {
                        "happened_on": "2026-03-10",
                        "known_on": "2026-03-10",
                        "says": {
                            "trigger": "new_referral", "level": "high", "rationale": "Bruises",
                            "review_on": "2026-03-17",
                        },
                    }
                ],
            }
        ],
    }  # fmt: skip


def test_from_the_staff_record_to_the_printed_workload(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")

    def run(who: str, *command: str, code: Code = Code.DONE) -> str:
        monkeypatch.setenv("CASEFILE_OFFICER", who)
        assert main(list(command)) == code, capsys.readouterr().err
        told = capsys.readouterr()
        return told.out + told.err

    run("Boss", "init", store)
    for name, role in TEAM:
        run("Boss", "officer", "add", store, name, "--role", role, "--team", "North")
    file = tmp_path / "file.json"
    file.write_text(json.dumps(case()), "utf-8")
    run("Okafor", "import", store, str(file))

    record = ("officer", "record")
    run(
        "Okafor",
        *record,
        "terms",
        store,
        "Marsh",
        "--from",
        "2026-04-01",
        "--hours",
        "50",
        "--area",
        "Sefton",
    )
    run("Okafor", *record, "terms", store, "Marsh", "--from", "2026-04-01", code=Code.INVALID)
    run("Okafor", *record, "accredit", store, "Rhodes", "researcher_course", "--granted", "2025-01-06",
        "--expires", "2026-03-31", "--evidence", "Course list 3")  # fmt: skip
    run("Marsh", *record, "accredit", store, "Rhodes", "macie", "--granted", "2026-01-06", "--evidence", "None",
        code=Code.REFUSED)  # fmt: skip
    lacking = run("Okafor", *record, "list", store, "--gaps", code=Code.FOUND)
    assert "▲ Researcher course: expired on 31 March 2026" in lacking
    run("Marsh", *record, "conflict", store, "Marsh", "The father is my neighbour", "--file", PLACE)
    shown = json.loads(run("Okafor", *record, "show", store, "Marsh", "--json"))
    assert [one["words"] for one in shown["conflicts"]] == ["The father is my neighbour"]
    assert "50% of full time; covers Sefton" in run("Okafor", *record, "show", store, "Marsh")
    run("Okafor", *record, "end-conflict", store, shown["conflicts"][0]["id"], "--reason", "Moved")
    run("Okafor", *record, "withdraw", store, "Rhodes", "macie", "--on", "2026-04-01", "--reason", "No",
        code=Code.MISSING)  # fmt: skip

    told = run("Okafor", "workload", "show", store)
    assert (
        "DC Marsh: 3 of 50 points, room for 47 points (1 file, 0 children on plans, 1 at high risk)" in told
    )
    assert "3 points" in run("Marsh", "workload", "show", store, "--officer", "Marsh")
    assert "3  High risk: Judged high on 10 March 2026" in run(
        "Marsh", "workload", "show", store, "--file", PLACE
    )
    run("Marsh", "workload", "show", store, "--officer", "Rhodes", code=Code.REFUSED)
    run("Okafor", "workload", "show", store, "--officer", "Marsh", "--file", PLACE, code=Code.INVALID)
    run("Okafor", "workload", "show", store, "--as-of", "31 March", code=Code.INVALID)
    before = json.loads(run("Okafor", "workload", "show", store, "--as-of", "2026-03-05", "--json"))
    assert [one["held"]["points"] for one in before["officers"] if one["officer"] == "DC Marsh"] == [0]
    assert "Nobody" in run("Okafor", "workload", "show", store, "--unallocated")
    out = tmp_path / "workload.pdf"
    run("Okafor", "workload", "print", store, "--out", str(out), "--for", " ", code=Code.INVALID)
    run("Okafor", "workload", "print", store, "--out", str(out), "--for", "The inspector")
    words = "\n".join(page.extract_text() for page in PdfReader(out).pages)
    for said in (
        "not a target",
        "3 of 50, room for 47 points",
        "Works 50% of full time",
        "expired on 31 March 2026",
    ):
        assert said in " ".join(words.split()), said
