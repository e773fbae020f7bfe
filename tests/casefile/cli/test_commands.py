"""The command line: unattended from nothing, and every error a sentence with its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from casefile import opening
from casefile.cli import main
from casefile.cli.speak import CODES, Code, apologise, plain
from casefile.errors import Bug, Cancelled, Conflict, Damaged, Invalid, Missing, Refused, Unavailable
from casefile.files.actions.files import open_file
from tests.terminal import PASSPHRASE, stand_in


@pytest.fixture(autouse=True)
def unattended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(monkeypatch, tmp_path, "Marsh")


@pytest.fixture
def store(tmp_path: Path) -> str:
    folder = str(tmp_path / "store")
    assert main(["init", folder]) == Code.DONE
    return folder


def test_init_makes_the_first_administrator_without_questions(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["officer", "list", store, "--json"]) == Code.DONE
    assert [(one["name"], one["role"]) for one in json.loads(capsys.readouterr().out)] == [
        ("Marsh", "administrator")
    ]


def test_a_new_officers_first_password_comes_from_the_environment(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "candle barn willow")
    assert main(["officer", "add", store, "Ash", "--role", "researcher", "--number", "7120"]) == Code.DONE
    assert "Ash can sign in as researcher." in capsys.readouterr().out
    monkeypatch.setenv("CASEFILE_OFFICER", "ash")
    monkeypatch.setenv("CASEFILE_PASSWORD", "candle barn willow")
    assert main(["officer", "list", store]) == Code.DONE
    assert "R 7120 Ash" in capsys.readouterr().out


def test_a_researcher_adds_no_officer(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "candle barn willow")
    main(["officer", "add", store, "Ash", "--role", "researcher"])
    monkeypatch.setenv("CASEFILE_OFFICER", "Ash")
    monkeypatch.setenv("CASEFILE_PASSWORD", "candle barn willow")
    assert main(["officer", "add", store, "Birch", "--role", "sergeant"]) == Code.REFUSED
    assert "Your role may not do this" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "value", "code", "said"),
    [
        ("CASEFILE_PASSPHRASE", "three wrong words", Code.REFUSED, "not the recovery passphrase"),
        ("CASEFILE_PASSWORD", "a wrong password", Code.REFUSED, "name or the password is wrong"),
        ("CASEFILE_PASSWORD", None, Code.UNAVAILABLE, "Set CASEFILE_PASSWORD"),
        ("CASEFILE_OFFICER", None, Code.UNAVAILABLE, "Set CASEFILE_OFFICER"),
    ],
)
def test_what_is_wrong_or_missing_is_a_sentence_and_a_code(
    store: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    value: str | None,
    code: Code,
    said: str,
) -> None:
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)
    assert main(["officer", "list", store]) == code
    assert said in capsys.readouterr().err


def test_no_store_there_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "verify", str(tmp_path / "none")]) == Code.MISSING
    assert "There is no store at" in capsys.readouterr().err


def test_an_unknown_command_is_not_understood() -> None:
    assert main(["forgive", "everybody"]) == Code.USAGE


def test_the_log_is_proven(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["log", "verify", store, "--json"]) == Code.DONE
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["intact"] is True
    assert verdict["rows"] >= 2


def test_the_doctor_looks_at_the_store_too(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["doctor", store, "--json"]) in {Code.DONE, Code.FOUND}
    found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["Encryption"]["says"].startswith("SQLCipher 4")
    assert found["Log"]["sound"] is True
    assert found["Pages and references"]["says"] == "sound"
    assert found["Words that are searched"]["sound"] is True


def hurt(folder: str, table: str) -> None:
    """Turn bytes over on the page on which a table begins, as a failing disk does."""
    opened = opening.open_with_passphrase(Path(folder), PASSPHRASE, remember=False)
    with opened.desk.store.reading() as session:
        asked = text("SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = :name")
        page = session.execute(asked, {"name": table}).scalar_one()
    opened.close()
    database = Path(folder) / "casefile.db"
    whole = bytearray(database.read_bytes())
    for place in range((page - 1) * 4096 + 200, (page - 1) * 4096 + 260):
        whole[place] ^= 0x5A
    database.write_bytes(bytes(whole))


def test_the_doctor_tells_what_is_damaged_and_looks_on(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hurt(store, "log_row")
    capsys.readouterr()
    assert main(["doctor", store, "--json"]) == Code.FOUND
    found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
    assert not found["Pages and references"]["sound"]
    assert found["Log"]["says"].startswith("It cannot be proven. A part of the store is damaged")
    assert found["Encryption"]["sound"]


def test_what_went_wrong_first_is_what_is_said(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "candle barn willow")
    main(["officer", "add", store, "Ash", "--role", "researcher"])
    monkeypatch.setenv("CASEFILE_OFFICER", "Ash")
    monkeypatch.setenv("CASEFILE_PASSWORD", "candle barn willow")
    opened = opening.open_with_passphrase(Path(store), PASSPHRASE, remember=False)
    opened.desk.sign_in("Ash", "candle barn willow")
    opened.desk.do(open_file)
    opened.close()
    hurt(store, "case_file")
    capsys.readouterr()
    assert main(["show", store]) == Code.DAMAGED
    said = capsys.readouterr().err
    assert said.startswith("A part of the store is damaged")
    assert "cannot be written" not in said


def test_officers_change_their_password_and_an_administrator_gives_a_new_one(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "candle barn willow")
    main(["officer", "add", store, "Ash", "--role", "researcher"])
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "kettle")
    assert main(["officer", "reset", store, "ash"]) == Code.INVALID
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "kettle moss anchor")
    assert main(["officer", "reset", store, "ash"]) == Code.DONE
    assert main(["officer", "reset", store, "nobody"]) == Code.MISSING
    monkeypatch.setenv("CASEFILE_OFFICER", "Ash")
    monkeypatch.setenv("CASEFILE_PASSWORD", "kettle moss anchor")
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "lantern copper mule")
    assert main(["officer", "password", store]) == Code.DONE
    assert main(["officer", "list", store]) == Code.REFUSED
    monkeypatch.setenv("CASEFILE_PASSWORD", "lantern copper mule")
    assert main(["officer", "list", store]) == Code.DONE


def test_a_copy_comes_back(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", store, str(tmp_path / "copy")]) == Code.DONE
    assert main(["restore", str(tmp_path / "copy"), str(tmp_path / "back")]) == Code.DONE
    assert main(["officer", "list", str(tmp_path / "back")]) == Code.DONE
    assert "Marsh" in capsys.readouterr().out


def test_where_there_is_no_display_the_window_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main(["run", "--training"]) == Code.UNAVAILABLE
    assert "casefile demo" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [
        Refused("No."),
        Invalid("No."),
        Missing("No."),
        Conflict("No."),
        Unavailable("No."),
        Damaged("No."),
        Cancelled("No."),
        Bug("No."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_family_of_error_has_a_code_that_help_explains(error: Exception) -> None:
    assert isinstance(error, Refused | Invalid | Missing | Conflict | Unavailable | Damaged | Cancelled | Bug)
    code = apologise(error)
    assert code not in {Code.DONE, Code.FOUND, Code.USAGE}
    assert Code(code) in CODES


def test_an_answer_for_programs_holds_only_what_json_knows() -> None:
    from datetime import date
    from uuid import UUID

    given = {"a": (date(2026, 11, 2), UUID(int=7)), "b": frozenset({Path("x")}), "c": Code.DONE}
    assert plain(given) == {"a": ["2026-11-02", str(UUID(int=7))], "b": ["x"], "c": 0}


def test_what_cannot_be_brought_in_is_said_path_by_path(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "candle barn willow")
    main(["officer", "add", store, "Ash", "--role", "researcher"])
    monkeypatch.setenv("CASEFILE_OFFICER", "Ash")
    monkeypatch.setenv("CASEFILE_PASSWORD", "candle barn willow")
    capsys.readouterr()
    (tmp_path / "tune.mid").write_bytes(b"MThd")
    assert main(["import", store, str(tmp_path / "tune.mid"), str(tmp_path / "none.xml")]) == Code.MISSING
    said = capsys.readouterr().err
    assert "not .mid" in said
    assert "There is no file" in said


def test_documents_go_into_the_file_that_is_named(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = Path(__file__).resolve().parents[2] / "data" / "documents"
    census = Path(__file__).resolve().parents[3] / "resources" / "samples" / "census" / "cin-2026.xml"
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", "candle barn willow")
    main(["officer", "add", store, "Ash", "--role", "researcher"])
    monkeypatch.setenv("CASEFILE_OFFICER", "Ash")
    monkeypatch.setenv("CASEFILE_PASSWORD", "candle barn willow")
    assert main(["import", store, str(census), "--received-on", "2026-05-01"]) == Code.DONE
    assert main(["show", store, "--json"]) == Code.DONE
    listed = capsys.readouterr().out
    reference = json.loads(listed[listed.index("[\n") :])[0]["reference"]
    minutes = str(documents / "minutes-initial-conference.docx")
    assert main(["import", store, minutes]) == Code.INVALID
    assert "--file REFERENCE" in capsys.readouterr().err
    assert (
        main(["import", store, "--file", reference, minutes, str(documents / "core-group.odt")]) == Code.DONE
    )
    said = capsys.readouterr().out
    assert f"minutes-initial-conference.docx: filed in {reference}" in said
    assert "core group held on 6 May 2026; 5 people and 3 actions found" in said
    assert main(["import", store, "--file", reference, minutes]) == Code.DONE
    assert f"{reference} holds it already" in capsys.readouterr().out
    assert main(["import", store, "--file", "F-1999-99999", minutes]) == Code.MISSING
