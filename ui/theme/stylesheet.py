"""The style sheet, filled in from the tokens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from ui.theme.tokens import Colours, Tokens

SHEET = Path(__file__).with_name("stylesheet.qss")


def stylesheet(
    tokens: Tokens, colours: Colours, scale: float, pictures: Mapping[str, str], *, plain: bool = False
) -> str:
    """The Qt style sheet for one set of colours at one scale.

    Args:
        tokens: Sizes and distances.
        colours: The set of colours in force.
        scale: How large type is; 1.0 is 100 %.
        pictures: Files of the arrows of a combo box and of a number, and of the tick of a check box.
        plain: High contrast: chips get an edge where they would have had a ground.
    """

    def px(size: float) -> str:
        return f"{round(size * scale)}px"

    kind, space = tokens.type, tokens.space
    values = {name: getattr(colours, name) for name in Colours.__slots__}
    values |= {
        "base": px(kind.base),
        "quiet_size": px(kind.quiet),
        "small": px(kind.quiet - 1),
        "page": px(kind.page),
        "section": px(kind.section),
        "control": px(space.control - 2),
        "inner": px(space.control - 6),
        "target": px(24),
        "box": px(14),
        "round": px(7),
        "row": px(space.row - 2),
        "chip": px(space.corner_chip),
        "corner": px(space.corner),
        "card": px(space.corner_card),
        **pictures,
        "chip_edge": f"border: 1px solid {colours.text};" if plain else "",
    }
    return Template(SHEET.read_text(encoding="utf-8")).substitute(values)
