"""Finding records of any list that are likely of one person: an export, a return, a register of another agency.

Nothing is learnt from answers. How much an agreement says follows from the list itself: two records with one rare
surname say more than two Smiths (Fellegi and Sunter 1969, with the frequency of each value as Newcombe had it).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from casefile.names.sounds import sounds
from casefile.search.fields import (
    CLOSE,
    NAMES,
    SAME,
    Field,
    Kind,
    Levels,
    compared,
    fields_of,
    read,
)
from casefile.search.weights import learnt

_MOST_IN_BLOCK = 20
"""A key that more records share says too little to compare them all."""
_FEW = 2
"""Up to so many columns one thing shared is worth a comparison; with more, it takes two, or a person’s own number."""
_CLOSE_LEAST = -6.0
"""Bits under the line from which two records are still one where both are one with a third."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are likely of one person.

    Attributes:
        one, other: Places of the records in the list, the smaller first.
        score: How likely, from 0 to 100.
        why: Which fields agree, and how; which do not.
    """

    one: int
    other: int
    score: float
    why: tuple[str, ...]


def find_duplicates(
    records: Sequence[Mapping[str, object]], fields: Mapping[str, Kind] | None = None
) -> tuple[Pair, ...]:
    """The pairs of records that are likely of one person, the likeliest first.

    Args:
        records: Rows by column; what is empty says nothing.
        fields: What the columns hold, where their names do not say it; columns left out are not compared.
    """
    known = fields_of(records) if fields is None else [Field(name, kind) for name, kind in fields.items()]
    if len(records) < 2 or not known:
        return ()
    rows = [[read(field, record.get(field.name)) for field in known] for record in records]
    levels = {(one, other): compared(known, rows[one], rows[other]) for one, other in _worth(known, rows)}
    weights = learnt(known, rows, levels)
    over = {pair: weights.bits(found, rows[pair[0]]) + weights.prior for pair, found in levels.items()}
    together = {pair for pair, bits in over.items() if bits > 0}
    for pair in _through_a_third(together):
        if pair not in levels:
            levels[pair] = compared(known, rows[pair[0]], rows[pair[1]])
            over[pair] = weights.bits(levels[pair], rows[pair[0]]) + weights.prior
        if over[pair] > _CLOSE_LEAST:
            together.add(pair)
    found = [Pair(*pair, _score(over[pair]), _why(known, levels[pair])) for pair in together]
    return tuple(sorted(found, key=lambda one: (-one.score, one.one, one.other)))


def _worth(fields: Sequence[Field], rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The pairs worth comparing: those that share a rare value, or two that are rare together."""
    met: Counter[tuple[int, int]] = Counter()
    for keys, often in _ways(fields, rows):
        blocks: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(keys):
            if key:
                blocks[key].append(place)
        for block in blocks.values():
            if 1 < len(block) <= _MOST_IN_BLOCK:
                for pair in combinations(block, 2):
                    met[pair] += often
    least = 2 if len(fields) > _FEW else 1
    return sorted(pair for pair, times in met.items() if times >= least)


def _ways(fields: Sequence[Field], rows: Sequence[Sequence[str]]) -> Iterator[tuple[list[str], int]]:
    """By each way of looking, a key for each record, and for how many ways it counts."""
    for at, field in enumerate(fields):
        yield [row[at] for row in rows], 2 if field.kind is Kind.NUMBER else 1
    short = [[_short(field, row[at]) for row in rows] for at, field in enumerate(fields)]
    for one, other in combinations(range(len(fields)), 2):
        yield [f"{a} {b}" if a and b else "" for a, b in zip(short[one], short[other], strict=True)], 1
    names = [at for at, field in enumerate(fields) if field.kind in NAMES]
    if len(names) > 1:
        yield [" ".join(sorted(row[at][:4] for at in names)) for row in rows], 1


def _short(field: Field, value: str) -> str:
    """The part of a value that is least often written otherwise."""
    if field.kind in NAMES:
        return min(sounds(value), default=value[:4])
    return value[:4] if field.kind in (Kind.PLACE, Kind.BIRTH) else value


def _through_a_third(together: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs that are not together but each with a third, and all that hang together with them."""
    group: dict[int, int] = {}

    def head(of: int) -> int:
        while group.setdefault(of, of) != of:
            group[of] = group[group[of]]
            of = group[of]
        return of

    for one, other in sorted(together):
        group[head(other)] = head(one)
    members: dict[int, list[int]] = defaultdict(list)
    for one in sorted(group):
        members[head(one)].append(one)
    pairs = (
        pair for held in members.values() if len(held) <= _MOST_IN_BLOCK for pair in combinations(held, 2)
    )
    return [pair for pair in pairs if pair not in together]


def _score(bits: float) -> float:
    """How likely, from the bits over the line."""
    return round(100 / (1 + 2 ** -max(-50.0, min(50.0, bits))), 2)


def _why(fields: Sequence[Field], levels: Levels) -> tuple[str, ...]:
    by: dict[int | None, list[str]] = defaultdict(list)
    for field, found in zip(fields, levels, strict=True):
        by[found].append(field.name)
    said = ((SAME, "the same"), (CLOSE, "written almost alike"), (0, "differs"))
    return tuple(f"{', '.join(by[one])}: {words}" for one, words in said if by[one])
