"""How like two names are: from 0 to 100, and in words why. The order of words and of the names does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from casefile.names.fold import Token, forms_of
from casefile.names.sounds import families, halves, said, sounds
from casefile.names.words import COMMON, MAYBE

SAME, RULE, FAMILY, SOUND, INITIAL, SHORT = 1.0, 0.95, 0.93, 0.9, 0.8, 0.82
"""What a pair of words is worth: the same; by a rule of the language; forms of one name; alike to the ear;
an initial; the beginning of the other."""
_LEAST = 0.66
"""Below this two words are two names."""
_JOINED = 0.98


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two names are.

    Attributes:
        score: From 0 to 100.
        why: What differs and why it may be one name all the same, in sentences without a stop; empty where nothing does.
        missing: Words asked for that the other does not hold.
        extra: Words of the other that were not asked for.
    """

    score: float
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 17)
def words_alike(one: str, other: str) -> tuple[float, str, str]:
    """What a pair of words in plain letters is worth, by which way, and the family where they are forms of one name."""
    if one == other:
        return SAME, "same", ""
    if len(one) == 1 or len(other) == 1:
        return (INITIAL, "initial", "") if one[0] == other[0] else (0.0, "", "")
    if forms_of(one) & forms_of(other):
        return RULE, "rule", ""
    if shared := families(one) & families(other):
        return FAMILY, "family", min(shared)
    spelt = max(
        OSA.normalized_similarity(a, b)
        for a in forms_of(one)
        for b in forms_of(other)
        if len(a) > 3 or a == one or b == other
    )
    near = JaroWinkler.similarity(one, other)
    heard = sounds(one) & sounds(other)
    if heard and near >= 0.72 and one[0] == other[0]:
        return max(SOUND, spelt), "sound", ""
    if heard and near >= 0.6:
        return max(SOUND - 0.04, spelt), "sound", ""
    if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
        return max(SHORT, spelt), "short", ""
    if min(len(one), len(other)) <= 3:
        spelt -= 0.08
    return (spelt, "spelt", "") if spelt >= _LEAST else (0.0, "", "")


_SAID = {
    "rule": "{a} and {b} differ only by Mac, O’, an article or the ending for a woman",
    "sound": "{a} and {b} sound the same",
    "spelt": "{a} and {b} are spelt almost alike",
    "initial": "{a} may stand for {b}",
    "short": "{a} is the beginning of {b}",
    "joined": "{a} is written as one word or as two",
}


def _words(way: str, one: str, other: str, family: str) -> str:
    if way == "same":
        return ""
    if way == "family":
        return said(one, other, family)
    short, long = sorted((one, other), key=len) if way in ("initial", "short") else (one, other)
    return _SAID[way].format(a=short, b=long)


@dataclass(frozen=True, slots=True)
class _Pair:
    worth: float
    asked: tuple[int, ...]
    held: tuple[int, ...]
    why: str


def alike(asked: Sequence[Token], held: Sequence[Token]) -> Likeness:
    """How like a name that is asked for is to one that is held: each word to its best, each once."""
    if not asked or not held:
        return Likeness(0.0)
    free, open_ = set(range(len(held))), set(range(len(asked)))
    taken: list[_Pair] = []
    for pair in _pairs(asked, held):
        if open_.issuperset(pair.asked) and free.issuperset(pair.held):
            taken.append(pair)
            open_.difference_update(pair.asked)
            free.difference_update(pair.held)
            if not open_:
                break
    got = sum(pair.worth * sum(weight(asked[one]) for one in pair.asked) for pair in taken)
    whole = sum(weight(one) for one in asked)
    extra = sum(weight(held[one]) for one in free)
    score = 100 * got / whole - min(9.0, 3.0 * extra)
    why = sorted({pair.why for pair in taken if pair.why})
    return Likeness(
        max(0.0, round(score, 2)),
        tuple(why),
        tuple(asked[one].shown for one in sorted(open_)),
        tuple(held[one].shown for one in sorted(free)),
    )


def both_ways(one: Sequence[Token], other: Sequence[Token]) -> Likeness:
    """How like two names are where neither is the question: what either leaves open counts."""
    there, back = alike(one, other), alike(other, one)
    return Likeness(
        round((min(there.score, back.score) + max(there.score, back.score) * 2) / 3, 2),
        there.why,
        there.missing,
        there.extra,
    )


def _pairs(asked: Sequence[Token], held: Sequence[Token]) -> list[_Pair]:
    """Every pair worth taking, the best first; the same order for the same words."""
    found: list[tuple[tuple[float, str, str], _Pair]] = []
    for place, one in enumerate(asked):
        for at, other in enumerate(held):
            worth, way, family = words_alike(one.plain, other.plain)
            if worth > 0:
                why = _words(way, one.shown, other.shown, family)
                found.append(((-worth, one.plain, other.plain), _Pair(worth, (place,), (at,), why)))
    if len(asked) != len(held):
        found += _joined(asked, held, asked_is_one=True) + _joined(held, asked, asked_is_one=False)
    return [pair for _, pair in sorted(found, key=lambda one: one[0])]


def _joined(
    ones: Sequence[Token], twos: Sequence[Token], *, asked_is_one: bool
) -> list[tuple[tuple[float, str, str], _Pair]]:
    """One word on one side that is two on the other: Annemarie and Anne Marie, Abdulrahman and Abdul Rahman."""
    found: list[tuple[tuple[float, str, str], _Pair]] = []
    for place, one in enumerate(ones):
        if len(one.plain) < 4:
            continue
        for i, first in enumerate(twos):
            for j, second in enumerate(twos):
                if i == j:
                    continue
                both = first.plain + second.plain
                worth = _as_one(one.plain, both) or _by_syllables(one.plain, first.plain, second.plain)
                if not worth:
                    continue
                why = _SAID["joined"].format(a=one.shown)
                whole, parts = (place,), tuple(sorted((i, j)))
                pair = _Pair(worth, whole, parts, why) if asked_is_one else _Pair(worth, parts, whole, why)
                found.append(((-worth, one.plain, both), pair))
    return found


def _as_one(one: str, both: str) -> float:
    """What two words are worth that make up one when they stand together; 0 if they do not."""
    if abs(len(both) - len(one)) > 2 or both[0] != one[0]:
        return 0.0
    if both == one or forms_of(both) & forms_of(one):
        return _JOINED
    return SOUND if OSA.normalized_similarity(both, one) >= 0.85 else 0.0


def _by_syllables(one: str, first: str, second: str) -> float:
    """What two Chinese syllables in another transliteration are worth beside the word that holds both."""
    for a, b in halves(one):
        if (a == first or families(a) & families(first)) and (b == second or families(b) & families(second)):
            return FAMILY
    return 0.0


def weight(one: Token) -> float:
    """How much a word of a name says of who it is: an initial or a part shared by many says less."""
    if one.initial:
        return 0.4
    return 0.25 if one.plain in MAYBE else 0.5 if one.plain in COMMON else 1.0
