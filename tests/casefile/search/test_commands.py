"""People and matches from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person

PASSPHRASE, PASSWORD = "otter kettle lamp", "marble sofa thread"


def test_a_person_is_found_and_a_match_listed_decided_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (
        ("CASEFILE_PASSPHRASE", PASSPHRASE), ("CASEFILE_OFFICER", "Okafor"), ("CASEFILE_PASSWORD", PASSWORD),
        ("XDG_STATE_HOME", str(tmp_path / "state")), ("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    folder = tmp_path / "store"
    opened = opening.create(folder, PASSPHRASE, keychain=False)
    opened.first_administrator("Hale", PASSWORD)
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
        code = main([words[0], str(folder), *words[1:]])
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
