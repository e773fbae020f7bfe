"""What every editor of a field can do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.errors import Bug
from ui.widgets.parts import restyle


class Editor(QWidget):
    """Takes in one value as plain data (text, number, yes or no, lists of text).

    Signals:
        changed: A person changed the value.
        left: The person went on to another field; it may now be said what is wrong.
    """

    changed = Signal()
    left = Signal()

    def value(self) -> Any:
        """The value as plain data; None when empty."""
        raise Bug("Every editor says its own value.")

    def set_value(self, raw: Any) -> None:
        """Show a value given as plain data, without :attr:`changed`."""
        raise Bug("Every editor shows its own value.")

    def bring_in(self, raw: Any) -> None:
        """Show a value that came from elsewhere while a person may be in the field."""
        self.set_value(raw)

    def trouble(self) -> str | None:
        """A sentence on what cannot stand as typed, or None."""
        return None

    def inner(self) -> QWidget:
        """The widget that takes the keyboard; it bears the name and the mark of a fault."""
        return self

    def call(self, name: str, about: str) -> None:
        """Give the editor its accessible name and description."""
        inner = self.inner()
        inner.setAccessibleName(name)
        inner.setAccessibleDescription(about)
        inner.setToolTip(about)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as holding a fault."""
        inner = self.inner()
        if bool(inner.property("wrong")) != wrong:
            inner.setProperty("wrong", "true" if wrong else None)
            restyle(inner)
