"""What a list shows is never cut: a reference that lost its last figure is another file's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.widgets.lists import Item, ItemList

ROW = Item("F-2026-00023", "High risk.", "due 4 Dec 2026", "danger", heavy=True)


@pytest.mark.parametrize(("wide", "lowered"), [(600, False), (190, True)])
def test_a_word_without_room_beside_the_mark_stands_below_it(
    qtbot: QtBot, theme: Theme, wide: int, lowered: bool
) -> None:
    shown = ItemList(theme, "Files")
    qtbot.addWidget(shown)
    shown.resize(wide, 300)
    shown.show()
    heights: list[int] = []
    for row in (ROW, replace(ROW, mark="")):
        shown.show_items([row])
        heights.append(shown.sizeHintForRow(0))
    assert (heights[0] > heights[1]) is lowered
