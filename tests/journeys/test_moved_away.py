"""A store whose record was moved away says so before anybody signs in, and at the foot of every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.errors import Refused
from casefile.files.actions.files import open_file
from casefile.store import standing
from casefile.store.standing import Standing
from tests.journeys.conftest import Picture
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window

PASSWORD = "plum river stone"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


def said(window: Window) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel))


def test_a_moved_store_says_where_its_record_is(
    window: Window, qtbot: QtBot, tmp_path: Path, picture: Picture
) -> None:
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    moved = Standing("moved", "casefile on records1.force.example", opened.desk.now(), "first", 3)
    with opened.desk.store.writing() as session:
        standing.say(session.connection(), moved)
    opened.close()
    again = opening.open_with_passphrase(tmp_path / "store", "otter kettle lamp", remember=False)
    start(window, opened=again)
    settle(window)
    assert moved.sentence in said(window)
    picture("sign-in")
    again.desk.sign_in("Hale", PASSWORD)
    window.gate.enter(again, "Hale")
    settle(window)
    assert "was moved to casefile on records1.force.example" in said(window)
    picture("administration")
    with pytest.raises(Refused):
        again.desk.do(open_file)
