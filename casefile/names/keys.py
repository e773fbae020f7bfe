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

WORD, HEARD, FAMILY, BEGINS = "T", "m", "F", "P"
ONE, ENDS, SOUND, NAMED, LETTER, INITIAL = "4", "2", "5", "6", "7", "8"
"""Two words together: one the same and how the other begins or ends; how both do; how both sound; a name that one is a form
of; the first letter of one and how the other sounds; the same where it is an initial."""
DAY_MONTH, YEAR, BORN = "B", "Y", "3"
ADDRESS, HOUSE, POSTCODE, CONTACT, NUMBER, VEHICLE, SETTING = "A", "H", "C", "E", "U", "V", "O"
WEIGHTS = {
    BORN: 9, ONE: 6, ENDS: 3, SOUND: 4, NAMED: 5, LETTER: 6, INITIAL: 9,
    WORD: 6, HEARD: 4, FAMILY: 5, BEGINS: 2, DAY_MONTH: 5, YEAR: 2,
    ADDRESS: 8, HOUSE: 5, POSTCODE: 5, CONTACT: 9, NUMBER: 9, VEHICLE: 9, SETTING: 4,
}  # fmt: skip
"""How much a key that two share says, for choosing whom to compare; the comparison itself does not use them."""
_SHORT = 5
"""A word of so many letters or fewer is kept by its first and last two: of three, one wrong letter might leave none."""
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
def _ends(form: str, *, asked: bool) -> frozenset[str]:
    """How a word begins and ends: by three letters, of short words by two.

    A letter too many or too few may make a short word of a long one: a word that is asked for is looked for as both.
    """
    if len(form) == 1:
        return frozenset((form,))
    longs = (len(form) - 1, len(form), len(form) + 1) if asked else (len(form),)
    sizes = {2 if long <= _SHORT else 3 for long in longs}
    return frozenset(part for size in sizes for part in (f"^{form[:size]}", f"{form[-size:]}$"))


@lru_cache(maxsize=1 << 16)
def _heard(one: Token) -> frozenset[str]:
    return frozenset(code for form in one.forms for code in sounds(form) if code[0] == HEARD)


@lru_cache(maxsize=1 << 16)
def pair_keys(one: Token, other: Token, *, asked: bool = False) -> frozenset[str]:
    """Keys of two words of a name together: few people share them, and one wrong letter in each leaves one of them."""
    ends, their_ends = (
        {part for form in word.forms for part in _ends(form, asked=asked)} for word in (one, other)
    )
    named, their_names = (
        {family for form in word.forms for family in _families(form)} for word in (one, other)
    )
    heard, their_heard = _heard(one), _heard(other)
    begins, they_begin = (
        {f"^{form[:2]}" for form in word.forms} if asked else set[str]() for word in (one, other)
    )
    kinds: list[tuple[str, Iterable[str], Iterable[str]]] = [
        # a long word may be held as two, of which the first is short
        (ONE, one.forms, {other.plain[0], *their_ends, *they_begin}),
        (ONE, other.forms, {one.plain[0], *ends, *begins}),
        (ENDS, ends, their_ends),
        (SOUND, heard, their_heard),
        (NAMED, named, their_ends | their_names),
        (NAMED, their_names, ends),
    ]
    for word, sounding in ((one, their_heard), (other, heard)):
        # hundreds share a letter and a sound: of whole words that is looked for only as far as one is an initial
        if word.initial or not asked:
            kinds.append((LETTER, word.plain[0], sounding))
        if word.initial or asked:
            kinds.append((INITIAL, word.plain[0], sounding))
    return frozenset(
        f"{kind}{a} {b}" if a < b else f"{kind}{b} {a}"
        for kind, ones, others in kinds
        for a in ones
        for b in others
    )


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
        found |= pair_keys(one, other, asked=True)
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
    heard = {code for one in words for code in _heard(one)}
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
