"""Keeping a file through the real window: amend, compare, mark, record, find, and see it in the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.audit.queries import log_page
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.queries.names import names_in_log
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window
from ui.widgets.dialogs import Ask
from ui.widgets.lists import ItemList
from ui.widgets.versions import Versions

PASSWORD = "plum river stone"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def docket(window: Window, tmp_path: Path) -> Any:
    """A file of one child with one signed contact, open in the window."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    opened.desk.sign_in("Marsh", PASSWORD)
    desk = opened.desk
    file_id = desk.do(open_file).result
    facts = {
        "name": {"kind": "legal", "given": "Amy", "family": "Ashdown"},
        "involvement": {"role": "subject"},
    }
    child = desk.do(add_person, file_id, facts).result
    mode = desk.standards.codes("strategy_mode").codes[0].code
    outcome = desk.standards.codes("strategy_outcome").codes[0].code
    day = desk.now().date().isoformat()
    values = {
        "happened_on": day,
        "known_on": day,
        "concerns": [str(child)],
        "mode": mode,
        "outcome": outcome,
        "s47_kind": desk.standards.codes("s47_kind").codes[0].code,
    }
    desk.do(record_entry, file_id, "strategy", values)
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    window.go("files", (file_id, "strategy"))
    settle(window)
    return window.pages.currentWidget().docket  # type: ignore[attr-defined]


def the_ask() -> Ask:
    """The dialog that asks, as it stands open."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Ask) and one.isVisible())


def give(window: Window, **values: str) -> None:
    """Fill the open dialog and press its verb."""
    ask = the_ask()
    for key, value in values.items():
        ask.editors[key].set_value(value)
    ask.verb.click()
    settle(window)


def test_an_amendment_wants_a_reason_and_stands_beside_the_first(window: Window, docket: Any) -> None:
    docket.records.amend()
    settle(window)
    form = docket.records.form
    form.form.editors["place"].set_value("Town hall") if "place" in form.form.editors else None
    form.form.changed.emit()
    form.sign()
    settle(window)
    assert "reason" in form._said.text().lower() or "why" in form._said.text().lower()
    form._reason.setText("The chair corrected the record.")
    form.sign()
    settle(window)
    shown = docket.records._shown()
    assert (shown.version, shown.versions, shown.reason) == (2, 2, "The chair corrected the record.")
    docket.records._ask_versions(shown)
    settle(window)
    assert docket.findChildren(Versions)


def test_a_page_is_made_when_it_is_wanted_and_what_is_told_the_same_stays_as_it_is(
    window: Window, docket: Any
) -> None:
    made = vars(docket.middle)
    assert {"records", "comparing"} <= made.keys()
    assert not {"front", "people", "documents", "audit", "chronology", "picture", "wider"} & made.keys()
    docket.go_to("front_sheet")
    settle(window)
    lists = docket.middle.front.findChildren(ItemList)
    assert lists[0].accessibleName() == "Children"
    lists[0].setFocus()
    docket.read()
    settle(window)
    assert docket.middle.front.findChildren(ItemList) == lists
    assert lists[0].hasFocus()
    docket.go_to("chronology")
    settle(window)
    assert made["chronology"].isVisible()


def test_a_divider_is_marked_not_applicable_with_a_reason(window: Window, docket: Any) -> None:
    docket.go_to("bail")
    settle(window)
    docket.records._ask_mark(False)
    give(window)
    assert the_ask().isVisible()
    give(window, reason="Nobody was arrested.")
    marked = next(one for one in docket._docket.dividers if one.key == "bail")
    assert marked.mark == "not_applicable"
    assert "Nobody was arrested" in marked.said_by


def test_a_person_is_added_and_what_is_known_grows(window: Window, docket: Any) -> None:
    docket.go_to("child")
    settle(window)
    docket.new()
    give(window, role="mother", given="Kay", family="Ashdown", born_on="31/2/1990", source="Housing")
    assert the_ask().isVisible()
    give(window, born_on="1/2/1990")
    names = [one.name for one in docket._docket.people]
    assert "Kay Ashdown" in names


def test_what_was_done_stands_behind_the_audit_divider(window: Window, docket: Any) -> None:
    docket.go_to("audit")
    settle(window)
    acts = {one.act for one in docket.middle.audit.table.rows.rows}
    assert {"files.open_docket", "files.record_entry", "files.add_person"} <= acts


def test_the_list_filters_as_one_types(qtbot: QtBot, window: Window, docket: Any) -> None:
    docket.left.emit()
    settle(window)
    page: Any = window.pages.currentWidget()
    for typed, found in (("ashd", 1), ("nobody", 0), ("AMY", 1)):
        page.list.finding.setText(typed)
        page.list.read()
        settle(window)
        assert page.list.table.rows.rowCount() == found, typed


def test_the_palette_finds_a_file_by_name(qtbot: QtBot, window: Window, docket: Any) -> None:
    window.go("log")
    settle(window)
    window.ask_where()
    palette: Any = next(one for one in QApplication.topLevelWidgets() if one.windowTitle() == "Go to")
    palette.field.setText("ashdown")
    qtbot.waitUntil(lambda: any(one.title == "Files" for one in palette.found.items()))
    file = next(one for one in palette.found.items() if one.title.startswith("ASHDOWN  "))
    palette._pick(file.data)
    settle(window)
    assert window.pages.here == "files"


def test_a_document_is_read_inside_the_app(window: Window, docket: Any, tmp_path: Path) -> None:
    paper = tmp_path / "note.txt"
    paper.write_text("Seen at school, well.", "utf-8")
    docket.go_to("documents")
    settle(window)
    docket.middle.documents.add_paths([paper])
    settle(window)
    rows = docket.middle.documents.table.rows.rows
    assert [one.name for one in rows] == ["note.txt"]
    docket.middle.documents._open(rows[0])
    settle(window)
    assert docket.middle.documents.findChildren(QWidget)


def test_the_log_names_file_and_person_and_narrows_by_the_keyboard(
    window: Window, docket: Any, qtbot: QtBot, picture: Any
) -> None:
    window.go("log")
    settle(window)
    page = window.pages.currentWidget()
    table = page.table  # type: ignore[attr-defined]
    words = [
        [table.rows.data(table.rows.index(row, column)) for column in range(table.rows.columnCount())]
        for row in range(table.rows.rowCount())
    ]
    opened = next(one for one in words if one[4].startswith("Open a file"))
    reference, person = opened[5], opened[6]
    assert reference.startswith("F-")
    assert person == "Amy Ashdown"
    picture("the-log")
    table.choose(next(place for place, one in enumerate(words) if one[5] == reference))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(window)
    assert {table.rows.data(table.rows.index(row, 5)) for row in range(table.rows.rowCount())} == {reference}
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    settle(window)
    assert table.rows.rowCount() >= len(words)


def test_an_administrator_sees_references_in_the_log_and_no_names(window: Window, docket: Any) -> None:
    desk = window.context.desk  # type: ignore[union-attr]
    desk.sign_in("Hale", PASSWORD)
    lines = desk.read(log_page)
    names = desk.read(
        names_in_log,
        {one for line in lines for one in line.files},
        {one for line in lines for one in line.people},
    )
    assert names.files
    assert not names.people


def test_the_household_page_says_who_lives_where_and_what_is_not_verified(
    window: Window, docket: Any, picture: Any
) -> None:
    desk, file_id = window.context.desk, docket._docket.id  # type: ignore[union-attr]
    child = docket._docket.people[0].id
    home = {"address": "4 Mill Lane", "town": "Selby", "kind": "home", "from_on": "2 Mar 2024"}
    desk.do(record_fact, file_id, child, "residence", home)
    partner = {"name": {"kind": "known_as", "given": "Craig"}, "involvement": {"role": "partner"}}
    him = desk.do(add_person, file_id, partner).result
    desk.do(record_fact, file_id, him, "residence", {**home, "kind": "frequents", "verified": False})
    window.go("files", (file_id, "household"))
    settle(window)
    said = [one.text() for one in docket.middle.records.findChildren(QLabel)]
    assert "4 Mill Lane, Selby" in said
    assert any(one.startswith("Amy Ashdown") and "since 2 Mar 2024" in one for one in said)
    assert any(one.startswith("Craig") and "requents" in one for one in said)
    assert any("not verified" in one for one in said)
    picture("household")
    docket.go_to("strategy")
    settle(window)
    assert "4 Mill Lane, Selby" not in [one.text() for one in docket.middle.records.findChildren(QLabel)]
