"""Ctrl+K: find anything one may see, go there, or do a command, by typing a part of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.room import Command
from ui.theme.theme import Theme
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import column, label

Finder = Callable[[str, Callable[[list[Item]], None]], None]
"""Given what was typed, finds items off the UI thread and hands them over; their data is a Command."""
TYPING = 150
"""Milliseconds after the last key until the store is asked."""
LEAST = 2
"""From how many letters on."""


class Palette(QDialog):
    """The field and what it found.

    Signals:
        picked: A command was picked; the dialog is closed already.
        wanted: Everything that is found is wanted, on a page of its own; carries what was typed.
    """

    picked = Signal(object)
    wanted = Signal(str)

    def __init__(
        self, theme: Theme, commands: Sequence[Command], finder: Finder | None, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Go to")
        self._commands, self._finder = tuple(commands), finder
        body = column(self, margins=10, gap=6)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Names, references, addresses, numbers, words, or a command")
        self.field.setAccessibleName("Find people, files, words and tasks, or a command")
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        body.addWidget(self.field)
        self.found = ItemList(theme, "Found")
        self.found.opened.connect(self._pick)
        body.addWidget(self.found, 1)
        keys = "↑ ↓ to choose, Enter to go, Ctrl+Enter for everything found, Esc to close"
        body.addWidget(
            label(keys if finder else "↑ ↓ to choose, Enter to go, Esc to close", "small", wrap=True)
        )
        self.resize(min(theme.px(680), parent.width() - 40), min(theme.px(560), parent.height() - 80))
        self._hits: list[Item] | None = []
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self._ask)
        self._typed("")
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work from the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._everything()
                elif (place := self.found.currentIndex().row()) >= 0:
                    self._pick(self.found.items()[place].data)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        """The next item that can be chosen; from the last on to the first."""
        items = self.found.items()
        place = self.found.currentIndex().row()
        for _ in items:
            place = (place + by) % len(items)
            if not items[place].heading:
                self.found.setCurrentIndex(self.found.model().index(place, 0))
                return

    def _typed(self, text: str) -> None:
        asks = self._finder is not None and len(text.strip()) >= LEAST
        self._hits = None if asks else []
        self._show()
        self._wait.stop()
        if asks:
            self._wait.start()

    def _ask(self) -> None:
        if self._finder is not None:
            asked = self.field.text()
            self._finder(asked, lambda items: self._arrived(asked, items))

    def _arrived(self, asked: str, items: list[Item]) -> None:
        if asked == self.field.text():
            self._hits = items
            self._show()

    def _show(self) -> None:
        text = self.field.text()
        words = text.casefold().split()
        fits = [one for one in self._commands if all(word in one.title.casefold() for word in words)]
        commands = [Item(one.title, "", one.shortcut, data=one) for one in fits]
        searching = self._finder is not None and len(text.strip()) >= LEAST
        items = list(self._hits or ())
        if searching and self._hits == []:
            items.append(Item("Nothing is found that begins like this, and that you may see", heading=True))
        if searching and commands:
            items.append(Item("Commands", heading=True))
        items += commands
        if searching:
            every = Command(f"Everything found for “{text.strip()}”", self._everything)
            items.append(Item(every.title, "", "Ctrl+Enter", data=every))
        self.found.show_items([])
        self.found.show_items(items)
        self.found.choose_first()

    def _everything(self) -> None:
        if self._finder is not None and self.field.text().strip():
            self.accept()
            self.wanted.emit(self.field.text().strip())

    def _pick(self, command: Command | None) -> None:
        if command is None:
            return
        if command.run == self._everything:
            self._everything()
            return
        self.accept()
        self.picked.emit(command)
