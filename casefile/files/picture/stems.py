"""Where lines leave a row: beside the symbols, never through a name below one.

Parents who stand beside one another have a line between their symbols, and their children hang from its middle. A parent
alone, and a couple with others between them, send their line into the space beside the symbol and down; each space keeps
a track of its own for every line in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.files.picture.kin import Couple, Kin
from casefile.files.picture.order import Node

BOX, THREAD = 98.0, 8.0
"""Widths of a person with their name, and of a line that passes a row."""
SPACE, TRACK, BESIDE = 28.0, 7.0, 12.0
"""Between two people; between two lines in that space; from a person to the first line beside them."""


@dataclass(frozen=True, slots=True)
class Stem:
    """A line in the space beside a person.

    Attributes:
        person: Whom it leaves.
        right: On which side.
        track: Its number on that side, from the person outwards.
        order: Its number among all lines on that side of the symbol, from the middle down.
    """

    person: UUID
    right: bool
    track: int
    order: int

    @property
    def offset(self) -> float:
        """How far from the middle of the person it goes down."""
        far = BOX / 2 + BESIDE + TRACK * self.track
        return far if self.right else -far


@dataclass(frozen=True)
class Stems:
    """All lines that leave the rows.

    Attributes:
        between: Couples who stand beside one another, left one first.
        around: Couples with others between them: the left one's stem, and the right one's.
        alone: By bundle number, the stem of a parent alone.
        hang: How many bundles hang from each couple, and the place of each among them.
        spaces: Width of the space right of each place, by row.
    """

    between: Mapping[frozenset[UUID], tuple[UUID, UUID]]
    around: Mapping[frozenset[UUID], tuple[Stem, Stem]]
    alone: Mapping[int, Stem]
    hang: Mapping[int, tuple[int, int]]
    spaces: Sequence[Sequence[float]]


def stems_of(rows: Sequence[Sequence[Node]], kin: Kin) -> Stems:
    """Give every line its side and its track."""
    return _Stems(rows, kin).made()


class _Stems:
    def __init__(self, rows: Sequence[Sequence[Node]], kin: Kin) -> None:
        self._rows, self._kin = rows, kin
        self._at = {node: place for row in rows for place, node in enumerate(row)}
        self._level = {node: level for level, row in enumerate(rows) for node in row}
        self._tracks: dict[tuple[UUID, bool], int] = defaultdict(int)
        self._sides: dict[tuple[UUID, bool], int] = defaultdict(int)
        self._middles: dict[tuple[int, int], int] = defaultdict(int)

    def made(self) -> Stems:
        between: dict[frozenset[UUID], tuple[UUID, UUID]] = {}
        around: dict[frozenset[UUID], tuple[Stem, Stem]] = {}
        hanging = self._hanging()
        for couple in sorted(self._kin.couples, key=self._reach):
            left, right = sorted((couple.one, couple.other), key=self._at.__getitem__)
            pair = frozenset((left, right))
            if self._reach(couple) == 1:
                between[pair] = (left, right)
                self._sides[left, True] += 1
                self._sides[right, False] += 1
                space = (self._level[left], self._at[left])
                self._middles[space] += max(1, sum(one == pair for one in hanging.values()))
            else:
                around[pair] = (self._stem(left, right=True), self._stem(right, right=False))
        alone = {
            number: self._alone(bundle.parents[0])
            for number, bundle in enumerate(self._kin.bundles)
            if len(bundle.parents) == 1
        }
        return Stems(between, around, alone, _places(hanging), self._spaces())

    def _hanging(self) -> dict[int, frozenset[UUID]]:
        return {number: frozenset(bundle.parents) for number, bundle in enumerate(self._kin.bundles)
                if len(bundle.parents) == 2}  # fmt: skip

    def _reach(self, couple: Couple) -> int:
        return abs(self._at[couple.one] - self._at[couple.other])

    def _stem(self, person: UUID, *, right: bool) -> Stem:
        side = (person, right)
        made = Stem(person, right, self._tracks[side], self._sides[side])
        self._tracks[side] += 1
        self._sides[side] += 1
        return made

    def _alone(self, person: UUID) -> Stem:
        """On the side with fewer lines; the right one where they are equal."""
        return self._stem(person, right=self._sides[person, True] <= self._sides[person, False])

    def _spaces(self) -> list[list[float]]:
        found: list[list[float]] = []
        for level, row in enumerate(self._rows):
            widths: list[float] = []
            for place, node in enumerate(row):
                after = row[place + 1] if place + 1 < len(row) else None
                lines = self._middles.get((level, place), 0)
                lines += self._tracks.get((node, True), 0) if isinstance(node, UUID) else 0
                lines += self._tracks.get((after, False), 0) if isinstance(after, UUID) else 0
                widths.append(SPACE + TRACK * max(lines - 1, 0))
            found.append(widths)
        return found


def _places(hanging: Mapping[int, frozenset[UUID]]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    pairs = list(hanging.values())
    met: dict[frozenset[UUID], int] = defaultdict(int)
    for number, pair in hanging.items():
        found[number] = (met[pair], pairs.count(pair))
        met[pair] += 1
    return found
