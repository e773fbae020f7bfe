"""Lines and prose."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.fields.editor import Editor
from ui.widgets.parts import column, scaled

LEAST, MOST = 2, 18
"""Lines a prose field shows at least, and at most before it scrolls."""


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

    def inner(self) -> QWidget:
        """The field."""
        return self.edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the width and the font; tell when the field was left."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._grow()
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
