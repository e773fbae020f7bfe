"""What is asked is logged, printed, given out as a table to somebody by name, and asked from a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.ask.queries import ask
from casefile.audit.queries import log_page
from casefile.cli.main import main
from casefile.cli.speak import Code
from casefile.desk import Desk
from casefile.errors import Invalid, Refused
from casefile.exchange.asked import export_asked
from casefile.paper.asked import preview_asked, print_asked
from tests.casefile.ask.asked import VIEWS, open_files, put
from tests.terminal import PASSWORD, new_store, stand_in

At = Callable[[str], Desk]
NOT_SEEN = VIEWS.called("children_not_seen")


@pytest.fixture
def desk(sign_in: At) -> Desk:
    sergeant = sign_in("Okafor")
    files = open_files(sergeant, sign_in("Marsh"))
    put(sergeant, files["F-1"], "=Bo Nowak", "subject", "1/6/2024")
    put(sergeant, files["F-3"], "Kit Reed", "subject", "9/9/2019")
    return sergeant


def test_a_table_is_given_out_to_somebody_by_name_and_runs_nothing(desk: Desk, sign_in: At) -> None:
    with pytest.raises(Invalid, match="whom the table is for"):
        desk.do(export_asked, NOT_SEEN, {}, " ")
    made = desk.do(export_asked, NOT_SEEN, {"days": "10"}, "DI Lindqvist", sort="name").result
    (head, *lines) = csv.reader(io.StringIO(made.csv))
    assert head[:5] == ["reference", "file", "name", "born_on", "last_seen"]
    assert [one[:5] for one in lines] == [
        ["F-1", "NOWAK F-1", "'=Bo Nowak", "2024-06-01", ""],
        ["F-3", "REED F-3", "Kit Reed", "2019-09-09", ""],
    ]
    assert (made.rows, made.left_out, made.copy) == (2, 0, 1)
    (row,) = [one for one in sign_in("Penrose").read(log_page, text="export_asked") if one.outcome == "done"]
    assert row.category == "disclosure"
    assert len(row.files) == 2
    assert row.details["recipient"] == "DI Lindqvist"
    assert (row.details["view"], row.details["copy"], row.details["rows"]) == ("children_not_seen", 1, 2)


def test_asking_is_a_consultation_of_the_files_found(desk: Desk, sign_in: At) -> None:
    desk.read(ask, NOT_SEEN, {"officer": "me"})
    rows = sign_in("Penrose").read(log_page, text="ask.ask")
    assert (rows[0].category, len(rows[0].files), rows[0].details["found"]) == ("consultation", 1, 1)


def test_it_prints_with_what_was_asked(desk: Desk) -> None:
    said = words(desk.do(print_asked, NOT_SEEN, {"days": "10", "team": "north"}, "the file").result)
    for told in (
        "Children not seen", "Which children has nobody seen for 10 days?", "1 child", "Team", "North", "NOWAK F-1",
        "Never", "Copy 1", "OFFICIAL-SENSITIVE", "paragraph 19",
    ):  # fmt: skip
        assert told in said, told
    assert "Kit Reed" not in said
    with pytest.raises(Invalid, match="whom the copy is for"):
        desk.do(print_asked, NOT_SEEN, {}, "")
    none = words(desk.read(preview_asked, VIEWS.called("long_plans"), as_of=date(2026, 10, 1)))
    assert "0 children" in none
    assert "1 October 2026" in none


def test_an_administrator_asks_nothing_of_the_record(sign_in: At) -> None:
    with pytest.raises(Refused, match="read files"):
        sign_in("Boss").read(ask, NOT_SEEN)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return " ".join(text.replace("\r", "").replace("\ufffe", "-").split())


def test_it_is_asked_from_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, tmp_path, "Okafor")
    monkeypatch.setenv("CASEFILE_VIEWS", str(tmp_path / "ours"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "bad.toml").write_text("key = 1", "utf-8")
    opened = new_store(tmp_path)
    opened.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="103", team="North"))
    opened.desk.sign_out()
    opened.desk.sign_in("Okafor", PASSWORD)
    made = open_files(opened.desk, opened.desk)
    put(opened.desk, made["F-1"], "Bo Nowak", "subject", "1/6/2024")
    opened.close()
    store = str(tmp_path / "store")

    def told(*arguments: str, code: Code = Code.DONE) -> str:
        assert main(["ask", store, *arguments]) == code.value
        out = capsys.readouterr()
        return out.out if code is Code.DONE else out.err

    listed = told()
    assert "children_not_seen            Children not seen  (days=28, plan)" in listed
    there = json.loads(told("--json"))
    assert [one["name"] for one in there["broken"]] == ["bad.toml"]
    found = json.loads(told("children_not_seen", "--set", "days=10", "--set", "order=-name", "--json"))
    assert (found["total"], found["rows"][0]["reference"]) == (1, "F-1")
    plain = told("children_not_seen", "--set", "officer=me")
    assert "NOWAK F-1  Bo Nowak  1 Jun 2024  Never" in plain
    assert "1 child, as of" in plain
    table, pages = tmp_path / "t.csv", tmp_path / "p.pdf"
    assert "1 row is given out" in told("children_not_seen", "--csv", str(table), "--for", "the file")
    assert table.read_text("utf-8-sig").startswith("reference,file,name")
    told("children_not_seen", "--out", str(pages), "--for", "the file")
    assert pages.read_bytes().startswith(b"%PDF")
    assert "no view called nothing" in told("nothing", code=Code.MISSING)
    assert "days=30" in told("children_not_seen", "--set", "days", code=Code.INVALID)
    assert "for today only" in told("others_late", "--as-of", "2026-01-01", code=Code.INVALID)
