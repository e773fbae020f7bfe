"""From a first run to work on the force's server, by keyboard alone: set up, found again, signed in to, locked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.opening import connections
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands, the_dialog
from tests.keychain import in_memory
from tests.served import OWNER, OWNERS_PASSWORD, Served
from ui.app import start
from ui.pictures import settle
from ui.shell.gate_page import GatePage
from ui.shell.server import ServerPage
from ui.shell.server_setup import FoundPage, KeeperPage
from ui.shell.server_ways import at
from ui.shell.signin import SignInPage
from ui.shell.unlock import WherePage
from ui.shell.window import Window

PASSWORD = "plum river stone"
DATABASE = "by_the_window"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


def to(hands: Hands, words: str) -> None:
    """Go on with Tab until the keyboard is on what is called *words*."""
    for _ in range(20):
        widget = QApplication.focusWidget()
        if widget is not None and widget.accessibleName().startswith(words):
            return
        hands.press("Tab")
    raise AssertionError(f"the keyboard never comes to {words}")


def shown(window: Window) -> QWidget:
    settle(window)
    found = window.gate.currentWidget()
    assert found is not None
    return found


def said(page: QWidget) -> str:
    return " ".join(one.text().replace("\u200b", "") for one in page.findChildren(QLabel) if one.isVisible())


def test_a_server_is_set_up_and_worked_on(
    qtbot: QtBot, window: Window, picture: Picture, served: Served, tmp_path: Path
) -> None:
    served.forget("Hale")
    hands = Hands(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    start(window, place=tmp_path / "store")
    settle(window)
    picture("where-is-the-record")
    to(hands, "The force’s server")
    hands.press("Return")
    assert isinstance(shown(window), ServerPage)
    hands.fill(f"localhost:{served.port}", DATABASE, str(tmp_path / "none.pem"), "Live record")
    hands.press("Return")
    assert "certificate authority's file that the address names is not there" in said(shown(window))
    to(hands, "Authority’s file")
    hands.type(str(served.authority.path))
    picture("the-forces-server")
    to(hands, "Set up a new database")
    hands.press("Return")

    assert isinstance(shown(window), KeeperPage)
    hands.press("Shift+Tab")
    hands.fill(OWNER, OWNERS_PASSWORD)
    picture("who-keeps-the-server")
    hands.press("Return")
    page = shown(window)
    assert isinstance(page, FoundPage), said(page)
    assert "◆ archive_mode: off. Without it" in said(page)
    hands.fill("Hale", PASSWORD, PASSWORD)
    picture("how-the-server-is-set")
    hands.press("Return")

    assert isinstance(shown(window), SignInPage), said(shown(window))
    assert [one.officer for one in connections.kept()] == ["Hale"]
    hands.type("a wrong guess")
    hands.press("Return")
    assert "The name or the password is wrong." in said(shown(window))
    hands.type(PASSWORD)
    picture("sign-in-to-the-server")
    hands.press("Return")
    settle(window)
    assert window.context is not None, said(shown(window))
    assert "Shared store on localhost" in said(window.status)
    picture("administration-on-the-server")

    hands.press("Ctrl+N")
    hands.fill("Merton", "Detective sergeant", "88", "North", PASSWORD)
    hands.press("Return")
    settle(window)
    hands.press("Ctrl+L")
    page = shown(window)
    assert isinstance(page, SignInPage)
    picture("locked-on-the-server")
    to(hands, "Somebody else")
    hands.press("Return")
    shown(window)
    to(hands, "Name")
    hands.fill("Merton", PASSWORD)
    hands.press("Return")
    settle(window)
    assert window.context is not None, said(shown(window))
    assert window.context.desk.actor.role == "sergeant"
    picture("a-sergeant-on-the-server")
    assert QApplication.activeModalWidget() is None, said(the_dialog(window))


def test_a_saved_connection_is_opened_and_the_password_kept(
    qtbot: QtBot,
    window: Window,
    picture: Picture,
    served: Served,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served.store("kept_words", administrator="Bursar")
    connections.keep(connections.Connection("Live record", served.address("kept_words")))
    hands = Hands(qtbot, window)
    with qtbot.waitActive(window), in_memory(monkeypatch) as chain:
        window.activateWindow()
        start(window, place=tmp_path / "store")
        settle(window)
        to(hands, "Open a store that exists")
        hands.press("Return")
        assert isinstance(shown(window), WherePage)
        picture("which-store")
        to(hands, "Open Live record")
        hands.press("Return")
        page = shown(window)
        assert isinstance(page, SignInPage), said(page)
        to(hands, "Name")
        hands.fill("Bursar", "three quiet otters swim")
        to(hands, "Keep my password")
        hands.press("Space")
        assert page.findChildren(QCheckBox)[0].isChecked()
        picture("keep-my-password")
        to(hands, "Password")
        hands.press("Return")
        settle(window)
        assert window.context is not None, said(shown(window))
        assert "three quiet otters swim" in chain.kept.values()

        hands.press("Ctrl+L")
        page = shown(window)
        assert isinstance(page, GatePage)
        hands.press("Return")
        assert "Give your name and your password." in said(page), "a lock is not opened by what is kept"
        to(hands, "Somebody else")
        hands.press("Return")
        to(hands, "Password")
        hands.press("Return")
        assert "Give your name and your password." in said(shown(window)), (
            "nor by leaving it for another page"
        )

        anew = at(opening.open_server(served.address("kept_words")))
        assert (anew.name, anew.password) == ("Bursar", "three quiet otters swim"), "a new window has it"
