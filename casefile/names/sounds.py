"""What a word sounds like, and which names are one name: the phonetic codes of a library, and tables as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import jellyfish

from casefile.names.words import RESOURCES

_RESPELT = (
    ("sch", "sh"), ("shch", "sh"), ("szcz", "sh"), ("sz", "sh"), ("cz", "ch"), ("rz", "zh"), ("tsch", "ch"), ("tch", "ch"),
    ("hs", "sh"), ("x", "sh"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("dz", "z"), ("dh", "d"), ("th", "t"),
    ("bh", "b"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ea", "i"), ("ie", "i"), ("ei", "i"), ("ai", "e"), ("ay", "e"), ("ey", "i"), ("aa", "a"),
    ("uu", "u"), ("w", "v"), ("y", "i"), ("j", "i"), ("c", "k"),
)  # fmt: skip
"""Spellings of one sound in English, Polish, German, French, Pinyin and the transliterations of Arabic and Urdu."""
_POLISH = (
    ("szcz", "sh"), ("sz", "sh"), ("cz", "ch"), ("rz", "sh"), ("ch", "h"), ("cie", "che"), ("cia", "cha"),
    ("cio", "cho"), ("ciu", "chu"), ("sie", "she"), ("sia", "sha"), ("sio", "sho"), ("siu", "shu"), ("dz", "ts"),
    ("c", "ts"), ("w", "v"), ("j", "i"), ("y", "i"), ("ie", "e"), ("ia", "a"), ("io", "o"),
)  # fmt: skip
"""How Polish is said: the same letters as English, other sounds."""
_IS_POLISH = re.compile(r"sz|cz|rz|[sc][ki]i$|[sc][ki]a$|wicz$|yk$|ow|ci[aeou]|[^aeiou]j|j[ck]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def respelt(word: str) -> str:
    """A word in one spelling for each sound: ``Kowalczyk`` and ``Kovalchick`` come out alike."""
    return _written(word, _RESPELT)


def _written(word: str, rules: Sequence[tuple[str, str]]) -> str:
    found, at = list[str](), 0
    while at < len(word):
        for written, heard in rules:
            if word.startswith(written, at):
                found.append(heard)
                at += len(written)
                break
        else:
            found.append(word[at])
            at += 1
    return _TWICE.sub(r"\1", "".join(found))


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> frozenset[str]:
    """Codes of how a word may sound: each begins with the letter of the way it was found.

    ``m`` is the Metaphone of the word as written and of the word respelt, ``n`` its NYSIIS code.
    Words that a code would leave nearly empty have none of that kind.
    """
    if not word.isascii() or not word.isalpha() or len(word) < 2:
        return frozenset()
    found = {
        f"m{jellyfish.metaphone(word)}",
        f"m{jellyfish.metaphone(respelt(word))}",
        f"n{jellyfish.nysiis(word)}",
    }
    if _IS_POLISH.search(word):
        found.add(f"m{jellyfish.metaphone(_written(word, _POLISH))}")
    return frozenset(one for one in found if len(one) > 2)


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """The families of names that each form belongs to, and the origin of each family."""
    families: dict[str, set[str]] = {}
    origins: dict[str, str] = {}
    for path in sorted(RESOURCES.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            head, _, rest = line.partition(":")
            if not head or head.startswith("#"):
                continue
            family = f"{path.stem}/{head}"
            origins[family] = path.stem
            for form in (head, *rest.split()):
                families.setdefault(form, set()).add(family)
    return {form: frozenset(held) for form, held in families.items()}, origins


def families(word: str) -> frozenset[str]:
    """The names that a word is a form of: ``irish/seamus`` and ``british/james`` for ``James``."""
    return _tables()[0].get(word, frozenset())


@lru_cache(maxsize=1 << 16)
def halves(word: str) -> tuple[tuple[str, str], ...]:
    """The two syllables of a Chinese given name that is written as one word: ``jian`` and ``hua``."""
    if len(word) < _TWO_SYLLABLES:
        return ()
    return tuple(
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if _is_syllable(word[:at]) and _is_syllable(word[at:])
    )


@lru_cache(maxsize=1 << 12)
def kin(word: str) -> tuple[str, ...]:
    """The other forms of the names that a word is a form of, in the order of their letters: ``bill`` for ``william``."""
    mine = families(word)
    return tuple(
        sorted(form for form, held in _tables()[0].items() if form != word and mine & held) if mine else ()
    )


_TWO_SYLLABLES = 4


def _is_syllable(part: str) -> bool:
    return any(one.startswith("chinese/") for one in families(part))


def origins() -> tuple[str, ...]:
    """The origins for which there are tables, in order."""
    return tuple(sorted(set(_tables()[1].values())))


def said(one: str, other: str, family: str) -> str:
    """Why two words are forms of one name, in words."""
    origin, _, head = family.partition("/")
    full = head.capitalize()
    if origin in ("chinese", "surnames"):
        return f"{one} and {other} are spellings of one name"
    if head == other.casefold():
        return f"{one} is a form of {other}"
    if head == one.casefold():
        return f"{other} is a form of {one}"
    return f"{one} and {other} are forms of one name ({full})"
