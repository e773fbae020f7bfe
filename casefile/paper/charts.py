# The library has no types for what it draws.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
"""Bars against a limit, drawn once for paper and window: each says in words and numbers what it shows.

Colour never says it alone: what stands above its limit begins behind a mark and is told in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from casefile.paper import fonts

OVER = "▲"
"""Stands before what is above its limit."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: Whose.
        value, limit: What it shows, and the mark it should not pass; no mark where the limit is 0.
        said: Both in words.
        alarming: Whether all of it is told as a danger: files that nobody is named for.
    """

    name: str
    value: int
    limit: int
    said: str
    alarming: bool = False

    @property
    def over(self) -> bool:
        """Whether it passes its mark, or alarms whatever it shows."""
        return self.alarming or (0 < self.limit < self.value)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as ``#RRGGBB``, and the size of type in points or pixels."""

    text: str
    quiet: str
    track: str
    edge: str
    bar: str
    over: str
    size: float


PAPER = Look("#16202B", "#4A5866", "#EEF0F3", "#4A5866", "#7A8796", "#16202B", 8.0)
"""Greys only: no colour carries meaning on paper."""


def longest(bars: Sequence[Bar]) -> int:
    """The number at the right end of all bars of one chart."""
    return max((max(one.value, one.limit) for one in bars), default=0) or 1


def bar_drawing(one: Bar, most: int, width: float, height: float, look: Look) -> Drawing:
    """One bar by itself, for a cell of a table; *most* is the number at its right end."""
    fonts.register()
    drawing = Drawing(width, height)
    drawing.add(_bar(one, most, width, height, look))
    return drawing


def chart_svg(bars: Sequence[Bar], width: int, look: Look) -> tuple[str, int]:
    """Bars one under another, each under its name, as SVG; and how high they are.

    Words stand at the right of the name where there is room, else below it.
    """
    fonts.register()
    line, thick, gap = look.size * 1.45, look.size * 0.85, look.size * 0.9
    heads = [_head(one, width, look) for one in bars]
    height = ceil(sum(line * len(head) + thick + gap for head in heads) + gap)
    drawing, most, top = Drawing(width, height), longest(bars), float(height)
    for one, head in zip(bars, heads, strict=True):
        for row in head:
            for text, colour, right in row:
                drawing.add(
                    _words(width if right else 0, top - look.size, text, colour, look.size, right=right)
                )
            top -= line
        group = _bar(one, most, width, thick, look)
        group.translate(0, top - thick)
        drawing.add(group)
        top -= thick + gap
    # Qt paints the rectangle of a clip path as a shape; the drawing needs none.
    return str(renderSVG.drawToString(drawing, useClip=True)), height


_Part = tuple[str, str, bool]
"""Words of a chart, their colour, and whether they stand at the right."""


def _head(one: Bar, width: int, look: Look) -> list[list[_Part]]:
    """The lines above a bar: its name and what it shows."""
    said = f"{OVER} {one.said}" if one.over else one.said
    colour = look.over if one.over else look.quiet
    wide = sum(stringWidth(text, fonts.REGULAR, look.size) for text in (one.name, said)) + 2 * look.size
    if wide <= width:
        return [[(one.name, look.text, False), (said, colour, True)]]
    below = simpleSplit(said, fonts.REGULAR, look.size, width)
    return [[(one.name, look.text, False)], *([(text, colour, False)] for text in below)]


def described(title: str, bars: Sequence[Bar]) -> str:
    """A chart in words, for whoever cannot see it."""
    return (
        f"{title}. " + "; ".join(f"{one.name}: {one.said}" for one in bars) if bars else f"{title}: nothing"
    )


def _bar(one: Bar, most: int, width: float, height: float, look: Look) -> Group:
    """Track to the limit, bar to the value; what is above the limit is darker and begins behind a mark."""
    made = Group()
    scale = width / most
    if one.limit:
        made.add(_box(0, 0, one.limit * scale, height, look.track, look.edge))
    within = min(one.value, one.limit) if one.limit and not one.alarming else one.value
    if within:
        made.add(_box(0, 0, within * scale, height, look.over if one.alarming else look.bar, None))
    if one.limit and one.value > one.limit:
        left = one.limit * scale
        made.add(_box(left, 0, one.value * scale - left, height, look.over, None))
        made.add(Line(left, -1, left, height + 1, strokeColor=_colour(look.text), strokeWidth=1.2))
    return made


def _box(x: float, y: float, width: float, height: float, fill: str, edge: str | None) -> Rect:
    style: Any = {
        "fillColor": _colour(fill),
        "strokeColor": _colour(edge) if edge else None,
        "strokeWidth": 0.6,
    }
    return Rect(x, y, width, height, **style)


def _words(x: float, y: float, text: str, colour: str, size: float, *, right: bool = False) -> String:
    anchor = "end" if right else "start"
    return String(
        x,
        y,
        fonts.cleaned(text),
        fontName=fonts.REGULAR,
        fontSize=size,
        fillColor=_colour(colour),
        textAnchor=anchor,
    )


def _colour(code: str) -> Color:
    return HexColor(code)
