"""A sergeant asks what a prepared view asks: with keys alone, narrowed, ordered, opened, printed and given out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.opening import OpenStore
from casefile.sample import OFFICER, PASSWORD
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from tests.journeys.test_keeping_a_file import the_ask
from tests.shared import PASSPHRASE, training
from ui.app import start
from ui.ask.screen import AskScreen
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.shell.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def page(
    window: Window, qtbot: QtBot, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> AskScreen:  # fmt: skip
    """The page of a sergeant who supervises the training files, with one view of the force that does not load."""
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "drifting.toml").write_text('key = "drifting"\n', "utf-8")
    monkeypatch.setenv("CASEFILE_VIEWS", str(ours))
    copy = shutil.copytree(training(tmp_path_factory), tmp_path / "store")
    opened: OpenStore = opening.open_with_passphrase(copy, PASSPHRASE, remember=False)
    start(window, opened=opened, sign_in=(OFFICER, PASSWORD))
    settle(window)
    Hands(qtbot, window).press("Ctrl+Shift+K")
    found = window.pages.currentWidget()
    assert isinstance(found, AskScreen)
    qtbot.waitUntil(lambda: bool(found.list.items()))
    settle(window)
    return found


def asked(page: AskScreen, qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: page.answer.answer is not None)
    settle(window)


def test_a_view_is_asked_narrowed_ordered_and_a_row_opened_with_keys_alone(
    page: AskScreen, window: Window, qtbot: QtBot, picture: Picture
) -> None:
    hands = Hands(qtbot, window)
    picture("before")
    hands.press("Return")
    asked(page, qtbot, window)
    assert page.answer.table is not None
    first = page.answer.answer
    assert first is not None
    assert first.rows
    picture("children-not-seen")
    page.answer.form.editors["days"].setFocus()
    hands.press("Ctrl+A")
    hands.type("400")
    hands.press("Return")
    qtbot.waitUntil(lambda: page.answer.answer is not first)
    settle(window)
    found = page.answer.answer
    assert found is not None
    assert found.question == "Which children has nobody seen for 400 days?"
    assert found.total < first.total
    hands.type("0000")
    hands.press("Return")
    settle(window)
    picture("out-of-bounds")
    assert "from 1 to 1,000" in page.answer.form._wrong.text()
    assert page.answer.answer is None
    hands.press("Ctrl+Shift+C")
    qtbot.waitUntil(lambda: len(page._counts) == len(page._views.ready))
    settle(window)
    picture("counted")
    hands.press("Ctrl+F")
    hands.type("worker")
    settle(window)
    assert [one.title for one in page.list.items()] == ["What is owed", "A worker’s promises"]
    hands.press("Alt+1")
    hands.press("Return")
    asked(page, qtbot, window)
    picture("promises")
    assert page.answer.answer is not None
    assert page.answer.answer.key == "promises_of_a_worker"
    hands.press("Alt+2")
    hands.press("Return")
    settle(window)
    assert isinstance(window.pages.currentWidget(), FilesScreen)


def test_what_was_asked_is_printed_and_given_out_and_a_view_that_does_not_load_says_why(
    page: AskScreen,
    window: Window,
    qtbot: QtBot,
    picture: Picture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hands = Hands(qtbot, window)
    window._theme.set_scheme("dark")
    page.list.choose(page._views.called("alarms_standing"))
    hands.press("Return")
    asked(page, qtbot, window)
    picture("alarms-dark")
    answer, table = page.answer.answer, page.answer.table
    assert answer is not None
    assert table is not None
    table.sorted_by.emit("alarm", True)
    qtbot.waitUntil(lambda: page.answer.answer is not answer)
    settle(window)
    assert page.answer.answer is not None
    assert page.answer.answer.rows != answer.rows
    hands.press("Ctrl+E")
    settle(window)
    form = the_ask()
    hands.press("Ctrl+Return")
    assert "for whom" in form.said.text().lower()
    hands.type("DI Lindqvist")
    picture("give-out")
    target = tmp_path / "alarms.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    hands.press("Ctrl+Return")
    qtbot.waitUntil(target.exists)
    settle(window)
    box = next(one for one in window.findChildren(QMessageBox) if one.isVisible())
    assert "Copy 1" in box.text()
    box.accept()
    settle(window)
    assert target.read_text("utf-8-sig").startswith("reference,file,alarm,")
    page.answer.print()
    settle(window)
    report = next(one for one in window.findChildren(PrintReport) if one.isVisible())
    picture("print")
    report.recipient.setText("DI Lindqvist")
    report.save_copy(tmp_path / "alarms.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "alarms.pdf").exists())
    settle(window)
    report.reject()
    page.list.choose(page._views.broken[0])
    settle(window)
    picture("does-not-load")
    assert "title: it is missing" in page.answer._question.text()
    window._theme.set_scheme("light")
