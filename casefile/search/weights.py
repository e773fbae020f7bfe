"""How much the agreement of two records says, column by column, as it follows from the list itself."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, log2

from casefile.search.fields import CLOSE, FAR, PLACES, SAME, Field, Levels, compared

_DRAWN = 20_000
"""Pairs drawn by chance, to see how often two people agree who have nothing to do with each other."""
_ROUNDS = 12
_BEGIN = {SAME: 0.85, CLOSE: 0.1, FAR: 0.05}
"""How often the columns of one person’s records agree, before the list has said so."""
_PLACE_AT_MOST = 13.0
"""Bits that all parts of an address may say together: a whole family lives there."""
_LEAST_SHARE = 0.002


@dataclass(slots=True)
class Weights:
    """What a list says of its columns.

    Attributes:
        same: By column, how often each level is met in two records of one person.
        chance: By column, how often in records of two people.
        often: By column, how often each value stands in the list.
        prior: Bits that speak against two records of the list being of one person before anything is compared; negative.
    """

    fields: Sequence[Field]
    records: int
    same: list[dict[int, float]]
    chance: list[dict[int, float]]
    often: list[Counter[str]]
    prior: float = 0.0
    _bits: list[dict[int, float]] = field(default_factory=list[dict[int, float]])

    def bits(self, levels: Levels, values: Sequence[str]) -> float:
        """How much a pair says for one person, in bits; below nought it speaks against it."""
        place = person = 0.0
        for at, found in enumerate(levels):
            if found is None:
                continue
            worth = self._of(at, found, values[at])
            if self.fields[at].kind in PLACES:
                place += worth
            else:
                person += worth
        return person + min(place, _PLACE_AT_MOST)

    def _of(self, at: int, found: int, value: str) -> float:
        if found == SAME:
            share = max(self.often[at][value], 2) / self.records
            return log2(self.same[at][SAME] / min(share, 0.99))
        return log2(self.same[at][found] / self.chance[at][found])


def learnt(
    fields: Sequence[Field], rows: Sequence[Sequence[str]], levels: Mapping[tuple[int, int], Levels]
) -> Weights:
    """The weights of a list: chance from pairs drawn at random, the rest from the pairs worth comparing."""
    often = [Counter(row[at] for row in rows if row[at]) for at in range(len(fields))]
    weights = Weights(fields, len(rows), [dict(_BEGIN) for _ in fields], _by_chance(fields, rows), often)
    pairs = len(rows) * (len(rows) - 1) / 2
    share = min(0.3, len(rows) / 2 / pairs)
    for _ in range(_ROUNDS):
        weights.prior = log2(share / (1 - share))
        likely = [
            (found, _chance_of(weights.bits(found, rows[pair[0]]) + weights.prior))
            for pair, found in levels.items()
        ]
        share = min(0.3, max(0.5, sum(one for _, one in likely)) / pairs)
        for at in range(len(fields)):
            weights.same[at] = _shares((found[at], one) for found, one in likely)
    weights.prior = log2(share / (1 - share))
    return weights


def _by_chance(fields: Sequence[Field], rows: Sequence[Sequence[str]]) -> list[dict[int, float]]:
    chance = random.Random(len(rows))  # noqa: S311 (a sample, always the same one)
    drawn: list[Levels] = []
    for _ in range(min(_DRAWN, len(rows) * 20)):
        one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
        if one != other:
            drawn.append(compared(fields, rows[one], rows[other]))
    found: list[dict[int, float]] = []
    for at in range(len(fields)):
        met = Counter(levels[at] for levels in drawn if levels[at] is not None)
        whole = sum(met.values()) + 1.5
        found.append({one: (met[one] + 0.5) / whole for one in (SAME, CLOSE, FAR)})
    return found


def _shares(met: Iterable[tuple[int | None, float]]) -> dict[int, float]:
    """How often each level is met, as likely as each pair is; a little of what was supposed stays in it."""
    found = {one: 10 * _BEGIN[one] for one in (SAME, CLOSE, FAR)}
    for one, how in met:
        if one is not None:
            found[one] += how
    whole = sum(found.values())
    return {one: max(_LEAST_SHARE, value / whole) for one, value in found.items()}


def _chance_of(bits: float) -> float:
    return 1 / (1 + exp(-min(60.0, max(-60.0, bits)) * log(2)))
