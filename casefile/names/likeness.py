"""How like two names are: from 0 to 100, and in words why. The order of words and of the names does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

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
_TWO = 2


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
    forms, others = forms_of(one), forms_of(other)
    if forms & others:
        return RULE, "rule", ""
    if shared := families(one) & families(other):
        return FAMILY, "family", min(shared)
    spelt = OSA.normalized_similarity(one, other)
    if len(forms) + len(others) > _TWO:
        spelt = max(
            OSA.normalized_similarity(a, b)
            for a in forms
            for b in others
            if len(a) > 3 or a == one or b == other
        )
    near = JaroWinkler.similarity(one, other)
    if near >= 0.6 and sounds(one) & sounds(other):
        near_enough = near >= 0.72 and one[0] == other[0]
        return max(SOUND if near_enough else SOUND - 0.04, spelt), "sound", ""
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
    if way == "family":
        return said(one, other, family)
    short, long = sorted((one, other), key=len) if way in ("initial", "short") else (one, other)
    return _SAID[way].format(a=short, b=long)


_Pair = tuple[float, str, str, int, int, tuple[str, str, str, str]]
"""What two words are worth, below nought so that the best stands first; both in plain letters; the places of what is taken
on either side as bits; the way, both as shown, and the family."""


def alike(asked: Sequence[Token], held: Sequence[Token]) -> Likeness:
    """How like a name that is asked for is to one that is held: each word to its best, each once."""
    if not asked or not held:
        return Likeness(0.0)
    open_, free = (1 << len(asked)) - 1, (1 << len(held)) - 1
    got = 0.0
    why: set[str] = set()
    for lost, _, _, ones, others, said_ in _pairs(asked, held):
        if open_ & ones == ones and free & others == others:
            open_ ^= ones
            free ^= others
            got -= lost * sum(weight(one) for one in _at(asked, ones))
            if said_[0] != "same":
                why.add(_words(*said_))
            if not open_:
                break
    extra, missing = tuple(_at(held, free)), tuple(_at(asked, open_))
    score = 100 * got / sum(map(weight, asked)) - min(9.0, 3.0 * sum(map(weight, extra)))
    return Likeness(
        max(0.0, round(score, 2)),
        tuple(sorted(why)),
        tuple(one.shown for one in missing),
        tuple(one.shown for one in extra),
    )


def _at(words: Sequence[Token], bits: int) -> Iterator[Token]:
    """The words whose places are set."""
    return (one for place, one in enumerate(words) if bits >> place & 1)


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
    found: list[_Pair] = []
    for place, one in enumerate(asked):
        for at, other in enumerate(held):
            worth, way, family = words_alike(one.plain, other.plain)
            if worth > 0:
                told = (way, one.shown, other.shown, family)
                found.append((-worth, one.plain, other.plain, 1 << place, 1 << at, told))
    if len(asked) != len(held):
        found += _joined(asked, held, asked_is_one=True) + _joined(held, asked, asked_is_one=False)
    return sorted(found)


def _joined(ones: Sequence[Token], twos: Sequence[Token], *, asked_is_one: bool) -> list[_Pair]:
    """One word on one side that is two on the other: Annemarie and Anne Marie, Abdulrahman and Abdul Rahman."""
    found: list[_Pair] = []
    if len(twos) < _TWO:
        return found
    for place, one in enumerate(ones):
        if len(one.plain) < 4:
            continue
        first, chinese = one.plain[0], bool(halves(one.plain))
        for i, j in permutations(range(len(twos)), _TWO):
            if twos[i].plain[0] != first and not chinese:
                continue
            worth, both = _as_two(one.plain, twos[i].plain, twos[j].plain)
            if worth:
                whole, parts = 1 << place, 1 << i | 1 << j
                places = (whole, parts) if asked_is_one else (parts, whole)
                found.append((-worth, one.plain, both, *places, ("joined", one.shown, "", "")))
    return found


@lru_cache(maxsize=1 << 17)
def _as_two(one: str, first: str, second: str) -> tuple[float, str]:
    """What two words are worth beside the one that holds both, and both in one."""
    both = first + second
    return _as_one(one, both) or _by_syllables(one, first, second), both


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
    return _weight(one.plain)


@lru_cache(maxsize=1 << 16)
def _weight(word: str) -> float:
    if len(word) == 1:
        return 0.4
    return 0.25 if word in MAYBE else 0.5 if word in COMMON else 1.0
