"""Bars against a limit in the window: the drawing of the printed page in the colours of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QWidget

from casefile.paper.charts import Bar, Look, chart_svg, described
from ui.theme.theme import Theme
from ui.widgets.parts import column, label

LEAST = 120
"""Pixels at 100 % below which bars are drawn no narrower."""
TYPE = 12


class Chart(QWidget):
    """A titled chart. Whoever cannot see it is told every bar in words; the table beside it holds everything."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme, self._name = theme, title
        self.bars: tuple[Bar, ...] = ()
        self._picture = QSvgWidget()
        self._title = label(title, "strong", wrap=True)
        body = column(self, gap=4)
        body.addWidget(self._title)
        body.addWidget(self._picture)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._draw)
        theme.changed.connect(self._wait.start)

    def show_bars(self, bars: Sequence[Bar], title: str = "") -> None:
        """Show these bars instead."""
        self.bars = tuple(bars)
        self._title.setText(title or self._name)
        told = described(title or self._name, self.bars)
        self._picture.setAccessibleName(title or self._name)
        self._picture.setAccessibleDescription(told)
        self._picture.setToolTip(told)
        self.setVisible(bool(self.bars))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bars are as wide as there is room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._wait.start()

    def _draw(self) -> None:
        if not self.bars:
            return
        colours = self._theme.colours
        look = Look(
            text=colours.text,
            quiet=colours.quiet,
            track=colours.sunken,
            edge=colours.edge,
            bar=colours.accent,
            over=colours.danger,
            size=self._theme.px(TYPE),
        )
        svg, height = chart_svg(self.bars, max(self.width(), self._theme.px(LEAST)), look)
        self._picture.load(QByteArray(svg.encode()))
        self._picture.setFixedHeight(height)
