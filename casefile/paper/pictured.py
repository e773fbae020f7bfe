# The library has no types for what it hands on to canvas and document.
# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false
"""Drawings of plain data set on paper as vectors, upright, turned, or across several pages. Nothing depends on colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, PageBreak, Paragraph

from casefile.files.picture.shapes import Anchor, Dash, Drawing, Ink, Oval, Path, Shape, Words
from casefile.paper import fonts, parts, sheet

INKS = {
    Ink.TEXT: "#16202B",
    Ink.QUIET: "#4A5866",
    Ink.LINE: "#16202B",
    Ink.FAINT: "#C9D0D9",
    Ink.GROUND: "#FFFFFF",
    Ink.HOUSE: "#F1F3F6",
    Ink.ACCENT: "#16202B",
    Ink.DANGER: "#16202B",
}
DASHES: dict[Dash, Sequence[float]] = {Dash.SOLID: (), Dash.DASHED: (5, 3), Dash.DOTTED: (1.2, 2.6)}
NARROWEST = 0.8
"""How much smaller a line of text is set before it is cut."""
SMALLEST = 0.66
"""Scale below which names are too small to read: then a drawing goes on over several pages."""
TWICE = 130.0
"""What stands on two pages where a drawing goes on: wider than a person with their name, so that nobody is cut twice."""
ROOM = sheet.TEXT_HEIGHT - 60


def draw_on(canvas: Any, drawing: Drawing, shapes: Sequence[Shape] | None = None) -> None:
    """Draw on a canvas whose origin is the drawing's lower left corner."""
    fonts.register()
    for shape in drawing.shapes if shapes is None else shapes:
        if isinstance(shape, Words):
            _words(canvas, shape, drawing.height - shape.y)
            continue
        canvas.setLineWidth(shape.width)
        canvas.setLineJoin(1)
        canvas.setDash(list(DASHES[shape.dash]))
        if shape.stroke is not Ink.NONE:
            canvas.setStrokeColor(HexColor(INKS[shape.stroke]))
        if shape.fill is not Ink.NONE:
            canvas.setFillColor(HexColor(INKS[shape.fill]))
        drawn = {"stroke": int(shape.stroke is not Ink.NONE), "fill": int(shape.fill is not Ink.NONE)}
        if isinstance(shape, Oval):
            half, high, y = shape.across / 2, shape.down / 2, drawing.height - shape.y
            canvas.ellipse(shape.x - half, y - high, shape.x + half, y + high, **drawn)
        else:
            canvas.drawPath(_path(canvas, shape, drawing.height), **drawn)
    canvas.setDash([])


def _path(canvas: Any, shape: Path, height: float) -> Any:
    path = canvas.beginPath()
    (x, y), *others = shape.points
    path.moveTo(x, height - y)
    for x, y in others:
        path.lineTo(x, height - y)
    if shape.closed:
        path.close()
    return path


def _words(canvas: Any, words: Words, y: float) -> None:
    text, font = fonts.cleaned(words.text), fonts.BOLD if words.bold else fonts.REGULAR
    if not fonts.plain(text):
        _in_its_script(canvas, words, text, y)
        return
    text, size = fitted(text, font, words.size, words.room)
    canvas.setFont(font, size)
    canvas.setFillColor(HexColor(INKS[words.ink]))
    draw = {Anchor.START: canvas.drawString, Anchor.MIDDLE: canvas.drawCentredString,
            Anchor.END: canvas.drawRightString}[words.anchor]  # fmt: skip
    draw(words.x, y, text)


def _in_its_script(canvas: Any, words: Words, text: str, y: float) -> None:
    """Words that need other fonts, joined as their script wants, as far as they fit on one line."""
    from_right = fonts.mostly_from_the_right(text)
    align = {Anchor.START: 0, Anchor.MIDDLE: 1, Anchor.END: 2}[words.anchor]
    style = sheet.QUIETLY.clone(
        "drawn", fontSize=words.size, leading=words.size * 1.5, alignment=align, shaping=1
    )
    shown = fonts.in_visual_order(text[:60], from_right=from_right)
    line = Paragraph(fonts.markup(shown, bold=words.bold), style)
    left = words.x - {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[words.anchor] * words.room
    height = line.wrapOn(canvas, words.room, style.leading)[1]
    line.drawOn(canvas, left, y + words.size - height)


def fitted(text: str, font: str, size: float, room: float) -> tuple[str, float]:
    """*text* as it fits: set smaller down to four fifths, then cut."""
    wide = stringWidth(text, font, size)
    if wide <= room:
        return text, size
    size = max(size * NARROWEST, size * room / wide)
    if stringWidth(text, font, size) <= room:
        return text, size
    while len(text) > 1 and stringWidth(f"{text}…", font, size) > room:
        text = text[:-1].rstrip()
    return f"{text}…", size


@dataclass(frozen=True, slots=True)
class Part:
    """What of a drawing stands on one page, and in which size."""

    left: float
    top: float
    width: float
    height: float
    scale: float
    turned: bool = False


class Pictured(Flowable):
    """A drawing, or a part of one, as vectors."""

    def __init__(self, drawing: Drawing, part: Part) -> None:
        super().__init__()
        self._drawing, self._part = drawing, part
        self.spaceAfter = 8

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """As large as its part."""
        wide, high = self._part.width * self._part.scale, self._part.height * self._part.scale
        return (high, wide) if self._part.turned else (wide, high)

    def draw(self) -> None:
        """Draw what lies within the part."""
        canvas, part = self.canv, self._part
        canvas.saveState()
        wide, high = self.wrap(0, 0)
        if part.turned:
            canvas.translate(wide, 0)
            canvas.rotate(90)
            wide, high = high, wide
        clip = canvas.beginPath()
        clip.rect(-1, -1, wide + 2, high + 2)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.scale(part.scale, part.scale)
        canvas.translate(-part.left, -(self._drawing.height - part.top - part.height))
        draw_on(canvas, self._drawing, [one for one in self._drawing.shapes if _within(one, part)])
        canvas.restoreState()


def _within(shape: Shape, part: Part) -> bool:
    if isinstance(shape, Path):
        xs, ys = zip(*shape.points, strict=True)
        box = min(xs), min(ys), max(xs), max(ys)
    elif isinstance(shape, Oval):
        box = shape.x - shape.across, shape.y - shape.down, shape.x + shape.across, shape.y + shape.down
    else:
        box = shape.x - shape.room, shape.y - shape.size, shape.x + shape.room, shape.y + shape.size
    return (box[0] <= part.left + part.width and box[2] >= part.left
            and box[1] <= part.top + part.height and box[3] >= part.top)  # fmt: skip


def parts_of(width: float, height: float) -> tuple[Part, ...]:
    """How a drawing is laid: upright or turned on one page where its names can be read there, else across several."""
    upright = min(1.0, sheet.TEXT_WIDTH / width, ROOM / height)
    turned = min(1.0, ROOM / width, sheet.TEXT_WIDTH / height)
    if upright >= SMALLEST or upright >= turned >= SMALLEST:
        return (Part(0, 0, width, height, upright),)
    if turned >= SMALLEST:
        return (Part(0, 0, width, height, turned, turned=True),)
    scale = SMALLEST
    columns, rows = _cut(width, ROOM / scale), _cut(height, sheet.TEXT_WIDTH / scale)
    return tuple(
        Part(left, top, across, down, scale, turned=True) for top, down in rows for left, across in columns
    )


def _cut(length: float, room: float) -> list[tuple[float, float]]:
    """Where each page begins and how much is on it; what stands at an edge stands on the next one too."""
    if length <= room:
        return [(0.0, length)]
    count = ceil((length - TWICE) / (room - TWICE))
    step = (length - room) / (count - 1)
    return [(step * place, room) for place in range(count)]


def laid(drawing: Drawing) -> Iterator[Flowable]:
    """A drawing over as many pages as it needs; each says which of how many it is."""
    pages = parts_of(drawing.width, drawing.height)
    for number, part in enumerate(pages, 1):
        if number > 1:
            yield PageBreak()
        if len(pages) > 1:
            yield parts.words(
                f"Part {number} of {len(pages)}, from the left. Neighbouring parts overlap.", sheet.QUIETLY
            )
            yield parts.Gap(4)
        yield Pictured(drawing, part)
