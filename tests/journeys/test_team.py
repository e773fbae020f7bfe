"""The team by keyboard: from who is over capacity to why a file weighs what it does; from a gap to its certificate."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.opening import OpenStore
from casefile.workload.keep import NewTerms, record_terms
from casefile.workload.record import staff_record
from casefile.workload.rows import OfficerLoad
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.shell.window import Window
from ui.workload.load_page import LoadPage
from ui.workload.screen import TeamScreen
from ui.workload.staff_page import StaffPage

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """DC Marsh works a tenth of full time and holds a serious allegation at high risk; a second file has nobody."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    ids = {
        name: desk.do(add_officer, NewOfficer(name, role, PASSWORD, number=number, team="North")).result
        for name, role, number in (("Okafor", "sergeant", "7"), ("Marsh", "constable", "44"))
    }
    desk.sign_in("Okafor", PASSWORD)
    today = desk.now().date()
    file_id = desk.do(open_file, "F-1", today - timedelta(days=30)).result
    desk.do(open_file, "F-2", today - timedelta(days=30))
    for role, name in (("officer", "Marsh"), ("supervisor", "Okafor")):
        desk.do(allocate, file_id, role, ids[name])
    day = {"happened_on": today.isoformat(), "known_on": today.isoformat()}
    desk.do(
        record_entry, file_id, "investigation", {**day, "offence": "gbh", "allegation": "A child was hurt"}
    )
    review = (today + timedelta(days=7)).isoformat()
    risk = {"trigger": "new_referral", "level": "high", "rationale": "Bruises", "review_on": review}
    desk.do(record_entry, file_id, "risk", {**day, **risk})
    desk.do(record_terms, ids["Marsh"], NewTerms(today, fte=10))
    return opened


def team(window: Window, opened: OpenStore, qtbot: QtBot, officer: str = "Okafor") -> TeamScreen:
    start(window, opened=opened, sign_in=(officer, PASSWORD))
    settle(window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, TeamScreen)
    return page


def press(qtbot: QtBot, window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    focused = window.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier or Qt.KeyboardModifier.NoModifier)
    settle(window)


def test_from_over_capacity_to_the_record_that_weighs(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Any
) -> None:
    page = team(window, opened, qtbot)
    load = page.tabs.currentWidget()
    assert isinstance(load, LoadPage)
    assert load._nobody.isVisible()
    assert "Unallocated: 1 file without a named person, 0 points" in load._nobody.text()
    assert window.focusWidget() is load.table
    press(qtbot, window, Qt.Key.Key_Down)
    row = load.table.current()
    assert isinstance(row, OfficerLoad)
    assert (row.officer, row.said) == ("DC 44 Marsh", "1 point over capacity")
    told = load.officers_chart._picture.accessibleDescription()
    assert "DC 44 Marsh: 11 of 10, 1 point over capacity" in told
    picture("workload")
    press(qtbot, window, Qt.Key.Key_Return)
    assert [one.mark for one in load.files.list.items()] == ["11 points"]
    assert load.files._why_title.text() == "Why 11 points? Family not named F-1"
    assert [(one.title, one.mark) for one in load.files.items.items()] == [
        ("High risk", "3 points"),
        ("Serious assault or sexual allegation under investigation", "8 points"),
    ]
    picture("why")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.focusWidget() is load.files.items
    press(qtbot, window, Qt.Key.Key_Return)
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    assert screen.docket is not None
    assert screen.docket._docket is not None
    assert screen.docket._docket.reference == "F-1"


def test_another_day_and_back(window: Window, opened: OpenStore, qtbot: QtBot) -> None:
    load = team(window, opened, qtbot).tabs.currentWidget()
    assert isinstance(load, LoadPage)
    load.on.edit.setFocus()
    load.on.edit.setText("2 Nov 2009")
    press(qtbot, window, Qt.Key.Key_Return)
    assert load._found is not None
    assert load._found.day.year == 2009
    assert load._found.unallocated.files == 0
    load.on.edit.setText("31/2/2026")
    press(qtbot, window, Qt.Key.Key_Return)
    assert "no 31 February 2026" in load._said.text()
    load.open_files(None)
    settle(window)
    qtbot.keyClick(load.files.list, Qt.Key.Key_Escape)
    assert load._stack.currentIndex() == 0


def test_a_gap_is_filled_from_its_certificate(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Any
) -> None:
    page = team(window, opened, qtbot)
    press(qtbot, window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    staff = page.tabs.currentWidget()
    assert isinstance(staff, StaffPage)
    assert window.focusWidget() is staff.table
    assert staff.table.current().officer == "DC 44 Marsh"
    assert staff.record.found is not None
    assert len(staff.record.found.row.told) == 2
    staff.record.add()
    settle(window)
    ask = the_ask()
    picture("accreditation")
    ask.editors["granted_on"].set_value("30 February 2026")
    ask.verb.click()
    settle(window)
    assert ask.isVisible()
    assert "no 30 February 2026" in ask.said.text()
    ask.editors["granted_on"].set_value("2 March 2024")
    ask.editors["evidence"].set_value("Certificate S-44")
    ask.verb.click()
    settle(window)
    assert [one.title for one in staff.record.accreditations.items()] == [  # type: ignore[union-attr]
        "Specialist child abuse course (SCAIDP)"
    ]
    kept = opened.desk.read(staff_record, staff.record.found.row.officer_id)
    assert [one.evidence for one in kept.accreditations] == ["Certificate S-44"]
    picture("staff")


def test_an_officer_sees_their_own_and_declares(window: Window, opened: OpenStore, qtbot: QtBot) -> None:
    page = team(window, opened, qtbot, "Marsh")
    load = page.tabs.currentWidget()
    assert isinstance(load, LoadPage)
    assert [one.officer for one in load.table.rows.rows] == ["DC 44 Marsh"]
    assert not load._nobody.isVisible()
    page.tabs.setCurrentIndex(1)
    settle(window)
    staff = page.tabs.currentWidget()
    assert isinstance(staff, StaffPage)
    assert [one.title for one in staff.record.commands()] == ["Declare a conflict of interest"]
    staff.record.declare()
    settle(window)
    ask = the_ask()
    ask.editors["words"].set_value("The father is my neighbour")
    ask.editors["reference"].set_value("F-1")
    ask.verb.click()
    settle(window)
    assert staff.record.conflicts is not None
    assert [one.title for one in staff.record.conflicts.items()] == ["The father is my neighbour"]
