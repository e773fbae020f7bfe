# The library has no types for what it hands on to canvas and document.
# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false
"""What pages are made of: prose that splits, labelled fields, and marks for index and bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus.paragraph import cleanBlockQuotedText

from casefile.paper import fonts, sheet

LONGEST_PARAGRAPH = 4000
"""Letters that are set as one paragraph; longer text without a line's end goes on in a next one."""


class Spoken(Paragraph):
    """A shaped paragraph that carries its words as spoken, so that copying and searching find them.

    Shaping replaces letters by joined shapes; a reader of the PDF would otherwise get the shapes.
    """

    spoken = ""

    def draw(self) -> None:
        """Draw the shapes under their words; a part of a split paragraph has no words of its own."""
        if not self.spoken:
            super().draw()
            return
        encoded = self.spoken.encode("utf-16-be").hex().upper()
        self.canv._code.append(f"/Span <</ActualText <FEFF{encoded}>>> BDC")  # noqa: SLF001
        super().draw()
        self.canv._code.append("EMC")  # noqa: SLF001


def _spoken(markup: str, style: ParagraphStyle, text: str) -> Spoken:
    made = Spoken(markup, _shaped(style))
    made.spoken = text
    return made


class FromTheRight(Flowable):
    """Words of a script read from the right: lines are cut in spoken order, then turned."""

    def __init__(self, text: str, style: ParagraphStyle, bold: bool) -> None:
        """*text* is cleaned."""
        super().__init__()
        self._text, self._style, self._bold = text, style, bold
        self._inner: Paragraph | None = None
        self._width = 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Width and height the words take."""
        return self._set(aW).wrap(aW, aH)

    def split(self, aW: float, aH: float) -> list[Any]:  # noqa: N803
        """The lines that fit and those that do not."""
        return list(self._set(aW).split(aW, aH))

    def draw(self) -> None:
        """Draw the lines."""
        if self._inner is not None:
            self._inner.drawOn(self.canv, 0, 0)

    def _set(self, width: float) -> Paragraph:
        if self._inner is None or self._width != width:
            lines = fonts.broken(self._text, self._style.fontName, self._style.fontSize, width - 2)
            right = fonts.mostly_from_the_right(self._text)
            turned = "\n".join(fonts.in_visual_order(line, from_right=right) for line in lines)
            style = _right(self._style) if right and len(lines) > 1 else self._style
            self._inner = _spoken(
                fonts.markup(turned, bold=self._bold), style, fonts.as_seen(lines, from_right=right)
            )
            self._width = width
        return self._inner


@cache
def _shaped(style: ParagraphStyle) -> ParagraphStyle:
    return style.clone(f"{style.name}-shaped", shaping=1)


@cache
def _right(style: ParagraphStyle) -> ParagraphStyle:
    return style.clone(f"{style.name}-right", alignment=TA_RIGHT)


def words(text: str, style: ParagraphStyle = sheet.BODY) -> Flowable:
    """*text* as one paragraph in *style*, in any script."""
    text = fonts.cleaned(text)
    bold = style.fontName == fonts.BOLD
    if fonts.runs_right_to_left(text):
        return FromTheRight(text, style, bold)
    marked = fonts.markup(text, bold=bold)
    if fonts.needs_shaping(text):
        return _spoken(marked, style, text)
    return _plain(text, style) if marked == text else Paragraph(marked, style)


def _plain(text: str, style: ParagraphStyle) -> Paragraph:
    """Words without any markup, as the library's parser would give them: it takes a fifth of the time of a page."""
    said = cleanBlockQuotedText(text)
    if not said:
        return Paragraph(text, style)
    return Paragraph(said, style, frags=[_pattern(style).clone(text=said, us_lines=[], link=[])])


@cache
def _pattern(style: ParagraphStyle) -> Any:
    """A run of words in a style as the parser makes it."""
    return Paragraph("words", style).frags[0]


def prose(text: str, style: ParagraphStyle = sheet.BODY) -> Iterator[Flowable]:
    """*text* of any length, a paragraph at a time, so that 10 MB take no more memory than a page."""
    place = 0
    while place <= len(text):
        end = text.find("\n", place, place + LONGEST_PARAGRAPH)
        if end < 0:
            end = len(text)
            if end - place > LONGEST_PARAGRAPH:
                space = text.rfind(" ", place, place + LONGEST_PARAGRAPH)
                end = space if space > place else place + LONGEST_PARAGRAPH
                yield words(text[place:end], style)
                place = end + (text[end] == " ")
                continue
        line = text[place:end].strip("\r")
        yield words(line, style) if line.strip() else Gap(style.leading / 2)
        place = end + 1


class Gap(Flowable):
    """White space that vanishes at the top of a page."""

    _SPACETRANSFER = True

    def __init__(self, height: float) -> None:
        """*height* in points."""
        super().__init__()
        self._height = height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """As high as asked, but never more than is left."""
        return aW, min(self._height, aH)

    def draw(self) -> None:
        """Nothing."""


class Rule(Flowable):
    """A hairline across the text, with room above and below; none at the top of a page."""

    def __init__(self, before: float = 8, after: float = 8) -> None:
        """Room in points."""
        super().__init__()
        self.spaceBefore = before
        self._after, self._width = after, 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """As wide as there is room."""
        frame: Any = getattr(self, "_frame", None)
        self._width = 0.0 if frame is not None and frame._atTop else aW  # noqa: SLF001
        return aW, (self._after + sheet.HAIRLINE) if self._width else 0.0

    def draw(self) -> None:
        """The line."""
        if not self._width:
            return
        self.canv.setStrokeColor(sheet.HAIR)
        self.canv.setLineWidth(sheet.HAIRLINE)
        self.canv.line(0, self._after, self._width, self._after)


class Field(Flowable):
    """A label on the left and quiet, its value on the right; the value splits, the label stands once."""

    def __init__(self, label: Flowable | None, value: Flowable) -> None:
        """*label* None goes on with the value of the field above."""
        super().__init__()
        self.spaceAfter = 2.5
        self._label, self._value = label, value
        self._heights = (0.0, 0.0)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The higher of label and value."""
        label = self._label.wrapOn(self.canv, sheet.LABEL_WIDTH - 10, aH)[1] if self._label else 0.0
        value = self._value.wrapOn(self.canv, aW - sheet.LABEL_WIDTH, aH)[1]
        self._heights = label, value
        return aW, max(label, value)

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The value's first lines with the label, and the rest without."""
        label = self._label.wrapOn(self.canv, sheet.LABEL_WIDTH - 10, aH)[1] if self._label else 0.0
        if label > aH:
            return []
        parts = self._value.splitOn(self.canv, aW - sheet.LABEL_WIDTH, aH)
        if len(parts) < 2:
            return []
        return [Field(self._label, parts[0]), *(Field(None, part) for part in parts[1:])]

    def draw(self) -> None:
        """Label and value with their first lines level."""
        top = max(self._heights)
        if self._label:
            self._label.drawOn(self.canv, 0, top - self._heights[0])
        self._value.drawOn(self.canv, sheet.LABEL_WIDTH, top - self._heights[1])


def fields(pairs: tuple[tuple[str, str], ...]) -> Iterator[Flowable]:
    """Labelled values one under another; what is empty says so."""
    for label, value in pairs:
        name: Flowable | None = words(label, sheet.LABEL)
        for paragraph in prose(value if value.strip() else "–"):
            yield Field(name, paragraph)
            name = None


class Heading(Flowable):
    """A heading with its bookmark: the outline of the PDF and the index find its page by *key*."""

    def __init__(self, text: str, style: ParagraphStyle, key: str, level: int) -> None:
        """*level* is the depth in the outline, from 0."""
        super().__init__()
        self._text, self._key, self._level = text, key, level
        self._inner = words(text, style)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The words' room."""
        return self._inner.wrapOn(self.canv, aW, aH)

    def draw(self) -> None:
        """The words, and their place for bookmarks."""
        canvas = self.canv
        canvas.bookmarkHorizontal(self._key, 0, self._inner.height)
        canvas.addOutlineEntry(
            " ".join(fonts.cleaned(self._text).split()), self._key, self._level, closed=True
        )
        pages: dict[str, int] | None = getattr(canvas, "pages_of", None)
        if pages is not None:
            pages[self._key] = canvas.getPageNumber()
        self._inner.drawOn(canvas, 0, 0)


class PageOf(Flowable):
    """The page number of the heading with *key*, though it is not yet known; a link to it too."""

    def __init__(self, key: str) -> None:
        """*key* must be printed later in the same book."""
        super().__init__()
        self._key, self._width = key, 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """One line, numbers from the right."""
        self._width = aW
        return aW, sheet.CELL.leading

    def draw(self) -> None:
        """A place that is filled when the book is done."""
        self.canv.setFillColor(sheet.INK)
        self.canv.show_late(f"page-{self._key}", self._width, sheet.CELL.leading - sheet.CELL.fontSize)
        self.canv.linkRect("", self._key, (0, 0, self._width, sheet.CELL.leading), relative=1, thickness=0)
        self.canv.waits_for.add(self._key)
