"""What can be done with a file is found on its page: its menu, what is owed by hand, the chronology, the way in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.errors import Refused
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.restrict import restrict_file
from casefile.opening import OpenStore
from casefile.record.presence import Here
from tests.journeys.test_keeping_a_file import PASSWORD, give, the_ask
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window
from ui.widgets.dialogs import Ask
from ui.widgets.menu import MenuButton

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
CONTACT = {
    "kind": "doorstep",
    "by_whom": "DC Lovell",
    "note": "The door stayed shut.",
    "child_seen": "refused",
}


@pytest.fixture
def kept(window: Window, tmp_path: Path) -> tuple[OpenStore, UUID]:
    """A file of one child, refused to police at the door, open in the window of a sergeant."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    for name, role in (("Marsh", "sergeant"), ("Prior", "inspector")):
        desk.do(add_officer, NewOfficer(name, role, PASSWORD))
    desk.sign_in("Marsh", PASSWORD)
    file_id = desk.do(open_file).result
    named = {
        "name": {"kind": "legal", "given": "Amy", "family": "Ashdown"},
        "involvement": {"role": "subject"},
    }
    desk.do(add_person, file_id, named)
    day = desk.now().date().isoformat()
    desk.do(record_entry, file_id, "contact", {**CONTACT, "happened_on": day, "known_on": day})
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    window.go("files", file_id)
    settle(window)
    return opened, file_id


def docket_of(window: Window) -> Any:
    return window.pages.currentWidget().docket  # type: ignore[attr-defined]


def the_menu() -> QMenu:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())


def chosen(window: Window, words: str) -> None:
    """Pick a line of the menu that stands open."""
    menu = the_menu()
    line = next(one for one in menu.actions() if one.text().startswith(words))
    menu.close()
    line.trigger()
    settle(window)


def pressed(window: Window, within: QWidget, words: str) -> None:
    """Press the button of this name."""
    found = [one for one in within.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    assert found, words
    found[0].click()
    settle(window)


def test_the_menu_of_a_file_opens_by_keyboard_and_names_every_act_with_its_keys(
    window: Window, kept: tuple[OpenStore, UUID], qtbot: QtBot
) -> None:
    button = next(one for one in docket_of(window).findChildren(MenuButton))
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Down)
    settle(window)
    said = [one.text() for one in the_menu().actions()]
    assert "Print this file\tCtrl+P" in said
    assert "Restrict this file to named readers" in said
    assert "Export this file as JSON" in said
    chosen(window, "Print this file")
    assert any(
        one.windowTitle().startswith("Print") for one in QApplication.topLevelWidgets() if one.isVisible()
    )


def test_something_owed_is_added_done_and_opened_again(window: Window, kept: tuple[OpenStore, UUID]) -> None:
    right = docket_of(window).right
    pressed(window, right, "Add")
    give(window, title="", due_on="31/2/2026")
    assert the_ask().isVisible()
    give(window, title="Ring the school about Amy", due_on="1 Dec 2099", owed_by="education")
    added = next(one for one in docket_of(window)._docket.owed if one.title == "Ring the school about Amy")
    assert (added.owed_by, added.due_on.isoformat()) == ("education", "2099-12-01")
    right.owed.choose(added)
    right._say(added, "done")
    give(window, reason="Head teacher, by telephone.")
    assert "Ring the school about Amy" not in [one.title for one in right.owed.items()]
    pressed(window, right, "Ended")
    ended = next(one for one in right.owed.items() if one.title == "Ring the school about Amy")
    right.owed.choose(ended.data)
    right._ask_task(ended.data)
    settle(window)
    chosen(window, "Open again")
    give(window, reason="It was another child.")
    again = next(one for one in docket_of(window)._docket.owed if one.title == "Ring the school about Amy")
    assert again.state.outstanding


def test_the_chronology_is_a_divider_that_marks_what_weighs_and_leads_to_the_record(
    window: Window, kept: tuple[OpenStore, UUID], qtbot: QtBot
) -> None:
    docket = docket_of(window)
    docket.go_to("chronology")
    settle(window)
    page = docket.middle.chronology
    assert [(one.mark, one.tone) for one in page.events.items()] == [("danger", "danger")]
    qtbot.keyClicks(page.filter, "danger access")
    settle(window)
    assert len(page.events.items()) == 1
    qtbot.keyClicks(page.filter, " nothing")
    settle(window)
    assert page.events.items() == ()
    page.filter.clear()
    settle(window)
    page.events.choose_first()
    qtbot.keyClick(page.events, Qt.Key.Key_Return)
    settle(window)
    assert docket.divider == "contacts"


def test_a_restricted_file_is_asked_for_on_the_page_of_files(
    window: Window, kept: tuple[OpenStore, UUID]
) -> None:
    opened, file_id = kept
    reference = docket_of(window)._docket.reference
    desk = opened.desk
    marsh = desk.actor.officer_id
    assert marsh is not None
    desk.do(restrict_file, file_id, [marsh], "A relative works here.")
    desk.sign_out()
    desk.sign_in("Prior", PASSWORD)
    window.gate.enter(opened, "Prior")
    settle(window)
    window.go("files")
    settle(window)
    page: Any = window.pages.currentWidget()
    assert page.list.table.rows.rows == ()
    pressed(window, page, "Open a restricted file …")
    give(window, reference=reference, reason="")
    assert the_ask().isVisible()
    give(window, reference=reference, reason="The child is missing tonight.")
    assert docket_of(window)._docket.id == file_id


def test_officers_change_their_password_from_their_name(window: Window, kept: tuple[OpenStore, UUID]) -> None:
    opened, _ = kept
    window.top._who.click()
    settle(window)
    chosen(window, "Change your password")
    give(window, old=PASSWORD, new="lantern copper mule", again="lantern copper mole")
    assert the_ask().isVisible()
    give(window, old="not that one", new="lantern copper mule", again="lantern copper mule")
    assert the_ask().isVisible()
    give(window, old=PASSWORD, new="lantern copper mule", again="lantern copper mule")
    assert not any(isinstance(one, Ask) and one.isVisible() for one in QApplication.topLevelWidgets())
    for one in QApplication.topLevelWidgets():
        if one is not window and one.isVisible():
            one.close()
    opened.desk.sign_out()
    with pytest.raises(Refused, match="name or the password is wrong"):
        opened.desk.sign_in("Marsh", PASSWORD)
    opened.desk.sign_in("Marsh", "lantern copper mule")


def test_others_in_the_file_make_no_window_wider(window: Window, kept: tuple[OpenStore, UUID]) -> None:
    """At twice the type the head had no room for who is here and what they wrote: the window grew off the screen."""
    _, file_id = kept
    window._theme.set_scale(2.0)
    window.resize(1280, 720)
    settle(window)
    window.go("files", file_id)
    settle(window)
    head = docket_of(window).head
    until = datetime(2027, 1, 1, tzinfo=UTC)
    names = (("DS 5163 Okafor", "O", True), ("DC 4471 Lovell-Marsh", "LM", False))
    others = [
        Here(uuid4(), uuid4(), name, letters, None, writes, False, until) for name, letters, writes in names
    ]
    head.here.show_here(others)
    head.say_news("2 new entries, 1 amended entry, 3 new alarms · Show")
    settle(window)
    assert head.here.isVisible()
    assert window.width() == 1280
    assert window.minimumSizeHint().width() <= 1280
    news = next(one for one in head.findChildren(QPushButton) if "amended" in one.accessibleName())
    assert news.text() == "Show news"
    window._theme.set_scale(1.0)
