"""A button that opens a menu of what can be done here, each with its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from ui.widgets.parts import PushButton

Act = tuple[str, Callable[[], object], str]
"""Words, what it does, and its keys ("" for none)."""


class MenuButton(PushButton):
    """What can be done, asked for anew each time the menu opens."""

    def __init__(self, text: str, acts: Callable[[], Sequence[Act]], *, hint: str = "") -> None:
        super().__init__(f"{text} ▾")
        self._acts = acts
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.setToolTip(hint)
        self.clicked.connect(self.drop)

    def drop(self) -> None:
        """Open the menu under the button."""
        menu = QMenu(self)
        menu.setAccessibleName(self.accessibleName())
        menu.aboutToHide.connect(menu.deleteLater)
        for words, run, keys in self._acts():
            menu.addAction(f"{words}\t{keys}" if keys else words, run)
        left = self.width() - menu.sizeHint().width()
        menu.popup(self.mapToGlobal(QPoint(min(left, 0), self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down opens it too."""
        if event.key() == Qt.Key.Key_Down:
            self.drop()
            return
        super().keyPressEvent(event)
