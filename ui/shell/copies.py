"""What was copied out of the window: taken back from the clipboard when the window locks or closes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from ui.widgets.parts import MAY_BREAK


class Copies(QObject):
    """Notices copies made while one of our windows has the keyboard; a path that was broken to be shown is whole in them."""

    def __init__(self, clipboard: QClipboard, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._ours = False
        clipboard.dataChanged.connect(self._changed)

    def take_back(self) -> None:
        """Empty the clipboard if what it holds came from here."""
        if self._ours or self._clipboard.ownsClipboard():
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
        self._ours = False

    def _changed(self) -> None:
        self._ours = QGuiApplication.focusWindow() is not None
        if self._ours and MAY_BREAK in (copied := self._clipboard.text()):
            self._clipboard.setText(copied.replace(MAY_BREAK, ""))
