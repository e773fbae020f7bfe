"""The frame of every dialog: its body scrolls where the screen is small or type is large, its foot stays in reach."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from ui.widgets.flow import Flow
from ui.widgets.order import step
from ui.widgets.page import scrolled
from ui.widgets.parts import column, label, readable, scaled

AROUND = 16
"""Pixels that stay free around a dialog."""


class Sheet(QDialog):
    """A dialog as wide and high as it needs, and never larger than the window it stands on.

    Attributes:
        body: Where its parts go.
        foot: Where its buttons go, from the left; below one another where there is no room.
    """

    def __init__(self, title: str, parent: QWidget | None, *, wide: int = 480) -> None:
        """A dialog called *title*, at least *wide* pixels wide at 100 %."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wide = wide
        outer = column(self, gap=0)
        self._page = QWidget()
        self.body = column(self._page, margins=(22, 22, 22, 12), gap=10)
        outer.addWidget(scrolled(self._page, title), 1)
        below = column(margins=(22, 6, 22, 18), gap=10)
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        below.addWidget(self._said)
        self.foot = Flow(gap=8, right=True)
        below.addLayout(self.foot)
        self._below = below
        outer.addLayout(below)

    def head(self, title: str, about: str = "") -> None:
        """Say what is asked, and what one should know of it."""
        self.body.addWidget(label(title, "section-title", wrap=True))
        if about:
            self.body.addWidget(readable(about, "quiet"))

    def tell(self, words: str) -> None:
        """Say what is wrong, above the buttons; nothing when *words* is empty."""
        self._said.setText(words)
        self._said.setVisible(bool(words))
        if self.isVisible():
            self.fit()

    @property
    def said(self) -> QLabel:
        """What is wrong, as it stands."""
        return self._said

    def room(self) -> QSize:
        """How large the dialog may be: the window it stands on, and the screen."""
        parent = self.parentWidget()
        room = self.screen().availableSize() if parent is None else parent.window().size()
        return room - QSize(AROUND, AROUND)

    def fit(self) -> None:
        """Become as large as what stands here needs, within the room there is."""
        room = self.room()
        wide = min(max(scaled(self._wide), self._page.minimumSizeHint().width() + AROUND), room.width())
        high = _high(self._page, wide) + self._below.totalHeightForWidth(wide)
        self.setMinimumSize(min(scaled(280), wide), min(scaled(160), room.height()))
        self.resize(max(wide, min(self.width(), room.width())), min(high + 4, room.height()))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own signature)
        """Tab goes as the eye goes."""
        return step(self, forward=next)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit when it opens."""
        self.fit()
        super().showEvent(event)


def _high(page: QWidget, wide: int) -> int:
    layout = page.layout()
    assert layout is not None
    layout.activate()
    return layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
