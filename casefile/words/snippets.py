"""A few words of a text around what was searched for, with the hits marked; drawn from the text itself, never from an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from casefile.words.cut import APOSTROPHES, WORD, word_of

WIDE = 180
"""Letters of a text that are shown."""
FAR = 400_000
"""Letters of a text that are looked through for a hit to show."""
_BEFORE, _MOST_HITS = 50, 200
_SPACE = re.compile(r"[^\S ]")
"""What parts words, but for the blank that takes its place."""
_ENDS = rf"(?![^\W_])(?![{APOSTROPHES}][^\W_])"


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
    begin = _begin(hits, wide) if hits and hits[-1][2] > wide - 10 else 0
    if begin:
        space = text.find(" ", begin, begin + 20)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + wide)
    if end < len(text):
        space = text.rfind(" ", begin + wide - 30, end)
        end = space if space > begin else end
    lead, trail = ("…" if begin else ""), ("…" if end < len(text) else "")
    shift = len(lead) - begin
    marks = tuple([(at + shift, to + shift) for _, at, to in hits if begin <= at and to <= end])
    return Snippet(f"{lead}{_SPACE.sub(' ', text[begin:end])}{trail}", marks)


_Hit = tuple[str, int, int]
"""A word that is a hit, as it is searched, and where it begins and ends: a plain one, for there are thousands."""


class _Marker:
    """Looks for the same words in one text after another; what is written alike is looked at once.

    Most words of a text are no hits: it is cut whole, and only what is written like a hit is looked for in its places.
    """

    def __init__(self, words: frozenset[tuple[str, bool]]) -> None:
        self._words = words
        self._seen: set[str] = set()
        self._known: dict[str, str] = {}
        self._written: re.Pattern[str] | None = None
        self._learning = Lock()

    def hits(self, text: str) -> list[_Hit]:
        """The words that are hits, in the order of the text."""
        written = self._learn((text if len(text) <= FAR else text[:FAR]).split())
        found: list[_Hit] = []
        if written is None:
            return found
        known = self._known
        for one in written.finditer(text, 0, FAR):
            start = one.start()
            if start and text[start - 1] != " " and _goes_on(text, start):
                continue
            found.append((known[one[0]], start, one.end()))
            if len(found) == _MOST_HITS:
                break
        return found

    def _learn(self, parts: list[str]) -> re.Pattern[str] | None:
        """What finds the hits in a text of these parts, and in those that were seen before."""
        if not self._seen.issuperset(parts):
            with self._learning:
                new = set(parts) - self._seen
                written = {one for part in new for one in WORD.findall(part)} - self._known.keys()
                hits = {one: word for one in written if (word := self._hit(one))}
                if hits:
                    self._known |= hits
                    either = "|".join(map(re.escape, sorted(self._known)))
                    self._written = re.compile(f"(?:{either}){_ENDS}")
                self._seen |= new  # last: whoever has seen a part also looks for its hits
        return self._written

    def _hit(self, written: str) -> str:
        """The word as it is searched, if it is a hit; else nothing."""
        word = word_of(written)
        fits = any(word.startswith(one) if begun else word == one for one, begun in self._words)
        return word if word and fits else ""


def _goes_on(text: str, place: int) -> bool:
    """Whether a word that began before it goes on at a place."""
    before = text[place - 1]
    return before.isalnum() or (before in APOSTROPHES and place > 1 and text[place - 2].isalnum())


@lru_cache(maxsize=8)
def _marker(words: frozenset[tuple[str, bool]]) -> _Marker:
    return _Marker(words)


def _begin(hits: Sequence[_Hit], wide: int) -> int:
    """Where to begin so that most different words are shown: at the beginning of the text where as many stand there."""
    first = {word for word, _, end in hits if end < wide - 10}
    if len(first) == len({word for word, _, _ in hits}):
        return 0
    most, best, upto = 0, hits[0][1], 0
    for place, (_, start, _) in enumerate(hits):
        while upto < len(hits) and hits[upto][2] <= start + wide - _BEFORE:
            upto += 1
        here = len({word for word, _, _ in hits[place:upto]})
        if here > most:
            most, best = here, start
    return max(0, best - _BEFORE) if len(first) < most else 0
