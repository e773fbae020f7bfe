"""Words without markup are set without the library's parser, and come out as it would set them."""

from __future__ import annotations

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from casefile.paper import fonts, parts, sheet

STYLES = (sheet.BODY, sheet.STRONG, sheet.QUIETLY, sheet.TITLE)
TEXTS = (
    "Seen alone at school.",
    "Two  spaces,\ta tab and an end ",
    "Straße, Zoë – 5 °C “quoted” it’s",
    "Held\xa0together  and not",
    "   ",
    "Mum & dad said <nothing>",
    "A line\nand another",
)


@pytest.mark.parametrize("style", STYLES, ids=lambda one: one.name)
@pytest.mark.parametrize("text", TEXTS)
def test_plain_words_are_what_the_parser_makes_of_them(text: str, style: ParagraphStyle) -> None:
    fonts.register()
    cleaned = fonts.cleaned(text)
    parsed = Paragraph(fonts.markup(cleaned, bold=style.fontName == fonts.BOLD), style)
    made = parts.words(text, style)
    assert isinstance(made, Paragraph)
    assert [vars(one) for one in made.frags] == [vars(one) for one in parsed.frags]
    assert made.style.name == parsed.style.name
    assert made.wrap(200, 500) == parsed.wrap(200, 500)
