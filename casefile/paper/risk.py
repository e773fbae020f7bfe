# The library has no types for what it hands on to canvas and document.
# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false
"""Risk on paper: the level over time as a small drawing, and an assessment beside the last."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from reportlab.platypus import Flowable

from casefile.paper import fonts, sheet
from casefile.paper.records import PrintedGroup
from casefile.paper.rows import Column
from casefile.record.dates import long_date, short_date
from casefile.record.facts import EntryFact
from casefile.sections.risk_compare import RiskPoint, before, compare, level_words, rows_of
from casefile.standards import Library

_HEIGHT = 96.0
_LEFT, _FOOT, _TOP = 78.0, 16.0, 8.0


class RiskDrawing(Flowable):
    """The level of risk over time: a stepped line, each judgement a square with its words in the table beside it.

    Levels stand as words at the left; nothing depends on colour.
    """

    def __init__(self, points: tuple[RiskPoint, ...], levels: tuple[str, ...]) -> None:
        """*levels* are the labels from the lowest up."""
        super().__init__()
        self._points, self._levels, self._width = points, levels, 0.0
        self.spaceAfter = 8

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The whole width."""
        self._width = aW
        return aW, _HEIGHT

    def draw(self) -> None:
        """Lines of the levels, then the steps."""
        canvas = self.canv
        canvas.setLineWidth(sheet.HAIRLINE)
        canvas.setStrokeColor(sheet.HAIR)
        canvas.setFont(fonts.REGULAR, 7.5)
        for place, name in enumerate(self._levels):
            y = self._y(place)
            canvas.line(_LEFT, y, self._width, y)
            canvas.setFillColor(sheet.QUIET)
            canvas.drawRightString(_LEFT - 6, y - 2.5, name)
        if not self._points:
            return
        first, last = self._points[0].on, self._points[-1].on
        canvas.drawString(_LEFT, 2, short_date(first))
        if last != first:
            canvas.drawRightString(self._width, 2, short_date(last))
        canvas.setStrokeColor(sheet.INK)
        canvas.setFillColor(sheet.INK)
        canvas.setLineWidth(1.2)
        spots = [
            (self._x((one.on - first).days, (last - first).days), self._y(one.height)) for one in self._points
        ]
        for (x, y), (next_x, next_y) in pairwise(spots):
            canvas.line(x, y, next_x, y)
            canvas.line(next_x, y, next_x, next_y)
        for x, y in spots:
            canvas.rect(x - 2, y - 2, 4, 4, stroke=0, fill=1)

    def _x(self, days: int, whole: int) -> float:
        room = self._width - _LEFT - 6
        return _LEFT + 3 + (room * days / whole if whole else 0)

    def _y(self, place: int) -> float:
        steps = max(len(self._levels) - 1, 1)
        return _FOOT + (_HEIGHT - _FOOT - _TOP) * place / steps


def drawing(points: tuple[RiskPoint, ...], library: Library) -> RiskDrawing:
    """The drawing of the risk over time."""
    return RiskDrawing(points, tuple(one.label for one in library.codes("risk_level").codes))


def comparison(entry: EntryFact, entries: Iterable[EntryFact], library: Library) -> tuple[PrintedGroup, ...]:
    """The assessment beside the last one, as a table; nothing for the first."""
    earlier = before(entry, entries)
    if earlier is None:
        return ()
    held = compare(earlier, entry, library)
    day = long_date(earlier.happened_on) or "a day not known"
    columns = (Column("Factor", 44), Column("Before", 18), Column("Now", 18), Column("What became of it", 20))
    title = f"Beside the assessment of {day}. {level_words(held, library)}"
    return (PrintedGroup(title, columns, rows_of(held, library)),)
