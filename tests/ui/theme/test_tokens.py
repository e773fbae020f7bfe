"""The colours can be read: contrast is computed, not believed."""

from __future__ import annotations

import pytest

from ui.theme.tokens import Colours, contrast, high_contrast, load

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


@pytest.mark.parametrize("ground", ["window", "surface", "sunken", "accent_ground"])
@pytest.mark.parametrize("front", ["text", "quiet"])
def test_text_can_be_read_on_every_ground(colours: Colours, front: str, ground: str) -> None:
    assert contrast(getattr(colours, front), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("tone", ["danger", "late", "done", "accent", "plain"])
def test_a_chip_can_be_read_on_its_ground(colours: Colours, tone: str) -> None:
    front, ground = colours.tone(tone)
    assert contrast(front, ground) >= 4.5
    assert contrast(front, colours.surface) >= 4.5


def test_a_primary_button_can_be_read(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@pytest.mark.parametrize("ground", ["window", "surface"])
def test_the_edge_of_a_control_can_be_seen(colours: Colours, ground: str) -> None:
    assert contrast(colours.edge, getattr(colours, ground)) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
