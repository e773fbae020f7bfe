"""Words with some of them marked, drawn over as many lines as they need: marked by weight, by ground and by an underline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from ui.theme.theme import Theme

Hits = Sequence[tuple[int, int]]


def laid(
    text: str, hits: Hits, font: QFont, wide: int, theme: Theme | None = None
) -> tuple[QTextLayout, int]:
    """The words in lines of a width, and how high they are; coloured where a *theme* is given."""
    layout = QTextLayout(text, font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrap)
    layout.setFormats([_mark(start, end, theme) for start, end in hits])
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(wide)
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return layout, round(high + 0.5)


def draw(painter: QPainter, rect: QRect, text: str, hits: Hits, font: QFont, theme: Theme) -> None:
    """Draw the words into a rectangle, in the painter's own colour where they are not marked."""
    laid(text, hits, font, rect.width(), theme)[0].draw(painter, QPointF(rect.topLeft()))


def _mark(start: int, end: int, theme: Theme | None) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold)
    form.setFontUnderline(True)
    if theme is not None:
        form.setForeground(QColor(theme.colours.text))
        form.setBackground(QColor(theme.colours.accent_ground))
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, end - start, form
    return made
