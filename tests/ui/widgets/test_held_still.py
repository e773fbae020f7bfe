"""What others wrote comes in without moving what a person reads or types: choice, scroll, caret and focus stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from casefile.record.described import Description, FieldKind, FieldSpec, GroupSpec
from casefile.standards import library
from ui.theme.theme import Theme
from ui.widgets.choice import Around
from ui.widgets.difference import differing_words
from ui.widgets.fields.text import ProseEditor, moved
from ui.widgets.form import Form
from ui.widgets.lists import LAID_AT_ONCE, Item, ItemList
from ui.widgets.parts import column, label
from ui.widgets.still import held_still
from ui.widgets.table import Column, Table

K = FieldKind
ABOUT = Description(
    "contact",
    "contacts",
    "Contact",
    "",
    (
        FieldSpec("where", "Where", K.LINE),
        FieldSpec("note", "Note", K.PROSE),
        FieldSpec("view", "Police view", K.PROSE),
    ),
    (GroupSpec("who", "Who", "Who", (FieldSpec("name", "Name", K.LINE), FieldSpec("role", "Role", K.LINE))),),
)


@dataclass(frozen=True)
class Row:
    id: int
    name: str


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Form:
    made = Form(ABOUT, Around(date(2026, 11, 23), library().codes))
    qtbot.addWidget(made)
    made.show()
    return made


def prose(form: Form, key: str = "note") -> QPlainTextEdit:
    inner = form.editors[key].inner()
    assert isinstance(inner, QPlainTextEdit)
    return inner


def rows(*numbers: int) -> list[Row]:
    return [Row(one, f"Family {one}") for one in numbers]


def items(*numbers: int) -> list[Item]:
    return [Item(one.name, "why", data=one) for one in rows(*numbers)]


def test_a_list_keeps_its_choice_and_its_place(qtbot: QtBot, theme: Theme) -> None:
    shown = ItemList(theme, "Files")
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show()
    shown.show_items(items(*range(10, 40)))
    shown.choose(Row(25, "Family 25"))
    shown.verticalScrollBar().setValue(shown.verticalScrollBar().maximum() // 2)
    middle = QPoint(50, 100)
    before, where = shown.indexAt(middle).data(), shown.visualRect(shown.indexAt(middle)).top()
    chosen: list[object] = []
    shown.chosen.connect(chosen.append)
    shown.show_items(items(*range(5, 40)))
    assert shown.currentIndex().data() == "Family 25"
    assert (shown.indexAt(middle).data(), shown.visualRect(shown.indexAt(middle)).top()) == (before, where)
    assert chosen == []
    shown.show_items(items(1, 2))
    assert shown.currentIndex().isValid()


def test_a_long_list_is_measured_a_few_at_a_time_and_keeps_its_place_far_below(
    qtbot: QtBot, theme: Theme
) -> None:
    shown = ItemList(theme, "Chronology", timeline=True)
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show()
    measured: dict[Any, int] = shown._lines._heights
    shown.show_items(items(*range(1000)))
    shown.choose_first()
    assert len(measured) <= 2 * LAID_AT_ONCE, "at the width before the scroll bar came, and beside it"
    assert shown.indexAt(QPoint(50, 100)).isValid(), "what is in view is seen before all is measured"
    assert shown.viewport().rect().intersects(shown.visualRect(shown.currentIndex()))
    qtbot.waitUntil(lambda: shown.measured >= 1000, timeout=5000)

    shown.show_items(items(*range(5000, 6000)))
    qtbot.keyClick(shown, Qt.Key.Key_End)
    assert shown.currentIndex().data() == "Family 5999"
    assert shown.viewport().rect().intersects(shown.visualRect(shown.currentIndex()))
    middle = QPoint(50, 100)
    before, where = shown.indexAt(middle).data(), shown.visualRect(shown.indexAt(middle)).top()
    shown.show_items(items(*range(4990, 6000)))
    assert (shown.indexAt(middle).data(), shown.visualRect(shown.indexAt(middle)).top()) == (before, where)


def test_a_list_that_takes_some_of_the_room_measures_no_more_than_it_shows(
    qtbot: QtBot, theme: Theme
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    body, shown = column(page), ItemList(theme, "Records")
    body.addWidget(shown)
    shown.show_items(items(*range(1000)))
    shown.keep_whole(230)
    page.show()
    assert 100 < shown.height() <= 230
    assert len(shown._lines._heights) <= 2 * LAID_AT_ONCE


def test_at_the_very_top_what_is_new_is_seen(qtbot: QtBot, theme: Theme) -> None:
    shown = ItemList(theme, "Files")
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show()
    shown.show_items(items(*range(10, 40)))
    shown.choose_first()
    shown.show_items(items(9, *range(10, 40)))
    assert shown.currentIndex().data() == "Family 10"
    assert shown.verticalScrollBar().value() == 0
    shown.choose_none()
    assert not shown.currentIndex().isValid()


def test_a_table_keeps_its_choice_and_its_place(qtbot: QtBot, theme: Theme) -> None:
    table = Table((Column("name", "Name", lambda one: one.name, width=0),), theme, "Files")
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    table.show_again(rows(*range(10, 60)))
    table.choose(20)
    table.verticalScrollBar().setValue(15)
    top = table.rows.rows[table.rowAt(1)]
    table.show_again(rows(*range(5, 60)))
    assert table.current() == Row(30, "Family 30")
    assert table.rows.rows[table.rowAt(1)] == top


def test_the_caret_stays_before_the_same_letters(form: Form) -> None:
    form.set_state({"note": "One.\nTwo.\nThree.", "where": "At the school"})
    edit = prose(form)
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(len("One.\nTw"))
    edit.setTextCursor(cursor)
    form.bring_in({"note": "Nought.\nOne.\nTwo.\nThree and more."})
    assert edit.toPlainText() == "Nought.\nOne.\nTwo.\nThree and more."
    assert edit.toPlainText()[: edit.textCursor().position()] == "Nought.\nOne.\nTw"
    edit.undo()
    assert edit.toPlainText() == "One.\nTwo.\nThree."
    line = form.editors["where"].inner()
    assert isinstance(line, QLineEdit)
    line.setCursorPosition(len("At the"))
    form.bring_in({"where": "Near At the school gate"})
    assert line.text()[: line.cursorPosition()] == "Near At the"


TEXTS = st.lists(st.sampled_from(["Seen.", "", "Zoë 😀", "Not seen", "x"]), max_size=5).map("\n".join)


@given(TEXTS, TEXTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_becomes_any_other(qtbot: QtBot, theme: Theme, before: str, after: str) -> None:
    editor = ProseEditor()
    qtbot.addWidget(editor)
    editor.set_value(before)
    editor.bring_in(after)
    assert (editor.value() or "") == after
    assert 0 <= moved(before, after, len(before)) <= len(after)


def test_a_row_that_stays_keeps_the_keyboard(form: Form, qtbot: QtBot) -> None:
    form.set_state({"who": [{"name": "Amy"}, {"name": "Ben"}, {"name": "Cat"}]})
    kept = form.groups["who"].rows[1]
    form.activateWindow()
    kept.editors["name"].setFocus()
    form.groups["who"].add()
    form.bring_in({"who": [{"name": "Zoë"}, {"name": "Ben"}, {"name": "Cat", "role": "GP"}, {"name": "Dan"}]})
    assert [one["name"] for one in form.state()["who"]] == ["Zoë", "Ben", "Cat", "Dan"]
    assert kept in form.groups["who"].rows
    assert kept.editors["name"].inner().hasFocus()
    form.bring_in({"who": None})
    assert "who" not in form.state()


def test_a_doubt_comes_in_and_goes(form: Form) -> None:
    form.bring_in({"where": {"·stated": {"stated": "Nowhere", "why": "No such place."}}})
    assert form.state()["_doubts"] == {"where": {"stated": "Nowhere", "why": "No such place."}}
    form.bring_in({"where": "School"})
    assert form.state() == {"where": "School"}


def test_what_grows_above_moves_nothing_under_the_hands(qtbot: QtBot, form: Form) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.resize(500, 160)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    edit = prose(form, "view")
    edit.setFocus()
    QApplication.processEvents()
    before = edit.mapTo(area, QPoint(0, 0)).y()
    with held_still(form):
        form.bring_in({"note": "\n".join(["A line"] * 9)})
        body: Any = form.layout()
        body.insertWidget(0, label("Words of a colleague came in.", wrap=True))
    assert edit.mapTo(area, QPoint(0, 0)).y() == before
    assert edit.hasFocus()
    area.takeWidget()


@pytest.mark.parametrize(
    ("text", "other", "differs"),
    [
        ("A dog came.", "A cat came.", ["dog"]),
        ("A dog came.", "A dog came.", []),
        ("A 😀 dog", "A 😀 cat", ["dog"]),
        ("Nothing", "A dog", ["Nothing"]),
    ],
)
def test_the_words_that_differ_are_marked(text: str, other: str, differs: list[str]) -> None:
    wide = text.encode("utf-16-le")
    found = [wide[low * 2 : high * 2].decode("utf-16-le") for low, high in differing_words(text, other)]
    assert found == differs
