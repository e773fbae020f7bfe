"""The head of a page: its title, a quiet line beside it, and what can be done at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.widgets.elided import Elided
from ui.widgets.parts import ground, label, row


class PageHead(QWidget):
    """Title, quiet words, and buttons."""

    def __init__(self, title: str, quiet: str = "", *buttons: QWidget) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = row(self, margins=(20, 10, 16, 10), gap=10)
        self._title, self._quiet = label(title, "page-title"), Elided(quiet, "quiet")
        line.addWidget(self._title)
        line.addWidget(self._quiet)
        line.addStretch(1)
        for one in buttons:
            line.addWidget(one)

    def say(self, quiet: str, title: str | None = None) -> None:
        """Change the quiet words, and the title if given."""
        self._quiet.setText(quiet)
        if title is not None:
            self._title.setText(title)


def scrolled(inner: QWidget, name: str = "", *, surface: bool = False) -> QScrollArea:
    """*inner* in an area that scrolls up and down and is as wide as there is room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setObjectName("surface" if surface else "")
    area.setAccessibleName(name)
    area.setWidget(inner)
    return area


def surface() -> QWidget:
    """A bare widget on the colour of a surface."""
    return ground("surface")
