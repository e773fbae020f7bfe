"""How far from the left everybody stands: children below the middle of their parents, as near as the order allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.files.picture.kin import Bundle, Kin
from casefile.files.picture.least import Least
from casefile.files.picture.order import Node
from casefile.files.picture.stems import BOX, SPACE, THREAD, TRACK, Stems

ASIDE, CLEAR = 7.0, 3.0
"""Between lines that reach one child; least distance of lines that are not of one bundle."""
_BELOW = {"birth": 4.0, "sibling": 1.0}
_OTHERS = 1.5
_CLOSE, _SIBLINGS, _HOUSE, _LEFT = 1.0, 0.8, 0.3, 0.002


@dataclass(frozen=True, slots=True)
class Across:
    """Places from the left.

    Attributes:
        nodes: The middle of each person and of each line that passes a row.
        drops: By bundle with parents, where its line goes down to the children.
        width: How wide all is.
    """

    nodes: Mapping[Node, float]
    drops: Mapping[int, float]
    width: float


def across(
    rows: Sequence[Sequence[Node]], kin: Kin, stems: Stems, homes: Sequence[Sequence[UUID]] = ()
) -> Across:
    """Find the places."""
    problem = Least()
    at: dict[Node, int] = {}
    for level, row in enumerate(rows):
        for place, node in enumerate(row):
            at[node] = problem.column(wide(node) / 2 + SPACE, float("inf"), _LEFT)
            if place:
                before = row[place - 1]
                apart = (wide(before) + wide(node)) / 2 + stems.spaces[level][place - 1]
                problem.must([(at[node], 1.0), (at[before], -1.0)], apart)
    for couple in kin.couples:
        left, right = sorted((at[couple.one], at[couple.other]))
        problem.wish([(right, 1.0), (left, -1.0)], 0.0, _CLOSE)
    drops = {
        number: _drop(problem, number, bundle, at, stems)
        for number, bundle in enumerate(kin.bundles)
        if bundle.parents
    }
    for number, bundle in enumerate(kin.bundles):
        _hang(problem, number, bundle, at, drops)
    for members in homes:
        _near(problem, [at[one] for one in members if one in at])
    found = problem.solve()
    nodes = {node: found[column] for node, column in at.items()}
    fixed = {number: sum(found[column] * factor for column, factor in terms) + shift
             for number, (terms, shift) in drops.items()}  # fmt: skip
    _clear(kin, nodes, fixed)
    right = max((x + wide(node) / 2 for node, x in nodes.items()), default=0.0)
    return Across(nodes, fixed, max([right, *fixed.values()]) + SPACE)


def feet_of(kin: Kin, nodes: Mapping[Node, float]) -> dict[tuple[int, UUID], float]:
    """By bundle and child, where its line reaches the child: lines of several bundles beside one another."""
    found: dict[tuple[int, UUID], float] = {}
    for number, bundle in enumerate(kin.bundles):
        for child in bundle.children:
            mine = [at for at, one in enumerate(kin.bundles) if child in one.children]
            aside = ASIDE * (mine.index(number) - (len(mine) - 1) / 2)
            found[number, child] = nodes[child] + aside
    return found


def _clear(kin: Kin, nodes: dict[Node, float], drops: dict[int, float]) -> None:
    """Move lines that come down a little aside, where they would run on a line that is not theirs."""
    feet = feet_of(kin, nodes)
    taken: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (number, _), x in feet.items():
        taken[kin.bundles[number].foot - 1].append((x, number))
    for number, bundle in enumerate(kin.bundles):
        if number not in drops:
            continue
        drops[number] = _free(drops[number], number, taken[bundle.top])
        for row in range(bundle.top + 1, bundle.foot):
            both = [*taken[row - 1], *taken[row]]
            nodes[number, row] = _free(nodes[number, row], number, both)
            taken[row - 1].append((nodes[number, row], number))
            taken[row].append((nodes[number, row], number))
        taken[bundle.top].append((drops[number], number))


def _free(x: float, number: int, taken: Sequence[tuple[float, int]]) -> float:
    """The nearest place to *x* that is clear of lines of other bundles."""
    for aside in (0.0, 3.5, -3.5, 7.0, -7.0):
        if all(abs(x + aside - held) >= CLEAR for held, other in taken if other != number):
            return x + aside
    return x


def wide(node: Node) -> float:
    """How wide somebody with their name is, or a line that passes."""
    return BOX if isinstance(node, UUID) else THREAD


_Drop = tuple[list[tuple[int, float]], float]


def _drop(problem: Least, number: int, bundle: Bundle, at: Mapping[Node, int], stems: Stems) -> _Drop:
    """Where the line of a bundle comes down from the row of its parents."""
    if number in stems.alone:
        stem = stems.alone[number]
        return [(at[stem.person], 1.0)], stem.offset
    place, count = stems.hang[number]
    aside = TRACK * (place - (count - 1) / 2)
    pair = frozenset(bundle.parents)
    if pair in stems.between:
        left, right = stems.between[pair]
        return [(at[left], 0.5), (at[right], 0.5)], aside
    first, last = stems.around[pair]
    free = problem.column(0.0, float("inf"))
    problem.must([(free, 1.0), (at[first.person], -1.0)], first.offset + TRACK * (1 + place))
    problem.must([(at[last.person], 1.0), (free, -1.0)], -last.offset + TRACK * (count - place))
    return [(free, 1.0)], 0.0


def _hang(
    problem: Least, number: int, bundle: Bundle, at: Mapping[Node, int], drops: Mapping[int, _Drop]
) -> None:
    """The children below the middle of their parents, and near one another; lines that pass rows run straight."""
    feet = [at[one] for one in bundle.children]
    low, high = min(feet), max(feet)
    if len(feet) > 1:
        problem.wish([(high, 1.0), (low, -1.0)], 0.0, _SIBLINGS)
    if number not in drops:
        return
    terms, shift = drops[number]
    weight = _BELOW.get(bundle.nature, _OTHERS)
    for row in range(bundle.top + 1, bundle.foot):
        thread = at[number, row]
        problem.wish([*terms, (thread, -1.0)], -shift, weight)
        terms, shift = [(thread, 1.0)], 0.0
    problem.wish([*terms, (low, -0.5), (high, -0.5)], -shift, weight)


def _near(problem: Least, members: Sequence[int]) -> None:
    for one in members[1:]:
        problem.wish([(members[0], 1.0), (one, -1.0)], 0.0, _HOUSE / len(members))
