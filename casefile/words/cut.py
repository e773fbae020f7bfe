"""Text cut into the words that are searched: plain small letters, English stems, the same whichever engine keeps them.

The engines get words and never text, so that neither their dictionaries nor their versions say what is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from casefile.names.fold import plain

GAP = "_"
"""Stands where a word stood that finds nothing: words at both of its sides are not beside each other."""
HEAD = "h_"
"""Before a word that stands in a heading."""
AGENCY = "a_"
"""Before the code of an agency that a record names."""
COMMON = frozenset({"a", "an", "and", "in", "of", "the", "to"})
"""Words that find nothing: they stand everywhere. ``No`` and ``not`` are not among them."""
MOST_PLACED = 8_000
"""So many words of one record keep their place; phrases are found among these, single words in all of it."""
MOST_OFTEN = 255
"""So many places of one word in one record are kept: what PostgreSQL keeps."""
MOST_BYTES = 600_000
"""So much of different words is kept of one record: PostgreSQL keeps one megabyte with their places."""
LONGEST = 60
APOSTROPHES = "'’‘`´ʼʻʾʿ′"
"""Between letters they belong to the word."""
WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
_INNER = re.compile(r"[^\W_]+")
PHONE = r"(?:\+44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)\d(?:[\s().-]{0,2}\d){7,9}"
"""A whole British telephone number, as people write it."""
_PHONE = re.compile(rf"(?<![\d+]){PHONE}(?!\d)")
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) (\d[a-z]{2})\b", re.IGNORECASE)
_ENDINGS = (
    "able", "ally", "als", "ances", "ations", "atives", "ed", "ences", "ers", "fully", "ible", "ically", "ied", "ies",
    "ings", "ions", "isms", "ists", "ities", "ively", "ments", "ness", "ously",
)  # fmt: skip
_TAILS = sorted(
    {
        ending[at:to]
        for ending in _ENDINGS
        for at in range(len(ending))
        for to in range(at + 1, len(ending) + 1)
    }
)
"""What may still be typed of a word of which only the beginning stands there."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One word of a text.

    Attributes:
        word: As it is searched.
        start, end: Where it stands in the text.
    """

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of one record, as an engine keeps them.

    Attributes:
        placed: Words in the order of the text, with gaps; for phrases and nearness.
        loose: Further words without a place: of headings, agencies, joined numbers, and of what comes after.
    """

    placed: str
    loose: str


@lru_cache(maxsize=1 << 17)
def word_of(written: str) -> str:
    """A word as it is searched; "" for one that finds nothing."""
    bare = "".join(_INNER.findall(plain(written)))[:LONGEST]
    return "" if bare in COMMON else stem(bare)


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The English stem of a word in plain letters; a number or a foreign word is its own."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    from snowballstemmer.english_stemmer import EnglishStemmer  # which brings in thirty languages

    return EnglishStemmer().stemWord(word)


def cut(text: str) -> Iterator[Cut]:
    """The words of a text that find something, in its order."""
    for found in WORD.finditer(text):
        word = word_of(found[0])
        if word:
            yield Cut(word, *found.span())


def begun(typed: str) -> tuple[str, ...]:
    """Stems that a word may have of which *typed* is the beginning, but that do not begin like it.

    ``neglectin`` may become ``neglecting``, which is kept as ``neglect``.
    """
    stems = {stem(typed), *(stem(typed + tail) for tail in _TAILS)}
    return tuple(sorted(one for one in stems if not one.startswith(typed)))


def joined(text: str) -> set[str]:
    """Telephone numbers and postcodes of a text in one piece, however they are parted there."""
    found = {phone(one) for one in _PHONE.findall(text)}
    return found | {f"{one}{other}".casefold() for one, other in _POSTCODE.findall(text)}


def phone(written: str) -> str:
    """A telephone number by its national figures, with the nought before them."""
    figures = re.sub(r"\D", "", written.replace("(0)", ""))
    return f"0{figures[2:]}" if written.lstrip().startswith("+44") else figures


def worded(head: str, body: str, agencies: frozenset[str] = frozenset()) -> Worded:
    """The words of a record.

    Args:
        head: What it is called: its heading, or a name.
        body: What it says besides.
        agencies: Codes of the agencies that it names.
    """
    heading = [one.word for one in cut(head)]
    words = chain(heading, (GAP,) if body else (), (one.word for one in cut(body)))
    often: Counter[str] = Counter()
    size = 0
    placed: list[str] = []
    for word in islice(words, MOST_PLACED):
        often[word] += 1
        if often[word] == 1:
            size += len(word.encode())
        placed.append(word if often[word] <= MOST_OFTEN and size <= MOST_BYTES else GAP)
    loose = {f"{HEAD}{one}" for one in heading} | {f"{AGENCY}{one}" for one in agencies}
    loose |= {one for one in joined(f"{head}\n{body}") if one not in often}
    for word in words:
        if word not in often and word not in loose:
            size += len(word.encode())
            if size > MOST_BYTES:
                break
            loose.add(word)
    return Worded(" ".join(placed), " ".join(sorted(loose)))
