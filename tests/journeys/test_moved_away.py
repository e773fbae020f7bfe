"""A store whose record was moved away says so before anybody signs in, and at the foot of every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.errors import Refused
from casefile.files.actions.files import open_file
from casefile.store import standing
from casefile.store.standing import Standing
from tests.journeys.conftest import Picture
from tests.served import OWNER, OWNERS_PASSWORD, Served
from ui.admin.moving import MoveCard
from ui.admin.screen import AdminScreen
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window
from ui.widgets.dialogs import Ask

PASSWORD = "plum river stone"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


def said(window: QWidget) -> str:
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


def test_an_administrator_moves_the_record_from_the_window(
    window: Window, qtbot: QtBot, tmp_path: Path, picture: Picture, served: Served
) -> None:
    served.forget("Hale")
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    start(window, opened=opened, sign_in=("Hale", PASSWORD))
    settle(window)
    window.go("admin")
    settle(window)
    screen = window.findChild(AdminScreen)
    assert screen is not None
    screen.tabs.setCurrentIndex(1)
    settle(window)
    picture("store")
    card = screen.store.findChild(MoveCard)
    assert card is not None
    card.begin.setFocus()
    qtbot.keyClick(card.begin, Qt.Key.Key_Return)
    settle(window)
    dialog = window.findChild(Ask)
    assert dialog is not None

    def give(said: str, again: str = PASSWORD) -> None:
        """Type an address and what goes with it, and press the verb."""
        for key, value in (
            ("address", said),
            ("server", OWNERS_PASSWORD),
            ("password", PASSWORD),
            ("again", again),
        ):
            dialog.editors[key].set_value(value)
        qtbot.keyClick(dialog.editors["again"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(window)

    there = served.address("from_the_window", user=OWNER)
    give(there, "plum river")
    assert "not the same" in dialog.said.text()
    give("records1.force.example")
    assert "postgresql://" in dialog.said.text()
    assert dialog.editors["address"].value() == "records1.force.example", "what was typed stays"
    picture("ask")
    give(there)

    def told() -> None:
        box = window.findChild(QMessageBox)
        assert box is not None
        assert "The record has moved" in box.windowTitle() + box.text()

    qtbot.waitUntil(told, timeout=60_000)
    settle(window)
    picture("moved")
    standing = opened.desk.store.standing
    assert standing is not None
    assert standing.state == "moved"
    assert standing.sentence in said(screen.store)
    assert not card.begin.isVisible()
