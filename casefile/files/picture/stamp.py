"""A drawing that leaves the house by itself says what it is: marking, reference, what it shows, who made it."""

from __future__ import annotations

from dataclasses import replace

from casefile.files.picture.shapes import Anchor, Drawing, Ink, Path, Shape, Words

_HEAD, _FOOT, _LEAST = 62.0, 34.0, 470.0


def stamped(drawing: Drawing, marking: str, reference: str, made: str) -> Drawing:
    """The drawing with a head and a foot."""
    width = max(drawing.width, _LEAST)
    height = drawing.height + _HEAD + _FOOT
    words = marking.upper()
    head = (
        Words(width / 2, 20, words, 10, width - 20, bold=True),
        Words(16, 40, f"{reference} · {drawing.title}", 11, width - 32, Ink.TEXT, Anchor.START, bold=True),
        Words(16, 54, f"{made}. Do not copy: show it only to those who need it for this child.", 9, width - 32,
              Ink.QUIET, Anchor.START),
        Words(width / 2, height - 12, words, 10, width - 20, bold=True),
    )  # fmt: skip
    return replace(
        drawing, width=width, height=height, shapes=(*head, *(_lower(one, _HEAD) for one in drawing.shapes)),
        places=(),
    )  # fmt: skip


def _lower(shape: Shape, by: float) -> Shape:
    if isinstance(shape, Path):
        return replace(shape, points=tuple((x, y + by) for x, y in shape.points))
    return replace(shape, y=shape.y + by)
