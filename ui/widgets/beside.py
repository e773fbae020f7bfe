"""A list at the left and what is chosen in it at the right; behind both, what is said when there is nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ui.theme.theme import Theme
from ui.widgets.empty import Empty
from ui.widgets.lists import ItemList
from ui.widgets.page import scrolled
from ui.widgets.parts import column, ground


class ListAndOne(QStackedWidget):
    """A list, and one of its items in full.

    Attributes:
        list: The list.
        shown: The column in which the chosen one is laid; whoever lays it clears it first.
    """

    def __init__(self, theme: Theme, names: tuple[str, str], widths: tuple[int, int], empty: Empty) -> None:
        """Make both.

        Args:
            theme: Colours and sizes.
            names: What the list and the one chosen are called for who listens to the window.
            widths: Of the list and of the one chosen, in pixels at 100 %.
            empty: What stands there when the list is empty.
        """
        super().__init__()
        self.list = ItemList(theme, names[0], browse=True)
        left = ground("surface")
        column(left, margins=(8, 8, 0, 0)).addWidget(self.list)
        detail = QWidget()
        self.shown = column(detail, margins=(14, 14, 14, 14), gap=12)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(scrolled(detail, names[1]))
        split.setSizes([theme.px(one) for one in widths])
        self.addWidget(split)
        self.addWidget(empty)

    def has_some(self, some: bool) -> None:
        """Show the list, or what is said when there is nothing."""
        self.setCurrentIndex(0 if some else 1)
