"""The table shows frozen rows by page, and keeps Qt's rules for models."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.widgets.lists import Item, ItemList
from ui.widgets.table import TONE, Column, Rows, Table

COLUMNS = (
    Column("name", "Name", lambda one: one[0], width=0),
    Column("late", "Late", lambda one: one[1], lambda one: "late" if one[1] else None),
)


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    rows = Rows(COLUMNS)
    rows.show_rows([("Ashdown", "9 late"), ("Bellwether", "")])
    qtmodeltester.check(rows, force_py=True)


def test_the_next_page_is_asked_for_once(qtbot: QtBot) -> None:
    rows = Rows(COLUMNS)
    rows.show_rows([("A", "")], total=2)
    asked: list[int] = []
    rows.wants_more.connect(asked.append)
    assert rows.canFetchMore(QModelIndex())
    rows.fetchMore(QModelIndex())
    assert not rows.canFetchMore(QModelIndex())
    rows.add_rows([("B", "")])
    assert asked == [1]
    assert rows.rowCount() == 2
    assert not rows.canFetchMore(QModelIndex())


def test_a_tone_never_stands_without_its_word(qtbot: QtBot) -> None:
    rows = Rows(COLUMNS)
    rows.show_rows([("A", "9 late")])
    assert rows.index(0, 1).data(TONE) == "late"
    assert rows.index(0, 1).data() == "9 late"


def test_enter_opens_the_row(qtbot: QtBot, theme: Theme) -> None:
    table = Table(COLUMNS, theme, "Files")
    qtbot.addWidget(table)
    table.rows.show_rows([("A", ""), ("B", "")])
    table.choose(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [("B", "")]


def test_a_heading_sorts_up_then_down(qtbot: QtBot, theme: Theme) -> None:
    table = Table(COLUMNS, theme, "Files")
    qtbot.addWidget(table)
    asked: list[tuple[str, bool]] = []
    table.sorted_by.connect(lambda key, down: asked.append((key, down)))
    table._heading(0)
    table._heading(0)
    assert asked == [("name", False), ("name", True)]


def test_a_list_opens_by_keyboard_and_says_all_of_an_item(qtbot: QtBot, theme: Theme) -> None:
    shown = ItemList(theme, "Owed")
    qtbot.addWidget(shown)
    shown.show_items([Item("Medical report", "Hospital", "9 late", "danger", "task")])
    shown.setCurrentIndex(shown.model().index(0, 0))
    with qtbot.waitSignal(shown.opened) as opened:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert opened.args == ["task"]
    said = shown.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Medical report. Hospital. 9 late"
