"""A family laid out: where everybody stands, and the course of every line between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.files.picture.kin import Bundle, Couple, Kin, kin_of
from casefile.files.picture.model import Family, Tie
from casefile.files.picture.names import LINE, lines_of
from casefile.files.picture.order import Node, order_of
from casefile.files.picture.place import Across, across, feet_of
from casefile.files.picture.rows import rows_of
from casefile.files.picture.stems import BOX, TRACK, Stem, Stems, stems_of

SYMBOL = 34.0
"""Side of a square, and what is as high as one."""
ABOVE, UNDER, FOOT = 22.0, 7.0, 9.0
"""Room of a row above its symbols, between symbol and name, and below the names."""
APART = 14.0
"""Between a row, the lines that leave it and the lines that reach the next."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one person stands.

    Attributes:
        x, y: The middle of the symbol.
        lines: The name and what stands below it.
        foot: Where the last of these lines ends.
    """

    person: UUID
    x: float
    y: float
    row: int
    lines: tuple[str, ...]
    foot: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of symbol and name."""
        return self.x - BOX / 2, self.y - SYMBOL / 2, self.x + BOX / 2, self.foot


@dataclass(frozen=True, slots=True)
class Wire:
    """One line of the picture.

    Attributes:
        points: Its corners.
        couple: The couple that it joins; None for others.
        bundle: The bundle it belongs to; None for a couple's line.
        child: The child that it reaches; None for what several share.
    """

    points: tuple[Point, ...]
    couple: Couple | None = None
    bundle: Bundle | None = None
    child: UUID | None = None


@dataclass(frozen=True)
class Layout:
    """A family laid out.

    Attributes:
        spots: Where each person stands.
        bands: Top and bottom of each row, enclosures included.
        askew: Ties that could not be drawn.
    """

    spots: Mapping[UUID, Spot]
    rows: Sequence[Sequence[UUID]]
    bands: Sequence[tuple[float, float]]
    wires: tuple[Wire, ...]
    kin: Kin
    width: float
    height: float

    @property
    def askew(self) -> tuple[Tie, ...]:
        """Ties that contradict the others, told in words only."""
        return self.kin.askew


def layout_of(family: Family) -> Layout:
    """Lay out a family: everybody in it, whatever was recorded of them.

    Raises:
        Unavailable: The solver is not installed.
    """
    level = rows_of(family)
    kin = kin_of(family, level)
    rows = order_of(family, level, kin)
    stems = stems_of(rows, kin)
    placed = across(rows, kin, stems, list(family.homes.values()))
    return _Drawn(family, rows, kin, stems, placed).layout()


class _Drawn:
    """Gives every line a track of its own, and rows the room that their names and lines need."""

    def __init__(
        self, family: Family, rows: list[list[Node]], kin: Kin, stems: Stems, placed: Across
    ) -> None:
        self._family, self._rows, self._kin, self._stems, self._at = family, rows, kin, stems, placed
        self._words = {one.id: lines_of(family, one) for one in family.people}
        self._level = {node: level for level, row in enumerate(rows) for node in row}
        self._place = {node: place for row in rows for place, node in enumerate(row)}
        self._feet = feet_of(kin, placed.nodes)
        self._couple_tracks = self._tracks_of_couples()
        self._bar_tracks = self._tracks_of_bars()
        self._tops = self._stack()

    def layout(self) -> Layout:
        """All of it."""
        people = [[one for one in row if isinstance(one, UUID)] for row in self._rows]
        spots = {one: self._spot(one, level) for level, row in enumerate(people) for one in row}
        wires = [*self._couples(spots), *self._descents(spots)]
        bands = [(top, self._bottom(level)) for level, top in enumerate(self._tops)]
        height = (bands[-1][1] if bands else 0.0) + FOOT
        return Layout(spots, people, bands, tuple(wires), self._kin, self._at.width, height)

    def _spot(self, person: UUID, level: int) -> Spot:
        y = self._tops[level] + ABOVE + SYMBOL / 2
        words = self._words[person]
        return Spot(
            person, self._at.nodes[person], y, level, words, y + SYMBOL / 2 + UNDER + LINE * len(words)
        )

    def _bottom(self, level: int) -> float:
        most = max((len(self._words[one]) for one in self._rows[level] if isinstance(one, UUID)), default=0)
        return self._tops[level] + ABOVE + SYMBOL + UNDER + LINE * most + FOOT

    def _stack(self) -> list[float]:
        tops: list[float] = []
        for level in range(len(self._rows)):
            if not level:
                bars = self._count(self._bar_tracks, -1)
                tops.append(FOOT + (APART + TRACK * bars if bars else 0.0))
                continue
            self._tops = tops
            couples, bars = (
                self._count(self._couple_tracks, level - 1),
                self._count(self._bar_tracks, level - 1),
            )
            tops.append(self._bottom(level - 1) + APART + TRACK * (couples + bars) + APART)
        return tops

    def _count(self, tracks: Mapping[object, tuple[int, int]], gap: int) -> int:
        return max((track + 1 for at, track in tracks.values() if at == gap), default=0)

    def _tracks_of_couples(self) -> dict[object, tuple[int, int]]:
        """The gap and track of the line below each couple with others between."""
        wanted: dict[int, list[tuple[float, float, object]]] = defaultdict(list)
        for pair, (left, right) in self._stems.around.items():
            start, end = self._stem_x(left), self._stem_x(right)
            wanted[self._level[left.person]].append((start, end, pair))
        return {key: (gap, track) for gap, spans in wanted.items() for key, track in tracked(spans).items()}

    def _tracks_of_bars(self) -> dict[object, tuple[int, int]]:
        """The gap and track of each level line of a bundle: above its children, and where it steps aside."""
        wanted: dict[int, list[tuple[float, float, object]]] = defaultdict(list)
        for number, bundle in enumerate(self._kin.bundles):
            places = [self._feet[number, one] for one in bundle.children]
            if number in self._at.drops:
                x = self._at.drops[number]
                for row in range(bundle.top + 1, bundle.foot):
                    thread = self._at.nodes[number, row]
                    wanted[row - 1].append((min(x, thread), max(x, thread), (number, row)))
                    x = thread
                places.append(x)
            wanted[bundle.foot - 1].append((min(places), max(places), (number, bundle.foot)))
        return {key: (gap, track) for gap, spans in wanted.items() for key, track in tracked(spans).items()}

    def _stem_x(self, stem: Stem) -> float:
        return self._at.nodes[stem.person] + stem.offset

    def _couple_y(self, pair: frozenset[UUID]) -> float:
        gap, track = self._couple_tracks[pair]
        return self._bottom(gap) + APART / 2 + TRACK * track

    def _bar_y(self, key: tuple[int, int]) -> float:
        """Level lines stand just above the row they reach; the first track lowest."""
        gap, track = self._bar_tracks[key]
        return self._tops[gap + 1] - APART / 2 - TRACK * track

    def _couples(self, spots: Mapping[UUID, Spot]) -> list[Wire]:
        found: list[Wire] = []
        for couple in self._kin.couples:
            pair = frozenset((couple.one, couple.other))
            if pair in self._stems.between:
                left, right = (spots[one] for one in self._stems.between[pair])
                found.append(Wire(((left.x, left.y), (right.x, right.y)), couple))
                continue
            first, last = self._stems.around[pair]
            y, ends = self._couple_y(pair), list[Point]()
            for stem in (first, last):
                spot, x = spots[stem.person], self._stem_x(stem)
                side = [(spot.x, self._side_y(spot, stem)), (x, self._side_y(spot, stem)), (x, y)]
                ends += side if stem is first else side[::-1]
            found.append(Wire(tuple(ends), couple))
        return found

    def _side_y(self, spot: Spot, stem: Stem) -> float:
        """Each line leaves a symbol at a height of its own, so that none lies on another."""
        steps = (0.0, 8.0, -8.0, 12.0, -12.0, 4.0, -4.0)
        return spot.y + steps[stem.order % len(steps)]

    def _descents(self, spots: Mapping[UUID, Spot]) -> list[Wire]:
        found: list[Wire] = []
        for number, bundle in enumerate(self._kin.bundles):
            start = self._start(number, bundle, spots)
            if start is not None:
                for row in range(bundle.top + 1, bundle.foot):
                    y, thread = self._bar_y((number, row)), self._at.nodes[number, row]
                    start += [(start[-1][0], y), (thread, y)]
                y = self._bar_y((number, bundle.foot))
                found.append(Wire((*start, (start[-1][0], y)), bundle=bundle))
            found += self._bar(number, bundle, spots, start[-1][0] if start else None)
        return found

    def _start(self, number: int, bundle: Bundle, spots: Mapping[UUID, Spot]) -> list[Point] | None:
        if not bundle.parents:
            return None
        x = self._at.drops[number]
        if number in self._stems.alone:
            stem = self._stems.alone[number]
            spot = spots[stem.person]
            return [(spot.x, self._side_y(spot, stem)), (x, self._side_y(spot, stem))]
        pair = frozenset(bundle.parents)
        y = spots[bundle.parents[0]].y if pair in self._stems.between else self._couple_y(pair)
        return [(x, y)]

    def _bar(self, number: int, bundle: Bundle, spots: Mapping[UUID, Spot], drop: float | None) -> list[Wire]:
        y = self._bar_y((number, bundle.foot))
        feet = {one: self._feet[number, one] for one in bundle.children}
        heads = feet | self._twins(bundle, feet)
        ends = [*heads.values(), *([drop] if drop is not None else [])]
        found: list[Wire] = []
        if max(ends) > min(ends):
            found.append(Wire(((min(ends), y), (max(ends), y)), bundle=bundle))
        for child, x in feet.items():
            found.append(Wire(((heads[child], y), (x, spots[child].y)), bundle=bundle, child=child))
        return found

    def _twins(self, bundle: Bundle, feet: Mapping[UUID, float]) -> dict[UUID, float]:
        """Twins who stand beside one another hang from one point."""
        found: dict[UUID, float] = {}
        for one, other in self._kin.twins:
            if one in feet and other in feet and abs(self._place[one] - self._place[other]) == 1:
                found[one] = found[other] = (feet[one] + feet[other]) / 2
        return found


def tracked(spans: Sequence[tuple[float, float, object]]) -> dict[object, int]:
    """Tracks for level lines, so that no two on one track touch; the shortest are nearest to where they lead."""
    found: dict[object, int] = {}
    tracks: list[list[tuple[float, float]]] = []
    for start, end, key in sorted(spans, key=lambda one: (one[1] - one[0], one[0])):
        for number, held in enumerate(tracks):
            if all(end + TRACK < low or high + TRACK < start for low, high in held):
                held.append((start, end))
                found[key] = number
                break
        else:
            tracks.append([(start, end)])
            found[key] = len(tracks) - 1
    return found
