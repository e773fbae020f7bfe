"""The picture of a family drawn: enclosures, lines, symbols and names, then the key of what was used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from casefile.files.picture.enclosures import Enclosure, enclosures_of
from casefile.files.picture.key import key_of
from casefile.files.picture.layout import SYMBOL, UNDER, Layout, Spot, Wire
from casefile.files.picture.model import Family, Someone, TieKind
from casefile.files.picture.names import LINE, name_lines, quiet_lines
from casefile.files.picture.shapes import Anchor, Dash, Drawing, Ink, Oval, Path, Place, Shape, Words
from casefile.files.picture.stems import BOX
from casefile.files.picture.symbols import DOUBLE, symbol_of
from casefile.files.picture.words import person_line, title_of, told_of

LEAST = 470.0
"""Width below which the key has no room."""
LETTERS = {"adoptive": "A", "foster": "F", "guardian": "G", "step": "S"}
"""Beside the line to a child, where it is not by birth."""


def drawing_of(family: Family, layout: Layout, *, key: bool = True) -> Drawing:
    """Draw a family where *layout* puts it; who is only in the layout, from another day, is left out."""
    houses = enclosures_of(family, layout)
    here = [(family.by_id[one], spot) for one, spot in layout.spots.items() if one in family.by_id]
    shapes: list[Shape] = [*_enclosed(houses), *_lines(family, layout)]
    for person, spot in here:
        shapes += symbol_of(person, spot.x, spot.y)
        shapes += _names(family, person, spot)
    for house in houses:
        shapes += _badge(house)
    width, height = layout.width, layout.height
    if key:
        width = max(width, LEAST)
        signs, height = key_of(family, height, width)
        shapes += signs
    places = tuple(
        _place(family, one, layout.spots[one.id]) for one in family.people if one.id in layout.spots
    )
    told = told_of(family, tuple(one for one in layout.askew if one in family.ties))
    links = tuple((one.one, one.other) for one in family.ties)
    return Drawing(title_of(family), width, height, tuple(shapes), places, told, links)


def key_drawing(family: Family, width: float) -> Drawing:
    """The key by itself, as wide as a page."""
    shapes, height = key_of(family, 0.0, width)
    return Drawing("What the signs mean", width, height, shapes)


def _place(family: Family, one: Someone, spot: Spot) -> Place:
    """Where somebody stands, with the ring around a child of the file."""
    left, top, right, bottom = spot.box
    return Place(one.id, left, top - DOUBLE, right, bottom, person_line(family, one))


def _enclosed(houses: tuple[Enclosure, ...]) -> Iterator[Path]:
    for house in houses:
        dash = Dash.SOLID if house.sure else Dash.DASHED
        yield Path(house.outline, Ink.QUIET, Ink.HOUSE, 1.0, dash, closed=True)


def _badge(house: Enclosure) -> Iterator[Shape]:
    x, y = house.corner[0] + 11, house.corner[1] + 11
    yield Oval(x, y, 15, 15, Ink.QUIET, Ink.GROUND, 1.0)
    yield Words(x, y + 3.5, house.letter, 9.5, 14, bold=True)


def _lines(family: Family, layout: Layout) -> Iterator[Shape]:
    """The lines that stand on the day: those of people and ties that are not there are left out."""
    parents = {(one.one, one.other) for one in family.ties if one.kind is TieKind.PARENT}
    ties = {frozenset((one.one, one.other)): one for one in family.ties if one.kind is TieKind.COUPLE}
    related = {frozenset((one.one, one.other)) for one in family.ties}
    for wire in layout.wires:
        if wire.couple is not None:
            pair = frozenset((wire.couple.one, wire.couple.other))
            shared = any(all((one, child) in parents for one in pair) for child in family.by_id)
            if pair <= family.by_id.keys() and (pair in ties or shared):
                yield from _couple(replace(wire, couple=replace(wire.couple, tie=ties.get(pair))))
            continue
        bundle = wire.bundle
        assert bundle is not None
        there = [child for child in bundle.children if child in family.by_id
                 and (any(frozenset((one, child)) in related for one in bundle.parents)
                      or (not bundle.parents and any(frozenset((one, child)) in related
                                                     for one in bundle.children)))]  # fmt: skip
        if not there or (wire.child is not None and wire.child not in there):
            continue
        doubted = {child for one, child in layout.kin.doubted if one == bundle}
        yield from _descent(
            wire, bundle.nature, set(there) <= doubted if wire.child is None else wire.child in doubted
        )


def _couple(wire: Wire) -> Iterator[Shape]:
    tie = wire.couple.tie if wire.couple is not None else None
    dash = Dash.SOLID
    if tie is not None:
        dash = Dash.DASHED if not tie.verified else Dash.DOTTED if tie.nature == "partners" else Dash.SOLID
    yield Path(wire.points, dash=dash)
    if tie is None or not tie.ended:
        return
    (start, y), (end, _) = max(pairwise(wire.points), key=lambda two: abs(two[1][0] - two[0][0]))
    low, high = min(start, end) + SYMBOL / 2, max(start, end) - SYMBOL / 2
    x = low + (high - low) * 0.25
    for aside in (-2.5, 2.5) if tie.ended == "divorced" else (0.0,):
        yield Path(((x + aside - 3, y + 6), (x + aside + 3, y - 6)))


def _descent(wire: Wire, nature: str, doubted: bool) -> Iterator[Shape]:
    dash = (
        Dash.DASHED if doubted else Dash.DOTTED if nature in ("foster", "guardian", "grand") else Dash.SOLID
    )
    yield Path(wire.points, dash=dash)
    if wire.child is not None and nature == "adoptive":
        yield Path(tuple((x + 3.5, y) for x, y in wire.points), dash=dash)
    if wire.child is not None and nature in LETTERS:
        x, y = wire.points[-1]
        yield Words(x + 6, y - SYMBOL / 2 - 8, LETTERS[nature], 9, 12, Ink.QUIET, Anchor.START, bold=True)


def _names(family: Family, person: Someone, spot: Spot) -> Iterator[Words]:
    y = spot.y + SYMBOL / 2 + UNDER - 2
    for text in name_lines(person):
        y += LINE
        yield Words(spot.x, y, text, 11, BOX - 2, bold=True)
    for text in quiet_lines(family, person):
        y += LINE
        yield Words(spot.x, y, text, 10, BOX - 2, Ink.QUIET)
