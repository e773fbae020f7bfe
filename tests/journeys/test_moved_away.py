"""A store whose record was moved away says so before anybody signs in, and at the foot of every page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.errors import Refused
from casefile.files.actions.files import open_file
from casefile.store import standing
from casefile.store.standing import Standing
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from tests.journeys.test_the_forces_server import to
from tests.served import OWNER, OWNERS_PASSWORD, Served
from tests.served import PASSWORD as SERVERS_PASSWORD
from ui.admin.moving import MoveCard
from ui.admin.screen import AdminScreen
from ui.app import start
from ui.pictures import settle
from ui.shell.errors import Trouble
from ui.shell.jobs import Job
from ui.shell.window import Window
from ui.widgets.dialogs import Ask
from ui.widgets.progress import ProgressView

PASSWORD = "plum river stone"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


def said(window: QWidget) -> str:
    return "\n".join(one.text().replace("\u200b", "") for one in window.findChildren(QLabel))


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


def store_page(window: Window) -> AdminScreen:
    """Administration, at *Store and backup*."""
    window.go("admin")
    settle(window)
    screen = window.findChild(AdminScreen)
    assert screen is not None
    screen.tabs.setCurrentIndex(1)
    settle(window)
    return screen


def test_an_administrator_moves_the_record_from_the_window(
    window: Window, qtbot: QtBot, tmp_path: Path, picture: Picture, served: Served
) -> None:
    served.forget("Hale")
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    start(window, opened=opened, sign_in=("Hale", PASSWORD))
    settle(window)
    screen = store_page(window)
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


class HeldUp:
    """A move that is held up when it begins to carry rows, until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.carries, self.go_on = threading.Event(), threading.Event()
        step = Job.step

        def held(job: Job, done: int, of: int | None, what: str) -> None:
            if what == "Carrying":
                self.carries.set()
                self.go_on.wait(60)
            step(job, done, of, what)

        monkeypatch.setattr(Job, "step", held)

    def again(self) -> None:
        """Hold the next one up too."""
        self.carries.clear()
        self.go_on.clear()


def test_the_record_comes_back_from_the_server_by_keyboard(
    window: Window,
    qtbot: QtBot,
    tmp_path: Path,
    picture: Picture,
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served.forget("Steward", "Ridley")
    served.store("comes_back", administrator="Steward")
    opened = opening.open_server(served.address("comes_back"))
    opened.desk.sign_in("Steward", SERVERS_PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Ridley", "sergeant", PASSWORD))
    hands = Hands(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    start(window, opened=opened, sign_in=("Steward", SERVERS_PASSWORD))
    settle(window)
    screen = store_page(window)
    picture("store-on-the-server")
    to(hands, "Move the record back to this computer")
    full, back = tmp_path / "full", tmp_path / "back"
    full.mkdir()
    (full / "letter.txt").write_text("Dear", "utf-8")

    def asked() -> Ask:
        dialog = window.findChild(Ask)
        assert dialog is not None
        return dialog

    def fill(*, settled: bool = True, **values: str) -> None:
        """Type over what is asked, and press the verb by its keys; what that begins may be under way afterwards."""
        for key, value in values.items():
            edit = asked().editors[key]
            edit.setFocus()
            hands.press("Ctrl+A")
            hands.type(value)
        qtbot.keyClick(asked().editors["again"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        if settled:
            settle(window)

    hands.press("Return")
    words = asked().editors["passphrase"].value()
    assert len(words.split()) >= 3, "words are offered"
    picture("ask-back")
    fill(folder="back")
    assert "whole path" in asked().said.text()
    fill(folder=str(full), passphrase="otter", same="otter")
    assert "too short" in asked().said.text()
    fill(passphrase=words, same="otter kettle lamp")
    assert "passphrases are not the same" in asked().said.text()
    fill(same=words, keeper="steward", server=SERVERS_PASSWORD, password=PASSWORD, again=PASSWORD)
    assert "The folder full is not empty." in asked().said.text()
    fill(folder=str(back))
    assert "steward" in asked().said.text(), "an administrator of Casefile does not keep the server"
    picture("no-right")
    assert opened.desk.store.standing is None, "nothing was frozen"

    held = HeldUp(monkeypatch)
    fill(keeper=OWNER, server=OWNERS_PASSWORD, settled=False)
    qtbot.waitUntil(held.carries.is_set, timeout=60_000)
    with served.superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'keeper'"
        )
    held.go_on.set()
    settle(window)
    box = window.findChild(Trouble)
    assert box is not None
    assert "goes on where it stopped" in said(box), "and not that nothing was changed"
    picture("the-server-went-away")
    hands.press("Return")
    assert f"is being moved to {back} since" in said(screen.store)
    picture("on-its-way")
    with pytest.raises(Refused, match="can be read, not changed"):
        opened.desk.do(add_officer, NewOfficer("Nobody", "sergeant", PASSWORD))

    to(hands, "Go on with the move")
    hands.press("Return")
    assert asked().editors["folder"].value() == str(back)
    fill(
        passphrase="quite other words",
        keeper=OWNER,
        server=OWNERS_PASSWORD,
        password=PASSWORD,
        again=PASSWORD,
    )
    assert "not the recovery passphrase" in asked().said.text(), "nothing else opens what was begun"
    picture("go-on")
    held.again()
    fill(passphrase=words, settled=False)
    qtbot.waitUntil(held.carries.is_set, timeout=60_000)
    shown = window.findChild(ProgressView)
    assert shown is not None
    qtbot.keyClick(shown.stop, Qt.Key.Key_Space)
    held.go_on.set()
    settle(window)
    picture("stopped")
    hands.press("Return")

    to(hands, "Go on with the move")
    hands.press("Return")
    fill(passphrase=words, keeper=OWNER, server=OWNERS_PASSWORD, password=PASSWORD, again=PASSWORD)

    def told() -> QMessageBox:
        box = window.findChild(QMessageBox)
        assert box is not None
        return box

    qtbot.waitUntil(lambda: bool(told()), timeout=60_000)
    assert "give that folder" in told().text()
    picture("moved-back")
    hands.press("Return")
    assert f"was moved to {back} on" in said(screen.store)
    picture("the-server-afterwards")

    hands.press("Ctrl+L")
    for way in ("Somebody else", "Another store"):
        to(hands, way)
        hands.press("Return")
    to(hands, "Folder or server")
    hands.press("Ctrl+A")
    hands.type(str(back))
    hands.press("Return")
    hands.type(words)
    hands.press("Return")
    hands.fill("Steward", PASSWORD)
    hands.press("Return")
    settle(window)
    assert window.context is not None
    assert isinstance(window.context.opened, opening.OpenFolder)
    window.go("admin")
    settle(window)
    picture("on-this-computer-again")
    assert [one.name for one in window.context.desk.read(officers)] == ["Ridley", "Steward"]
