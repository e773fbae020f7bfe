"""Households drawn around those who live there, and never around anybody else.

In each row the members who stand side by side are enclosed together; parts in rows below one another are joined where
they overlap. A household that others stand between has several parts, each with its letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.files.picture.layout import Layout, Point
from casefile.files.picture.model import Family
from casefile.files.picture.stems import BOX

MARGIN, INSET, LEAST = 6.0, 3.0, 30.0
"""Around the boxes of members; from the edges of a row; the overlap that joins two parts."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One part of a household.

    Attributes:
        letter: Of the household.
        outline: Its corners.
        corner: Upper left, where the letter stands.
        sure: Whether every member's stay there is verified, as far as anybody said.
    """

    address: str
    letter: str
    members: tuple[UUID, ...]
    outline: tuple[Point, ...]
    corner: Point
    sure: bool


def enclosures_of(family: Family, layout: Layout) -> tuple[Enclosure, ...]:
    """The parts of every household of two or more."""
    found: list[Enclosure] = []
    doubted = {one.person for one in family.stays if one.lives and not one.verified}
    for address, members in family.homes.items():
        if len(members) < 2:
            continue
        for part, joints in _parts(list(_runs(layout, frozenset(members)))):
            boxes = [box for _, box, _ in part]
            people = tuple(one for _, _, run in part for one in run)
            outline = _outline([*boxes, *joints])
            top = min(boxes, key=lambda one: one[1])
            sure = not doubted & set(people)
            found.append(Enclosure(address, family.letters[address], people, outline, (top[0], top[1]), sure))
    return tuple(found)


_Run = tuple[int, Box, tuple[UUID, ...]]
"""A row, what encloses the run, and who stands in it."""


def _runs(layout: Layout, members: frozenset[UUID]) -> Iterator[_Run]:
    """Members side by side, row by row."""
    for level, (row, (top, bottom)) in enumerate(zip(layout.rows, layout.bands, strict=True)):
        run: list[UUID] = []
        for person in (*row, None):
            if person in members and person is not None:
                run.append(person)
            elif run and (person is None or person in layout.spots):
                left, right = layout.spots[run[0]].x - BOX / 2, layout.spots[run[-1]].x + BOX / 2
                yield level, (left - MARGIN, top + INSET, right + MARGIN, bottom - INSET), tuple(run)
                run = []


def _overlap(one: Box, other: Box) -> tuple[float, float] | None:
    low, high = max(one[0], other[0]), min(one[2], other[2])
    return (low, high) if high - low >= LEAST else None


def _parts(runs: list[_Run]) -> Iterator[tuple[list[_Run], list[Box]]]:
    """Runs that hang together, with what joins them: each only once, so that no ring closes around a stranger."""
    group = list(range(len(runs)))
    joints: list[tuple[int, Box]] = []
    for at, (level, one, _) in enumerate(runs):
        for to, (below, other, _) in enumerate(runs):
            across = _overlap(one, other) if below == level + 1 else None
            if across is not None and group[at] != group[to]:
                joints.append((at, (across[0], one[3], across[1], other[1])))
                group = [group[at] if held == group[to] else held for held in group]
    for name in dict.fromkeys(group):
        yield (
            [run for run, held in zip(runs, group, strict=True) if held == name],
            [box for at, box in joints if group[at] == name],
        )


def _outline(boxes: Sequence[Box]) -> tuple[Point, ...]:
    """The outer edge of boxes that hang together, its corners in order."""
    xs = sorted({x for one in boxes for x in (one[0], one[2])})
    ys = sorted({y for one in boxes for y in (one[1], one[3])})
    cells = {
        (i, j)
        for i in range(len(xs) - 1)
        for j in range(len(ys) - 1)
        if any(one[0] <= xs[i] and xs[i + 1] <= one[2] and one[1] <= ys[j] and ys[j + 1] <= one[3]
               for one in boxes)
    }  # fmt: skip
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in cells:
        for inside, start, end in (
            ((i, j - 1), (i, j), (i + 1, j)),
            ((i + 1, j), (i + 1, j), (i + 1, j + 1)),
            ((i, j + 1), (i + 1, j + 1), (i, j + 1)),
            ((i - 1, j), (i, j + 1), (i, j)),
        ):
            if inside not in cells:
                edges.setdefault(start, []).append(end)
    start = min(edges)
    walk, here, before = [start], edges[start].pop(), start
    while here != start:
        walk.append(here)
        ways = edges[here]
        ahead = (2 * here[0] - before[0], 2 * here[1] - before[1])
        turn = max(ways, key=lambda way: way != ahead) if len(ways) > 1 else ways[0]
        ways.remove(turn)
        before, here = here, turn
    return _corners([(xs[i], ys[j]) for i, j in walk])


def _corners(points: list[Point]) -> tuple[Point, ...]:
    """Without points in the middle of an edge."""
    count = len(points)
    return tuple(
        point
        for at, point in enumerate(points)
        if not (
            points[at - 1][0] == point[0] == points[(at + 1) % count][0]
            or points[at - 1][1] == point[1] == points[(at + 1) % count][1]
        )
    )
