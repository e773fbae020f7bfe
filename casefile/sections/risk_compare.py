"""One risk assessment held against the last, and the risk over time. Pure.

Unknown is not "no": a factor of which nobody knows is told apart from one that is not there, and a factor that is
simply no longer listed from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from casefile.record.facts import EntryFact
from casefile.standards import Library

_THERE = ("present", "suspected")
NOT_LISTED = "Not listed"


class Moved(StrEnum):
    """What became of a factor since the last assessment."""

    GAINED = "new"
    CHANGED = "changed"
    LOST = "gone"
    UNKNOWN = "not known"
    DROPPED = "no longer listed"
    SAME = "the same"


_ORDER = tuple(Moved)


@dataclass(frozen=True, slots=True)
class FactorMove:
    """One factor in both assessments.

    Attributes:
        factor: Code of the factor.
        before, after: Codes of its states; None where it is not listed.
        evidence: What shows it now.
    """

    factor: str
    before: str | None
    after: str | None
    moved: Moved
    seen_on: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """An assessment beside the one before it.

    Attributes:
        level: -1 fallen, 0 the same, 1 risen.
        factors: Every factor of either, what moved first.
        protective_gained, protective_lost: Codes of protective factors.
    """

    before: EntryFact
    after: EntryFact
    level: int
    factors: tuple[FactorMove, ...]
    protective_gained: tuple[str, ...]
    protective_lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The level as judged on a day; ``height`` is its place among the levels, 0 for not yet assessed."""

    on: date
    level: str
    height: int
    entry_id: UUID


def before(entry: EntryFact, entries: Iterable[EntryFact]) -> EntryFact | None:
    """The assessment before this one among *entries* (latest versions), by the day it was made."""
    earlier = [
        one
        for one in entries
        if one.section == "risk" and one.thread_id != entry.thread_id and _place(one) < _place(entry)
    ]
    return max(earlier, key=_place, default=None)


def compare(earlier: EntryFact, later: EntryFact, library: Library) -> Comparison:
    """Hold *later* against *earlier*."""
    old, new = _factors(earlier), _factors(later)
    order = {one.code: place for place, one in enumerate(library.codes("risk_factor").codes)}
    moves = [_move(one, old.get(one), new.get(one)) for one in {**old, **new}]
    moves.sort(key=lambda one: (_ORDER.index(one.moved), order.get(one.factor, len(order))))
    had, has = _codes(earlier), _codes(later)
    return Comparison(
        earlier,
        later,
        _sign(_height(later, library) - _height(earlier, library)),
        tuple(moves),
        tuple(one for one in has if one not in had),
        tuple(one for one in had if one not in has),
    )


def over_time(entries: Iterable[EntryFact], library: Library) -> tuple[RiskPoint, ...]:
    """The level on each day it was judged, oldest first; of one day the last judgement counts."""
    points: dict[date, RiskPoint] = {}
    for one in sorted((one for one in entries if one.section == "risk"), key=_place):
        if one.happened_on is not None and one.get("level"):
            level = str(one.get("level"))
            points[one.happened_on] = RiskPoint(one.happened_on, level, _height(one, library), one.id)
    return tuple(points[day] for day in sorted(points))


def level_words(held: Comparison, library: Library) -> str:
    """How the level moved, in a sentence."""
    label = library.codes("risk_level").label
    was, now = (label(str(one.get("level") or "not_assessed")) for one in (held.before, held.after))
    return {
        1: f"The level rose from {was.lower()} to {now.lower()}.",
        -1: f"The level fell from {was.lower()} to {now.lower()}.",
    }.get(held.level, f"The level is unchanged: {now.lower()}.")


def rows_of(held: Comparison, library: Library) -> tuple[tuple[str, str, str, str], ...]:
    """The comparison as a table in words: factor, before, now, what became of it."""
    factor, state = library.codes("risk_factor").label, library.codes("risk_factor_state").label
    protective = library.codes("protective_factor").label
    rows = [
        (
            factor(one.factor),
            state(one.before) if one.before else NOT_LISTED,
            state(one.after) if one.after else NOT_LISTED,
            one.moved.value,
        )
        for one in held.factors
    ]
    rows += [(f"Protective: {protective(one)}", "No", "Yes", "new") for one in held.protective_gained]
    rows += [(f"Protective: {protective(one)}", "Yes", "No", "gone") for one in held.protective_lost]
    return tuple(rows)


def _factors(entry: EntryFact) -> dict[str, Mapping[str, Any]]:
    return {str(row["factor"]): row for row in entry.rows("factors") if row.get("factor")}


def _codes(entry: EntryFact) -> Sequence[str]:
    return tuple(entry.get("protective") or ())


def _move(factor: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> FactorMove:
    was = str(old.get("factor_state") or "unknown") if old else None
    now = str(new.get("factor_state") or "unknown") if new else None
    seen_on: date | None = new.get("seen_on") if new else None
    evidence = str(new.get("evidence") or "") if new else ""
    return FactorMove(factor, was, now, _moved(was, now), seen_on, evidence)


def _moved(was: str | None, now: str | None) -> Moved:
    if now is None:
        return Moved.DROPPED
    if now == "unknown":
        return Moved.SAME if was == now else Moved.UNKNOWN
    if now in _THERE and was not in _THERE:
        return Moved.GAINED
    if was in _THERE and now not in _THERE:
        return Moved.LOST
    return Moved.SAME if was == now else Moved.CHANGED


def _height(entry: EntryFact, library: Library) -> int:
    levels = [one.code for one in library.codes("risk_level").codes]
    level = str(entry.get("level") or "not_assessed")
    return levels.index(level) if level in levels else 0


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _place(entry: EntryFact) -> tuple[date, Any, UUID]:
    return entry.happened_on or entry.known_on, entry.recorded_at, entry.thread_id
