"""Keys under which a name, a birth or a trace is found without looking at everybody.

A key is a letter for its kind and what follows from what was written: the same writing always gives the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from casefile.names.births import Born
from casefile.names.fold import Token, tokens
from casefile.names.sounds import families, halves, sounds

WORD, HEARD, FAMILY, BEGINS, TWO = "T", "m", "F", "P", "2"
DAY_MONTH, YEAR, BORN = "B", "Y", "3"
ADDRESS, HOUSE, POSTCODE, CONTACT, NUMBER, VEHICLE, SETTING = "A", "H", "C", "E", "U", "V", "O"
WEIGHTS = {
    BORN: 9, TWO: 3, WORD: 6, HEARD: 4, FAMILY: 5, BEGINS: 2, DAY_MONTH: 5, YEAR: 2,
    ADDRESS: 8, HOUSE: 5, POSTCODE: 5, CONTACT: 9, NUMBER: 9, VEHICLE: 9, SETTING: 4,
}  # fmt: skip
"""How much a key that two share says, for choosing whom to compare; the comparison itself does not use them."""
_MANY = 6
"""Of so many words of all their names or fewer, any two of a person are kept together; of more, those of one name."""


@lru_cache(maxsize=1 << 16)
def _families(word: str) -> frozenset[str]:
    """The families of a word, and of the syllables of a Chinese given name written as one word."""
    parts = {half for both in halves(word) for half in both}
    chinese = {one for part in parts for one in families(part) if one.startswith("chinese/")}
    return families(word) | chinese


@lru_cache(maxsize=1 << 16)
def word_keys(one: Token) -> frozenset[str]:
    """Every key of one word of a name by itself."""
    found: set[str] = set()
    for form in one.forms:
        found.add(f"{WORD}{form}")
        found |= {code for code in sounds(form) if code[0] == HEARD}
        found |= {f"{FAMILY}{family}" for family in _families(form)}
        if len(form) > 2:
            found.add(f"{BEGINS}{form[:3]}")
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
def _traits(one: Token) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What stays of a word when a letter of it is wrong: how it begins and ends; how it sounds; its families."""
    ends = {
        part
        for form in one.forms
        for part in ((f"^{form[:2]}", f"{form[-2:]}$") if len(form) > 1 else (form,))
    }
    heard = {code for form in one.forms for code in sounds(form) if code[0] == HEARD}
    return frozenset(ends), frozenset(heard), frozenset(f for form in one.forms for f in _families(form))


@lru_cache(maxsize=1 << 16)
def pair_keys(one: Token, other: Token) -> frozenset[str]:
    """Keys of two words of a name together: few people share them, and one wrong letter in each leaves one of them."""
    (ends, heard, named), (their_ends, their_heard, their_names) = _traits(one), _traits(other)
    pairs = [(a, b) for a in ends for b in their_ends]
    pairs += [(a, b) for a in heard for b in their_heard]
    pairs += [(a, b) for a in named for b in (*their_ends, *their_names)]
    pairs += [(a, b) for a in ends for b in their_names]
    pairs += [
        (first.plain[0], code) for first, codes in ((one, their_heard), (other, heard)) for code in codes
    ]
    return frozenset(f"{TWO}{min(pair)} {max(pair)}" for pair in pairs)


def name_keys(*names: str) -> frozenset[str]:
    """Every key of somebody of these names."""
    words = [tokens(name) for name in names]
    found = {key for name in words for one in name for key in word_keys(one)}
    whole = tuple({one.plain: one for name in words for one in name}.values())
    for name in (whole,) if len(whole) <= _MANY else words:
        for one, other in combinations(name, 2):
            found |= pair_keys(one, other)
    return frozenset(found)


def asked_keys(words: Sequence[Token]) -> frozenset[str]:
    """The keys by which a name is looked for: of two words together, or of the one there is."""
    words = tuple({one.plain: one for one in words}.values())
    named = [one for one in words if not one.initial]
    if len(words) < 2 or not named:
        return frozenset(key for one in words for key in word_keys(one))
    found: set[str] = set()
    for one, other in combinations(words, 2):
        found |= pair_keys(one, other)
    joined = {f"{WORD}{a.plain}{b.plain}" for a in named for b in named if a is not b}
    return frozenset(found | joined)


def birth_keys(born: Born) -> frozenset[str]:
    """The keys of a birth as recorded."""
    if born.year is None:
        return frozenset()
    found = {f"{YEAR}{born.year}"}
    if born.month and born.day:
        found.add(f"{DAY_MONTH}{born.month:02d}{born.day:02d}")
    return frozenset(found)


def born_keys(words: Iterable[Token], born: Born) -> frozenset[str]:
    """Keys of how a name sounds together with day and month of birth, either way round, and with year and month."""
    if not (born.year and born.month and born.day):
        return frozenset()
    first, second = sorted((born.month, born.day))
    days = (f"{first:02d}{second:02d}", f"{born.year}-{born.month:02d}")
    heard = {code for one in words for code in _traits(one)[1]}
    return frozenset(f"{BORN}{code} {day}" for code in heard for day in days)


def asked_birth_keys(born: Born, *, named: bool) -> frozenset[str]:
    """The keys by which a birth is looked for: also day and month the other way round, and the years of an age.

    Of somebody who is *named* a birth known to the day is not looked for by its year: too many share one.
    """
    if born.year is None:
        return frozenset()
    found: set[str] = set()
    if born.month and born.day:
        found.add(f"{DAY_MONTH}{born.month:02d}{born.day:02d}")
        found.add(f"{DAY_MONTH}{born.day:02d}{born.month:02d}")
    if not named:
        found |= {f"{YEAR}{born.year + by}" for by in range(-born.spare, born.spare + 1)}
    return frozenset(found)
