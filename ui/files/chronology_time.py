"""The drawn time of a chronology: from all of it at once down to single days."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from casefile.files.chronology.model import Chronology, Event
from casefile.files.chronology.timeline import SIZES, Scale, scale_of, timeline_of
from casefile.files.picture.shapes import Drawing
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
        self._day, self._seeks = 0.0, False
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

    def show_events(self, told: Chronology, events: Sequence[Event], drawing: Drawing) -> None:
        """Show these events of a chronology as :meth:`drawer` drew them; the size is kept."""
        self._told, self._events = told, events
        self.setVisible(bool(events))
        self._arrived(drawing, events)

    def drawer(self, told: Chronology) -> Callable[[Sequence[Event]], Drawing]:
        """What draws events at the size and for the room of now; for a lane, it takes long where they are thousands."""
        scale = self._scale_on()
        return lambda events: timeline_of(told, events, scale(events))

    def draw_days(self, day: float) -> None:
        """Draw so many pixels a day, 0 for all of it; what is chosen stays in view, or what happened last."""
        self._day, self._seeks = day, True
        self._draw()

    def step(self, by: int) -> None:
        """One size finer or coarser; 0 shows all of it."""
        if by == 0:
            self.draw_days(0.0)
            return
        sizes = [day for _, day in SIZES]
        now = self._scale_on()(self._events).day
        finer = [one for one in sizes if one > now * 1.05]
        coarser = [one for one in sizes if one < now * 0.95]
        self.draw_days(min(finer, default=sizes[-1]) if by > 0 else max(coarser, default=0.0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What shows all of it goes on to fill the room."""
        super().resizeEvent(event)
        if not self._day and event.size().width() != event.oldSize().width():
            self._draw()

    def _scale_on(self) -> Callable[[Sequence[Event]], Scale]:
        today, day = self._context.today, self._day
        # The bar that scrolls up and down may take its room at the right.
        room = (self.width() - self._context.theme.px(BAR)) / self._context.theme.scale
        return lambda events: scale_of(events, today, day, 0.0 if day else room)

    def _draw(self) -> None:
        if self._told is not None and self._events:
            events, draw = self._events, self.drawer(self._told)
            self._context.jobs.read(
                self, lambda _: draw(events), lambda drawing: self._arrived(drawing, events), slot="drawn"
            )

    def _arrived(self, drawing: Drawing, events: Sequence[Event]) -> None:
        if events is not self._events or not events:
            return
        self.drawn.show_drawing(drawing)
        self._fit_height()
        if self._seeks:
            self._seeks = False
            self.drawn.bring_in_view(self.drawn.current or events[-1].thread_id)

    def _fit_height(self) -> None:
        px = self._context.theme.px
        self.drawn.setFixedHeight(min(px(self.drawn.drawing.height) + 18, px(HIGHEST)))
