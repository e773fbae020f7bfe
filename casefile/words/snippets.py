"""A few words of a text around what was searched for, with the hits marked; drawn from the text itself, never from an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casefile.words.cut import WORD, Cut, word_of

WIDE = 180
"""Letters of a text that are shown."""
FAR = 400_000
"""Letters of a text that are looked through for a hit to show."""
_BEFORE, _MOST_HITS = 50, 200
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few words of a text.

    Attributes:
        text: The words, in one line; with an ellipsis where the text goes on.
        hits: Where hits begin and end in it.
    """

    text: str
    hits: tuple[tuple[int, int], ...] = ()


def snippet(text: str, words: Iterable[tuple[str, bool]], *, wide: int = WIDE) -> Snippet:
    """The part of a text that holds most of the words; its beginning where none stands in it."""
    hits = _marker(frozenset(words)).hits(text)
    begin = 0
    if hits and hits[-1].end > wide - 10:
        best = _best(hits, wide)
        first = {one.word for one in hits if one.end < wide - 10}
        if len(first) < len(_window(hits, best, wide)):
            begin = max(0, best - _BEFORE)
    if begin:
        space = text.find(" ", begin, begin + 20)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + wide)
    if end < len(text):
        space = text.rfind(" ", begin + wide - 30, end)
        end = space if space > begin else end
    lead, trail = ("…" if begin else ""), ("…" if end < len(text) else "")
    shift = len(lead) - begin
    marks = tuple(
        (one.start + shift, one.end + shift) for one in hits if begin <= one.start and one.end <= end
    )
    return Snippet(f"{lead}{_SPACE.sub(' ', text[begin:end])}{trail}", marks)


class _Marker:
    """Looks for the same words in one text after another; what is written alike is looked at once."""

    def __init__(self, words: frozenset[tuple[str, bool]]) -> None:
        self._words = words
        self._known: dict[str, str] = {}

    def hits(self, text: str) -> list[Cut]:
        """The words that are hits, in the order of the text."""
        found: list[Cut] = []
        known = self._known
        for one in WORD.finditer(text, 0, FAR):
            written = one[0]
            word = known.get(written)
            if word is None:
                word = known[written] = self._hit(written)
            if word:
                found.append(Cut(word, *one.span()))
                if len(found) == _MOST_HITS:
                    break
        return found

    def _hit(self, written: str) -> str:
        """The word as it is searched, if it is a hit; else nothing."""
        word = word_of(written)
        fits = any(word.startswith(one) if begun else word == one for one, begun in self._words)
        return word if word and fits else ""


@lru_cache(maxsize=8)
def _marker(words: frozenset[tuple[str, bool]]) -> _Marker:
    return _Marker(words)


def _best(hits: Sequence[Cut], wide: int) -> int:
    """Where the part begins that holds most different words; the first of several."""
    return max(hits, key=lambda one: (len(_window(hits, one.start, wide)), -one.start)).start


def _window(hits: Sequence[Cut], start: int, wide: int) -> set[str]:
    return {one.word for one in hits if start <= one.start and one.end <= start + wide - _BEFORE}
