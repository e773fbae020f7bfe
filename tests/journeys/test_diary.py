"""The diary by keyboard: from the month to the record; an invitation to a signed-to-be form; a calendar kept up to date."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.exchange.diary.feeds import feeds
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import find_file
from casefile.handover.absence import record_absence
from casefile.opening import OpenStore
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from tests.journeys.tour import INVITATION
from ui.app import start
from ui.diary.bar import Of
from ui.diary.files import CalendarFiles
from ui.diary.keeper import Keeper
from ui.diary.screen import DiaryScreen
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.shell.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """A file F-1 whose sergeant is away on the day of its core group, eight days from now."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7", team="North"))
    me = desk.sign_in("Okafor", PASSWORD)
    today = desk.now().date()
    file_id = desk.do(open_file, "F-1", today - timedelta(days=30)).result
    desk.do(allocate, file_id, "officer", me.id)
    yesterday = (today - timedelta(days=1)).isoformat()
    fixed = {"next_on": (today + timedelta(days=8)).isoformat(), "next_at": "10:30"}
    desk.do(record_entry, file_id, "core_group", {"happened_on": yesterday, "known_on": yesterday, **fixed})
    desk.do(record_absence, me.id, today + timedelta(days=7), today + timedelta(days=9), "annual_leave")
    return opened


@pytest.fixture
def diary(window: Window, opened: OpenStore) -> DiaryScreen:
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    window.go("diary")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, DiaryScreen)
    return page


def shown(page: DiaryScreen) -> list[str]:
    return [f"{one.title}|{one.mark}" for one in page.list.items() if not one.heading]


def test_the_arrows_lead_to_a_day_and_enter_to_its_record(
    window: Window, diary: DiaryScreen, qtbot: QtBot, picture: Any
) -> None:
    page = diary
    for _ in range(8):
        qtbot.keyClick(page.grid, Qt.Key.Key_Right)
        settle(window)
    assert page.day == page._context.today + timedelta(days=8)
    assert page.grid.currentIndex().data() == str(page.day.day)
    assert shown(page)[0].startswith("DS 7 Okafor is away: annual leave")
    meeting = next(one for one in page.list.items() if "Core group" in one.title)
    assert (meeting.title, meeting.mark) == ("10:30  Core group  Family not named  F-1", "conflict")
    assert "who is to attend, is away that day" in meeting.why
    words = page.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "in conflict" in words
    picture("diary")
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    page.list.choose(meeting.data)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settle(window)
    files = window.pages.currentWidget()
    assert isinstance(files, FilesScreen)
    assert files.docket is not None
    assert files.docket.divider == "core_groups"
    window.go("diary")
    settle(window)
    assert page.day == page._context.today + timedelta(days=8), "the diary stands where it was left"


def test_a_file_leads_to_its_own_diary(window: Window, diary: DiaryScreen, opened: OpenStore) -> None:
    window.go("files", opened.desk.read(find_file, "F-1").id)
    settle(window)
    next(one for one in window.commands() if one.title == "Diary of this file").run()
    settle(window)
    assert diary.bar.whose.currentText() == "File F-1"
    assert any("Core group" in one for one in shown(diary))


def test_keys_turn_pages_and_change_the_view(window: Window, diary: DiaryScreen, qtbot: QtBot) -> None:
    page = diary
    today = page._context.today
    qtbot.keyClick(page.grid, Qt.Key.Key_PageDown)
    settle(window)
    assert (page.day.year, page.day.month) == (
        (today.year, today.month + 1) if today.month < 12 else (today.year + 1, 1)
    )
    qtbot.keyClick(page.grid, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    settle(window)
    assert page.day == today
    qtbot.keyClick(page.grid, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    settle(window)
    assert (page.wanted().until_on - page.wanted().from_on).days == 6
    qtbot.keyClick(page.grid, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    settle(window)
    assert not page.grid.isVisible()
    assert [one for one in shown(page) if "Core group" in one] == [
        "10:30  Core group  Family not named  F-1|conflict"
    ]
    page.bar.choose_of(Of("team"))
    page.read()
    settle(window)
    assert any("Core group" in one for one in shown(page))
    page.day = date(2020, 2, 29)
    page.bar.choose_view("month")
    page.step(-1)
    assert page.day == date(2020, 1, 29)
    page.day = date(2020, 1, 31)
    page.step(1)
    assert page.day == date(2020, 2, 29)


def test_a_diary_that_has_not_changed_is_not_read_again(
    window: Window, diary: DiaryScreen, opened: OpenStore
) -> None:
    page = diary
    held = page._held[page.wanted()]
    page.step(1)
    settle(window)
    page.step(-1)
    settle(window)
    assert page._held[page.wanted()] is held
    done = opened.desk.do(open_file, "F-2")
    page.on_changed(done.changed)
    settle(window)
    assert page._held[page.wanted()] is not held


def test_an_invitation_opens_as_a_form_and_stands_in_the_diary(
    window: Window, diary: DiaryScreen, opened: OpenStore
) -> None:
    page = diary
    page.inviting.take(INVITATION, None)
    settle(window)
    ask = the_ask()
    ask.editors["reference"].set_value("F-1")
    ask.verb.click()
    settle(window)
    files = window.pages.currentWidget()
    assert isinstance(files, FilesScreen)
    assert files.docket is not None
    form = files.docket.records.form
    assert form is not None
    values = form.form.state()
    assert (values["kind"], values["happened_at"], values["place"]) == (
        "review",
        "10:00",
        "Civic Centre, room 4",
    )
    assert [row["name"] for row in values["attendees"]] == ["DC Marsh", "J Lark, health visitor"]
    found = opened.desk.read(open_docket, files.docket.file_id)
    assert [one.name for one in found.documents] == [INVITATION.name]
    page.day = date.fromisoformat(str(values["happened_on"]))
    window.go("diary")
    settle(window)
    assert "10:00  Conference  Family not named  F-1|not signed" in shown(page)


def test_a_calendar_file_follows_the_diary_until_it_is_ended(
    window: Window, diary: DiaryScreen, opened: OpenStore, tmp_path: Path
) -> None:
    place = tmp_path / "diary.ics"
    sheet = CalendarFiles(diary._context, diary.wanted(), diary)
    sheet.open()
    sheet.begin(place)
    settle(window)
    before = place.read_bytes()
    assert b"Core group F-1" in before
    keeper = Keeper(window.jobs, window)
    keeper.look()
    settle(window)
    assert place.read_bytes() == before, "nothing changed, nothing is written"
    place.unlink()
    keeper.look()
    settle(window)
    assert place.exists()
    (kept,) = sheet._context.desk.read(feeds)
    sheet.end(kept)
    settle(window)
    assert not place.exists()
    sheet.close()


def test_the_diary_prints_for_somebody(window: Window, diary: DiaryScreen, tmp_path: Path) -> None:
    place = tmp_path / "diary.pdf"
    diary.print()
    settle(window)
    report = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PrintReport))
    report.ask_where()
    assert "Say for whom" in report.said.text()
    report.recipient.setText("the morning meeting")
    report.save_copy(place)
    settle(window)
    assert place.read_bytes().startswith(b"%PDF")
    report.close()
