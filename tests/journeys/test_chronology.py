"""The chronology by keyboard: filtered, along time, marked, beside another file, another agency's brought in, printed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.queries.listing import find_file
from casefile.opening import OpenStore
from tests.casefile.exchange.chronology.test_bring_in import workbook
from tests.journeys.conftest import Picture
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.files.chronology import ChronologyView
from ui.files.chronology_import import ChronologyDialog, open_chronology
from ui.files.docket import DocketView
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.shell.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """F-1 of a year's work with Kayla; F-2, where her brother stands too."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7", team="North"))
    me = desk.sign_in("Okafor", PASSWORD)
    today = desk.now().date()
    first, second = (desk.do(open_file, name, today - timedelta(days=400)).result for name in ("F-1", "F-2"))
    desk.do(allocate, first, "officer", me.id, today - timedelta(days=380))
    children = []
    for given in ("Kayla", "Tyler"):
        facts = {
            "name": {"kind": "legal", "given": given, "family": "Marsh"},
            "involvement": {"role": "subject"},
            "residence": {
                "address": "12 Weir Street",
                "kind": "home",
                "from_on": str(today - timedelta(days=390)),
            },
        }
        children.append(desk.do(add_person, first, facts).result)
    desk.do(record_fact, second, children[1], "involvement", {"role": "sibling"})
    visit = {"kind": "visit_unannounced", "by_whom": "PC Dale", "note": "At home."}
    risk = {"trigger": "first", "rationale": "As said.", "review_on": str(today + timedelta(days=90))}
    for days, section, values in (
        (370, "risk", {**risk, "level": "high"}),
        (365, "contact", {**visit, "child_seen": "refused"}),
        (300, "contact", {**visit, "child_seen": "alone", "concerns": [str(children[0])]}),
        (290, "risk", {**risk, "level": "medium"}),
        (200, "contact", {**visit, "child_seen": "with_others"}),
        (90, "risk", {**risk, "level": "standard"}),
        (20, "contact", {**visit, "child_seen": "with_others"}),
    ):
        day = str(today - timedelta(days=days))
        desk.do(record_entry, first, section, {"happened_on": day, "known_on": day, **values})
    day = str(today - timedelta(days=150))
    desk.do(
        record_entry, second, "contact", {"happened_on": day, "known_on": day, **visit, "child_seen": "alone"}
    )
    return opened


@pytest.fixture
def page(window: Window, opened: OpenStore) -> ChronologyView:
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    window.go("files", (opened.desk.read(find_file, "F-1").id, "chronology"))
    settle(window)
    return docket_of(window).middle.chronology


def docket_of(window: Window) -> DocketView:
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    assert screen.docket is not None
    return screen.docket


def test_it_is_filtered_gone_along_and_marked_by_keyboard(
    window: Window, page: ChronologyView, picture: Picture, qtbot: QtBot
) -> None:
    picture("chronology")
    assert page.told is not None
    assert [band.key for band in page.told.bands] == ["risk", "household", "officer"]
    assert len(page.events.items()) == 7
    page.filters.section.setCurrentIndex(page.filters.section.findData("contact"))
    page.filters.weight.setCurrentIndex(page.filters.weight.findData("danger"))
    settle(window)
    assert [one.mark for one in page.events.items()] == ["danger"]
    page.filters.weight.setCurrentIndex(0)
    page.filters.person.setCurrentIndex(1)
    settle(window)
    assert len(page.events.items()) == 1
    for combo in (page.filters.section, page.filters.person):
        combo.setCurrentIndex(0)
    settle(window)

    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Home)
    assert "endangers a child" in page.timeline.accessibleDescription()
    qtbot.keyClick(page.timeline, Qt.Key.Key_End)
    assert page.events.currentIndex().row() == 0
    whole = page.timeline.drawing.width
    for _ in range(3):
        qtbot.keyClick(page.timeline, Qt.Key.Key_Plus)
    settle(window)
    assert page.timeline.drawing.width > whole * 3
    bar = page.timeline.horizontalScrollBar()
    assert bar.value() > bar.maximum() * 0.9, "what is chosen happened last, and stays in view"
    picture("chronology-by-weeks")
    qtbot.keyClick(page.timeline, Qt.Key.Key_0)
    settle(window)
    assert page.timeline.drawing.width == pytest.approx(whole, rel=0.05)

    qtbot.keyClick(page.timeline, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    ask = the_ask()
    ask.editors["why"].set_value("Nobody has asked since.")
    picture("mark-as-significant")
    ask.verb.click()
    settle(window)
    marked = page.events.items()[0]
    assert (marked.mark, marked.tone) == ("significant", "accent")
    assert "marked by DS 7 Okafor: Nobody has asked since." in marked.why
    page.mark()
    the_ask().editors["why"].set_value("Somebody has.")
    the_ask().verb.click()
    settle(window)
    assert page.events.items()[0].mark == ""

    qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    settle(window)
    assert docket_of(window).divider == "contacts"


def test_another_file_of_the_family_stands_beside_it_and_it_prints(
    window: Window, page: ChronologyView, picture: Picture, qtbot: QtBot
) -> None:
    before = docket_of(window)
    assert page.told is not None
    page.beside(tuple(one.id for one in page.told.others))
    settle(window)
    assert len(page.events.items()) == 8
    picture("two-files")
    page.print()
    settle(window)
    picture("chronology-on-paper")
    page.findChildren(PrintReport)[0].reject()
    other = next(place for place, one in enumerate(page.events.items()) if "F-2" in one.why)
    page.events.setCurrentIndex(page.events.model().index(other, 0))
    qtbot.keyClick(page.events, Qt.Key.Key_Return)
    settle(window)
    assert docket_of(window) is not before
    assert docket_of(window).divider == "contacts"


def test_another_agencys_chronology_is_brought_in_after_a_look(
    window: Window, page: ChronologyView, picture: Picture, tmp_path: Path, opened: OpenStore
) -> None:
    path = tmp_path / "health.xlsx"
    path.write_bytes(workbook())
    open_chronology(page._context, page._file_id, path, page)
    settle(window)
    dialog = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, ChronologyDialog) and one.isVisible()
    )
    picture("bring-in-a-chronology")
    assert dialog.verb.text() == "Bring 7 events in"
    assert "dates are doubtful" in dialog.summary.text()
    assert sum(one.mark == "check" for one in dialog.preview.items()) >= 4
    dialog.bring()
    assert dialog.said.text().startswith("Say whose chronology it is")
    what = dialog.columns["Significant event"]
    what.setCurrentIndex(what.findData("left_out"))
    assert not dialog.verb.isEnabled()
    what.setCurrentIndex(what.findData("what"))
    dialog.agency.setCurrentIndex(dialog.agency.findData("health"))
    dialog.bring()
    settle(window)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QDialog)
    asked.accept()
    settle(window)
    assert len(page.events.items()) == 14
    page.filters.agency.setCurrentIndex(page.filters.agency.findData("health"))
    settle(window)
    assert len(page.events.items()) == 7
    assert "not checked by police" in page.events.items()[0].why
    picture("told-by-another-agency")
    assert date(2026, 3, 2) in {one.happened_on for one in page.shown_events}
