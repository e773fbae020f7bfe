"""The smallest parts: labels, lines, buttons and boxes named for the style sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

L = TypeVar("L", bound=QBoxLayout)
BASE = 13
"""Pixels of the window's type at 100 %, as in ``tokens.toml``; a test holds the two together."""
LARGE = 1.5
"""From this scale on things that stood side by side stand under one another."""


def scale() -> float:
    """How large type is now: 1.0 is 100 %."""
    return max(QApplication.font().pixelSize(), BASE) / BASE


def scaled(pixels: float) -> int:
    """A distance given at 100 %, at the size of type in force."""
    return round(pixels * scale())


def label(text: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text, never rich: what is shown comes from people and files. *name* picks its look."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


MAY_BREAK = "\u200b"
"""Shows nothing; a long word may be broken there. It leaves the window in no copy (``ui/shell/copies.py``)."""
_ENDLESS = re.compile(r"\S{60,}")


def _broken(word: re.Match[str]) -> str:
    return MAY_BREAK.join(word[0][at : at + 20] for at in range(0, len(word[0]), 20))


def breakable(text: str) -> str:
    """A path that may be broken after any of its parts; for showing only."""
    return text.replace("/", f"/{MAY_BREAK}").replace("\\", f"\\{MAY_BREAK}")


def readable(text: str = "", name: str = "") -> QLabel:
    """Wrapped text that can be selected with mouse and keyboard; a word as long as a line is broken, or it widens the page."""
    made = label(_ENDLESS.sub(_broken, text), name, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


class PushButton(QPushButton):
    """A button that Enter presses as Space does; Qt leaves Enter to the default button of a dialog, and a page has none."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button on which the keyboard is, and no other."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str, pressed: Callable[[], object] | None = None, *, name: str = "", hint: str = ""
) -> QPushButton:
    """A push button named by its verb; *hint* is its tooltip and tells of a shortcut."""
    made = PushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    made.setAccessibleName(text.replace("&", ""))
    if hint:
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
    if pressed is not None:
        made.clicked.connect(lambda: pressed())
    return made


def keys(owner: QWidget, sequence: str, run: Callable[[], object]) -> QShortcut:
    """A shortcut that works wherever the keyboard is inside *owner*."""
    made = QShortcut(QKeySequence(sequence), owner)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: run())
    return made


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setObjectName("line")
    return made


def card() -> QFrame:
    """A surface with a hairline around it."""
    made = QFrame()
    made.setObjectName("card")
    return made


def column(
    parent: QWidget | None = None, *, margins: int | tuple[int, int, int, int] = 0, gap: int = 8
) -> QVBoxLayout:
    """A vertical layout, of *parent* when one is given."""
    return _boxed(QVBoxLayout(), parent, margins, gap)


def row(
    parent: QWidget | None = None, *, margins: int | tuple[int, int, int, int] = 0, gap: int = 8
) -> QHBoxLayout:
    """A horizontal layout, of *parent* when one is given."""
    return _boxed(QHBoxLayout(), parent, margins, gap)


def ground(name: str) -> QWidget:
    """A bare widget whose ground the style sheet paints by its name."""
    made = QWidget()
    made.setObjectName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are deleted, layouts inside too."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def clear_grid(layout: QGridLayout) -> None:
    """Take everything out of a grid; widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _boxed(made: L, parent: QWidget | None, margins: int | tuple[int, int, int, int], gap: int) -> L:
    around = (margins,) * 4 if isinstance(margins, int) else margins
    made.setContentsMargins(*around)
    made.setSpacing(gap)
    if parent is not None:
        parent.setLayout(made)
    return made
