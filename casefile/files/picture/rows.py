"""Generations: in which row of the picture each person stands. Bad data gives a picture too, and is told.

Each tie wishes for a difference of rows: a child one below its parents, couples and siblings beside one another.
Where wishes contradict (somebody recorded as their own grandmother), the fewest and least certain give way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from casefile.files.picture.least import Least
from casefile.files.picture.model import Family, Someone, Tie, TieKind

_STEPS = {
    "grandparent": 2,
    "great_grandparent": 3,
    "aunt_uncle": 1,
    "parent_in_law": 1,
    "carer": 1,
    "babysitter": 1,
    "cousin": 0,
}
"""Rows between the elder and the younger, by the code of other ties."""
_WEIGHT = {"birth": 12.0, "adoptive": 9.0, "alleged": 5.0, "step": 4.0, "foster": 5.0, "guardian": 3.0}
_NEAR_IN_AGE = 15 * 365
"""Days within which somebody tied to nobody is put beside another."""


def rows_of(family: Family) -> Mapping[UUID, int]:
    """The row of each person, 0 for the eldest generation."""
    if not family.people:
        return {}
    problem = Least()
    place = {one.id: problem.column(0, 60, cost=0.001) for one in family.people}
    tied: set[UUID] = set()
    for tie in family.ties:
        steps, weight = _wish(tie)
        problem.wish([(place[tie.other], 1.0), (place[tie.one], -1.0)], steps, weight)
        tied |= {tie.one, tie.other}
    for one, other, steps in _beside(family, tied):
        problem.wish([(place[other], 1.0), (place[one], -1.0)], steps, 0.05)
    found = problem.solve()
    rows = {person: round(found[column]) for person, column in place.items()}
    used = sorted(set(rows.values()))
    return {person: used.index(row) for person, row in rows.items()}


def _wish(tie: Tie) -> tuple[int, float]:
    doubt = 1.0 if tie.verified else 0.7
    if tie.kind is TieKind.PARENT:
        return 1, _WEIGHT.get(tie.nature, 3.0) * doubt
    if tie.kind is TieKind.COUPLE:
        return 0, 7.0 * doubt
    if tie.kind is TieKind.SIBLING:
        return 0, 8.0 * doubt
    return _STEPS.get(tie.nature, 0), (2.0 if tie.nature in _STEPS else 0.1) * doubt


def _beside(family: Family, tied: set[UUID]) -> Iterator[tuple[UUID, UUID, int]]:
    """Whom those who are tied to nobody stand beside: who is near in age, else a grown-up, else a child of the file."""
    anchors = [one for one in family.people if one.id in tied] or list(family.people)
    for person in family.people:
        if person.id in tied:
            continue
        others = [one for one in anchors if one.id != person.id]
        if not others:
            continue
        near = min(others, key=lambda one: _distance(person, one))
        grown = not person.child
        peers = [one for one in others if one.child != grown]
        best = near if _distance(person, near) <= _NEAR_IN_AGE else (peers or others)[0]
        yield best.id, person.id, 0
    yield from _held_together(family, tied)


def _held_together(family: Family, tied: set[UUID]) -> Iterator[tuple[UUID, UUID, int]]:
    """Families that nothing ties stand on one level: their children beside the children of the first."""
    children = [one.id for one in family.people if one.child and one.id in tied]
    for child in children[1:]:
        yield children[0], child, 0


def _distance(one: Someone, other: Someone) -> int:
    if one.born_on is None or other.born_on is None:
        return 10**6
    return abs((one.born_on - other.born_on).days)
