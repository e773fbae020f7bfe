"""The picture of a family and the chronology from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from tests.casefile.exchange.chronology.test_bring_in import workbook
from tests.terminal import PASSWORD, new_store, stand_in


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """F-1 with Kayla and her mother; her mother stands in F-2 too."""
    stand_in(monkeypatch, tmp_path, "Okafor")
    opened = new_store(tmp_path)
    desk = opened.desk
    desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7", team="North"))
    desk.sign_in("Okafor", PASSWORD)
    first, second = (desk.do(open_file, name).result for name in ("F-1", "F-2"))
    people = [
        desk.do(
            add_person,
            first,
            {"name": {"kind": "legal", "given": given, "family": "Marsh"}, "involvement": {"role": role}},
        ).result
        for role, given in (("subject", "Kayla"), ("mother", "Dana"))
    ]
    desk.do(record_fact, second, people[1], "involvement", {"role": "mother"})
    visit = {
        "kind": "visit_unannounced",
        "by_whom": "PC Dale",
        "child_seen": "refused",
        "note": "At the door.",
    }
    day = {"happened_on": "2026-03-01", "known_on": "2026-03-01"}
    for file in (first, second):
        desk.do(record_entry, file, "contact", {**visit, **day})
    opened.close()
    return opened.folder


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command says, once it went well."""
    assert main([str(one) for one in arguments]) == Code.DONE.value, capsys.readouterr().err
    return capsys.readouterr().out


def test_the_picture_is_told_drawn_and_widened(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, "picture", store, "F-1")
    assert "Kayla Marsh, subject child; mother Dana Marsh (from the roles in the file)" in said
    assert "also in F-2" in said
    assert json.loads(told(capsys, "picture", store, "F-1", "--json"))["basis"] == "happened"
    svg, pdf = tmp_path / "family.svg", tmp_path / "wider.pdf"
    told(capsys, "picture", store, "F-1", "--out", svg, "--for", "The chair")
    assert "Kayla Marsh" in svg.read_text()
    told(capsys, "picture", store, "F-1", "--wider", 3, "--out", pdf)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "File F-2" in told(capsys, "picture", store, "F-1", "--wider", 2)
    assert main(["picture", str(store), "F-1", "--out", str(tmp_path / "a.png")]) != Code.DONE.value
    assert "as .svg or .pdf" in capsys.readouterr().err
    assert main(["picture", str(store), "F-1", "--as-of", "2100-01-01"]) != Code.DONE.value
    assert "still to come" in capsys.readouterr().err


def test_the_chronology_is_filtered_marked_widened_and_printed(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, "chronology", store, "F-1")
    assert said.startswith("▲ 1 March 2026; ")
    assert "Also of this family: F-2, Dana Marsh." in said
    assert "No event fits." in told(capsys, "chronology", store, "F-1", "--only", "agency=health")
    both = json.loads(told(capsys, "chronology", store, "F-1", "--with", "all", "--json"))
    assert [one["reference"] for one in both] == ["F-1", "F-2"]
    event = json.loads(told(capsys, "chronology", store, "F-1", "--json"))[0]["thread_id"]
    assert "marked as significant" in told(capsys, "mark", store, "F-1", event, "--why", "The first.")
    assert "marked by DS 7 Okafor: The first." in told(capsys, "chronology", store, "F-1")
    assert "no longer marked" in told(capsys, "mark", store, "F-1", event, "--why", "Not so.", "--back")
    out = tmp_path / "chronology.pdf"
    told(
        capsys,
        "chronology",
        store,
        "F-1",
        "--with",
        "F-2",
        "--only",
        "from=2026-01-01",
        "--out",
        out,
        "--for",
        "Chair",
    )
    assert out.read_bytes().startswith(b"%PDF")
    for wrong in (["--only", "nonsense"], ["--with", "F-9"], ["--only", "person=Nobody"]):
        assert main(["chronology", str(store), "F-1", *wrong]) != Code.DONE.value
        assert capsys.readouterr().err


def test_another_agencys_chronology_is_shown_then_brought_in(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "health.xlsx"
    path.write_bytes(workbook())
    said = told(capsys, "import-chronology", store, "F-1", path, "--agency", "health", "--preview")
    assert "Significant event: what; e.g. Not brought to the clinic." in said
    assert "There is no 31 February 2026" in said
    done = told(
        capsys, "import-chronology", store, "F-1", path, "--agency", "health", "--received-on", "2026-10-01"
    )
    assert done.startswith("7 events of Health brought into F-1;")
    assert "not checked by police" in told(capsys, "chronology", store, "F-1", "--only", "agency=health")
    again = told(capsys, "import-chronology", store, "F-1", path, "--agency", "health")
    assert again.startswith("0 events of Health brought into F-1; 7 were there already")
    assert main(["import-chronology", str(store), "F-1", str(path), "--agency", "nobody"]) != Code.DONE.value
    assert "Say whose chronology it is." in capsys.readouterr().err
