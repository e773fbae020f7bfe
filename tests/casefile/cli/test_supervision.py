"""Supervision from a terminal: what changed since a review, campaigns from beginning to paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.desk import Desk
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.files.queries.listing import find_file
from tests.terminal import PASSPHRASE, PASSWORD, new_store, stand_in

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a sergeant, and a file F-1 that was opened thirty days ago."""
    stand_in(monkeypatch, tmp_path, "Okafor")
    opened = new_store(tmp_path)
    opened.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7"))
    opened.desk.do(add_officer, NewOfficer("Marsh", "constable", PASSWORD, number="8"))
    opened.desk.sign_in("Okafor", PASSWORD)
    _fill(opened.desk)
    opened.close()
    return opened.folder


def _fill(desk: Desk) -> None:
    begun = desk.now().date() - timedelta(days=30)
    file_id = desk.do(open_file, "F-1", begun).result
    assert desk.actor.officer_id is not None
    desk.do(allocate, file_id, "supervisor", desk.actor.officer_id, begun)
    name = {"kind": "legal", "given": "Wren", "family": "Ashdown"}
    home = {"address": "4 Mill Lane", "town": "Ashmere"}
    desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}, "residence": home})
    visit = {"kind": "visit_joint", "by_whom": "DC Marsh", "present": "Mother", "note": "Well."}
    day = (begun + timedelta(days=3)).isoformat()
    desk.do(
        record_entry,
        file_id,
        "contact",
        {**visit, "happened_on": day, "known_on": day, "child_seen": "alone"},
    )


@pytest.fixture
def told(store: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command on the store; gives its code and what it said."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        group = 2 if words[0] == "campaign" else 1
        code = main([*words[:group], str(store), *words[group:]])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_what_changed_is_told_in_words_and_in_json(told: Told) -> None:
    code, out, _ = told("changed", "F-1")
    assert code == Code.DONE
    assert "changed since the file was opened on" in out
    assert "✓ Joint visit: seen alone" in out
    code, out, _ = told("changed", "F-1", "--json")
    found: Any = json.loads(out)
    assert found["reference"] == "F-1"
    assert found["review"] is None
    line = next(one for one in found["groups"][0]["lines"] if one["opens"] == "entry")
    assert line["what"] == "Joint visit: seen alone"
    assert line["by"] == "DS 7 Okafor"


def test_a_day_that_is_none_and_a_file_that_is_none(told: Told) -> None:
    assert told("changed", "F-1", "--since", "soon")[0] == Code.INVALID
    assert told("changed", "F-2")[0] == Code.MISSING
    for day in ("0001-01-01", "1899-12-31", "9999-12-31", "2099-01-01"):
        assert told("changed", "F-1", "--since", day)[0] == Code.INVALID


PLAN: dict[str, Any] = {
    "title": "After the death of a child",
    "occasion": "death",
    "due_on": "2099-12-18",
    "why": "Every file is looked at again.",
    "by": "named",
    "reviewers": ["Okafor"],
    "town": "Ashmere",
    "questions": [{"question": "Was the child seen alone?", "answer": "choice"}],
}


def test_a_campaign_from_its_beginning_to_paper(told: Told, tmp_path: Path) -> None:
    plan, says, out = tmp_path / "plan.json", tmp_path / "answers.json", tmp_path / "result.pdf"
    plan.write_text(json.dumps(PLAN), "utf-8")
    assert "F-1  Ashdown: DS 7 Okafor" in told("campaign", "begin", "--says", str(plan), "--preview")[1]
    assert told("campaign", "list")[1].strip() == "There is no campaign."
    code, begun, _ = told("campaign", "begin", "--says", str(plan), "--json")
    assert code == Code.DONE
    which = json.loads(begun)["reference"]
    assert "F-1  After the death of a child" in told("campaign", "mine")[1]
    says.write_text(json.dumps({"q1": "partial"}), "utf-8")
    code, _, said = told("campaign", "answer", which, "F-1", "--says", str(says))
    assert code == Code.INVALID
    assert "Say what is missing" in said
    says.write_text(json.dumps({"q1": "partial", "q1_comment": "Once."}), "utf-8")
    assert told("campaign", "answer", which, "F-1", "--says", str(says))[0] == Code.DONE
    assert told("campaign", "answer", which, "F-9", "--says", str(says))[0] == Code.MISSING
    assert "q1  Was the child seen alone? partial 1" in told("campaign", "show", which)[1]
    assert (
        json.loads(told("campaign", "show", which, "--json")[1])["files"][0]["answers"]["q1_comment"]
        == "Once."
    )
    assert "1 of 1 files answered" in told("campaign", "end", which, "--findings", "Seen once.")[1]
    assert told("campaign", "print", which, "--out", str(out))[0] == Code.DONE
    assert out.read_bytes().startswith(b"%PDF")


def test_the_queue_is_narrowed_kept_and_printed(told: Told, tmp_path: Path) -> None:
    assert "F-1" in told("queue")[1]
    for narrowed in (("--risk", "high"), ("--plan",), ("--text", "nobody"), ("--officer", "Marsh")):
        assert told("queue", *narrowed)[1].strip() == "0 files want a supervisor.", narrowed
    wanted = ("--risk", "not_assessed", "--no-plan", "--text", "mill lane", "--alarm", "never_supervised")
    assert "F-1" in told("queue", *wanted, "--keep", "Mill Lane")[1]
    assert [one["reference"] for one in json.loads(told("queue", "--kept", "mill lane", "--json")[1])] == [
        "F-1"
    ]
    out = tmp_path / "queue.pdf"
    assert told("queue", "--kept", "Mill Lane", "--out", str(out))[0] == Code.DONE
    words = " ".join(PdfReader(out).pages[0].extract_text().split())
    assert "Files that DS 7 Okafor supervises" in words
    assert "Only risk Not yet assessed" in words
    assert "Without a child protection plan" in words


def test_a_queue_that_is_asked_for_wrongly(told: Told) -> None:
    for asked, code in (
        (("--risk", "grave"), Code.INVALID),
        (("--alarm", "noise"), Code.INVALID),
        (("--officer", "Nobody"), Code.MISSING),
        (("--kept", "Never kept"), Code.MISSING),
        (("--keep", "x" * 81), Code.INVALID),
    ):
        assert told("queue", *asked)[0] == code, asked


def test_a_note_and_a_risk_assessment_are_written(told: Told, tmp_path: Path) -> None:
    code, out, _ = told("write", "F-1", "supervision", "--json")
    assert code == Code.DONE
    known = json.loads(out)["values"]
    assert known["safety"].startswith("Wren Ashdown: last seen by police")
    says = tmp_path / "says.json"
    day = json.loads(out)["values"]["happened_on"]
    risk = {
        "happened_on": day,
        "trigger": "first",
        "level": "high",
        "rationale": "A lodger.",
        "review_on": "2099-01-01",
    }
    says.write_text(json.dumps(risk), "utf-8")
    code, out, _ = told("write", "F-1", "risk", "--says", str(says), "--json")
    assert code == Code.DONE
    thread = json.loads(out)["thread_id"]
    says.write_text(json.dumps({"level": "medium"}), "utf-8")
    code, _, said = told("write", "F-1", "risk", "--says", str(says), "--amends", thread)
    assert code == Code.INVALID
    assert "Say why you amend it" in said
    code, out, _ = told(
        "write", "F-1", "risk", "--says", str(says), "--amends", thread, "--reason", "He left."
    )
    assert code == Code.DONE
    assert "Risk assessed: Medium" in out


def test_what_cannot_be_signed_is_kept_as_a_draft(told: Told, tmp_path: Path) -> None:
    says = tmp_path / "says.json"
    says.write_text(json.dumps({"note": "Go on.", "directions": [{"what": "Ask the school"}]}), "utf-8")
    code, _, said = told("write", "F-1", "supervision", "--says", str(says))
    assert code in (Code.INVALID, Code.REFUSED)
    assert "draft" in said
    assert "F-1  Supervision" in told("drafts")[1]
    assert told("write", "F-1", "gossip")[0] == Code.MISSING


def test_a_plan_of_the_wrong_shape_is_told_and_not_a_mistake_of_ours(told: Told, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    wrong = {"title": 5, "due_on": [1], "questions": "x", "reviewers": 7, "risk": 3, "officer_id": {"a": 1}}
    for key, value in wrong.items():
        plan.write_text(json.dumps({**PLAN, key: value}), "utf-8")
        code, _, said = told("campaign", "begin", "--says", str(plan))
        assert code in (Code.INVALID, Code.MISSING), (key, said)


def test_a_plan_that_is_none_or_names_nobody(told: Told, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    assert told("campaign", "begin", "--says", str(plan))[0] == Code.UNAVAILABLE
    plan.write_text("[1", "utf-8")
    assert told("campaign", "begin", "--says", str(plan))[0] == Code.INVALID
    plan.write_text("[1]", "utf-8")
    assert told("campaign", "begin", "--says", str(plan))[0] == Code.INVALID
    plan.write_text(json.dumps({**PLAN, "reviewers": ["Nobody"]}), "utf-8")
    code, _, said = told("campaign", "begin", "--says", str(plan))
    assert code == Code.MISSING
    assert "There is no officer called Nobody" in said


def test_drafts_are_listed_with_whose_they_are_and_who_wrote_in_them(store: Path, told: Told) -> None:
    code, said, _ = told("drafts")
    assert (code, said) == (Code.DONE, "There is no draft.\n")
    opened = opening.open_with_passphrase(store, PASSPHRASE, remember=False)
    opened.desk.sign_in("Marsh", PASSWORD)
    file_id = opened.desk.read(find_file, "F-1").id
    draft = opened.desk.do(start_draft, file_id, "contact").result
    opened.desk.sign_in("Okafor", PASSWORD)
    opened.desk.do(save_draft, draft.id, {**draft.values, "place": "School"}, draft.revision)
    opened.close()
    code, said, _ = told("drafts", "--file", "F-1")
    assert code == Code.DONE
    assert "F-1  Contact  ·  DC 8 Marsh  ·  saved" in said
    assert "with DS 7 Okafor" in said
    (row,) = json.loads(told("drafts", "--file", "F-1", "--json")[1])
    assert (row["officer"], row["others"], row["to_decide"]) == ("DC 8 Marsh", ["DS 7 Okafor"], [])
