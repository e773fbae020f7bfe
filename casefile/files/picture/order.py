"""The order within each row: begun by walking the family, then bettered by moving a few people at a time.

What is paid for: lines that cross, couples apart, brothers and sisters out of the order of birth, and households torn.
The walk alone leaves a tree without crossings and puts somebody new where they belong; nobody else changes place.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.files.picture.kin import Bundle, Couple, Kin, in_birth_order
from casefile.files.picture.model import Family

Node = UUID | tuple[int, int]
"""A person, or where the line of a bundle passes a row: number of the bundle, row."""
APART, OUT_OF_ORDER, TORN, SPREAD = 2.0, 3.0, 2.5, 0.2
TRIES = 12_000
"""Orders looked at before the best found stands: a large family is laid out in about a second."""
TOGETHER = 3
"""Most neighbours that are moved as one."""


@dataclass(frozen=True, slots=True)
class Strand:
    """The part of a bundle between two rows."""

    top: tuple[Node, ...]
    foot: tuple[Node, ...]


def order_of(family: Family, rows: Mapping[UUID, int], kin: Kin) -> list[list[Node]]:
    """Who stands in each row, from the left."""
    walk = _Walk(family, rows, kin)
    search = _Search(walk.rows, kin, family.homes.values())
    search.better()
    return search.rows


def strands_of(kin: Kin) -> Mapping[int, list[Strand]]:
    """By the row above, the parts of all bundles that have parents."""
    found: dict[int, list[Strand]] = defaultdict(list)
    for number, bundle in enumerate(kin.bundles):
        top: tuple[Node, ...] = bundle.parents
        if not top:
            continue
        for row in range(bundle.top + 1, bundle.foot):
            found[row - 1].append(Strand(top, ((number, row),)))
            top = ((number, row),)
        found[bundle.foot - 1].append(Strand(top, bundle.children))
    return found


class _Walk:
    """Goes through the family from the eldest, along couples and down to children."""

    def __init__(self, family: Family, rows: Mapping[UUID, int], kin: Kin) -> None:
        self._family, self._level, self._kin = family, rows, kin
        self.rows: list[list[Node]] = [[] for _ in range(max(rows.values(), default=-1) + 1)]
        self._seen: set[Node] = set()
        self._partners: dict[UUID, list[UUID]] = defaultdict(list)
        for couple in kin.couples:
            self._partners[couple.one].append(couple.other)
            self._partners[couple.other].append(couple.one)
        self._order = {one.id: at for at, one in enumerate(in_birth_order(family))}
        for one in sorted((one.id for one in family.people), key=lambda one: rows[one]):
            self._visit(one)

    def _put(self, node: Node, row: int) -> None:
        self._seen.add(node)
        self.rows[row].append(node)

    def _visit(self, person: UUID) -> None:
        if person in self._seen:
            return
        chain = self._chain(person)
        for one in chain:
            self._put(one, self._level[one])
        for number, bundle in enumerate(self._kin.bundles):
            if set(bundle.parents) & set(chain) or (not bundle.parents and set(bundle.children) & set(chain)):
                for row in range(bundle.top + 1, bundle.foot):
                    if bundle.parents and (number, row) not in self._seen:
                        self._put((number, row), row)
                for child in bundle.children:
                    self._visit(child)
        for bundle in self._kin.bundles:
            if set(bundle.children) & set(chain):
                for parent in bundle.parents:
                    self._visit(parent)

    def _chain(self, person: UUID) -> list[UUID]:
        """A person between two partners, where they have so many; a man at the left of a couple that stands alone."""
        partners = [one for one in self._partners[person] if one not in self._seen]
        partners.sort(key=self._order.__getitem__)
        if len(partners) == 1 and not any(person in one.children for one in self._kin.bundles):
            sexes = self._family.by_id[person].sex, self._family.by_id[partners[0]].sex
            return [partners[0], person] if sexes == ("F", "M") else [person, partners[0]]
        if len(partners) > 1:
            return [partners[0], person, *partners[1:]]
        return [person, *partners]


class _Search:
    """Tries moves row by row and keeps what costs less."""

    def __init__(self, rows: list[list[Node]], kin: Kin, homes: Iterable[Sequence[UUID]]) -> None:
        self.rows = rows
        self._strands = strands_of(kin)
        self._at: dict[Node, int] = {}
        for row in rows:
            self._settle(row)
        self._couples: dict[int, list[Couple]] = defaultdict(list)
        level = {node: place for place, row in enumerate(rows) for node in row}
        for couple in kin.couples:
            self._couples[level[couple.one]].append(couple)
        self._sibships: dict[int, list[Bundle]] = defaultdict(list)
        for bundle in kin.bundles:
            if bundle.nature in ("birth", "sibling"):
                self._sibships[bundle.foot].append(bundle)
        self._home = {person: number for number, members in enumerate(homes) if len(members) > 1
                      for person in members}  # fmt: skip
        self._left = TRIES

    def better(self) -> None:
        """Go over the rows until nothing gets better, or enough was tried."""
        moved = True
        while moved and self._left > 0:
            moved = False
            for row in range(len(self.rows)):
                moved = self._better_row(row) or moved

    def _settle(self, row: list[Node]) -> None:
        for place, node in enumerate(row):
            self._at[node] = place

    def _better_row(self, row: int) -> bool:
        best, moved = self._cost(row), False
        for size in range(1, min(TOGETHER, len(self.rows[row]) - 1) + 1):
            place = 0
            while best > 0 and place + size <= len(self.rows[row]) and self._left > 0:
                found = self._best_move(row, place, size, best)
                if found is not None:
                    best, moved = found, True
                place += 1
        return moved

    def _best_move(self, row: int, place: int, size: int, best: float) -> float | None:
        """Take some neighbours out and put them where they cost least, also turned round."""
        held = self.rows[row]
        part, rest = held[place : place + size], held[:place] + held[place + size :]
        chosen: list[Node] | None = None
        for to in range(len(rest) + 1):
            for turned in (part, part[::-1]) if size > 1 else (part,):
                tried = rest[:to] + turned + rest[to:]
                if tried == held:
                    continue
                self._left -= 1
                self._settle(tried)
                cost = self._cost(row, tried)
                if cost < best - 1e-9:
                    best, chosen = cost, tried
        self.rows[row] = chosen or held
        self._settle(self.rows[row])
        return best if chosen else None

    def _cost(self, row: int, nodes: list[Node] | None = None) -> float:
        nodes = self.rows[row] if nodes is None else nodes
        at = self._at
        cost = float(self._crossings(row - 1) + self._crossings(row)) + self._torn(nodes)
        for couple in self._couples[row]:
            cost += APART * (abs(at[couple.one] - at[couple.other]) - 1)
        for bundle in self._sibships[row]:
            places = [at[one] for one in bundle.children]
            cost += OUT_OF_ORDER * sum(
                later < earlier for i, earlier in enumerate(places) for later in places[i + 1 :]
            )
            cost += SPREAD * (max(places) - min(places) + 1 - len(places))
        return cost

    def _torn(self, nodes: list[Node]) -> float:
        """How often a household is interrupted in a row."""
        runs: dict[int, int] = defaultdict(int)
        last: int | None = None
        for node in nodes:
            home = self._home.get(node) if isinstance(node, UUID) else None
            if home is not None and home != last:
                runs[home] += 1
            last = home
        return TORN * sum(count - 1 for count in runs.values())

    def _crossings(self, gap: int) -> int:
        """Lines between two rows that cross: pairs that stand the one way above and the other way below."""
        at = self._at
        ends: list[tuple[float, int]] = []
        for strand in self._strands.get(gap, ()):
            top = sum(at[one] for one in strand.top) / len(strand.top)
            ends += [(top, at[one]) for one in strand.foot]
        ends.sort()
        count, seen = 0, list[int]()
        for _, foot in ends:
            count += len(seen) - bisect_right(seen, foot)
            insort(seen, foot)
        return count
