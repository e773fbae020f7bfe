"""What a picture may never do, by its geometry: cover a name, enclose a stranger, lay one line on another."""

from __future__ import annotations

from itertools import combinations, pairwise
from uuid import UUID

from casefile.files.picture.enclosures import enclosures_of
from casefile.files.picture.layout import SYMBOL, Layout, Point, Wire
from casefile.files.picture.model import Family

Segment = tuple[Point, Point]


def faults(family: Family, layout: Layout) -> list[str]:
    """Every fault of a layout, in words."""
    return [
        *_people(family, layout),
        *_enclosures(family, layout),
        *_through(layout),
        *_on_one_another(layout),
    ]


def _people(family: Family, layout: Layout) -> list[str]:
    found: list[str] = []
    if set(layout.spots) != set(family.by_id):
        found.append("somebody is missing")
    for one, other in combinations(layout.spots.values(), 2):
        a, b = one.box, other.box
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            found.append(f"{one.person.int} and {other.person.int} overlap")
    for spot in layout.spots.values():
        left, top, right, bottom = spot.box
        if left < 0 or top < 0 or right > layout.width or bottom > layout.height:
            found.append(f"{spot.person.int} is outside")
    return found


def _enclosures(family: Family, layout: Layout) -> list[str]:
    found: list[str] = []
    enclosed: set[UUID] = set()
    for house in enclosures_of(family, layout):
        enclosed |= set(house.members)
        for spot in layout.spots.values():
            if inside((spot.x, spot.y), house.outline) is not (spot.person in house.members):
                found.append(f"{house.letter} is wrong about {spot.person.int}")
    for members in family.homes.values():
        if len(members) > 1 and not set(members) <= enclosed:
            found.append("somebody of a household is not enclosed")
    return found


def inside(point: Point, outline: tuple[Point, ...]) -> bool:
    """Whether a point is inside a closed line."""
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            crossed = not crossed
    return crossed


def _ends(wire: Wire) -> set[UUID]:
    if wire.couple is not None:
        return {wire.couple.one, wire.couple.other}
    assert wire.bundle is not None
    return {wire.child} if wire.child else set(wire.bundle.parents)


def _through(layout: Layout) -> list[str]:
    """Lines that pass through a symbol or a name that is not theirs, or through the name of one that is."""
    found: list[str] = []
    for wire in layout.wires:
        for segment in pairwise(wire.points):
            for spot in layout.spots.values():
                left, top, right, bottom = spot.box
                if spot.person in _ends(wire):
                    top += SYMBOL + 1
                if _meets(segment, (left + 1, top + 1, right - 1, bottom - 1)):
                    found.append(
                        f"a line of {sorted(one.int for one in _ends(wire))} crosses {spot.person.int}"
                    )
    return found


def _meets(segment: Segment, box: tuple[float, float, float, float]) -> bool:
    (ax, ay), (bx, by) = segment
    left, top, right, bottom = box
    return min(ax, bx) < right and max(ax, bx) > left and min(ay, by) < bottom and max(ay, by) > top


def _on_one_another(layout: Layout) -> list[str]:
    """Lines of different couples or bundles that run along the same course."""
    found: list[str] = []
    segments = [
        (wire.couple or wire.bundle, segment) for wire in layout.wires for segment in pairwise(wire.points)
    ]
    for (one, a), (other, b) in combinations(segments, 2):
        if one is other or one == other:
            continue
        for axis in (0, 1):
            level = {a[0][1 - axis], a[1][1 - axis], b[0][1 - axis], b[1][1 - axis]}
            low = max(min(a[0][axis], a[1][axis]), min(b[0][axis], b[1][axis]))
            high = min(max(a[0][axis], a[1][axis]), max(b[0][axis], b[1][axis]))
            if max(level) - min(level) < 1.5 and high - low > 3:
                found.append(f"two lines run on one another at {min(level):.0f}")
    return found
