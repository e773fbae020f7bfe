"""The colours can be read: contrast is computed, not believed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.theme.tokens import Colours, contrast, high_contrast, load
from ui.widgets import parts

TOKENS = load()
SETS = {
    "light": TOKENS.light,
    "dark": TOKENS.dark,
    "contrast": high_contrast(dark=False),
    "contrast dark": high_contrast(dark=True),
}


@pytest.fixture(params=SETS, ids=str)
def colours(request: pytest.FixtureRequest) -> Colours:
    return SETS[request.param]


@pytest.mark.parametrize(
    "ground", ["window", "surface", "sunken", "accent_ground", "danger_ground", "late_ground", "done_ground"]
)
@pytest.mark.parametrize("front", ["text", "quiet"])
def test_text_can_be_read_on_every_ground(colours: Colours, front: str, ground: str) -> None:
    assert contrast(getattr(colours, front), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("tone", ["danger", "late", "done", "accent", "plain"])
def test_a_chip_can_be_read_on_its_ground(colours: Colours, tone: str) -> None:
    front, ground = colours.tone(tone)
    assert contrast(front, ground) >= 4.5


@pytest.mark.parametrize("ground", ["window", "surface"])
@pytest.mark.parametrize("tone", ["danger", "late", "done", "accent", "plain"])
def test_a_tone_can_be_read_where_it_stands_without_its_ground(
    colours: Colours, tone: str, ground: str
) -> None:
    """Sentences on what is wrong, links, and the marks of dividers."""
    assert contrast(colours.tone(tone)[0], getattr(colours, ground)) >= 4.5


def test_a_link_can_be_read_on_the_row_that_is_chosen(colours: Colours) -> None:
    assert contrast(colours.accent, colours.accent_ground) >= 4.5
    assert contrast(colours.accent, colours.sunken) >= 4.5


def test_a_primary_button_can_be_read(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@pytest.mark.parametrize("ground", ["window", "surface"])
def test_the_edge_of_a_control_can_be_seen(colours: Colours, ground: str) -> None:
    assert contrast(colours.edge, getattr(colours, ground)) >= 3


def test_hints_in_fields_have_a_colour_of_their_own(qtbot: QtBot, theme: Theme) -> None:
    """Qt would draw them in half-transparent text, which nobody can read."""
    line = QLineEdit()
    qtbot.addWidget(line)
    line.ensurePolished()
    front = line.palette().color(QPalette.ColorRole.PlaceholderText)
    assert front.alpha() == 255
    assert contrast(front.name().upper(), theme.colours.surface) >= 4.5


def test_the_parts_know_the_size_of_type_that_the_tokens_state() -> None:
    assert TOKENS.type.base == parts.BASE


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
