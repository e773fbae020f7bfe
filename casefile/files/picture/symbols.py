"""The conventional symbols: a square for a man, a circle for a woman, a diamond where neither is known, a triangle unborn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casefile.files.picture.layout import SYMBOL
from casefile.files.picture.model import Someone
from casefile.files.picture.shapes import Dash, Ink, Oval, Path, Shape, Words

DOUBLE = 4.0
"""Between the two lines of a subject child."""
_HALF = SYMBOL / 2


def symbol_of(person: Someone, x: float, y: float) -> Iterator[Shape]:
    """The symbol of one person about its middle, with age and marks."""
    dash = Dash.SOLID if person.verified else Dash.DASHED
    if person.subject:
        yield outline(person, x, y, _HALF + DOUBLE, dash)
        yield outline(person, x, y, _HALF, dash)
    else:
        yield outline(person, x, y, _HALF, dash)
    said = person.age.replace(" weeks", "w").replace(" months", "m")
    if not person.sex and not person.sex_known and not person.unborn:
        said = f"{said}?"
    if said:
        yield Words(x, y + 4.5, said, 12, SYMBOL - 6)
    if person.died_on is not None:
        yield from _cross(x, y)
    if person.concern:
        yield from _concern(x - _HALF - 3, y - _HALF + 2)
    if person.elsewhere:
        yield _flag(x + _HALF + 2, y - _HALF - 2)


def outline(person: Someone, x: float, y: float, half: float, dash: Dash) -> Path | Oval:
    """The bare outline."""
    if person.unborn:
        corners = ((x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8))
    elif person.sex == "F":
        return Oval(x, y, 2 * half, 2 * half, Ink.TEXT, Ink.GROUND, dash=dash)
    elif person.sex == "M":
        half -= 1
        corners = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
    else:
        half += 2
        corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return Path(corners, Ink.TEXT, Ink.GROUND, dash=dash, closed=True)


def _cross(x: float, y: float) -> Iterator[Path]:
    half = _HALF + 1
    for slant in (1, -1):
        yield Path(((x - half, y - half * slant), (x + half, y + half * slant)), Ink.TEXT)


def _concern(x: float, y: float) -> Iterator[Shape]:
    yield Path(((x, y - 6), (x + 6.5, y + 5), (x - 6.5, y + 5)), Ink.DANGER, Ink.DANGER, 1.0, closed=True)


def _flag(x: float, y: float) -> Path:
    return Path(((x - 4, y - 3), (x + 6, y - 3), (x + 6, y + 7)), Ink.ACCENT, Ink.ACCENT, 1.0, closed=True)


def plain(**known: object) -> Someone:
    """Somebody of no name, for the key below a picture."""
    from uuid import UUID

    return replace(Someone(UUID(int=0), ""), **known)
