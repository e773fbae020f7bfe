"""Icons and the shapes that go with words, so that colour never carries a meaning alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from ui.theme.fonts import RESOURCES

SHAPES = {"danger": "▲", "late": "◆", "done": "✓", "due": "◷", "accent": "●", "plain": ""}
"""The shape that stands before the word of each tone."""


def app_icon() -> QIcon:
    """The icon of the application; an empty one where it is not installed."""
    path = RESOURCES / "icons" / "casefile.svg"
    return QIcon(str(path)) if path.is_file() else QIcon()


ARROW = (QPointF(8, 14), QPointF(20, 27), QPointF(32, 14))
RISE = (QPointF(8, 27), QPointF(20, 14), QPointF(32, 27))
TICK = (QPointF(7, 21), QPointF(16, 30), QPointF(33, 10))


def save_stroke(path: Path, colour: str, stroke: tuple[QPointF, ...]) -> None:
    """Draw an arrow or a tick in *colour*; style sheets take pictures only from files."""
    picture = QPixmap(40, 40)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline(QPolygonF(list(stroke)))
    painter.end()
    picture.save(str(path), "PNG")
