"""My work: what is late comes first, under words; Enter opens the file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.tasks import add_task
from casefile.opening import OpenStore
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window

PASSWORD = "plum river stone"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def supervised(tmp_path: Path) -> tuple[OpenStore, UUID]:
    """A store with a sergeant signed in, and a file that they supervise."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    me = opened.desk.sign_in("Marsh", PASSWORD)
    file_id = opened.desk.do(open_file).result
    opened.desk.do(allocate, file_id, "supervisor", me.id)
    return opened, file_id


def test_what_i_owe_stands_in_groups_and_opens_by_the_keyboard(
    window: Window, qtbot: QtBot, supervised: tuple[OpenStore, UUID], picture: Any
) -> None:
    opened, file_id = supervised
    today = opened.desk.now().date()
    for title, days in (("Later one", 40), ("Late one", -3), ("Next week’s one", 5), ("Today’s one", 0)):
        opened.desk.do(add_task, file_id, title, today + timedelta(days=days))
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    tasks = window.pages.currentWidget().tasks  # type: ignore[attr-defined]
    shown = [item.title if item.heading else item.why for item in tasks.items()]
    assert shown == [
        "Late (1)", "Late one", "Today and tomorrow (1)", "Today’s one",
        "In the next seven days (1)", "Next week’s one", "Later (1)", "Later one",
    ]  # fmt: skip
    assert tasks.currentIndex().row() == 1, "a heading is never the current one"
    picture("my-work")
    qtbot.keyClick(tasks, Qt.Key.Key_Down)
    assert tasks.currentIndex().row() == 3
    qtbot.keyClick(tasks, Qt.Key.Key_Return)
    settle(window)
    assert window.pages.currentWidget().docket._docket.id == file_id  # type: ignore[attr-defined]


def test_of_two_lines_that_read_alike_each_says_what_it_follows_from(
    window: Window, supervised: tuple[OpenStore, UUID]
) -> None:
    opened, file_id = supervised
    day = f"{opened.desk.now().date()}"
    noted = {"happened_on": day, "known_on": day, "taken": False}
    for why in ("not_considered", "no_equipment"):
        opened.desk.do(record_entry, file_id, "photographs", noted | {"not_taken_why": why})
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    tasks = window.pages.currentWidget().tasks  # type: ignore[attr-defined]
    shown = [item.why for item in tasks.items() if item.why.startswith("Photographs")]
    photographs = "Photographs of an injury, or a sergeant told why not"
    assert sorted(shown) == [
        f"{photographs} · Injury not photographed: No camera or photographer",
        f"{photographs} · Injury not photographed: Not considered",
    ]
