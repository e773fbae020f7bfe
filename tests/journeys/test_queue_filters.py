"""The review queue is narrowed as one types, says truly why it is empty, and never shows one family beside another's note."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window
from ui.supervision.screen import ReviewScreen

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
LEVELS = {"Ash": "standard", "Birch": "high"}


@pytest.fixture
def queue(window: Window, tmp_path: Path) -> ReviewScreen:
    """A sergeant's queue with two files, the one of high risk first."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    for name, role in (("Marsh", "constable"), ("Okafor", "sergeant"), ("Strand", "commander")):
        opened.desk.do(add_officer, NewOfficer(name, role, PASSWORD))
    desk = opened.desk
    okafor = next(one.id for one in desk.read(officers) if one.name == "Okafor")
    began = desk.now().date() - timedelta(days=12)
    desk.sign_in("Marsh", PASSWORD)
    day = {"happened_on": began.isoformat(), "known_on": began.isoformat()}
    ids: list[Any] = []
    for family, level in LEVELS.items():
        file_id = desk.do(open_file, None, began).result
        name = {"kind": "legal", "given": "Robin", "family": family}
        desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
        risk = {"trigger": "first", "level": level, "rationale": "As seen."}
        review = {"review_on": (began + timedelta(days=7)).isoformat()}
        desk.do(record_entry, file_id, "risk", {**day, **risk, **review})
        ids.append(file_id)
    desk.sign_in("Okafor", PASSWORD)
    for file_id in ids:
        desk.do(allocate, file_id, "supervisor", okafor, began)
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    window.go("review")
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, ReviewScreen)
    return screen


def families(screen: ReviewScreen) -> list[str]:
    return [one.title.split()[0] for one in screen.queue.items()]


def test_it_narrows_as_one_types_and_says_why_it_is_empty(
    window: Window, queue: ReviewScreen, qtbot: QtBot, picture: Picture
) -> None:
    assert families(queue) == ["BIRCH", "ASH"]
    queue.filters.text.setFocus()
    QTest.keyClicks(queue.filters.text, "ash")
    qtbot.waitUntil(lambda: families(queue) == ["ASH"])
    QTest.keyClicks(queue.filters.text, "zz")
    qtbot.waitUntil(lambda: families(queue) == [])
    said = [
        one for one in queue.findChildren(QPushButton) if one.isVisible() and one.text() == "Show them all"
    ]
    assert len(said) == 1, "files wait: the page must not say that none does"
    picture("nothing-fits")
    said[0].click()
    qtbot.waitUntil(lambda: families(queue) == ["BIRCH", "ASH"])
    assert queue.filters.text.text() == ""


def test_a_note_that_is_open_stays_and_no_other_file_is_marked(
    window: Window, queue: ReviewScreen, qtbot: QtBot
) -> None:
    hands = Hands(qtbot, window)
    queue.show_chosen()  # the page comes up by itself after a rest
    settle(window)
    hands.press("Return")
    form = queue.page.form
    assert form is not None
    held = queue.page.file_id
    form.form.editors["note"].setFocus()
    hands.type("Half a note")
    queue.filters.risk.setCurrentIndex(queue.filters.risk.findData("standard"))
    queue.filters.changed.emit()
    settle(window)
    assert families(queue) == ["ASH"]
    assert not queue.queue.currentIndex().isValid()
    queue.filters.text.setText("nobody")
    qtbot.waitUntil(lambda: families(queue) == [])
    assert (queue.page.file_id, queue.page.form) == (held, form)
    assert form.form.editors["note"].value() == "Half a note"


def test_what_stops_a_signature_is_seen(
    window: Window, queue: ReviewScreen, qtbot: QtBot, picture: Picture
) -> None:
    hands = Hands(qtbot, window)
    window.resize(1024, 720)
    queue.show_chosen()
    settle(window)
    hands.press("Return")
    hands.press("Ctrl+Return")
    picture("stopped")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "The level of risk is right: yes"
    assert window.rect().contains(focus.mapTo(window, focus.rect().center()))
    assert not focus.visibleRegion().isEmpty()


def test_a_filter_that_is_kept_is_the_one_that_is_chosen(window: Window, queue: ReviewScreen) -> None:
    queue.filters.risk.setCurrentIndex(queue.filters.risk.findData("high"))
    queue.ask_name()
    settle(window)
    ask = the_ask()
    ask.editors["name"].set_value("x" * 200)
    ask.verb.click()
    settle(window)
    assert ask.isVisible(), "nobody reads a name of 200 characters"
    ask.editors["name"].set_value("High  only")
    ask.verb.click()
    settle(window)
    assert queue.filters.saved.currentText() == "High only"


def test_an_empty_queue_says_truly_whose_it_is(window: Window, queue: ReviewScreen) -> None:
    window.lock()
    settle(window)
    window.gate.currentWidget().tried.emit("Strand", PASSWORD)  # type: ignore[attr-defined]
    settle(window)
    window.go("review")
    settle(window)
    screen = window.pages.currentWidget()
    assert screen is not None
    told = [one.text() for one in screen.findChildren(QLabel) if one.isVisible()]
    assert "No file has gone up to you" in told
