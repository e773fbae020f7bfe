"""A few words of a text around what was searched for, with the hits marked; drawn from the text itself, never from an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from casefile.words.cut import Cut, cut

WIDE = 180
"""Letters of a text that are shown."""
FAR = 400_000
"""Letters of a text that are looked through for a hit to show."""
_BEFORE, _MOST_HITS = 50, 200


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
    wanted = tuple(words)
    hits = list(islice((one for one in cut(text[:FAR]) if _fits(one.word, wanted)), _MOST_HITS))
    begin = max(0, _best(hits, wide) - _BEFORE) if hits else 0
    if hits and hits[0].end < wide - 10:
        first = [one for one in hits if one.end < wide]
        if len({one.word for one in first}) >= len(_window(hits, _best(hits, wide), wide)):
            begin = 0
    if begin:
        space = text.find(" ", begin, begin + 20)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + wide)
    if end < len(text):
        space = text.rfind(" ", begin + wide - 30, end)
        end = space if space > begin else end
    lead, trail = ("…" if begin else ""), ("…" if end < len(text) else "")
    shown = "".join(" " if one.isspace() else one for one in text[begin:end])
    shift = len(lead) - begin
    marks = tuple(
        (one.start + shift, one.end + shift) for one in hits if begin <= one.start and one.end <= end
    )
    return Snippet(f"{lead}{shown}{trail}", marks)


def _fits(word: str, wanted: Sequence[tuple[str, bool]]) -> bool:
    return any(word.startswith(one) if begun else word == one for one, begun in wanted)


def _best(hits: Sequence[Cut], wide: int) -> int:
    """Where the part begins that holds most different words; the first of several."""
    return max(hits, key=lambda one: (len(_window(hits, one.start, wide)), -one.start)).start


def _window(hits: Sequence[Cut], start: int, wide: int) -> set[str]:
    return {one.word for one in hits if start <= one.start and one.end <= start + wide - _BEFORE}
