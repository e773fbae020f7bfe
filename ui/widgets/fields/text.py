"""Lines and prose."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.fields.editor import Editor
from ui.widgets.parts import column, scaled

LEAST, MOST = 2, 18
"""Lines a prose field shows at least, and at most before it scrolls."""


def exchanges(before: str, after: str) -> list[tuple[int, int, str]]:
    """What is to be exchanged to make one text of another, line by line: from where to where (as Qt counts), and by what."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for one in old:
        starts.append(starts[-1] + _units(one))
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (starts[low], starts[high], "".join(new[start:end]))
        for tag, low, high, start, end in found
        if tag != "equal"
    ]


def moved(before: str, after: str, caret: int) -> int:
    """Where a caret stands when one line became another: before the same letters as far as they are still there."""
    for tag, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if low <= caret <= high:
            return start + (caret - low) if tag == "equal" else end
    return len(after)


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(hint)
        self.edit.textEdited.connect(lambda _: self.changed.emit())
        self.edit.editingFinished.connect(self.left)
        column(self).addWidget(self.edit)
        self.setFocusProxy(self.edit)

    def value(self) -> Any:
        """The text, or None."""
        return self.edit.text() or None

    def set_value(self, raw: Any) -> None:
        """Show text."""
        self.edit.setText("" if raw is None else str(raw))
        self.edit.setCursorPosition(0)

    def bring_in(self, raw: Any) -> None:
        """Show other text; the caret stays before the same letters."""
        caret, before, after = self.edit.cursorPosition(), self.edit.text(), "" if raw is None else str(raw)
        self.edit.setText(after)
        self.edit.setCursorPosition(moved(before, after, caret))

    def inner(self) -> QWidget:
        """The line."""
        return self.edit


class ProseEditor(Editor):
    """Text of any length; the field grows as it is written. Tab goes on to the next field."""

    def __init__(self, hint: str = "", least: int = LEAST) -> None:
        super().__init__()
        self._least = least
        self.edit = QPlainTextEdit()
        self.edit.setPlaceholderText(hint)
        self.edit.setTabChangesFocus(True)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._written)
        column(self).addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self._grow()

    def value(self) -> Any:
        """The text, or None."""
        return self.edit.toPlainText() or None

    def set_value(self, raw: Any) -> None:
        """Show text."""
        blocker = QSignalBlocker(self.edit)
        self.edit.setPlainText("" if raw is None else str(raw))
        blocker.unblock()
        self._grow()

    def bring_in(self, raw: Any) -> None:
        """Show other text: only what differs is exchanged, so that caret, choice and what can be undone stay."""
        before, after = self.edit.toPlainText(), "" if raw is None else str(raw)
        blocker = QSignalBlocker(self.edit)
        cursor = QTextCursor(self.edit.document())
        cursor.beginEditBlock()
        for low, high, words in reversed(exchanges(before, after)):
            cursor.setPosition(low)
            cursor.setPosition(high, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words)
        cursor.endEditBlock()
        blocker.unblock()
        self._grow()

    def inner(self) -> QWidget:
        """The field."""
        return self.edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the width and the font; tell when the field was left."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._grow()
            QTimer.singleShot(0, self.edit, self._grow)  # its lines break anew only after this
        elif event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _written(self) -> None:
        self._grow()
        self.changed.emit()

    def _grow(self) -> None:
        lines = max(self._least, min(int(self.edit.document().size().height()), MOST))
        height = lines * self.edit.fontMetrics().lineSpacing() + 16
        if self.edit.height() != height or self.edit.minimumHeight() != height:
            self.edit.setFixedHeight(height)


class NumberEditor(LineEditor):
    """A whole number."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint)
        self.edit.setMaximumWidth(scaled(160))

    def value(self) -> Any:
        """The number; the text as typed when it is none."""
        text = self.edit.text().strip()
        return int(text) if text.lstrip("-").isdecimal() and text.isascii() else (text or None)

    def trouble(self) -> str | None:
        """A sentence when it is no whole number."""
        value = self.value()
        if value is None or isinstance(value, int):
            return None
        return f"“{str(value)[:40]}” is not a whole number."
