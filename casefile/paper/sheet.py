"""The house style on paper: A4, black on white, hairlines, the marking in capitals top and bottom.

No colour carries meaning: greys only, and every mark has its word. Lengths are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from casefile.paper import fonts
from casefile.paper.streamed import StreamedCanvas

WIDTH, HEIGHT = A4
LEFT, RIGHT = 64.0, 48.0
"""The left margin is wide enough to punch."""
TOP, BOTTOM = 78.0, 76.0
TEXT_WIDTH = WIDTH - LEFT - RIGHT
TEXT_HEIGHT = HEIGHT - TOP - BOTTOM
LABEL_WIDTH = 132.0
"""Width of the column of field labels."""

INK = HexColor("#16202B")
QUIET = HexColor("#4A5866")
HAIR = HexColor("#AEB6C0")
HAIRLINE = 0.5
TOTAL_PAGES = "pages"
"""Name under which pages wait for the number of pages."""


def _style(
    name: str, size: float, leading: float, *, bold: bool = False, quiet: bool = False, right: bool = False
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        fontSize=size,
        leading=leading,
        textColor=QUIET if quiet else INK,
        alignment=TA_RIGHT if right else TA_LEFT,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


BODY = _style("body", 9, 13)
QUIETLY = _style("quiet", 8, 11.5, quiet=True)
LABEL = _style("label", 9, 13, quiet=True)
COLUMN = _style("column", 7.5, 10.5, bold=True, quiet=True)
COLUMN_NUMBER = _style("column-number", 7.5, 10.5, bold=True, quiet=True, right=True)
CELL = _style("cell", 8.5, 12)
NUMBER = _style("number", 8.5, 12, right=True)
STRONG = _style("strong", 9, 13, bold=True)
RECORD = _style("record", 11, 15, bold=True)
GROUP = _style("group", 9, 13, bold=True)
TITLE = _style("title", 17, 22, bold=True)
COVER_NAME = _style("cover-name", 30, 36, bold=True)
COVER_LINE = _style("cover-line", 12, 17, quiet=True)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page of one print says about itself.

    Attributes:
        marking: Protective marking in force, e.g. ``OFFICIAL-SENSITIVE``; printed in capitals.
        reference: Reference of the case file.
        heading: Short words beside the reference, e.g. the family name.
        printed_by: Name and number of the officer who printed it.
        printed_at: The moment of printing, aware.
        copy_number: Number of this copy of this file, from 1; None for a view on the screen.
    """

    marking: str
    reference: str
    heading: str
    printed_by: str
    printed_at: datetime
    copy_number: int | None

    @property
    def copy(self) -> str:
        """The copy in words."""
        return f"Copy {self.copy_number}" if self.copy_number is not None else "Preview, not a copy"

    @property
    def printed(self) -> str:
        """By whom and when, in London time."""
        local = self.printed_at.astimezone(ZoneInfo("Europe/London"))
        return f"Printed by {self.printed_by}, {local.day} {local:%B %Y, %H:%M}"


def draw_marking(canvas: StreamedCanvas, marking: str) -> None:
    """The protective marking in capitals at the top and the bottom of the page."""
    words = marking.upper()
    canvas.setFillColor(INK)
    canvas.setFont(fonts.BOLD, 9)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 34, words)
    canvas.drawCentredString(WIDTH / 2, 26, words)


def draw_furniture(canvas: StreamedCanvas, imprint: Imprint, section: str) -> None:
    """Everything around the text of a page: marking, reference, section, page x of y, who printed it."""
    canvas.saveState()
    draw_marking(canvas, imprint.marking)
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(LEFT, HEIGHT - 60, WIDTH - RIGHT, HEIGHT - 60)
    canvas.line(LEFT, 60, WIDTH - RIGHT, 60)
    _line(canvas, LEFT, HEIGHT - 54, imprint.reference, bold=True)
    after = LEFT + canvas.stringWidth(imprint.reference, fonts.BOLD, 8) + 10
    if fonts.plain(imprint.heading):
        _line(canvas, after, HEIGHT - 54, _shortened(canvas, imprint.heading, 220))
    else:
        _in_its_script(canvas, after, HEIGHT - 54, imprint.heading)
    canvas.setFont(fonts.REGULAR, 8)
    canvas.drawRightString(WIDTH - RIGHT, HEIGHT - 54, _shortened(canvas, section, 200))
    page = f"Page {canvas.getPageNumber()} of "
    _line(canvas, LEFT, 48, page)
    canvas.show_late(TOTAL_PAGES, LEFT + canvas.stringWidth(page, fonts.REGULAR, 8), 48)
    canvas.drawRightString(WIDTH - RIGHT, 48, f"{imprint.copy} · {imprint.printed}")
    _line(canvas, LEFT, 26, "Do not copy")
    canvas.restoreState()


def _line(canvas: StreamedCanvas, x: float, y: float, words: str, *, bold: bool = False) -> None:
    canvas.setFillColor(INK if bold else QUIET)
    canvas.setFont(fonts.BOLD if bold else fonts.REGULAR, 8)
    canvas.drawString(x, y, words)


def _in_its_script(canvas: StreamedCanvas, x: float, y: float, words: str) -> None:
    """Words that need other fonts, as far as they fit on one line."""
    text = fonts.cleaned(words)[:60]
    shown = fonts.in_visual_order(text, from_right=fonts.mostly_from_the_right(text))
    line = Paragraph(fonts.markup(shown), QUIETLY.clone("head", shaping=1))
    height = line.wrapOn(canvas, 240, QUIETLY.leading)[1]
    line.drawOn(canvas, x, y + QUIETLY.fontSize - height)


def _shortened(canvas: StreamedCanvas, words: str, width: float) -> str:
    if canvas.stringWidth(words, fonts.REGULAR, 8) <= width:
        return words
    while words and canvas.stringWidth(words + "…", fonts.REGULAR, 8) > width:
        words = words[:-1]
    return words.rstrip() + "…"
