"""Where an arrow key leads in a drawing: along a line where one goes that way, else to the nearest in that direction."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from casefile.files.picture.shapes import Drawing, Place


class Way(Enum):
    """The four arrow keys, as steps to the right and down."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


ALONG, ASIDE = 0.35, 2.5
"""How much nearer somebody seems whom a line joins, and how much further what is off to the side."""


def next_place(drawing: Drawing, key: UUID | str | None, way: Way) -> UUID | str | None:
    """The place that an arrow key leads to; where it began where there is none."""
    places = {one.key: one for one in drawing.places}
    here = places.get(key) if key is not None else None
    if here is None:
        return drawing.places[0].key if drawing.places else None
    joined = {other for one, other in drawing.links if one == key}
    joined |= {one for one, other in drawing.links if other == key}
    best, least = here.key, float("inf")
    for other in drawing.places:
        far = _distance(here, other, way)
        if far is not None and other is not here:
            far *= ALONG if other.key in joined else 1.0
            if far < least:
                best, least = other.key, far
    return best


def _distance(here: Place, other: Place, way: Way) -> float | None:
    """How far another place is in a direction; None where it lies elsewhere."""
    across = (other.left + other.right - here.left - here.right) / 2
    down = (other.top + other.bottom - here.top - here.bottom) / 2
    if way in (Way.LEFT, Way.RIGHT):
        along, aside = across * way.value[0], abs(down)
        reach = (here.bottom - here.top) / 2
    else:
        along, aside = down * way.value[1], abs(across)
        reach = max(here.right - here.left, abs(along))
    if along <= 1 or (way in (Way.LEFT, Way.RIGHT) and aside > max(along, reach)):
        return None
    return along + ASIDE * aside / (1 + (way in (Way.UP, Way.DOWN)) * 3)
