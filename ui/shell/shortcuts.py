"""Keys that work anywhere in the window: its own, and those of the rooms that this officer may enter."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.room import Room


class Shortcuts:
    """The keys of a window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._rooms: list[QAction] = []

    def add(self, keys: str, run: Callable[[], object]) -> QAction:
        """Let *keys* do something anywhere in the window."""
        action = QAction(self._window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: run())
        self._window.addAction(action)
        return action

    def lead_to(self, rooms: Iterable[Room], go: Callable[[str], object]) -> None:
        """Let these rooms be reached by their keys, and no others."""
        for action in self._rooms:
            self._window.removeAction(action)
        self._rooms = [self.add(one.shortcut, lambda key=one.key: go(key)) for one in rooms if one.shortcut]
