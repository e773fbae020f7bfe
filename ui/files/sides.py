"""The three parts of an open file beside one another, and what gives way where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget

from ui.files.right import RightSide
from ui.theme.theme import Theme
from ui.widgets.lists import ItemList
from ui.widgets.parts import column, ground

THREE_COLUMNS, TIGHT = 1040, 640
"""Pixels at 100 % from which all three stand beside one another, and under which the dividers are narrow."""


class Sides(QSplitter):
    """Dividers, records, and what is owed.

    Where there is no room for three, the right side waits, and takes the place of the dividers when it is asked for.
    """

    def __init__(
        self, theme: Theme, dividers: ItemList, middle: QWidget, right: RightSide, beside: QPushButton
    ) -> None:
        """*beside* is the button that asks for what waits; it is shown only where something does."""
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._dividers, self._right, self._beside = theme, dividers, right, beside
        self._asked = self._compared = False
        self._fitted = (False, False)
        self._left = ground("dividers")
        column(self._left, margins=(0, 8, 0, 8)).addWidget(dividers)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for part in (self._left, middle, right):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        beside.clicked.connect(lambda: self.turn(right=not self._asked))
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def roomy(self) -> bool:
        """Whether all three have room beside one another."""
        return self.width() >= self._theme.px(THREE_COLUMNS) and not self._compared

    @property
    def _tight(self) -> bool:
        """Whether there is hardly room for two."""
        return self.width() < self._theme.px(TIGHT)

    def make_room(self, compared: bool) -> None:
        """A form beside its document takes the room of the right side."""
        self._compared = compared
        self._fit()

    def turn(self, *, right: bool) -> None:
        """Put the keyboard on the right side, or on the dividers, and bring them in view."""
        self._asked = right
        self._fit()
        (self._right.owed if right else self._dividers).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room any more, the right side waits until it is asked for."""
        super().resizeEvent(event)
        if (self.roomy, self._tight) != self._fitted:
            self._fit()

    def _fit(self) -> None:
        px, self._fitted = self._theme.px, (self.roomy, self._tight)
        self._asked = self._asked and not self.roomy
        self._right.setVisible(self.roomy or self._asked)
        self._left.setVisible(not self._asked)
        self._beside.setVisible(not self.roomy)
        owed = "Owed and chronology"
        self._beside.setText("Dividers" if self._asked else "Owed" if self._tight else owed)
        self._beside.setAccessibleName("Dividers" if self._asked else owed)
        self._beside.setToolTip("Alt+1" if self._asked else "Alt+3")
        self._left.setMinimumWidth(px(150))
        self._right.setMinimumWidth(px(200))
        self.setSizes([px(165 if self._tight else 220), px(720), px(284)])
