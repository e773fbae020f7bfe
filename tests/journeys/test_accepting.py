"""A supervisor accepts an alarm from the head of an open file, with a reason; it is silent there until its day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.alarms.queries import alarms_now
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from tests.journeys.conftest import Picture
from tests.journeys.test_keeping_a_file import PASSWORD, give, the_ask
from ui.app import start
from ui.files.docket import DocketView
from ui.pictures import settle
from ui.shell.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


def accept_button(docket: DocketView) -> QPushButton | None:
    found = docket.head.findChildren(QPushButton)
    return next((one for one in found if one.isVisible() and one.text() == "Accept an alarm …"), None)


def test_an_alarm_is_accepted_from_the_file(window: Window, tmp_path: Path, picture: Picture) -> None:
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    for name, role in (("Marsh", "constable"), ("Okafor", "sergeant")):
        opened.desk.do(add_officer, NewOfficer(name, role, PASSWORD))
    desk = opened.desk
    desk.sign_in("Marsh", PASSWORD)
    day = desk.now().date() - timedelta(days=20)
    file_id = desk.do(open_file, None, day).result
    seen = {"happened_on": day.isoformat(), "known_on": day.isoformat(), "kind": "visit_unannounced",
            "by_whom": "Marsh", "child_seen": "with_others", "note": "Both children at the table."}  # fmt: skip
    desk.do(record_entry, file_id, "contact", seen)
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    window.go("files", file_id)
    settle(window)
    assert accept_button(window.pages.currentWidget().docket) is None  # type: ignore[attr-defined]
    window.lock()
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    window.go("files", file_id)
    settle(window)
    docket = window.pages.currentWidget().docket  # type: ignore[attr-defined]
    verb = accept_button(docket)
    assert verb is not None
    standing = [one for one in desk.read(alarms_now, file_id) if one.accepted is None]
    verb.click()
    menu = next(one for one in docket.head.findChildren(QMenu) if one.isVisible())
    assert len(menu.actions()) == len(standing)
    menu.actions()[0].trigger()
    menu.close()
    settle(window)
    the_ask().editors["reason"].set_value("The supervisor has both names and visits on Thursday.")
    picture("accept")
    give(window)
    left = [one for one in desk.read(alarms_now, file_id) if one.accepted is None]
    assert len(left) == len(standing) - 1
    picture("accepted")
