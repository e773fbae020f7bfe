"""Ctrl+K: go to a file or a person, or do a command, by typing a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.room import Command
from ui.theme.theme import Theme
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import column, label

Finder = Callable[[str, Callable[[list[Item]], None]], None]
"""Given what was typed, finds items off the UI thread and hands them over; their data is a Command."""


class Palette(QDialog):
    """The field and what it found.

    Signals:
        picked: A command was picked; the dialog is closed already.
    """

    picked = Signal(object)

    def __init__(
        self, theme: Theme, commands: Sequence[Command], finder: Finder | None, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Go to")
        self._commands, self._finder = tuple(commands), finder
        body = column(self, margins=10, gap=6)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Reference, name, address or command")
        self.field.setAccessibleName("Go to a file, a person or a command")
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        body.addWidget(self.field)
        self.found = ItemList(theme, "Found")
        self.found.opened.connect(self._pick)
        body.addWidget(self.found, 1)
        body.addWidget(label("↑ ↓ to choose, Enter to go, Esc to close", "small"))
        self.resize(theme.px(560), min(theme.px(420), parent.height() - 80))
        self._files: list[Item] = []
        self._typed("")
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work from the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            place = self.found.currentIndex().row()
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                last = self.found.model().rowCount() - 1
                self.found.setCurrentIndex(self.found.model().index(min(max(place + step, 0), last), 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                items = self.found.items()
                if items:
                    self._pick(items[max(place, 0)].data)
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self._files = []
        self._show()
        if self._finder is not None and len(text.strip()) > 1:
            asked = text
            self._finder(asked, lambda items: self._arrived(asked, items))

    def _arrived(self, asked: str, items: list[Item]) -> None:
        if asked == self.field.text():
            self._files = items
            self._show()

    def _show(self) -> None:
        words = self.field.text().casefold().split()
        fits = [one for one in self._commands if all(word in one.title.casefold() for word in words)]
        items = [Item(one.title, "", one.shortcut, data=one) for one in fits]
        self.found.show_items([*self._files, *items])
        if self.found.model().rowCount():
            self.found.setCurrentIndex(self.found.model().index(0, 0))

    def _pick(self, command: Command) -> None:
        self.accept()
        self.picked.emit(command)
