"""A sergeant gives a file nobody has, evens out a team, and plans strength: by keyboard, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.opening import OpenStore
from casefile.workload.allocate.decide import allocation_decisions
from casefile.workload.allocate.suggest import file_called
from casefile.workload.strength.queries import scenario
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from tests.journeys.test_team import press, team
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.room import Screen
from ui.shell.window import Window
from ui.workload.allocate_page import AllocatePage
from ui.workload.screen import TeamScreen
from ui.workload.strength import StrengthPage

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """An inspector; Marsh carries sixteen grave files, Vale none; F-99 has nobody."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    ids = {
        name: desk.do(add_officer, NewOfficer(name, role, PASSWORD, number=number, team="North")).result
        for name, role, number in (
            ("Okafor", "sergeant", "7"), ("Marsh", "constable", "44"), ("Vale", "constable", "45"),
            ("Prior", "inspector", "9"),
        )
    }  # fmt: skip
    desk.sign_in("Okafor", PASSWORD)
    today = desk.now().date()
    day = {"happened_on": today.isoformat(), "known_on": today.isoformat()}
    for reference, holder in (*((f"F-{number:02}", "Marsh") for number in range(16)), ("F-99", "")):
        file_id = desk.do(open_file, reference, today - timedelta(days=30)).result
        desk.do(allocate, file_id, "supervisor", ids["Okafor"])
        if holder:
            desk.do(allocate, file_id, "officer", ids[holder])
            desk.do(record_entry, file_id, "investigation", {**day, "offence": "gbh", "allegation": "Hurt"})
    return opened


def tab(window: Window) -> Screen:
    page = window.pages.currentWidget()
    assert isinstance(page, TeamScreen)
    found = page.tabs.currentWidget()
    assert isinstance(found, Screen)
    return found


def test_a_file_of_nobody_is_given_and_a_team_evened_out(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Callable[[str], Any]
) -> None:
    team(window, opened, qtbot)
    press(qtbot, window, Qt.Key.Key_3, ALT)
    page = tab(window)
    assert isinstance(page, AllocatePage)
    assert page._count.text() == "▲ 1 file without a named person"
    assert window.focusWidget() is page.list
    picture("waiting")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.focusWidget() is page.table
    assert [one.officer for one in page.table.rows.rows] == ["DC 45 Vale", "DC 44 Marsh", "DS 7 Okafor"]
    press(qtbot, window, Qt.Key.Key_Return)
    ask = the_ask()
    assert ask.editors["reason"].value().startswith("Room for 100 points after it")
    picture("giving")
    qtbot.keyClick(ask, Qt.Key.Key_Return)
    if ask.isVisible():
        ask.verb.click()
    settle(window)
    assert page._count.text() == "Every file has a named person"
    assert page.found is not None
    (row,) = opened.desk.read(allocation_decisions, page.found.file_id)
    assert (row.officer, row.place) == ("DC 45 Vale", 1)

    window.activateWindow()
    settle(window)
    press(qtbot, window, Qt.Key.Key_M, CTRL)
    moves = page.moves
    assert window.focusWidget() is moves.whose
    moves.propose()
    settle(window)
    assert "Say which files are to move" in moves._fault.text()
    moves.whose.setCurrentIndex(moves.whose.findText("Even out North"))
    moves.propose()
    settle(window)
    assert moves.plan is not None
    planned = len(moves.plan.moving)
    assert planned > 1
    assert window.focusWidget() is moves.table
    picture("plan")
    press(qtbot, window, Qt.Key.Key_Return)
    assert len(moves._chosen()) == planned - 1
    moves.ask_approve()
    settle(window)
    ask = the_ask()
    ask.editors["reason"].set_value("Too much for one.")
    ask.verb.click()
    settle(window)
    said = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()
    )
    assert f"{planned - 1} file" in said.windowTitle()
    said.close()
    window.activateWindow()
    settle(window)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert page._stack.currentIndex() == 0


def test_a_file_leads_to_where_it_is_given(window: Window, opened: OpenStore, qtbot: QtBot) -> None:
    team(window, opened, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    screen.open_file(opened.desk.read(file_called, "F-00"))
    settle(window)
    assert screen.docket is not None
    assert "Allocate this file" in [one.title for one in screen.commands()]
    screen.docket.middle.front.allocating.emit()
    settle(window)
    page = tab(window)
    assert isinstance(page, AllocatePage)
    assert page.found is not None
    assert page.found.reference == "F-00"


def test_strength_is_planned_by_keyboard(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Callable[[str], Any]
) -> None:
    team(window, opened, qtbot, "Prior")
    press(qtbot, window, Qt.Key.Key_4, ALT)
    page = tab(window)
    assert isinstance(page, StrengthPage)
    page.choose_scenario("report-2009")
    settle(window)
    page.choose_view("stated")
    assert "396 + 38 + 9 is 443, not 459" in page._basis.text()
    picture("report")
    page.choose_scenario("starting")
    settle(window)
    press(qtbot, window, Qt.Key.Key_N, CTRL)
    ask = the_ask()
    ask.editors["name"].set_value("Next year")
    ask.verb.click()
    settle(window)
    page.asks.count()
    settle(window)
    the_ask().verb.click()
    settle(window)
    page.choose_view("volumes")
    page.table.setFocus()
    assert page.table.figures.grid.lines[0].cells[0].text == "North"
    page.table.setCurrentIndex(page.table.figures.index(0, 3))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    assert editor.accessibleName() == "North, Section 47 enquiries: 0"
    qtbot.keyClicks(editor, "230")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(window)
    qtbot.waitUntil(lambda: page.table.figures.grid.lines[0].cells[3].text == "230")
    page.table.typed.emit("abstraction/dc", "100%")
    settle(window)
    assert "nobody does any work" in page._fault.text()
    page.choose_view("needed")
    picture("needed")
    page.asks.adopt()
    settle(window)
    ask = the_ask()
    ask.editors["reason"].set_value("Board of 1 March.")
    ask.verb.click()
    settle(window)
    found = opened.desk.read(scenario, "Next year")
    assert (found.row.state, found.row.in_force) == ("adopted", True)
    assert next(one.need for one in found.lines if one.post == "dc") == pytest.approx(230 * 38 / 1440)
    assert not page._count.isVisible()
