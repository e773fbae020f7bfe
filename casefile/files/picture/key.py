"""The key below a picture: what each sign means, as far as it was used, and where each household is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.files.picture.layout import SYMBOL
from casefile.files.picture.model import Family, Someone, TieKind
from casefile.files.picture.shapes import Anchor, Dash, Ink, Oval, Path, Shape, Words
from casefile.files.picture.symbols import plain, symbol_of

CELL, HOUSE, LINE, SIGN = 214.0, 428.0, 22.0, 34.0
"""Width of one sign with its words, and of one household; height of a line, and room of the sign."""
_SMALL = 0.6


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: whether it was used, how it is drawn about a point, and what it means."""

    used: bool
    draw: Callable[[float, float], Iterator[Shape]]
    means: str


def key_of(family: Family, top: float, width: float) -> tuple[tuple[Shape, ...], float]:
    """The key of a picture, and where it ends."""
    signs = [one for one in _signs(family) if one.used]
    columns = max(int((width - 24) // CELL), 1)
    found: list[Shape] = [Path(((16, top + 6), (width - 16, top + 6)), Ink.FAINT, width=0.8)]
    y = top + 22.0
    for place, sign in enumerate(signs):
        x = 16 + CELL * (place % columns)
        if place and place % columns == 0:
            y += LINE
        found += sign.draw(x + SIGN / 2, y)
        found.append(Words(x + SIGN + 4, y + 3.5, sign.means, 10, CELL - SIGN - 10, Ink.QUIET, Anchor.START))
    y += LINE if signs else 0
    houses, end = _houses(family, y, width)
    return (*found, *houses), end + 8


def _houses(family: Family, top: float, width: float) -> tuple[list[Shape], float]:
    """Each household by the letter that stands in its enclosure, and other homes, in columns."""
    found: list[Shape] = []
    columns = max(int((width - 24) // HOUSE), 1)
    room = HOUSE if columns > 1 else width - 32
    named = family.households
    deep = -(-len(named) // columns)
    for place, (name, address, members) in enumerate(named):
        x, y = 16 + HOUSE * (place // deep), top + 18 * (place % deep)
        if len(members) > 1:
            found.append(Oval(x + SIGN / 2, y, 15, 15, Ink.QUIET, Ink.GROUND, 1.0))
            found.append(Words(x + SIGN / 2, y + 3.5, name, 9.5, 14, bold=True))
        lives = _lives(family, members)
        found.append(
            Words(x + SIGN + 4, y + 3.5, f"{address} · {lives}", 10, room - SIGN - 8, Ink.QUIET, Anchor.START)
        )
    return found, top + 18 * deep


def _lives(family: Family, members: Sequence[UUID]) -> str:
    """Who lives there: one by name, for nothing in the drawing says it."""
    if len(members) == 1:
        return f"{family.by_id[members[0]].name} lives there"
    return f"{len(members)} of the picture live there" if members else "nobody of the picture lives there"


def _signs(family: Family) -> Iterator[Sign]:
    people = family.people
    couples = [one for one in family.ties if one.kind is TieKind.COUPLE]
    parents = {one.nature for one in family.ties if one.kind is TieKind.PARENT}
    born = [one for one in people if not one.unborn]
    yield Sign(any(one.sex == "M" for one in born), _person(sex="M"), "Male, with age")
    yield Sign(any(one.sex == "F" for one in born), _person(sex="F"), "Female")
    yield Sign(any(not one.sex for one in born), _person(sex=""), "Sex not known, or neither")
    yield Sign(any(one.unborn for one in people), _person(unborn=True), "Unborn")
    yield Sign(
        any(one.subject for one in people), _person(sex="F", subject=True), "Double: a child of this file"
    )
    yield Sign(any(one.died_on for one in people), _person(sex="M", died_on=family.day), "Crossed: has died")
    doubted = any(not one.verified for one in (*people, *family.ties))
    yield Sign(doubted, _person(sex="M", verified=False), "Broken: not verified by police")
    yield Sign(
        any(one.concern for one in people), _person(sex="M", concern=True), "Triangle: person of concern"
    )
    yield Sign(
        any(one.elsewhere for one in people), _person(sex="M", elsewhere=("",)), "Flag: also in another file"
    )
    yield Sign(
        any(one.nature == "married" for one in couples), _line(Dash.SOLID, 0), "Married, civil partners"
    )
    yield Sign(any(one.nature == "partners" for one in couples), _line(Dash.DOTTED, 0), "Partners")
    yield Sign(any(one.ended == "separated" for one in couples), _line(Dash.SOLID, 1), "One stroke: parted")
    yield Sign(any(one.ended == "divorced" for one in couples), _line(Dash.SOLID, 2), "Two strokes: divorced")
    elders = any(one.nature == "grandparent" for one in family.ties)
    yield Sign(elders, _line(Dash.DOTTED, 0), "Dotted, downwards: grandchild")
    letters = {"adoptive": "A: adopted", "foster": "F: foster child", "guardian": "G: guardianship",
               "step": "S: stepchild"}  # fmt: skip
    for nature, means in letters.items():
        yield Sign(nature in parents, _letter(means[0]), means)


def _person(**known: object) -> Callable[[float, float], Iterator[Shape]]:
    person = plain(sex_known=True, **known)
    return lambda x, y: _shrunk(person, x, y)


def _shrunk(person: Someone, x: float, y: float) -> Iterator[Shape]:
    """A symbol in small, without words."""
    for shape in symbol_of(person, 0, 0):
        if isinstance(shape, Path):
            points = tuple((x + px * _SMALL * 0.8, y + py * _SMALL * 0.8) for px, py in shape.points)
            yield Path(points, shape.stroke, shape.fill, 1.0, shape.dash, shape.closed)
        elif isinstance(shape, Oval):
            size = shape.across * _SMALL * 0.8
            yield Oval(x, y, size, size, shape.stroke, shape.fill, 1.0, shape.dash)


def _line(dash: Dash, strokes: int) -> Callable[[float, float], Iterator[Shape]]:
    def draw(x: float, y: float) -> Iterator[Shape]:
        yield Path(((x - SYMBOL / 2, y), (x + SYMBOL / 2, y)), dash=dash)
        for place in range(strokes):
            at = x + 5 * (place - (strokes - 1) / 2)
            yield Path(((at - 3, y + 6), (at + 3, y - 6)))

    return draw


def _letter(name: str) -> Callable[[float, float], Iterator[Shape]]:
    return lambda x, y: iter((Words(x, y + 3.5, name, 10, 14, bold=True),))
