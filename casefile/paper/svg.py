"""Drawings of plain data as SVG: text stays text, so that it can be searched and read aloud. Nothing is fetched."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr  # writes only: nothing is parsed by it

from reportlab.pdfbase.pdfmetrics import stringWidth

from casefile.files.picture.shapes import Drawing, Ink, Oval, Path, Shape, Words
from casefile.paper import fonts
from casefile.paper.pictured import DASHES, INKS, fitted


def svg_of(drawing: Drawing) -> str:
    """The drawing as a document of its own, with what it shows in words as its description."""
    fonts.register()
    told = escape(fonts.cleaned("\n".join(drawing.told)))
    wide, high = _number(drawing.width), _number(drawing.height)
    body = "\n".join(_shape(one) for one in drawing.shapes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        'role="img" aria-labelledby="title told" font-family="Inter, Arial, sans-serif">\n'
        f'<title id="title">{escape(fonts.cleaned(drawing.title))}</title>\n<desc id="told">{told}</desc>\n'
        f'<rect width="{wide}" height="{high}" fill="{INKS[Ink.GROUND]}"/>\n{body}\n</svg>\n'
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Words):
        return _words(shape)
    dashes = " ".join(map(_number, DASHES[shape.dash]))
    style = (
        f'stroke="{_colour(shape.stroke)}" fill="{_colour(shape.fill)}" stroke-width="{_number(shape.width)}"'
        f"{f' stroke-dasharray={quoteattr(dashes)}' if dashes else ''}"
    )
    if isinstance(shape, Oval):
        return (
            f'<ellipse cx="{_number(shape.x)}" cy="{_number(shape.y)}" rx="{_number(shape.across / 2)}" '
            f'ry="{_number(shape.down / 2)}" {style}/>'
        )
    return _path(shape, style)


def _path(shape: Path, style: str) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in shape.points)
    return f'<{"polygon" if shape.closed else "polyline"} points="{points}" {style}/>'


def _words(words: Words) -> str:
    """Text as long as the house's font makes it, whichever font a viewer has."""
    font = fonts.BOLD if words.bold else fonts.REGULAR
    text, size, length = fonts.cleaned(words.text), words.size, ""
    if fonts.plain(text):
        text, size = fitted(text, font, words.size, words.room)
        length = f' textLength="{_number(stringWidth(text, font, size))}" lengthAdjust="spacingAndGlyphs"'
    weight = ' font-weight="600"' if words.bold else ""
    return (
        f'<text x="{_number(words.x)}" y="{_number(words.y)}" font-size="{_number(size)}"{weight} '
        f'text-anchor="{words.anchor.value}" fill="{_colour(words.ink)}"{length}>{escape(text)}</text>'
    )


def _colour(ink: Ink) -> str:
    return "none" if ink is Ink.NONE else INKS[ink]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
