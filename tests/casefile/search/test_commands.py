"""People and matches from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.desk import Desk
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.search.words import search_words
from tests.casefile.search.test_told import force_that_tells, hidden_file
from tests.terminal import PASSWORD, new_store, stand_in


def test_a_person_is_found_and_a_match_listed_decided_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, tmp_path, "Okafor")
    opened = new_store(tmp_path)
    opened.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7"))
    opened.desk.sign_in("Okafor", PASSWORD)
    for reference, given, born in (("F-1", "Piotr", "12/3/1984"), ("F-2", "Peter", "3/12/1984")):
        name = {"kind": "legal", "given": given, "family": "Szymanski"}
        birth = {"born_on": born, "precision": "exact"}
        facts = {"name": name, "birth": birth, "involvement": {"role": "partner"}}
        opened.desk.do(add_person, opened.desk.do(open_file, reference).result, facts)
    opened.close()

    def told(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main([words[0], str(opened.folder), *words[1:]])
        return code, capsys.readouterr().out

    code, out = told("find-person", "schymanski peter 12.3.1984")
    assert code == Code.DONE
    assert "2 found" in out
    assert "F-1 Szymanski: partner of a parent" in out or "partner" in out
    _, out = told("find-person", "schymanski peter", "--json")
    assert [one["name"] for one in json.loads(out)["candidates"]] == ["Peter Szymanski", "Piotr Szymanski"]
    _, out = told("find-person", "zebedee")
    assert "nobody found" in out
    _, out = told("matches", "--file", "F-2", "--json")
    (match,) = json.loads(out)
    assert match["kind"] == "person"
    assert told("decide-match", match["id"], "rejected", "--reason", "Brothers.")[0] == Code.DONE
    assert told("decide-match", "no", "rejected", "--reason", "Brothers.")[0] == Code.INVALID
    assert "No matches." in told("matches")[1]
    assert "rejected" in told("matches", "--all")[1]
    pdf = tmp_path / "matches.pdf"
    assert told("matches", "--out", str(pdf), "--for", "DI Lindqvist")[0] == Code.DONE
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "Brothers." in words
    assert told("matches", "--out", str(pdf))[0] == Code.INVALID
    code, out = told("search", "szymanski kind:person")
    assert code == Code.DONE
    assert "People: 2" in out
    _, out = told("search", "mental near/2 capacity file:F-1 before:never", "--json")
    assert json.loads(out)["groups"] == []
    assert "is no date" in " ".join(json.loads(out)["remarks"])
    table, page = tmp_path / "found.csv", tmp_path / "found.pdf"
    assert told("search", "szymanski", "--out", str(table), "--for", "DI Lindqvist")[0] == Code.DONE
    assert table.read_text("utf-8-sig").startswith("kind,what,file")
    assert "Piotr Szymanski" in table.read_text("utf-8-sig")
    assert told("search", "szymanski", "--out", str(page), "--for", "DI Lindqvist")[0] == Code.DONE
    assert "Piotr Szymanski" in " ".join(page.extract_text() for page in pypdf.PdfReader(page).pages)
    assert told("search", "szymanski", "--out", str(table))[0] == Code.INVALID
    assert "all are as they should be" in told("mend-words")[1]


def test_a_supervisor_lists_and_marks_searches_that_met_a_restricted_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, tmp_path, "Okafor")
    opened = new_store(tmp_path)
    for name, role in (("Okafor", "sergeant"), ("Marsh", "constable")):
        opened.desk.do(add_officer, NewOfficer(name, role, PASSWORD, number="7"))
    tells = force_that_tells(tmp_path)
    desk, constable = (Desk(opened.desk.store, tells) for _ in range(2))
    desk.sign_in("Okafor", PASSWORD)
    hidden_file(desk)
    constable.sign_in("Marsh", PASSWORD)
    constable.read(search_words, "lena quillfeather")
    opened.close()

    def told(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main([words[0], str(opened.folder), *words[1:]])
        return code, capsys.readouterr().out

    code, out = told("restricted-matches")
    assert code == Code.DONE
    assert "1 search met a restricted file." in out
    assert "DC 7 Marsh, F-2 Quillfeather" in out
    assert "once, in the search box: lena quillfeather" in out
    (one,) = json.loads(told("restricted-matches", "--json")[1])
    assert one["times"] == 1
    assert told("mark-restricted-match", one["id"], "talked", "--note", "A call at the desk.")[0] == Code.DONE
    assert told("mark-restricted-match", "no", "talked", "--note", "x")[0] == Code.INVALID
    assert "No searches met a restricted file." in told("restricted-matches")[1]
    assert "Talked to the officer, DS 7 Okafor: A call at the desk." in told("restricted-matches", "--all")[1]
