"""A sergeant reads what changed since the last review by keyboard alone, each record beside its line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.documents import add_document
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.tasks import add_task
from tests.conftest import officer_of
from tests.journeys.conftest import Picture
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window
from ui.supervision.digest import DigestView
from ui.supervision.screen import ReviewScreen

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def page(window: Window, tmp_path: Path) -> DigestView:
    """The review of a file that was reviewed ten days ago, with something new under most headings."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD))
    opened.desk.sign_in("Okafor", PASSWORD)
    desk = opened.desk
    today = desk.now().date()

    def day(ago: int) -> dict[str, str]:
        on = (today - timedelta(days=ago)).isoformat()
        return {"happened_on": on, "known_on": on}

    def tell(record: str, ago: int, **values: Any) -> None:
        desk.do(record_entry, file_id, record, {**day(ago), **values})

    file_id: UUID = desk.do(open_file, None, today - timedelta(days=60)).result
    desk.do(allocate, file_id, "supervisor", officer_of(desk), today - timedelta(days=60))
    name = {"kind": "legal", "given": "Wren", "family": "Ashdown"}
    wren = desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}}).result
    review = {"kind": "scheduled", "supervisor": "DS Okafor", "risk_right": True, "note": "Goes on."}
    tell("supervision", 10, **review, review_on=(today + timedelta(days=2)).isoformat())
    visit = {"kind": "visit_joint", "by_whom": "DC Marsh", "present": "Mother", "note": "Well."}
    tell("contact", 3, **visit, child_seen="alone", concerns=[str(wren)])
    desk.do(add_task, file_id, "Ask the school", today + timedelta(days=4))
    partner = {"kind": "legal", "given": "Marek", "family": "Dunn"}
    desk.do(add_person, file_id, {"name": partner, "involvement": {"role": "partner"}})
    desk.do(add_document, file_id, "report.txt", b"What the school says.")
    other = desk.do(open_file, None, today - timedelta(days=90)).result
    desk.do(record_fact, other, wren, "involvement", {"role": "sibling"})
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    window.go("review", file_id)
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, ReviewScreen)
    screen.show_chosen()
    settle(window)
    return screen.page.changed


def said(widget: Any) -> str:
    """Everything that the record beside the list says."""
    words = [one.text() for one in widget.findChildren(QLabel)]
    return "\n".join([*words, *(one.toPlainText() for one in widget.findChildren(QPlainTextEdit))])


def test_every_line_opens_its_record_beside_the_list(
    window: Window, page: DigestView, qtbot: QtBot, picture: Picture
) -> None:
    assert page.digest is not None
    assert page.digest.since.startswith("your review of")
    qtbot.keyClick(window.pages.currentWidget(), Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert page.lines.hasFocus()
    qtbot.keyClick(page.lines, Qt.Key.Key_Home)
    read: dict[str, str] = {}
    for item in page.lines.items():
        if item.heading:
            continue
        assert page.lines.currentIndex().data() == item.title
        qtbot.keyClick(page.lines, Qt.Key.Key_Return)
        settle(window)
        assert page.reader.isVisible()
        read[item.data.opens] = read.get(item.data.opens, "") + said(page.reader)
        if item.data.opens == "entry":
            picture("entry beside")
        qtbot.keyClick(page.reader, Qt.Key.Key_Escape)
        assert page.lines.hasFocus()
        assert not page.reader.isVisible()
        qtbot.keyClick(page.lines, Qt.Key.Key_Down)
    assert set(read) >= {"entry", "person", "task", "document", "file"}
    assert "Seen alone" in read["entry"]
    assert "Marek Dunn" in read["person"]
    assert "Ask the school" in read["task"]
    assert "No text could be read" in read["document"]
    assert "Held by: nobody" in read["file"]
    qtbot.keyClick(page.lines, Qt.Key.Key_Escape)
    assert window.pages.currentWidget().queue.hasFocus()  # type: ignore[attr-defined]


def test_the_record_leads_into_its_file_and_another_day_counts_anew(
    window: Window, page: DigestView, picture: Picture
) -> None:
    page.ask_since()
    ask = the_ask()
    ask.editors["since"].set_value("31 February")
    ask.verb.click()
    assert "31 February" in ask.said.text()
    ask.editors["since"].set_value((page._context.today - timedelta(days=2)).strftime("%d/%m/%Y"))
    ask.verb.click()
    settle(window)
    assert page.digest is not None
    assert page.digest.review is None
    assert page.digest.since_on == page._context.today - timedelta(days=3)
    page.ask_since()
    ask = the_ask()
    ask.editors["since"].set_value((page._context.today + timedelta(days=1)).strftime("%d/%m/%Y"))
    ask.verb.click()
    assert "still to come" in ask.said.text()
    ask.reject()
    page.ask_since()
    assert str((page._context.today - timedelta(days=2)).year) in str(the_ask().editors["since"].value())
    assert "review" not in str(page.digest.since), "the day chosen before still counts"
    the_ask().editors["since"].set_value("")
    the_ask().verb.click()
    settle(window)
    assert page.digest.review is not None
    line = next(one for group in page.digest.groups for one in group.lines if one.opens == "entry")
    page.read_line(line)
    settle(window)
    page.reader.opens.click()
    settle(window)
    screen: Any = window.pages.currentWidget()
    assert screen.docket.divider == "contacts"
    picture("in the file")
