"""A docket index is brought in through the window by the keyboard alone: chosen, its columns looked at, told in words."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.queries.listing import list_files
from tests.journeys.conftest import Picture
from tests.make_docket import SAMPLE, as_csv, row
from ui.app import start
from ui.imports.screen import ImportScreen
from ui.pictures import settle
from ui.shell.window import Window
from ui.widgets.progress import ProgressView

PASSWORD = "plum river stone"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def page(window: Window, tmp_path: Path) -> ImportScreen:
    """The import page, with a researcher signed in."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Rhodes", "researcher", PASSWORD))
    for name in ("Marsh", "Okafor", "Hollis"):
        opened.desk.do(add_officer, NewOfficer(name, "constable", PASSWORD))
    start(window, opened=opened, sign_in=("Rhodes", PASSWORD))
    settle(window)
    window.go("imports")
    found = window.pages.currentWidget()
    assert isinstance(found, ImportScreen)
    return found


def press(qtbot: QtBot, *what: Any) -> None:
    """Press keys where the keyboard is now: text is typed, keys are pressed."""
    for one in what:
        focused = QApplication.focusWidget()
        assert focused is not None
        if isinstance(one, str):
            qtbot.keyClicks(focused, one)
        elif isinstance(one, tuple):
            qtbot.keyClick(focused, one[0], one[1])
        else:
            qtbot.keyClick(focused, one)


def test_an_index_is_mapped_and_brought_in_by_the_keyboard(
    qtbot: QtBot, window: Window, page: ImportScreen, picture: Picture, tmp_path: Path
) -> None:
    picture("import-empty")
    odd = tmp_path / "register.csv"
    odd.write_bytes(
        as_csv(
            row(), row(ref="W/2", family="Bell", child="Sam", dob="29/02/2009"),
            headings=("Docket No", "Surname", "Kid", "DOB", "Sex", "Address", "Mother", "OIC", "Category", "Plan date", "Box"),
        )
    )  # fmt: skip
    page.bring_in([SAMPLE, odd])
    settle(window)
    mapping = page.mapping
    assert [one.state for one in page.queue] == ["asking", "waiting"]
    assert mapping.isVisible()
    assert mapping.table.rows.rows[0].child == "Kayleigh Ashcroft"
    assert "children in" in mapping._title.text()
    picture("mapping")
    press(qtbot, (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    settle(window)
    assert window.jobs is not None
    qtbot.waitUntil(lambda: page.queue[1].state == "asking", timeout=30_000)
    settle(window)

    assert "Kid" in mapping.picks.picks[2].box.accessibleName()
    assert mapping.picks.picks[2].box.line.hasFocus()
    press(qtbot, (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier), Qt.Key.Key_Delete, "surname")
    press(qtbot, (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier), "Family name", Qt.Key.Key_Tab)
    settle(window)
    assert "2 columns hold “Family name”" in mapping._said.text()
    assert not mapping.go.isEnabled()
    picture("picked-twice")
    mapping.picks.picks[2].box.setFocus()
    press(qtbot, (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier), "Child: whole name", Qt.Key.Key_Tab)
    settle(window)
    assert mapping._said.text() == ""
    assert [one.child for one in mapping.table.rows.rows] == ["Kim Ashby", "Sam Bell"]
    assert mapping.table.rows.rows[1].born == "as stated: 29/02/2009"
    mapping.name.setFocus()
    press(qtbot, "West register")
    picture("mapped-by-hand")
    press(qtbot, (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    qtbot.waitUntil(lambda: all(one.over for one in page.queue), timeout=30_000)
    settle(window)

    assert [one.state for one in page.queue] == ["done", "done"]
    assert "30 files opened" in page.queue[0].told.sentence  # type: ignore[union-attr]
    assert any(one.stated == "29/02/2009" for one in page.report.doubts.rows.rows)
    page.list.choose(0)
    page.report.doubts.choose(7)
    picture("reports")
    assert window.context is not None
    assert window.context.desk.read(list_files).total == 32
    target = tmp_path / "doubts.csv"
    page.report.save_to(target)
    settle(window)
    for one in QApplication.topLevelWidgets():
        if one is not window and one.isVisible():
            one.close()
    saved = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert saved[0][0] == "row"
    assert len(saved) == len(page.queue[0].told.doubts) + 1  # type: ignore[union-attr]

    page.bring_in([odd])
    settle(window)
    assert mapping.name.text() == "West register"
    assert mapping.picks.picks[2].value() == "child_name"
    qtbot.keyClick(mapping.leave, Qt.Key.Key_Space)
    settle(window)
    assert page.queue[2].state == "left out"


def test_what_cannot_be_brought_in_is_told_and_the_next_goes_on(
    qtbot: QtBot, window: Window, page: ImportScreen, tmp_path: Path
) -> None:
    broken, minutes = tmp_path / "broken.xlsx", tmp_path / "minutes.docx"
    broken.write_bytes(b"PK\x03\x04 cut")
    minutes.write_bytes(b"PK")
    page.bring_in([tmp_path / "not there.csv", broken, minutes])
    qtbot.waitUntil(lambda: all(one.over for one in page.queue), timeout=30_000)
    settle(window)
    assert [one.state for one in page.queue] == ["refused"] * 3
    said = [one.told.sentence for one in page.queue if one.told]
    assert "cannot be read" in said[0]
    assert "cut short or damaged" in said[1]
    assert "then Documents" in said[2]
    assert window.context is not None
    assert window.context.desk.read(list_files).total == 0


def test_a_long_import_is_stopped_and_nothing_of_it_is_kept(
    qtbot: QtBot, window: Window, page: ImportScreen, tmp_path: Path
) -> None:
    long = tmp_path / "long.csv"
    long.write_bytes(as_csv(*(row(ref=f"W/{number}", child=f"Kim{number}") for number in range(1500))))
    page.bring_in([long])
    settle(window)
    page.mapping.bring_in()
    (shown,) = page.findChildren(ProgressView)
    qtbot.keyClick(shown.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.queue[0].over, timeout=60_000)
    settle(window)
    assert page.list.items()[0].mark == "not brought in"
    assert "Nothing of the index was brought in" in page.report.sentence.text()
    assert window.context is not None
    assert window.context.desk.read(list_files).total == 0
