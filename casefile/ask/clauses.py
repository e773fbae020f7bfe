"""From clauses to conditions of a statement. Pure: days are reckoned here, so that the engine only compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Text, and_, func, or_
from sqlalchemy import cast as as_type

from casefile.ask.facts import Fact, Ground, Kind
from casefile.ask.shape import Clause, Unit
from casefile.record.persons import ESCAPE, held_in
from casefile.standards import add_months, add_working_days

Facts = Mapping[str, Fact]
PARAMETER = "$"
"""How a value begins that stands for what the officer says."""
_PER_UNIT = {"days": timedelta(days=1), "weeks": timedelta(days=7)}
_MONTHS = {"months": 1, "years": 12}
_EARLIEST, _LATEST = date(1800, 1, 1), date(2400, 12, 31)


def moved(day: date, number: int, unit: Unit) -> date:
    """The day so many days, working days, weeks, months or years on; before it if negative."""
    try:
        if unit == "working_days":
            found = add_working_days(day, number)
        elif unit in _MONTHS:
            found = add_months(day, number * _MONTHS[unit])
        else:
            found = day + number * _PER_UNIT[unit]
    except (OverflowError, ValueError):
        return _EARLIEST if number < 0 else _LATEST
    return min(max(found, _EARLIEST), _LATEST)


def conditions(
    clauses: list[Clause], facts: Facts, said: Mapping[str, Any], ground: Ground
) -> list[ColumnElement[bool]]:
    """The conditions that clauses set; one whose parameter was left empty sets none."""
    found = (_condition(one, facts, said, ground) for one in clauses)
    return [one for one in found if one is not None]


def _condition(
    clause: Clause, facts: Facts, said: Mapping[str, Any], ground: Ground
) -> ColumnElement[bool] | None:
    if clause.any:
        several = [one for each in clause.any if (one := _condition(each, facts, said, ground)) is not None]
        return or_(*several) if several else None
    fact = facts[clause.fact]
    made = fact.make(ground)
    if clause.test in ("known", "unknown"):
        return _known(fact, made) if clause.test == "known" else ~_known(fact, made)
    value = _value(clause, said)
    if value is None:
        return None
    if clause.test in ("earlier_than", "later_than"):
        other = facts[str(value)].make(ground)
        found = made < other if clause.test == "earlier_than" else made > other
    else:
        found = _TESTS[clause.test](_Asked(fact, made, value, clause.unit, ground.day))
    return or_(found, ~_known(fact, made)) if clause.or_unknown else found


def _known(fact: Fact, made: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether anything is known: an empty text is nothing."""
    if fact.kind is Kind.TEXT:
        return func.coalesce(made, "") != ""
    return made.is_not(None)


def _value(clause: Clause, said: Mapping[str, Any]) -> Any:
    value = clause.value
    if isinstance(value, str) and value.startswith(PARAMETER):
        return said[value.removeprefix(PARAMETER)]
    return True if clause.test == "past" and value is None else value


@dataclass(frozen=True, slots=True)
class _Asked:
    """One test about to be made: of a fact, as made, against a value, as of a day."""

    fact: Fact
    made: ColumnElement[Any]
    value: Any
    unit: Unit
    day: date

    def values(self) -> list[Any]:
        """Several values, or the one as several."""
        value = self.value
        return cast("list[Any]", value) if isinstance(value, list) else [value]

    def back(self) -> date:
        """The day so many before the day asked."""
        return moved(self.day, -int(self.value), self.unit)

    def on(self) -> date:
        """The day so many after the day asked."""
        return moved(self.day, int(self.value), self.unit)


def _is(asked: _Asked) -> ColumnElement[bool]:
    if asked.fact.kind is Kind.YES_NO:
        return asked.made.is_(bool(asked.value))
    if asked.fact.kind is Kind.TEXT:
        return func.lower(asked.made) == str(asked.value).lower()
    return asked.made == asked.value


def _is_not(asked: _Asked) -> ColumnElement[bool]:
    """Anything else, and what is not known: unknown is not yes."""
    return or_(asked.made.is_(None), ~_is(asked))


def _one_of(asked: _Asked) -> ColumnElement[bool]:
    return asked.made.in_(asked.values())


def _none_of(asked: _Asked) -> ColumnElement[bool]:
    return or_(asked.made.is_(None), asked.made.not_in(asked.values()))


def _contains(asked: _Asked) -> ColumnElement[bool]:
    """Every word stands somewhere in it, in small or large letters."""
    return and_(*(_stands(one, asked.made) for one in str(asked.value).split()))


def _stands(word: str, made: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a word stands in a text. One engine knows the capitals of A to Z only, so those of names are tried too."""
    written = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(
        func.lower(made).like(held_in(word.lower()), escape=ESCAPE),
        *(made.like(held_in(one), escape=ESCAPE) for one in sorted(written)),
    )


def _holds(asked: _Asked) -> ColumnElement[bool]:
    """One of the codes stands in the list."""
    kept = as_type(asked.made, Text)
    return and_(asked.made.is_not(None), or_(*(kept.contains(f'"{one}"') for one in asked.values())))


_TESTS: Mapping[str, Callable[[_Asked], ColumnElement[bool]]] = {
    "is": _is,
    "is_not": _is_not,
    "one_of": _one_of,
    "none_of": _none_of,
    "contains": _contains,
    "holds": _holds,
    "lacks": lambda asked: ~_holds(asked),
    "at_least": lambda asked: asked.made >= asked.value,
    "at_most": lambda asked: asked.made <= asked.value,
    "longer_ago": lambda asked: asked.made < asked.back(),
    "within": lambda asked: asked.made.between(asked.back(), asked.day),
    "ahead": lambda asked: asked.made.between(asked.day, asked.on()),
    "past": lambda asked: asked.made < asked.day if asked.value else asked.made >= asked.day,
    "since": lambda asked: asked.made >= asked.value,
    "before": lambda asked: asked.made < asked.value,
}
