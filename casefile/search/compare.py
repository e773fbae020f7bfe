"""How like a person on record is to whoever is looked for: one score, and in words why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from rapidfuzz import fuzz

from casefile.names.births import Told, compare, of_day
from casefile.names.fold import Token, tokens
from casefile.names.likeness import Likeness, alike
from casefile.record.looks import keys_of
from casefile.search.asked import Asked

LEAST = 60.0
"""From this score on somebody is worth showing."""
_KINDS = {
    "maiden": "maiden name", "birth": "name at birth", "married": "married name", "previous": "former name",
    "alias": "alias", "nickname": "nickname", "known_as": "name they are known by",
    "religious": "religious name", "transliteration": "transliteration",
}  # fmt: skip
_WHOLE, _WHOLE_LEAST = 80.0, 75.0
"""From which likeness of all the letters a name is worth showing, and up to which score that is asked for."""
_ACROSS = 0.97
"""What a likeness is worth that needs the words of two of a person’s names."""


_Said = TypeVar("_Said", bound=tuple[Any, ...])
Names = tuple[tuple[str | None, str, bool], ...]
"""Names as (kind, name, whether it stands)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the files an officer may see say of a person.

    Attributes:
        names: (kind, name, whether it stands).
        births: (day, precision, whether it stands).
    """

    names: Names = ()
    births: tuple[tuple[str, str | None, bool], ...] = ()
    keys: frozenset[str] = field(default_factory=frozenset[str])


def known(said: Iterable[Mapping[str, Any]], *, traces: bool = True) -> Known:
    """What several files say of one person, put together in an order that does not depend on theirs."""
    looks = list(said)
    names = [(one[0], one[1], bool(one[2])) for look in looks for one in look.get("names", ())]
    births = [(one[0], one[1], bool(one[2])) for look in looks for one in look.get("births", ())]
    keys = frozenset(key for look in looks for key in keys_of(look)) if traces else frozenset[str]()
    return Known(
        _once(names, lambda one: (not one[2], one[0] or "", one[1])),
        _once(births, lambda one: (not one[2], one[0], one[1] or "")),
        keys,
    )


def _once(said: Sequence[_Said], order: Callable[[_Said], Any]) -> tuple[_Said, ...]:
    """What several files say, each once and in one order."""
    return tuple(said) if len(said) < 2 else tuple(sorted(set(said), key=order))


@dataclass(frozen=True, slots=True)
class Judged:
    """How like somebody is, and why."""

    score: float
    why: tuple[str, ...]


def judging(asked: Asked) -> Callable[[Iterable[Mapping[str, Any]]], Judged]:
    """Judges people one after the other by what files say of them; many of one name are compared by it once."""
    met: dict[Names, Likeness] = {}

    def judged(said: Iterable[Mapping[str, Any]]) -> Judged:
        person = known(said, traces=bool(asked.traces))
        if asked.words and person.names not in met:
            met[person.names] = _name(asked, person)
        return judge(asked, person, met.get(person.names))

    return judged


def judge(asked: Asked, person: Known, name: Likeness | None = None) -> Judged:
    """How like a person is to whoever is asked for.

    The name counts most. A birth that was asked for lifts or lowers it by how well it fits; one that is not on record
    lowers it a little. Each address, number or vehicle that is the same lifts it.

    Args:
        name: How like the names are, where it is known already.
    """
    parts: list[tuple[float, float]] = []
    why: list[str] = []
    if asked.words:
        name = name or _name(asked, person)
        parts.append((name.score, 1.0))
        why += name.why
    if asked.born is not None:
        told = _birth(asked, person)
        if told.score is None:
            parts.append((70.0, 0.25 if asked.words else 0.6))
        else:
            parts.append((told.score, 0.55 if asked.words else 1.0))
            if told.score < 100 or not asked.words:
                why.append(told.why)
    same = sorted({words for key, words in asked.traces if key in person.keys})
    why += same
    base = sum(score * weight for score, weight in parts) / (sum(weight for _, weight in parts) or 1.0)
    if asked.traces:
        base = min(100.0, base + 6.0 * len(same)) if parts else (100.0 if same else 0.0)
        if parts and not same:
            base -= 3.0
    return Judged(round(max(0.0, base), 1), tuple(why))


def _name(asked: Asked, person: Known) -> Likeness:
    """The likeness to the best of a person’s names, or to the words of several of them."""
    best, words = Likeness(0.0), list[Token]()
    for kind, name, stands in person.names:
        held = tokens(name)
        words += held
        found = alike(asked.words, held)
        if found.score > best.score:
            best = Likeness(found.score, (*found.why, *_by(kind, name, stands)), found.missing, found.extra)
    if best.score < 99 and len(person.names) > 1:
        across = alike(asked.words, _each(words))
        lifted = min(99.0, (across.score + 3 * min(3, len(across.extra))) * _ACROSS)
        if lifted > best.score:
            best = Likeness(round(lifted, 2), (*across.why, "from several of their names"), across.missing)
    if best.score < _WHOLE_LEAST:
        best = max((best, *_as_a_whole(asked, person)), key=lambda one: one.score)
    return _with_order(asked, person, best)


def _as_a_whole(asked: Asked, person: Known) -> Iterator[Likeness]:
    """Names that as a whole are written almost alike, though no rule explains each word."""
    wanted = " ".join(one.plain for one in asked.words)
    for _, name, _ in person.names:
        ratio = fuzz.token_sort_ratio(wanted, " ".join(one.plain for one in tokens(name)))
        if ratio >= _WHOLE:
            yield Likeness(round(ratio * 0.75, 2), (f"{name} is written much like it as a whole",))


def _with_order(asked: Asked, person: Known, found: Likeness) -> Likeness:
    """Says so where the given name stands as the family name."""
    if found.missing:
        found = Likeness(
            found.score, (*found.why, f"without {' and '.join(found.missing)}"), found.missing, found.extra
        )
    if not (asked.given and asked.family and found.score >= LEAST):
        return found
    for _, name, _ in person.names:
        last = [one.plain for one in tokens(name.split()[-1])] if name.split() else []
        first = [one.plain for one in tokens(name.split()[0])] if name.split() else []
        if set(last) & asked.given and set(first) & asked.family:
            return Likeness(
                found.score,
                (*found.why, "given and family name the other way round"),
                found.missing,
                found.extra,
            )
    return found


def _by(kind: str | None, name: str, stands: bool) -> Sequence[str]:
    if kind in _KINDS:
        return (f"by their {_KINDS[kind]} {name}",)
    return () if stands else (f"by {name}, as the record had it before",)


def _each(words: Iterable[Token]) -> tuple[Token, ...]:
    held = {one.plain: one for one in words}
    return tuple(held[one] for one in sorted(held))


def _birth(asked: Asked, person: Known) -> Told:
    assert asked.born is not None
    found = [
        compare(asked.born, of_day(date.fromisoformat(day), precision)) for day, precision, _ in person.births
    ]
    scored = [one for one in found if one.score is not None]
    return max(scored, key=lambda one: (one.score or 0.0, one.why), default=Told(None))
