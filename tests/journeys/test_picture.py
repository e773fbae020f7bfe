"""The picture of the family by keyboard: from person to person, from day to day, to the record, and across files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.queries.listing import find_file
from casefile.opening import OpenStore
from tests.journeys.conftest import Picture
from tests.journeys.test_keeping_a_file import PASSWORD
from ui.app import start
from ui.files.docket import DocketView
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.shell.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """F-1 with a mother, her two children and a man of whom police learnt later; he is the father in F-2 too."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7", team="North"))
    desk.sign_in("Okafor", PASSWORD)
    first, second = (desk.do(open_file, name).result for name in ("F-1", "F-2"))
    people = {}
    for role, given, born, sex, known in (
        ("subject", "Kayla", "2019-05-03", "F", "2026-01-05"),
        ("subject", "Tyler", "2021-08-19", "M", "2026-01-05"),
        ("mother", "Dana", "1994-01-09", "F", "2026-01-05"),
        ("partner", "Lee", "1990-02-02", "M", "2026-03-01"),
    ):
        common = {"known_on": known}
        people[given] = desk.do(
            add_person,
            first,
            {
                "name": {"kind": "legal", "given": given, "family": "Marsh", **common},
                "birth": {"born_on": born, "precision": "exact", **common},
                "involvement": {"role": role, **common},
                "characteristics": {"sex": sex, **common},
            },
        ).result
    for child in ("Kayla", "Tyler"):
        tie = {
            "kind": "mother",
            "to_person_id": str(people[child]),
            "verified": True,
            "known_on": "2026-01-05",
        }
        desk.do(record_fact, first, people["Dana"], "relationship", tie)
    home = {"address": "12 Weir Street", "town": "Northgate", "kind": "home", "known_on": "2026-01-05"}
    for one in ("Kayla", "Tyler", "Dana"):
        desk.do(record_fact, first, people[one], "residence", home)
    desk.do(record_fact, second, people["Lee"], "involvement", {"role": "father"})
    return opened


@pytest.fixture
def docket(window: Window, opened: OpenStore) -> DocketView:
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    window.go("files", opened.desk.read(find_file, "F-1").id)
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    assert screen.docket is not None
    return screen.docket


def test_the_picture_is_gone_through_by_keyboard(
    window: Window, docket: DocketView, picture: Picture, qtbot: QtBot
) -> None:
    docket.go_to("picture")
    settle(window)
    view = docket.middle.picture
    docket.middle.enter()
    assert view.canvas.hasFocus()
    picture("picture-of-the-family")
    assert view.canvas.accessibleDescription().startswith("Kayla Marsh, ")
    assert "mother Dana Marsh" in view.canvas.accessibleDescription()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.accessibleDescription().startswith("Tyler Marsh, ")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Up)
    assert view.canvas.accessibleDescription().startswith("Dana Marsh, ")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    assert "also in F-2" in view.canvas.accessibleDescription()
    zoom = view.canvas.zoom
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    assert view.canvas.zoom > zoom
    qtbot.keyClick(view.canvas, Qt.Key.Key_0)
    assert view.canvas.zoom == zoom

    view.known.click()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    view.day.setText("2 Feb 2026")
    qtbot.keyClick(view.day, Qt.Key.Key_Return)
    assert view.said.text() == "The family on 2 February 2026, as police knew it that day."
    assert [one.told.split()[0] for one in view.canvas.drawing.places] == ["Kayla", "Tyler", "Dana"]
    picture("as-police-knew-it")
    qtbot.keyClick(view.canvas, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert len(view.canvas.drawing.places) == 4
    view.day.setText("31 Feb 2026")
    qtbot.keyClick(view.day, Qt.Key.Key_Return)
    assert view.said.text() == "There is no 31 February 2026 in the calendar."

    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Home)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    settle(window)
    assert docket.divider == "child"
    assert docket.middle.people.list.currentIndex().data() == "Kayla Marsh"


def test_the_picture_is_read_as_a_list_of_people_households_and_ties(
    window: Window, docket: DocketView
) -> None:
    docket.go_to("picture")
    settle(window)
    view = docket.middle.picture
    heard = QAccessible.queryAccessibleInterface(view.list)
    assert heard.text(QAccessible.Text.Name) == "People, households and ties of the picture"
    said = [heard.child(place).text(QAccessible.Text.Name) for place in range(heard.childCount())]
    assert [one for one in said if one in ("People", "Households", "Ties")] == [
        "People",
        "Households",
        "Ties",
    ]
    assert any(one.startswith("Kayla Marsh. ") and "mother Dana Marsh" in one for one in said)
    assert "A  12 Weir Street, Northgate. Kayla Marsh, Tyler Marsh, Dana Marsh" in said
    assert "Dana Marsh, mother of Kayla Marsh. Verified by police." in said


def test_the_wider_chart_leads_into_another_file_and_back_to_paper(
    window: Window, docket: DocketView, picture: Picture, qtbot: QtBot
) -> None:
    docket.go_to("picture")
    settle(window)
    docket.middle.picture.chart.emit()
    settle(window)
    wider = docket.middle.wider
    assert wider.canvas.hasFocus()
    picture("associations-across-files")
    assert wider.canvas.accessibleDescription().startswith("File F-1")
    qtbot.keyClick(wider.canvas, Qt.Key.Key_End)
    found = [one.key for one in wider.canvas.drawing.places if "F-2" in one.told.split(",")[0]]
    wider.canvas.choose(found[0])
    before = len(wider.canvas.drawing.places)
    qtbot.keyClick(wider.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert len(wider.canvas.drawing.places) == before  # nobody but Lee stands in F-2
    wider.print()
    settle(window)
    report = next(one for one in wider.findChildren(PrintReport))
    picture("associations-on-paper")
    report.reject()
    qtbot.keyClick(wider.canvas, Qt.Key.Key_Return)
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    assert screen.docket is not None
    assert screen.docket is not docket
