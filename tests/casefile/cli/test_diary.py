"""The diary from a terminal: shown, given out, kept up to date, printed; an invitation brought in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from tests.terminal import PASSWORD, new_store, stand_in

Told = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a constable whose file F-1 has a core group fixed a week from now."""
    stand_in(monkeypatch, tmp_path, "Okafor")
    opened = new_store(tmp_path)
    desk = opened.desk
    desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7", team="North"))
    desk.sign_in("Okafor", PASSWORD)
    today = desk.now().date()
    file_id = desk.do(open_file, "F-1", today - timedelta(days=30)).result
    assert desk.actor.officer_id is not None
    desk.do(allocate, file_id, "officer", desk.actor.officer_id)
    yesterday = (today - timedelta(days=1)).isoformat()
    told = {"happened_on": yesterday, "known_on": yesterday, "next_at": "10:00"}
    desk.do(record_entry, file_id, "core_group", {**told, "next_on": (today + timedelta(days=7)).isoformat()})
    opened.close()
    return opened.folder


def test_the_diary_is_shown_given_out_kept_and_printed(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str, code: Code = Code.DONE) -> str:
        capsys.readouterr()
        assert main(["diary", words[0], str(store), *words[1:]]) == code
        out = capsys.readouterr()
        return out.out + out.err

    assert "10:00  Core group: Core group fixed (fixed) · F-1 · DS 7 Okafor" in told("show")
    rows = json.loads(told("show", "--team", "own", "--kind", "core_group", "--json"))["rows"]
    assert [(one["kind"], one["state"], one["at"]) for one in rows] == [("core_group", "fixed", "10:00:00")]
    assert "F-1" in told("show", "--file", "F-1")
    assert "is no day" in told("show", "--from", "soon", code=Code.INVALID)
    out = tmp_path / "out.ics"
    told("export", "--out", str(out), "--for", "DI Lindqvist")
    assert b"Core group F-1" in out.read_bytes()
    mine = tmp_path / "mine.ics"
    assert "kept up to date" in told("subscribe", "--out", str(mine))
    assert "as it should be" in told("refresh")
    mine.unlink()
    assert json.loads(told("refresh", "--json")) == [{"path": str(mine), "written": True}]
    told("unsubscribe", "--out", str(mine))
    assert not mine.exists()
    assert "No calendar file" in told("refresh")
    paper = tmp_path / "diary.pdf"
    told("print", "--out", str(paper), "--for", "the team")
    assert paper.read_bytes().startswith(b"%PDF")


def test_an_invitation_becomes_a_draft(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import UTC, datetime

    soon = datetime.now(UTC) + timedelta(days=9)  # noqa: TID251 (the command line has the real clock)
    invitation = tmp_path / "invite.ics"
    invitation.write_bytes(
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Review conference\r\n"
        + f"DTSTART:{soon:%Y%m%dT100000Z}\r\n".encode()
        + b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert main(["diary", "invite", str(store), "F-1", str(invitation), "--json"]) == Code.DONE
    done = json.loads(capsys.readouterr().out)
    assert (done["record"], done["section"]) == ("conference", "Conference")
    assert main(["diary", "show", str(store)]) == Code.DONE
    assert "Conference: Conference, not signed (draft) · F-1" in capsys.readouterr().out
    assert main(["diary", "invite", str(store), "F-1", str(invitation), "--number", "2"]) == Code.INVALID
