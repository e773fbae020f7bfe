"""A name as written, taken apart: plain letters, no titles, no particles, in tokens that can be compared.

The order of the words says nothing afterwards: family name first or last, the same tokens come out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from casefile.names.words import PARTICLES, TITLES

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h",
        "ŋ": "ng", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "e",
        **dict.fromkeys("'’‘`´ʼʻʾʿ′", None),
    }
)  # fmt: skip
"""Letters that have no accent to take off, and every sign that stands for an apostrophe."""
_WORD = re.compile(r"[^\W_]+")
_SHOWN = re.compile(r"[^\W_]+(?:['’‘`´ʼʻʾʿ′][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name.

    Attributes:
        shown: The word as it was written, for explaining.
        plain: In plain small letters.
        forms: What it may also be written as by a rule of the language: without Mac or O’, with ``-ski`` for ``-ska``.
    """

    shown: str
    plain: str
    forms: frozenset[str]

    @property
    def initial(self) -> bool:
        """Whether it is a single letter."""
        return len(self.plain) == 1


def plain(text: str) -> str:
    """Text in small letters without accents, apostrophes and doubled spaces."""
    small = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    parted = unicodedata.normalize("NFKD", small)
    return " ".join("".join(one for one in parted if not unicodedata.combining(one)).split())


@lru_cache(maxsize=1 << 16)
def tokens(name: str) -> tuple[Token, ...]:
    """The words of a name that say who it is, in the order of their letters.

    Titles and particles fall away wherever they stand, unless nothing else would be left.
    """
    found: list[Token] = []
    for word in name.split():
        found += _parts(word)
    kept = [one for one in found if one.plain not in TITLES and one.plain not in PARTICLES]
    return tuple(sorted(kept or found, key=lambda one: (one.plain, one.shown)))


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[Token, ...]:
    """The parts of a word, parted at hyphens and the like, each as shown and in plain letters."""
    return tuple(_token(one, bare) for one in _SHOWN.findall(word) for bare in _WORD.findall(plain(one)))


def _token(shown: str, bare: str) -> Token:
    return Token(shown[:1].upper() + shown[1:] if shown.islower() else shown, bare, forms_of(bare))


_MAC = re.compile(r"(?:mac|mc|mag)(?=[a-z]{3,})")
_SON_OF = re.compile(r"o(?=[bcdfghklmnrst][a-z]{3,})")
_SERVANT = re.compile(r"a(?:bd|pd)[aeiou]?(?:l|r|s|sh|n|z|d|t)?(?=[a-z]{4,})|abd[ei]?(?=[a-z]{4,})")
_ARTICLE = re.compile(r"(?:al|el)(?=[bcdfghjkmnpqrstvwxyz][a-z]{3,})")
_FEMALE = (("cka", "cki"), ("ska", "ski"), ("dzka", "dzki"), ("na", "ny"), ("ova", "ov"), ("eva", "ev"))


@lru_cache(maxsize=1 << 16)
def forms_of(word: str) -> frozenset[str]:
    """A word in plain letters, and what it may also be written as."""
    found = {word}
    if len(word) >= 6 and (mac := _MAC.match(word)):
        found |= {word[mac.end() :], f"mc{word[mac.end() :]}"}
    if len(word) >= 6 and _SON_OF.match(word):
        found.add(word[1:])
    if servant := _SERVANT.match(word):
        found |= {word[servant.end() :], f"abd{word[servant.end() :]}"}
    elif len(word) >= 6 and (article := _ARTICLE.match(word)):
        found.add(word[article.end() :])
    for ending, other in _FEMALE:
        if len(word) >= 6 and word.endswith(ending) and ending != "na":
            found.add(word[: -len(ending)] + other)
    return frozenset(found)
