"""What a divider lacks is read at once, and where it is much the rest is a press away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from casefile.files.queries.docket import DividerRow
from ui.files.lacking import FIRST, Lacking
from ui.files.marks import POINTED, divider_item, first_of


def lacking(count: int) -> DividerRow:
    missing = tuple(f"Contact of {day} May 2026: nothing under “Place”." for day in range(1, count + 1))
    return DividerRow("contacts", "Contacts", "missing", count, missing, "Every visit.", "WT 2.1", "", ())


def test_the_first_are_said_and_all_on_demand(qtbot: QtBot) -> None:
    shown = Lacking()
    qtbot.addWidget(shown)
    shown.show()
    said, turn = shown.findChild(QLabel), shown.findChild(QPushButton)
    assert isinstance(said, QLabel)
    assert isinstance(turn, QPushButton)
    shown.tell(lacking(FIRST), told_above=False)
    assert not turn.isVisible()
    shown.tell(lacking(30), told_above=False)
    assert f"of {FIRST} May 2026" in said.text()
    assert f"of {FIRST + 1} May 2026" not in said.text()
    assert "… and 22 more." in said.text()
    assert said.text().endswith("The standard asks: Every visit. (WT 2.1)")
    assert turn.accessibleName() == "All 30 that are missing"
    qtbot.keyClick(turn, Qt.Key.Key_Return)
    assert "of 30 May 2026" in said.text()
    shown.tell(lacking(29), told_above=False)
    assert "of 29 May 2026" in said.text(), "who reads all of it goes on reading all of it"
    qtbot.keyClick(turn, Qt.Key.Key_Return)
    assert "… and 21 more." in said.text()


def test_a_hint_holds_as_many_as_can_be_read() -> None:
    assert first_of(("One.", "Two."), 2) == "One. Two."
    assert first_of(("One.", "Two.", "Three."), 2) == "One. Two. … and 1 more."
    hint = divider_item(lacking(300)).hint
    assert hint.count("nothing under") == POINTED
    assert "… and 294 more." in hint
