"""Alarms by the real commands: a case file brought in, replayed, an alarm accepted, an officer away, and out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from casefile.cli import main
from casefile.cli.speak import Code
from tests.terminal import stand_in

CASE: dict[str, Any] = {
    "format": "casefile/1",
    "reference": "F-2026-00417",
    "opened_on": "2026-03-02",
    "officers": [
        {"name": "Hallam", "role": "constable", "number": "88"},
        {"name": "Fenwick", "role": "sergeant", "number": "12"},
    ],
    "allocations": [
        {"says": {"role": "officer", "officer_id": "hallam", "from_on": "2026-03-02", "known_on": "2026-03-02"}},
        {"says": {"role": "supervisor", "officer_id": "fenwick", "from_on": "2026-03-02", "known_on": "2026-03-02"}},
    ],
    "people": [
        {"key": "child", "facts": {
            "name": [{"says": {"kind": "legal", "given": "Wren", "family": "Ashdown", "known_on": "2026-03-02"}}],
            "birth": [{"says": {"born_on": "2019-05-01", "known_on": "2026-03-02"}}],
            "involvement": [{"says": {"role": "subject", "known_on": "2026-03-02"}}],
        }}
    ],
    "entries": [
        {"section": "referral", "versions": [{"happened_on": "2026-03-02", "known_on": "2026-03-02", "author": "Hallam",
            "says": {"direction": "in", "source": "1A", "injury": True}}]},
        {"section": "contact", "versions": [{"happened_on": "2026-03-10", "known_on": "2026-03-10", "author": "Hallam",
            "says": {"kind": "hospital", "by_whom": "DC Hallam", "child_seen": "alone", "note": "Seen on the ward."}}]},
    ],
}  # fmt: skip
"""Hurt on Monday 2 March 2026, not photographed, seen on 10 March."""


TODAY = date(2026, 4, 1)


def today_and(days: int) -> str:
    """So many days from the day of the tests."""
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 4, 1, 9, 30, tzinfo=UTC), tick=True):
        yield


@pytest.fixture(autouse=True)
def unattended(the_day: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(monkeypatch, tmp_path, "Marsh")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store that holds the case, with a sergeant signed in."""
    (tmp_path / "case.json").write_text(json.dumps(CASE), "utf-8")
    return store_with(tmp_path / "case.json", tmp_path / "store", monkeypatch)


def store_with(case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new store with a sergeant, who brings a case file in and stays signed in."""
    monkeypatch.setenv("CASEFILE_OFFICER", "Marsh")
    assert main(["init", str(folder)]) == Code.DONE
    assert (
        main(["officer", "add", str(folder), "Okafor", "--role", "sergeant", "--number", "14"]) == Code.DONE
    )
    monkeypatch.setenv("CASEFILE_OFFICER", "Okafor")
    assert main(["import", str(folder), str(case)]) == Code.DONE
    return str(folder)


Run = Any


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command answers in JSON."""

    def run(*arguments: str) -> Any:
        capsys.readouterr()
        assert main([*arguments, "--json"]) == Code.DONE
        return json.loads(capsys.readouterr().out)

    return run


def of(rows: list[dict[str, Any]], alarm: str) -> list[dict[str, Any]]:
    return [one for one in rows if one["alarm"] == alarm]


def test_what_stood_on_a_day_is_told_with_who_was_told_and_why(store: str, told: Run) -> None:
    rows = told("alarms", store, "--file", "F-2026-00417", "--as-of", "2026-03-05")
    (photographs,) = of(rows, "photographs_missing")
    assert {
        key: photographs[key] for key in ("file", "severity", "told", "began_on", "ended_on", "escalated_on")
    } == {
        "file": "F-2026-00417",
        "severity": "danger",
        "told": "sergeant",
        "began_on": "2026-03-05",
        "ended_on": None,
        "escalated_on": None,
    }
    assert photographs["because"] == "Injury not photographed, 1 day late; it was due on 4 March 2026."
    assert of(told("alarms", store, "--as-of", "2026-03-04"), "photographs_missing") == []

    (eve,) = of(told("alarms", store, "--as-of", "2026-03-08"), "photographs_missing")
    (day,) = of(told("alarms", store, "--as-of", "2026-03-09"), "photographs_missing")
    assert (eve["told"], eve["escalated_on"]) == ("sergeant", None)
    assert (day["told"], day["escalated_on"]) == ("inspector", "2026-03-09")


def test_between_two_days_each_has_the_day_it_began_and_ended(store: str, told: Run) -> None:
    rows = told("alarms", store, "--between", "2026-03-02", "2026-03-20")
    (unseen,) = of(rows, "child_not_seen_after_concern")
    assert (unseen["began_on"], unseen["ended_on"]) == ("2026-03-05", "2026-03-10")
    (photographs,) = of(rows, "photographs_missing")
    assert (photographs["began_on"], photographs["ended_on"]) == ("2026-03-05", None)
    assert [(one["began_on"], one["alarm"]) for one in rows] == sorted((one["began_on"], one["alarm"]) for one in rows)  # fmt: skip


def test_people_read_it_in_words(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["alarms", store, "--as-of", "2026-03-05"]) == Code.DONE
    assert (
        "F-2026-00417  DANGER  Injury not photographed (sergeant), from 5 March 2026"
        in capsys.readouterr().out
    )
    assert main(["alarms", store, "--as-of", "2026-03-01"]) == Code.DONE
    assert "No alarm stood on 1 March 2026." in capsys.readouterr().out


def test_what_cannot_be_answered_is_a_sentence(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code, said in (
        (["--as-of", "2026-03-06", "--between", "2026-03-02", "2026-03-06"], Code.INVALID, "not both"),
        (["--between", "2026-03-06", "2026-03-02"], Code.INVALID, "The second day is before the first."),
        (["--as-of", "29 February 2026"], Code.INVALID, "29 February 2026"),
        (["--file", "F-1999-1"], Code.MISSING, "F-1999-1"),
    ):
        capsys.readouterr()
        assert main(["alarms", store, *arguments]) == code
        assert said in capsys.readouterr().err


def test_an_accepted_alarm_is_silent_and_travels_with_the_file(
    store: str, told: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (late,) = of(told("alarms", store), "photographs_missing")
    until = today_and(20)
    said = ["--until", until, "--reason", "The injury has healed."]
    assert main(["accept", store, "F-2026-00417", "photographs_missing", *said]) == Code.DONE
    assert "Accepted until" in capsys.readouterr().out
    assert of(told("alarms", store), "photographs_missing") == []
    again = of(told("alarms", store, "--as-of", today_and(21)), "photographs_missing")
    assert [one["began_on"] for one in again] == [today_and(21)]
    assert again[0]["about"] == late["about"]

    out = tmp_path / "out.json"
    assert main(["export", store, "F-2026-00417", "--out", str(out)]) == Code.DONE
    held = json.loads(out.read_text("utf-8"))
    assert [(one["alarm"], one["until_on"], one["reason"]) for one in held["accepted_alarms"]] == [
        ("photographs_missing", until, "The injury has healed.")
    ]
    other = store_with(out, tmp_path / "other", monkeypatch)
    assert of(told("alarms", other), "photographs_missing") == []
    assert len(of(told("alarms", other, "--as-of", today_and(21)), "photographs_missing")) == 1


def test_what_cannot_be_accepted_is_a_sentence(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    for alarm, until, reason, said in (
        ("photographs_missing", 20, " ", "Say why it may stand."),
        ("photographs_missing", -1, "Known.", "up to three months ahead"),
        ("photographs_missing", 93, "Known.", "up to three months ahead"),
        ("bail_running_out", 20, "Known.", "0 alarms called bail_running_out"),
    ):
        command = ["accept", store, "F-2026-00417", alarm, "--until", today_and(until), "--reason", reason]
        capsys.readouterr()
        assert main(command) == Code.INVALID
        assert said in capsys.readouterr().err


def test_a_researcher_accepts_nothing(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEFILE_OFFICER", "Marsh")
    assert main(["officer", "add", store, "Rhodes", "--role", "researcher"]) == Code.DONE
    monkeypatch.setenv("CASEFILE_OFFICER", "Rhodes")
    said = ["--until", today_and(20), "--reason", "Known."]
    assert main(["accept", store, "F-2026-00417", "photographs_missing", *said]) == Code.REFUSED


def test_an_officer_away_raises_the_alarm_and_the_absence_travels(
    store: str, told: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = today_and(0), today_and(40)
    capsys.readouterr()
    assert main(["officer", "away", store, "hallam", "--from", first, "--until", last, "--kind", "sickness"]) == Code.DONE  # fmt: skip
    assert "Hallam is away from" in capsys.readouterr().out
    (away,) = of(told("alarms", store), "officer_away")
    assert (away["began_on"], away["told"]) == (first, "sergeant")
    assert of(told("alarms", store, "--as-of", today_and(41)), "officer_away") == []

    out = tmp_path / "out.json"
    assert main(["export", store, "F-2026-00417", "--out", str(out)]) == Code.DONE
    (hallam,) = [one for one in json.loads(out.read_text("utf-8"))["officers"] if one["name"] == "Hallam"]
    assert [(one["from_on"], one["until_on"], one["kind"]) for one in hallam["away"]] == [(first, last, "sickness")]  # fmt: skip
    other = store_with(out, tmp_path / "other", monkeypatch)
    assert len(of(told("alarms", other), "officer_away")) == 1


def test_an_officer_nobody_knows_is_missing(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["officer", "away", store, "Nobody", "--from", today_and(0)]) == Code.MISSING
    assert "There is no officer called Nobody." in capsys.readouterr().err
    assert main(["officer", "away", store, "Hallam", "--from", today_and(9), "--until", today_and(0)]) == Code.INVALID  # fmt: skip
    assert (
        main(["officer", "away", store, "Hallam", "--from", today_and(0), "--kind", "moon"]) == Code.INVALID
    )
