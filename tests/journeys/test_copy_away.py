"""A file goes to a conference as a copy: taken in the window, read in the window, returned in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from casefile import copies, opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.opening import OpenStore
from ui.app import start
from ui.files.copy import give_back
from ui.files.screen import FilesScreen
from ui.log.copies import CopiesSheet
from ui.log.screen import LogScreen
from ui.pictures import settle
from ui.shell.unlock import UnlockPage
from ui.shell.window import Window
from ui.widgets.dialogs import Ask

PASSWORD, COPY = "plum river stone", "candle barn willow"
CONTACT = {
    "happened_on": "2026-03-02", "known_on": "2026-03-02", "kind": "school", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Amy is afraid of going home.",
}  # fmt: skip
READ_ONLY = [
    "Picture of the family",
    "Associations across files",
    "Show what is new",
    "Back to the list of files",
]
"""All that a file offers in a copy: nothing that writes."""
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    made = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    made.first_administrator("Hale", PASSWORD)
    made.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD))
    made.desk.sign_in("Okafor", PASSWORD)
    made.desk.do(record_entry, made.desk.do(open_file, "F-2026-00417").result, "contact", CONTACT)
    return made


def test_a_file_goes_to_a_conference_and_comes_back(
    window: Window,
    opened: OpenStore,
    tmp_path: Path,
    qtbot: QtBot,
    picture: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    window.go("files")
    settle(window)
    files = window.pages.currentWidget()
    assert isinstance(files, FilesScreen)
    file_id = next(iter(files.list.table.rows.rows)).id
    files.open_file(file_id)
    settle(window)
    next(one for one in window.commands() if one.title == "Take a copy away …").run()
    settle(window)
    ask = window.findChild(Ask)
    assert ask is not None
    for key, words in (("reason", "Conference at the town hall"), ("passphrase", COPY), ("again", COPY)):
        ask.editors[key].set_value(words)
    picture("take-a-copy")
    with qtbot.waitSignal(ask.accepted, timeout=20_000):
        ask.verb.click()
    settle(window)
    for box in window.findChildren(QMessageBox):
        box.close()
    folder = tmp_path / "Copy of F-2026-00417"
    assert copies.look(folder) is not None
    window.lock()
    settle(window)
    window.gate.start(folder)
    settle(window)
    unlock = window.gate.currentWidget()
    assert isinstance(unlock, UnlockPage)
    unlock._words.setText(COPY)
    picture("open-the-copy")
    with qtbot.waitSignal(window.gate.entered, timeout=20_000):
        unlock.primary.click()
    settle(window)
    assert "nothing written" in window.away._about.text()
    window.go("files")
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    screen.open_file(file_id, "contacts")
    settle(window)
    picture("reading-the-copy")
    assert screen.docket is not None
    acts = [one.title for one in screen.docket.acts()]
    assert acts == READ_ONLY
    window.lock()
    settle(window)
    assert isinstance(window.gate.currentWidget(), UnlockPage)
    again = opening.open_with_passphrase(tmp_path / "store", "otter kettle lamp", remember=False)
    start(window, opened=again, sign_in=("Okafor", PASSWORD))
    settle(window)
    assert window.context is not None
    give_back(window.context, folder, window)
    back = next(one for one in window.findChildren(Ask) if one.windowTitle() == "Return a copy")
    back.editors["passphrase"].set_value(COPY)
    with qtbot.waitSignal(back.accepted, timeout=20_000):
        back.verb.click()
    settle(window)
    for box in window.findChildren(QMessageBox):
        box.close()
    assert not folder.exists()
    window.go("log")
    settle(window)
    log = window.pages.currentWidget()
    assert isinstance(log, LogScreen)
    picture("log-of-the-copy")
    log.show_copies()
    settle(window)
    sheet = window.findChild(CopiesSheet)
    assert sheet is not None
    picture("copies-taken-away")
    assert any("Conference at the town hall" in one.text() for one in sheet.findChildren(QLabel))
    sheet.accept()
