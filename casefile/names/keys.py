"""Keys under which a name, a birth or a trace is found without looking at everybody.

A key is a letter for its kind and what follows from what was written: the same writing always gives the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from casefile.names.births import Born
from casefile.names.fold import Token, tokens
from casefile.names.sounds import families, halves, sounds
from casefile.names.words import MAYBE

WORD, HEARD, CODED, FAMILY, BEGINS, ENDS, INITIAL = "T", "m", "n", "F", "P", "S", "I"
DAY_MONTH, YEAR = "B", "Y"
ADDRESS, HOUSE, POSTCODE, CONTACT, NUMBER, VEHICLE, SETTING = "A", "H", "C", "E", "U", "V", "O"
WEIGHTS = {
    WORD: 6, HEARD: 4, CODED: 3, FAMILY: 5, BEGINS: 2, ENDS: 2, INITIAL: 1, DAY_MONTH: 5, YEAR: 2,
    ADDRESS: 8, HOUSE: 5, POSTCODE: 5, CONTACT: 9, NUMBER: 9, VEHICLE: 9, SETTING: 4,
}  # fmt: skip
"""How much a key that two share says, for choosing whom to compare; the comparison itself does not use them."""


@lru_cache(maxsize=1 << 16)
def word_keys(one: Token) -> frozenset[str]:
    """Every key of one word of a name."""
    found = {f"{INITIAL}{one.plain[0]}"}
    if one.initial:
        return frozenset(found)
    for form in one.forms:
        found |= {f"{WORD}{form}", *sounds(form)}
        found |= {f"{FAMILY}{family}" for family in families(form)}
        found |= {
            f"{FAMILY}{family}"
            for both in halves(form)
            for half in both
            for family in families(half)
            if family.startswith("chinese/")
        }
        if len(form) >= 3:
            found |= {f"{BEGINS}{form[:3]}", f"{ENDS}{form[-3:]}"}
    return frozenset(found)


def name_keys(name: str) -> frozenset[str]:
    """Every key of a name as written."""
    return frozenset(key for one in tokens(name) for key in word_keys(one))


def asked_keys(words: Iterable[Token]) -> frozenset[str]:
    """The keys by which a name is looked for: initials only where nothing more is asked for."""
    found: set[str] = set()
    for one in words:
        keys = word_keys(one)
        found |= keys if one.initial else {key for key in keys if key[0] != INITIAL}
        if one.plain in MAYBE:
            found -= {key for key in keys if key[0] in (BEGINS, ENDS)}
    return frozenset(found)


def birth_keys(born: Born) -> frozenset[str]:
    """The keys of a birth as recorded."""
    if born.year is None:
        return frozenset()
    found = {f"{YEAR}{born.year}"}
    if born.month and born.day:
        found.add(f"{DAY_MONTH}{born.month:02d}{born.day:02d}")
    return frozenset(found)


def asked_birth_keys(born: Born) -> frozenset[str]:
    """The keys by which a birth is looked for: also day and month the other way round, and the years of an age."""
    if born.year is None:
        return frozenset()
    found = {f"{YEAR}{born.year + by}" for by in range(-born.spare, born.spare + 1)}
    if born.month and born.day:
        found.add(f"{DAY_MONTH}{born.month:02d}{born.day:02d}")
        found.add(f"{DAY_MONTH}{born.day:02d}{born.month:02d}")
    return frozenset(found)
