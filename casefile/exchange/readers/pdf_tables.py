"""Tables on the pages of a PDF, found by their ruled lines: rows as lines, cells apart by tabs.

A PDF knows no tables, only lines and letters. Without this a row whose cells hold two lines each comes out
as words in an order nobody meant, and who was at a meeting cannot be told from what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from pypdfium2.raw import FPDF_PAGEOBJ_PATH

MOST_OBJECTS = 5_000
"""Objects looked at on one page; a page with more is a map or a drawing."""
MOST_LINES = 600
_THIN = 3.0
_NEAR = 3.0
_SHORTEST = 6.0
"""In points: how thick a ruled line may be, how near two count as one, how short it may be."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A ruled line by its bounds in points, from the lower left of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def across(self) -> bool:
        """Whether it runs from side to side."""
        return self.right - self.left > self.top - self.bottom

    def touches(self, other: _Rule) -> bool:
        """Whether the two meet, or nearly."""
        return (
            self.left - _NEAR <= other.right
            and other.left - _NEAR <= self.right
            and self.bottom - _NEAR <= other.top
            and other.bottom - _NEAR <= self.top
        )


def words_with_tables(page: Any, textpage: Any, plain: str) -> str:
    """The words of a page with its tables as rows of cells; *plain* where it has none.

    No letter is ever lost: where the pieces do not add up to the letters of the page, *plain* is given back.
    """
    tables = sorted(_tables(page), key=lambda rules: -max(one.top for one in rules))
    if not tables:
        return plain
    _, height = page.get_size()
    width = page.get_width()
    parts: list[str] = []
    above = height + 1e4
    for rules in tables:
        top, bottom = max(one.top for one in rules), min(one.bottom for one in rules)
        parts.append(_text(textpage, -1e4, top, width + 1e4, above))
        parts.extend(_rows(textpage, rules))
        above = bottom
    parts.append(_text(textpage, -1e4, -1e4, width + 1e4, above))
    said = "\n".join(part for part in parts if part)
    return said if _letters(said) == _letters(plain) else plain


def _tables(page: Any) -> list[list[_Rule]]:
    """Ruled lines that hang together and make at least two columns; none where tables stand side by side."""
    groups: list[list[_Rule]] = []
    for rule in _rules(page):
        meeting = [group for group in groups if any(rule.touches(one) for one in group)]
        merged = [rule, *(one for group in meeting for one in group)]
        groups = [group for group in groups if group not in meeting] + [merged]
    found = [
        group
        for group in groups
        if len(_places(group, across=False)) > 2 and len(_places(group, across=True)) > 1
    ]
    spans = sorted((min(one.bottom for one in group), max(one.top for one in group)) for group in found)
    apart = all(below[1] <= above[0] + _NEAR for below, above in pairwise(spans))
    return found if apart else []


def _rules(page: Any) -> list[_Rule]:
    found: list[_Rule] = []
    objects: Iterable[Any] = islice(page.get_objects(max_depth=1), MOST_OBJECTS + 1)
    for place, one in enumerate(objects):
        if place == MOST_OBJECTS or len(found) > MOST_LINES:
            return []
        if one.type != FPDF_PAGEOBJ_PATH:
            continue
        bounds: tuple[float, float, float, float] = one.get_bounds()
        left, bottom, right, top = bounds
        wide, high = right - left, top - bottom
        if (high <= _THIN and wide >= _SHORTEST) or (wide <= _THIN and high >= _SHORTEST):
            found.append(_Rule(left, bottom, right, top))
    return found


def _places(rules: Iterable[_Rule], *, across: bool) -> list[float]:
    """Where the lines of one direction stand, those near one another as one."""
    middles = sorted(
        (one.bottom + one.top) / 2 if across else (one.left + one.right) / 2
        for one in rules
        if one.across == across
    )
    found: list[float] = []
    for middle in middles:
        if not found or middle - found[-1] > _NEAR:
            found.append(middle)
    return found


def _rows(textpage: Any, rules: list[_Rule]) -> Iterable[str]:
    heights, sides = _places(rules, across=True), _places(rules, across=False)
    for bottom, top in reversed(list(pairwise(heights))):
        level = (bottom + top) / 2
        edges = [side for side in sides if _ruled(rules, side, level)]
        cells = [
            " ".join(_text(textpage, left, bottom, right, top).split()) for left, right in pairwise(edges)
        ]
        if any(cells):
            yield "\t".join(cells)


def _ruled(rules: list[_Rule], side: float, level: float) -> bool:
    """Whether an upright line stands at a side on a level: where none does, cells are joined."""
    return any(
        not one.across and abs((one.left + one.right) / 2 - side) <= _NEAR and one.bottom <= level <= one.top
        for one in rules
    )


def _text(textpage: Any, left: float, bottom: float, right: float, top: float) -> str:
    said: str = textpage.get_text_bounded(left, bottom, right, top)
    return said.replace("\ufffe", "-").replace("\r\n", "\n").strip()


def _letters(said: str) -> Counter[str]:
    return Counter(letter for letter in said if letter.isalnum())
