# The library has no types for what it hands on to canvas and document.
# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false
"""A chart of bars on paper: each thing by name, a bar for each figure, told apart by ground and by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor, white
from reportlab.platypus import Flowable

from casefile.paper import fonts, sheet

_BAR, _GAP, _AROUND = 9.0, 2.0, 8.0
_NAMES = 150.0
_FIGURES = 44.0
_GROUNDS = (HexColor("#16202B"), HexColor("#9AA4B0"), white)


@dataclass(frozen=True, slots=True)
class Bars:
    """One thing of the chart: its name and a figure for each series; None draws no bar."""

    name: str
    values: tuple[float | None, ...]


class BarChart(Flowable):
    """Bars beside one another; splits between things, the key stands on every page."""

    def __init__(self, series: Sequence[str], things: Sequence[Bars], most: float | None = None) -> None:
        """*series* name the bars of each thing, three at most; *most* is the figure of the longest bar."""
        super().__init__()
        self.spaceAfter = 8
        self._series, self._things = tuple(series), tuple(things)
        self._most = most or max((one or 0.0 for each in things for one in each.values), default=0.0) or 1.0
        self._width = 0.0

    @property
    def _each(self) -> float:
        return len(self._series) * (_BAR + _GAP) + _AROUND

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Width and height of key and bars."""
        self._width = aW
        return aW, 20 + self._each * len(self._things)

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The things that fit, and the rest."""
        fit = int((aH - 20) // self._each)
        if fit < 1:
            return []
        parts = (self._things[:fit], self._things[fit:])
        return [BarChart(self._series, some, self._most) for some in parts if some]

    def draw(self) -> None:
        """Draw."""
        canvas = self.canv
        height = 20 + self._each * len(self._things)
        x = 0.0
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(sheet.INK)
        for place, title in enumerate(self._series):
            canvas.setFillColor(_GROUNDS[place])
            canvas.rect(x, height - 12, 9, 9, fill=1)
            canvas.setFillColor(sheet.INK)
            canvas.setFont(fonts.REGULAR, 8)
            canvas.drawString(x + 13, height - 11, title)
            x += 13 + canvas.stringWidth(title, fonts.REGULAR, 8) + 16
        top = height - 20
        for one in self._things:
            self._bars(one, top)
            top -= self._each

    def _bars(self, one: Bars, top: float) -> None:
        canvas = self.canv
        room = self._width - _NAMES - _FIGURES
        name = one.name
        while name and canvas.stringWidth(name, fonts.REGULAR, 8) > _NAMES - 8:
            name = name[:-1]
        canvas.setFont(fonts.REGULAR, 8)
        canvas.setFillColor(sheet.INK)
        canvas.drawString(0, top - 9, name if name == one.name else f"{name[:-1]}…")
        for place, value in enumerate(one.values):
            base = top - (place + 1) * (_BAR + _GAP)
            if value is None:
                continue
            long = room * max(value, 0.0) / self._most
            canvas.setFillColor(_GROUNDS[place])
            canvas.rect(_NAMES, base, max(long, 0.6), _BAR, fill=1)
            canvas.setFillColor(sheet.INK)
            canvas.setFont(fonts.REGULAR, 7.5)
            canvas.drawString(_NAMES + long + 4, base + 1.8, f"{value:,.1f}")
