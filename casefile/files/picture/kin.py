"""Bundles: the lines of a picture. Parents and the children they have together, couples, and what cannot be drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.files.picture.model import Family, Someone, Tie, TieKind


@dataclass(frozen=True, slots=True)
class Bundle:
    """Children who hang together from the same parents, in the order of birth.

    Attributes:
        nature: ``birth``, ``adoptive``, ``foster``, ``guardian``, ``step``, ``grand`` or ``sibling``.
        parents: One or two; none for brothers and sisters whose parents are not in the picture.
        top, foot: The rows of the parents and of the children.
    """

    nature: str
    parents: tuple[UUID, ...]
    children: tuple[UUID, ...]
    top: int
    foot: int


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people beside one another: a couple, or parents of the same child; the tie is missing for the latter."""

    one: UUID
    other: UUID
    tie: Tie | None


@dataclass(frozen=True, slots=True)
class Kin:
    """All lines of a picture.

    Attributes:
        doubted: Children, by bundle, whose tie to a parent of it is not verified.
        askew: Ties that contradict the others and are told in words only.
    """

    bundles: tuple[Bundle, ...]
    couples: tuple[Couple, ...]
    doubted: frozenset[tuple[Bundle, UUID]]
    twins: tuple[tuple[UUID, UUID], ...]
    askew: tuple[Tie, ...]


def kin_of(family: Family, rows: Mapping[UUID, int]) -> Kin:
    """The lines between the people of a family who stand in these rows."""
    couples = {frozenset((one.one, one.other)): one for one in family.ties if one.kind is TieKind.COUPLE}
    ties = [one for one in family.ties if one.kind is TieKind.PARENT]
    level = {pair: tie for pair, tie in couples.items() if len({rows[one] for one in pair}) == 1}
    found = list(_bundles(family, rows, ties, frozenset(level)))
    pairs = {frozenset(one.parents) for one in found if len(one.parents) == 2 and one.nature != "grand"}
    place = {one.id: at for at, one in enumerate(family.people)}
    drawn = [Couple(min(pair, key=place.__getitem__), max(pair, key=place.__getitem__), level.get(pair))
             for pair in dict.fromkeys((*level, *sorted(pairs, key=lambda two: sorted(map(str, two)))))]  # fmt: skip
    verified = {(one.one, one.other) for one in ties if one.verified}
    doubted = frozenset(
        (bundle, child)
        for bundle in found
        if bundle.nature not in ("sibling", "grand")
        for child in bundle.children
        if any((parent, child) not in verified for parent in bundle.parents)
    )
    return Kin(
        tuple(found),
        tuple(drawn),
        doubted | _doubted_others(family, found),
        _twins(family),
        _askew(family, rows),
    )


def _doubted_others(family: Family, found: Iterable[Bundle]) -> frozenset[tuple[Bundle, UUID]]:
    sure = {frozenset((one.one, one.other)) for one in family.ties if one.verified}
    return frozenset(
        (bundle, child)
        for bundle in found
        if bundle.nature in ("sibling", "grand")
        for child in bundle.children
        if not any(
            frozenset((child, other)) in sure
            for other in (
                (*bundle.parents, *bundle.children) if bundle.nature == "sibling" else bundle.parents
            )
            if other != child
        )
    )


def _askew(family: Family, rows: Mapping[UUID, int]) -> tuple[Tie, ...]:
    return tuple(
        one
        for one in family.ties
        if (one.kind is TieKind.PARENT and rows[one.one] >= rows[one.other])
        or (one.kind is TieKind.COUPLE and rows[one.one] != rows[one.other])
    )


def _twins(family: Family) -> tuple[tuple[UUID, UUID], ...]:
    return tuple((one.one, one.other) for one in family.ties if one.nature == "twin")


def _bundles(
    family: Family, rows: Mapping[UUID, int], ties: list[Tie], couples: frozenset[frozenset[UUID]]
) -> Iterator[Bundle]:
    order = {one.id: at for at, one in enumerate(in_birth_order(family))}
    sets: dict[tuple[str, tuple[UUID, ...], int, int], list[UUID]] = defaultdict(list)
    for child in order:
        mine = [one for one in ties if one.other == child and rows[one.one] < rows[child]]
        for nature, parents in (
            *_sets(mine, rows, couples),
            *_elders(family, child, mine, rows, ties, couples),
        ):
            key = (nature, tuple(sorted(parents, key=order.__getitem__)), rows[parents[0]], rows[child])
            if child not in sets[key]:
                sets[key].append(child)
    made = [Bundle(nature, parents, tuple(children), top, foot)
            for (nature, parents, top, foot), children in sets.items()]  # fmt: skip
    yield from made
    yield from _siblings(family, rows, made, order)


def in_birth_order(family: Family) -> list[Someone]:
    """People eldest first; those whose date of birth is not known, then the unborn, come last."""
    return sorted(family.people, key=lambda one: (one.unborn, one.born_on is None, one.born_on or date.max))


def _sets(
    mine: list[Tie], rows: Mapping[UUID, int], couples: frozenset[frozenset[UUID]]
) -> Iterator[tuple[str, tuple[UUID, ...]]]:
    """The parents of a child by nature, two together where they stand in one row."""
    by_nature: dict[str, list[Tie]] = defaultdict(list)
    for tie in sorted(mine, key=lambda one: (one.nature == "alleged", not one.verified, one.implied)):
        by_nature["birth" if tie.nature == "alleged" else tie.nature].append(tie)
    birth = {one.one for one in by_nature["birth"]}
    for nature, ties in by_nature.items():
        left = list(dict.fromkeys(one.one for one in ties))
        if nature == "step":
            left = [one for one in left if not any(frozenset((one, parent)) in couples for parent in birth)]
        while left:
            first = left.pop(0)
            beside = [one for one in left if rows[one] == rows[first]]
            beside.sort(key=lambda one, first=first: frozenset((one, first)) not in couples)
            if beside:
                left.remove(beside[0])
            yield nature, (first, *beside[:1])


def _elders(
    family: Family,
    child: UUID,
    mine: list[Tie],
    rows: Mapping[UUID, int],
    ties: list[Tie],
    couples: frozenset[frozenset[UUID]],
) -> Iterator[tuple[str, tuple[UUID, ...]]]:
    """Grandparents whose own child, the parent between, is not known."""
    between = {one.one for one in mine}
    reached = {one.one for one in ties if one.other in between}
    left = [
        one.one
        for one in family.ties
        if one.nature == "grandparent" and one.other == child and one.one not in reached
        and rows[one.one] < rows[child]
    ]  # fmt: skip
    while left:
        first = left.pop(0)
        beside = [one for one in left if frozenset((one, first)) in couples and rows[one] == rows[first]]
        for one in beside[:1]:
            left.remove(one)
        yield "grand", (first, *beside[:1])


def _siblings(
    family: Family, rows: Mapping[UUID, int], made: list[Bundle], order: Mapping[UUID, int]
) -> Iterator[Bundle]:
    """Brothers and sisters who have no parent of the picture in common, on a bar of their own."""
    together = [frozenset(one.children) for one in made if one.nature != "grand"]
    groups: list[set[UUID]] = []
    for tie in family.ties:
        pair = {tie.one, tie.other}
        if tie.kind is not TieKind.SIBLING or tie.nature == "step" or rows[tie.one] != rows[tie.other]:
            continue
        if any(pair <= one for one in together) or _share_a_parent(pair, made):
            continue
        joined = [one for one in groups if one & pair]
        groups = [one for one in groups if not one & pair] + [pair.union(*joined)]
    for group in groups:
        row = rows[next(iter(group))]
        yield Bundle("sibling", (), tuple(sorted(group, key=order.__getitem__)), row - 1, row)


def _share_a_parent(pair: set[UUID], made: list[Bundle]) -> bool:
    one, other = ({parent for bundle in made if child in bundle.children for parent in bundle.parents}
                  for child in pair)  # fmt: skip
    return bool(one & other)
