"""Which column holds what, guessed from its heading and from what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from casefile.exchange.docket.days import looks_like_day
from casefile.exchange.docket.words import NOTE, Target, heading_key, is_nothing, meaning, targets

CERTAIN, LIKELY, UNSURE = 90, 82, 75
"""Marks out of 100 from which a guess is certain, likely or unsure; below it is none."""
_SHORT = 4
_WITHIN = 85
"""Mark of a heading that holds every word of a known one, and more."""
_MISFIT = 35
_RUNNING = 45


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to hold.

    Attributes:
        target: Key of the target; ``note`` when nothing fits.
        score: Out of 100.
        also: Label of a target it would fit too, that another column holds; "" if none.
    """

    target: str = NOTE
    score: int = 0
    also: str = ""

    @property
    def sure(self) -> str:
        """How sure: ``certain``, ``likely``, ``unsure`` or ``none``."""
        for least, word in ((CERTAIN, "certain"), (LIKELY, "likely"), (UNSURE, "unsure")):
            if self.score >= least:
                return word
        return "none"


def guess_columns(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> tuple[Guess, ...]:
    """What each column seems to hold; no two hold the same, unless that may be held by many."""
    marks = sorted(
        (
            (score, -column, target.key)
            for column, heading in enumerate(headings)
            for target in targets().values()
            if (score := _score(heading, target, samples[column])) >= UNSURE
        ),
        reverse=True,
    )
    found: dict[int, Guess] = {}
    also: dict[int, str] = {}
    taken: set[str] = set()
    for score, place, key in marks:
        target = targets()[key]
        if -place in found:
            continue
        if key in taken and not target.many:
            also.setdefault(-place, target.label)
            continue
        taken.add(key)
        found[-place] = Guess(key, score, also.get(-place, ""))
    return tuple(found.get(one, Guess(also=also.get(one, ""))) for one in range(len(headings)))


@cache
def heading_score(heading: str) -> int:
    """How much a text looks like the heading of any column, out of 100."""
    return max((_likeness(heading_key(heading), one) for one in targets().values()), default=0)


def _score(heading: str, target: Target, samples: Sequence[str]) -> int:
    score = _likeness(heading_key(heading), target)
    said = [one for one in samples if not is_nothing(one)]
    if not said or score < UNSURE:
        return score
    if target.key == "reference" and _runs(said):
        return score - _RUNNING
    fitting = sum(_fits(one, target.holds) for one in said) / len(said)
    return score if fitting >= 0.4 else score - _MISFIT


def _likeness(heading: str, target: Target) -> int:
    if not heading:
        return 0
    if heading in target.headings:
        return 100
    if len(heading) < _SHORT:
        return 0
    long = [one for one in target.headings if len(one) >= _SHORT]
    near = max((fuzz.ratio(heading, one) for one in long), default=0)
    turned = max((fuzz.token_sort_ratio(heading, one) for one in long), default=0)
    words = set(heading.split())
    within = _WITHIN if any(" " in one and set(one.split()) <= words for one in long) else 0
    return int(max(near, turned * 0.97, within))


def _fits(text: str, holds: str) -> bool:
    if holds == "date":
        return looks_like_day(text) or any(looks_like_day(one) for one in text.split("\n"))
    if holds in ("sex", "category", "risk"):
        return any(
            meaning(holds, one) for one in (text, *text.replace("/", "\n").replace("&", "\n").split("\n"))
        )
    if holds in ("children", "adults", "officer"):
        return any(one.isalpha() for one in text)
    return True


def _runs(said: Sequence[str]) -> bool:
    """Whether the values only count the rows: 1, 2, 3."""
    numbers = [int(one) for one in said if one.isascii() and one.isdigit()]
    return len(numbers) == len(said) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
