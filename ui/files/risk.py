"""Risk in an open file: the level over time as a small chart, and an assessment beside the last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from casefile.record.dates import long_date, short_date
from casefile.record.facts import EntryFact
from casefile.sections.risk_compare import RiskPoint, before, compare, level_words, over_time, rows_of
from casefile.standards import Library
from ui.theme.theme import Theme
from ui.widgets.chip import Chip
from ui.widgets.parts import column, label, readable

MOVED = {
    "new": "danger",
    "not known": "late",
    "no longer listed": "late",
    "changed": "accent",
    "gone": "done",
}
"""Tones of what became of a factor; the word stands beside it."""


class RiskChart(QWidget):
    """The level of risk on each day it was judged, as a stepped line; said in words to those who do not see it."""

    def __init__(self, theme: Theme, points: Sequence[RiskPoint], library: Library) -> None:
        super().__init__()
        self._theme, self._points = theme, tuple(points)
        self._levels = tuple(one.label for one in library.codes("risk_level").codes)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(110))
        self.setAccessibleName("Risk over time")
        self.setAccessibleDescription(self.words())
        self.setToolTip(self.words())

    def words(self) -> str:
        """The chart in a sentence for each judgement."""
        return " ".join(f"{long_date(one.on)}: {self._levels[one.height]}." for one in self._points)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(420), self._theme.px(110))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines of the levels with their words, then the steps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = max(painter.fontMetrics().horizontalAdvance(one) for one in self._levels) + self._theme.px(10)
        foot = painter.fontMetrics().height() + self._theme.px(4)
        room = QRectF(left, self._theme.px(8), self.width() - left - self._theme.px(8),
                      self.height() - foot - self._theme.px(10))  # fmt: skip
        self._draw_levels(painter, room)
        if self._points:
            self._draw_days(painter, room)
            self._draw_steps(painter, room)
        painter.end()

    def _draw_levels(self, painter: QPainter, room: QRectF) -> None:
        line = painter.fontMetrics().height()
        for place, name in enumerate(self._levels):
            y = self._y(room, place)
            painter.setPen(QPen(QColor(self._theme.colours.hairline), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(self._theme.colours.quiet))
            where = QRectF(0, y - line / 2, room.left() - self._theme.px(6), line)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)

    def _draw_days(self, painter: QPainter, room: QRectF) -> None:
        foot = QRectF(
            room.left(),
            self.height() - painter.fontMetrics().height(),
            room.width(),
            painter.fontMetrics().height(),
        )
        painter.setPen(QColor(self._theme.colours.quiet))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, short_date(self._points[0].on))
        if len(self._points) > 1:
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight, short_date(self._points[-1].on))

    def _draw_steps(self, painter: QPainter, room: QRectF) -> None:
        first, last = self._points[0].on, self._points[-1].on
        whole = max((last - first).days, 1)
        spots = [
            QPointF(room.left() + room.width() * (one.on - first).days / whole, self._y(room, one.height))
            for one in self._points
        ]
        painter.setPen(QPen(QColor(self._theme.colours.accent), self._theme.px(2)))
        for here, there in pairwise(spots):
            corner = QPointF(there.x(), here.y())
            painter.drawLine(here, corner)
            painter.drawLine(corner, there)
        painter.setBrush(QColor(self._theme.colours.accent))
        side = self._theme.px(6)
        for spot in spots:
            painter.drawRect(QRectF(spot.x() - side / 2, spot.y() - side / 2, side, side))

    def _y(self, room: QRectF, place: int) -> float:
        return room.bottom() - room.height() * place / max(len(self._levels) - 1, 1)


class RiskBeside(QWidget):
    """An assessment held against the one before it: what is new, gone, changed, not known."""

    def __init__(self, entry: EntryFact, entries: Sequence[EntryFact], library: Library) -> None:
        super().__init__()
        body = column(self, gap=6)
        earlier = before(entry, entries)
        if earlier is None:
            body.addWidget(
                readable("This is the first assessment: there is none to hold it against.", "quiet")
            )
            return
        held = compare(earlier, entry, library)
        day = long_date(earlier.happened_on) or "a day not known"
        body.addWidget(label(f"Beside the assessment of {day}", "strong"))
        tone = {1: "danger", -1: "done"}.get(held.level, "plain")
        body.addWidget(Chip(level_words(held, library), tone))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for at, name in enumerate(("Factor", "Before", "Now", "")):
            grid.addWidget(label(name, "small"), 0, at)
        for line, (factor, was, now, moved) in enumerate(rows_of(held, library), start=1):
            for at, words in enumerate((factor, was, now)):
                grid.addWidget(readable(words), line, at, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Chip(moved, MOVED.get(moved, "plain")), line, 3, Qt.AlignmentFlag.AlignTop)
        body.addLayout(grid)


def risk_over_time(theme: Theme, entries: Sequence[EntryFact], library: Library) -> QWidget | None:
    """The chart of a file, once its risk was judged more than once; else nothing."""
    points = over_time(entries, library)
    return RiskChart(theme, points, library) if len(points) > 1 else None
