# The library has no types for what it draws.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
"""Drawings of plain data set on paper: as vectors in a PDF, or as SVG. Nothing depends on colour."""

from __future__ import annotations

from typing import Any

from reportlab.graphics import shapes
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from casefile.files.picture.shapes import Dash, Drawing, Ink, Oval, Shape, Words
from casefile.paper import fonts

INKS = {
    Ink.TEXT: "#16202B",
    Ink.QUIET: "#4A5866",
    Ink.LINE: "#16202B",
    Ink.FAINT: "#9AA4AF",
    Ink.GROUND: "#FFFFFF",
    Ink.HOUSE: "#F4F5F7",
    Ink.ACCENT: "#16202B",
    Ink.DANGER: "#16202B",
}
DASHES = {Dash.SOLID: None, Dash.DASHED: [5, 3], Dash.DOTTED: [1.2, 2.6]}
NARROWEST = 0.75
"""How narrow a line of text is set before it is cut."""


def vector(drawing: Drawing) -> shapes.Drawing:
    """The drawing as the printing library takes it."""
    fonts.register()
    made = shapes.Drawing(drawing.width, drawing.height)
    for shape in drawing.shapes:
        made.add(_shape(shape, drawing.height))
    return made


def _shape(shape: Shape, height: float) -> Any:
    if isinstance(shape, Words):
        return _words(shape, height)
    style: dict[str, Any] = {
        "strokeColor": _colour(shape.stroke),
        "strokeWidth": shape.width,
        "strokeDashArray": DASHES[shape.dash],
    }
    if isinstance(shape, Oval):
        return shapes.Ellipse(
            shape.x,
            height - shape.y,
            shape.across / 2,
            shape.down / 2,
            fillColor=_colour(shape.fill),
            **style,
        )
    flat = [number for x, y in shape.points for number in (x, height - y)]
    if shape.closed:
        return shapes.Polygon(flat, fillColor=_colour(shape.fill), strokeLineJoin=1, **style)
    return shapes.PolyLine(flat, strokeLineJoin=1, **style)


def _words(words: Words, height: float) -> Any:
    font = fonts.BOLD if words.bold else fonts.REGULAR
    text, size = fitted(fonts.cleaned(words.text), font, words.size, words.room)
    made = shapes.String(
        words.x, height - words.y, text, fontName=font, fontSize=size, fillColor=_colour(words.ink),
        textAnchor=words.anchor,
    )  # fmt: skip
    return made


def fitted(text: str, font: str, size: float, room: float) -> tuple[str, float]:
    """*text* as it fits: set smaller down to three quarters, then cut."""
    wide = stringWidth(text, font, size)
    if wide <= room:
        return text, size
    size = max(size * NARROWEST, size * room / wide)
    while len(text) > 1 and stringWidth(f"{text}…", font, size) > room:
        text = text[:-1].rstrip()
        if stringWidth(text, font, size) <= room and stringWidth(f"{text}…", font, size) <= room:
            return f"{text}…", size
    return text, size


def _colour(ink: Ink) -> Color | None:
    return None if ink is Ink.NONE else HexColor(INKS[ink])
