"""Words on one line that give way: what has no room is cut with an ellipsis and stands whole in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption

LEAST = 4
"""Letters that are shown at least."""


class Elided(QLabel):
    """A line of plain text that never makes its page wider than the window."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters, or for all there are."""
        whole = super().sizeHint()
        few = self.fontMetrics().horizontalAdvance("m" * LEAST)
        return QSize(min(whole.width(), few), whole.height())

    def shown(self) -> str:
        """The words as they stand, cut or whole."""
        wide = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, wide)

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole in the tooltip where it is cut."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is room for."""
        painter, option = QPainter(self), QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        side = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(side), self.shown())
        painter.end()

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.shown() != self.text() else "")
