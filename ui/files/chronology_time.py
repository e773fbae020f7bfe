"""The drawn time of a chronology: from all of it at once down to single days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from casefile.files.chronology.model import Chronology, Event
from casefile.files.chronology.timeline import SIZES, Scale, scale_of, timeline_of
from ui.shell.context import Context
from ui.widgets.drawing_view import DrawingView
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, label

HIGHEST = 250
"""Pixels at 100 % that the drawn time takes at most."""
BAR = 22


class TimeView(QWidget):
    """Sizes to choose from, and the drawing, which + and - make finer and coarser and 0 fits."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._told: Chronology | None = None
        self._events: Sequence[Event] = ()
        self._day = 0.0
        body = column(self, gap=6)
        line = Flow(gap=6)
        line.addWidget(label("Time", "label"))
        line.addWidget(button("All", lambda: self.draw_days(0.0), hint="0 in the drawing"))
        for words, day in SIZES:
            line.addWidget(button(words, lambda day=day: self.draw_days(day), hint="+ and - in the drawing"))
        body.addLayout(line)
        self.drawn = DrawingView(context.theme, "The chronology along time", fits=False)
        self.drawn.resized.connect(self.step)
        body.addWidget(self.drawn)
        context.theme.changed.connect(self._fit_height)

    def show_events(self, told: Chronology, events: Sequence[Event]) -> None:
        """Draw these events of a chronology; the size is kept."""
        self._told, self._events = told, events
        self.setVisible(bool(events))
        self._draw()

    def draw_days(self, day: float) -> None:
        """Draw so many pixels a day, 0 for all of it; what is chosen stays in view, or what happened last."""
        self._day = day
        self._draw()
        if self._events:
            self.drawn.bring_in_view(self.drawn.current or self._events[-1].thread_id)

    def step(self, by: int) -> None:
        """One size finer or coarser; 0 shows all of it."""
        if by == 0:
            self.draw_days(0.0)
            return
        sizes = [day for _, day in SIZES]
        now = self._scale().day
        finer = [one for one in sizes if one > now * 1.05]
        coarser = [one for one in sizes if one < now * 0.95]
        self.draw_days(min(finer, default=sizes[-1]) if by > 0 else max(coarser, default=0.0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What shows all of it goes on to fill the room."""
        super().resizeEvent(event)
        if not self._day and event.size().width() != event.oldSize().width():
            self._draw()

    def _scale(self) -> Scale:
        # The bar that scrolls up and down may take its room at the right.
        room = (self.width() - self._context.theme.px(BAR)) / self._context.theme.scale
        return scale_of(self._events, self._context.today, self._day, 0.0 if self._day else room)

    def _draw(self) -> None:
        if self._told is not None and self._events:
            self.drawn.show_drawing(timeline_of(self._told, self._events, self._scale()))
            self._fit_height()

    def _fit_height(self) -> None:
        px = self._context.theme.px
        self.drawn.setFixedHeight(min(px(self.drawn.drawing.height) + 18, px(HIGHEST)))
