"""A return is brought in through the window, told in words; a file goes out as JSON and comes back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import list_files
from ui.app import start
from ui.files.export import write_export
from ui.pictures import settle
from ui.shell.window import Window

PASSWORD = "plum river stone"
RETURN = Path(__file__).parents[1] / "data" / "cin-census" / "CIN_Census_2024.xml"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


def test_a_return_comes_in_and_a_file_goes_out(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    window.go("imports")
    page: Any = window.pages.currentWidget()
    assert window.context is not None
    page.received.editor.edit.setText((window.context.today + timedelta(days=1)).isoformat())
    page.bring_in([RETURN])
    assert page.queue == ()
    assert "future" in page.received.wrong.text()
    page.received.editor.edit.setText("3 Apr 2024")
    page.bring_in([RETURN, tmp_path / "not there.xml"])
    settle(window)
    qtbot.waitUntil(lambda: all(one.over for one in page.queue), timeout=60_000)
    settle(window)
    done, refused = page.list.items()
    assert (done.title, refused.mark) == (RETURN.name, "not brought in")
    assert "cannot be read" in page.report.sentence.text()
    page.list.choose(0)
    assert page.report.doubts.rows.total == len(page.queue[0].told.doubts) > 0
    assert "2 files opened" in page.report.words.toPlainText()
    rows = opened.desk.read(list_files).rows
    assert len(rows) == 2

    known = opened.desk.read(open_docket, rows[0].id)
    assert known.opened_on == date(2024, 4, 3)
    assert {one.known_on for one in known.chronology} == {date(2024, 4, 3)}

    window.go("files", rows[0].id)
    settle(window)
    docket = window.pages.currentWidget().docket  # type: ignore[attr-defined]
    target = tmp_path / "file.json"
    assert window.context is not None
    write_export(window.context, docket._docket, "the reviewing officer", target, docket)
    settle(window)
    assert json.loads(target.read_text("utf-8"))

    window.go("imports")
    page.bring_in([target])
    qtbot.waitUntil(lambda: all(one.over for one in page.queue), timeout=60_000)
    settle(window)
    assert page.list.items()[-1].title == "file.json"
    assert len(opened.desk.read(list_files).rows) == 2
