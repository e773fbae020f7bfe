"""What two people typed into one form, put together field by field. Pure.

Three states are weighed: what both began from, what is kept now (*theirs*) and what is to be kept (*yours*).
A field that only one of them changed is taken from them. A field that both changed is put together where that is
plain: lines of a text that lie apart, rows of a group, ticks of a list. Everything else is a clash, and a person
decides; until then theirs stands and yours is kept beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar, cast

DOUBTS = "_doubts"
"""Where, in the state of a form, stands what a source stated and cannot be taken as it is."""
_DOUBTED = "·stated"
"""How a doubted field is held while forms are put together: one thing, so that a date never stands beside its doubt."""
MOST_PARTS = 4_000
"""Lines of a text, or rows of a group, that are still put together; beyond, a person looks."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed, each in their own way."""

    field: str
    theirs: Any
    yours: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """A form put together.

    Attributes:
        values: The state to keep; where there is a clash, theirs.
        came_in: Fields in which something of theirs stands that yours did not hold.
        clashes: What a person has to decide.
    """

    values: dict[str, Any]
    came_in: tuple[str, ...]
    clashes: tuple[Clash, ...]


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> Merged:
    """Put two states of a form together that both began from *base*."""
    before, there, mine = fields_of(base), fields_of(theirs), fields_of(yours)
    kept: dict[str, Any] = {}
    came_in: list[str] = []
    clashes: list[Clash] = []
    for key in dict.fromkeys([*there, *mine, *before]):
        one, other, was = there.get(key), mine.get(key), before.get(key)
        value, plain = put_together(was, one, other)
        if not plain:
            clashes.append(Clash(key, one, other))
        elif value != other:
            came_in.append(key)
        if value is not None:
            kept[key] = value
    return Merged(form_of_fields(kept), tuple(came_in), tuple(clashes))


def put_together(base: Any, theirs: Any, yours: Any) -> tuple[Any, bool]:
    """One field put together; theirs and False when a person has to decide."""
    if theirs == yours or yours == base:
        return theirs, True
    if theirs == base:
        return yours, True
    stands: Any = theirs
    made: Any = None
    if isinstance(theirs, str) and isinstance(yours, str) and isinstance(base, str):
        lines = _weave(base.split("\n"), theirs.split("\n"), yours.split("\n"), str, rows=False)
        made = "\n".join(lines) if lines is not None else None
    elif isinstance(theirs, list) and isinstance(yours, list) and isinstance(base, list | None):
        made = _lists(cast("list[Any]", base or []), cast("list[Any]", theirs), cast("list[Any]", yours))
    return (stands, False) if made is None else (made, True)


def can_join(theirs: Any, yours: Any) -> bool:
    """Whether both of two values can be kept in one field: two texts, or two lists."""
    return any(isinstance(theirs, kind) and isinstance(yours, kind) for kind in (str, list)) and not (
        isinstance(theirs, str) and _one_word(theirs, cast("str", yours))
    )


def joined(theirs: Any, yours: Any) -> Any:
    """Both of two texts, one below the other, or of two lists; what stands in both stands once."""
    if isinstance(theirs, str) and isinstance(yours, str):
        if yours in theirs:
            return theirs
        return yours if theirs in yours else f"{theirs}\n{yours}"
    first, more = cast("list[Any]", theirs), cast("list[Any]", yours)
    return [*first, *(one for one in more if one not in first)]


def fields_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """A state by field: what a source stated of a field stands in the field's place."""
    found = {key: value for key, value in state.items() if key != DOUBTS and value is not None}
    doubts: Mapping[str, Any] = state.get(DOUBTS) or {}
    return found | {key: {_DOUBTED: dict(one)} for key, one in doubts.items()}


def form_of_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The state of a form again, from its fields."""
    values = {key: one for key, one in fields.items() if not is_doubted(one)}
    doubts = {key: one[_DOUBTED] for key, one in fields.items() if is_doubted(one)}
    return values | ({DOUBTS: doubts} if doubts else {})


def is_doubted(value: Any) -> bool:
    """Whether a field holds what a source stated instead of a value."""
    return isinstance(value, dict) and _DOUBTED in value


def doubt_of(value: Any) -> dict[str, str]:
    """What a source stated of a doubted field, and why it is doubted."""
    return dict(value[_DOUBTED])


def _one_word(theirs: str, yours: str) -> bool:
    """Codes, days and times are one word, and two of them make no sense in one field."""
    return not any(mark in words for words in (theirs, yours) for mark in (" ", "\n"))


def _lists(base: list[Any], theirs: list[Any], yours: list[Any]) -> list[Any] | None:
    if any(isinstance(one, dict) for one in (*base, *theirs, *yours)):
        return _weave(base, theirs, yours, _row_key, rows=True)
    gone = [one for one in base if one not in yours]
    kept = [one for one in theirs if one not in gone]
    return [*kept, *(one for one in yours if one not in kept and one not in base)]


def _row_key(row: Any) -> str:
    return json.dumps(row, sort_keys=True, default=str)


def _weave(
    base: Sequence[T], theirs: Sequence[T], yours: Sequence[T], key: Callable[[T], Hashable], *, rows: bool
) -> list[T] | None:
    """Parts changed apart from one another, each in its place; None where two changes meet.

    Rows that both add at one place stand one after the other, theirs first; lines of a text that both add at one place
    meet, for what a text says hangs on the order.
    """
    if max(len(base), len(theirs), len(yours)) > MOST_PARTS:
        return None
    keys = [key(one) for one in base]
    first, second = _changes(keys, theirs, key), _changes(keys, yours, key)
    made: list[T] = []
    at = 0
    while first or second:
        one, other = (first[0] if first else None), (second[0] if second else None)
        if one is not None and other is not None and _meet(one, other, key, rows=rows):
            return None
        same = one is not None and other is not None and _same(one, other, key)
        begins_first = one is not None and (other is None or one[:2] <= other[:2])
        taken = first.pop(0) if begins_first else second.pop(0)
        if same:
            second.pop(0)
        made += base[at : taken[0]]
        made += taken[2]
        at = max(at, taken[1])
    return [*made, *base[at:]]


_Change = tuple[int, int, list[T]]
"""From where to where of the base, and what stands there instead."""


def _changes(keys: list[Hashable], changed: Sequence[T], key: Callable[[T], Hashable]) -> list[_Change[T]]:
    matcher = SequenceMatcher(None, keys, [key(one) for one in changed], autojunk=False)
    return [
        (low, high, list(changed[start:end]))
        for tag, low, high, start, end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _same(one: _Change[T], other: _Change[T], key: Callable[[T], Hashable]) -> bool:
    return one[:2] == other[:2] and [key(each) for each in one[2]] == [key(each) for each in other[2]]


def _meet(one: _Change[T], other: _Change[T], key: Callable[[T], Hashable], *, rows: bool) -> bool:
    """Whether two changes lie on each other; of a text, also where no unchanged line lies between them."""
    if _same(one, other, key):
        return False
    if rows:
        return one[0] < other[1] and other[0] < one[1]
    return one[0] <= other[1] and other[0] <= one[1]
