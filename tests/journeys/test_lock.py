"""Behind the lock nothing can be read."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from ui.app import start
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.shell.window import TITLE, Window
from ui.widgets.parts import breakable

PASSWORD, NAME = "plum river stone", "Ashdownlock"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def open_window(window: Window, tmp_path: Path) -> tuple[Window, UUID]:
    """The window with a file of one child open in it."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    opened.desk.sign_in("Marsh", PASSWORD)
    file_id = opened.desk.do(open_file).result
    facts = {"name": {"kind": "legal", "given": "Amy", "family": NAME}, "involvement": {"role": "subject"}}
    opened.desk.do(add_person, file_id, facts)
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    window.go("files", file_id)
    settle(window)
    return window, file_id


def said(window: Window) -> str:
    """Everything that any widget of the window shows."""
    found = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    return "\n".join(found).casefold()


def test_nothing_can_be_read_behind_the_lock(qtbot: QtBot, open_window: tuple[Window, UUID]) -> None:
    window, _ = open_window
    assert NAME.casefold() in said(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QGuiApplication.clipboard().setText(NAME)
    window.lock()
    settle(window)
    qtbot.waitUntil(lambda: not window.findChildren(FilesScreen))
    assert NAME.casefold() not in said(window)
    assert window.windowTitle() == TITLE
    assert QGuiApplication.clipboard().text() == ""
    assert window.jobs.desk is not None
    assert window.jobs.desk.actor.officer_id is None


def test_a_path_that_was_broken_to_be_shown_is_copied_whole(
    qtbot: QtBot, open_window: tuple[Window, UUID]
) -> None:
    window, _ = open_window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shown = breakable("/srv/child protection/casefile/north")
    assert shown != "/srv/child protection/casefile/north"
    QGuiApplication.clipboard().setText(shown)
    assert QGuiApplication.clipboard().text() == "/srv/child protection/casefile/north"
    window.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_unlocking_comes_back_to_the_same_file(qtbot: QtBot, open_window: tuple[Window, UUID]) -> None:
    window, file_id = open_window
    window.lock()
    settle(window)
    window.gate.currentWidget().tried.emit("Marsh", PASSWORD)  # type: ignore[attr-defined]
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, FilesScreen)
    assert page.docket is not None
    assert page.docket.file_id == file_id


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Nobody tells of the desktop's lock there.")
def test_the_window_locks_when_the_desktop_does(open_window: tuple[Window, UUID]) -> None:
    from ui.shell.desktop import Desktop

    window, _ = open_window
    listening = window.findChild(Desktop)
    assert isinstance(listening, Desktop)
    listening.screen_changed(False)
    assert window.context is not None
    listening.asked_to_lock()
    settle(window)
    assert window.context is None
    assert NAME.casefold() not in said(window)
    listening.sleeping(True)
    assert window.context is None


def test_a_wrong_password_does_not_open_the_lock(qtbot: QtBot, open_window: tuple[Window, UUID]) -> None:
    window, _ = open_window
    window.lock()
    settle(window)
    window.gate.currentWidget().tried.emit("Marsh", "wrong words here")  # type: ignore[attr-defined]
    settle(window)
    assert window.context is None
