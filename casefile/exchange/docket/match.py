"""Who of the index is who in the file: by name, else by birth and likeness; an unborn child by its time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz

from casefile.exchange.docket.says import PersonSays
from casefile.exchange.docket.words import normal
from casefile.record.persons import PersonView, full_name
from casefile.sections.file_facts import CHILDREN

_SPELT = 80
"""Likeness out of 100 from which one name of the same birth or place is another spelling."""
_WEEKS = 70
"""Days a birth may lie from the day it was expected."""
BORN = "Taken as the child who was expected: check."
RESPELT = "Taken as the person whom the file calls {name}: another spelling."


class Matching:
    """People of one docket matched to those of one file, each once.

    Attributes:
        found: The person of the file for each person of the docket; None for somebody new.
        why: What is doubtful about a match, by the place of the person.
    """

    def __init__(self, people: Sequence[PersonSays], held: Iterable[PersonView], file_id: UUID) -> None:
        self._people = people
        self._file_id = file_id
        self._free = sorted(held, key=lambda one: one.id)
        self.found: list[UUID | None] = [None] * len(people)
        self.why: dict[int, str] = {}
        for way in (self._same_name, self._same_birth, self._was_expected, self._same_place):
            for place, person in enumerate(people):
                if self.found[place] is None and (other := way(person, self._fitting(person))):
                    self._free.remove(other)
                    self.found[place] = other.id
                    if why := self._doubt(way.__name__, person, other):
                        self.why[place] = why

    def _fitting(self, person: PersonSays) -> list[PersonView]:
        child = person.role in CHILDREN
        return [one for one in self._free if bool(CHILDREN & set(one.roles(self._file_id))) == child]

    def _doubt(self, way: str, person: PersonSays, other: PersonView) -> str:
        if way == "_same_name" or not person.named.shown or normal(other.name) == person.named.key:
            return ""
        return BORN if way == "_was_expected" and not person.named.unborn else RESPELT.format(name=other.name)

    def _same_name(self, person: PersonSays, held: list[PersonView]) -> PersonView | None:
        if not person.named.shown:
            return next((one for one in held if not one.facts.get("name")), None)
        named = [one for one in held if person.named.key in _names(one)]
        if len(named) > 1:
            born = [one for one in named if _born(one) == (person.born_on or person.expected_on)]
            named = born or named
        return named[0] if named else None

    def _same_birth(self, person: PersonSays, held: list[PersonView]) -> PersonView | None:
        if person.born_on is None:
            return None
        alike = [
            one
            for one in held
            if not one.unborn and one.born_on == person.born_on and _likeness(person, one) >= _SPELT
        ]
        return alike[0] if len(alike) == 1 else None

    def _was_expected(self, person: PersonSays, held: list[PersonView]) -> PersonView | None:
        on = person.born_on or person.expected_on
        if on is None or person.role not in CHILDREN:
            return None
        near = [one for one in held if one.unborn and _near(one.born_on, on)]
        return near[0] if len(near) == 1 else None

    def _same_place(self, person: PersonSays, held: list[PersonView]) -> PersonView | None:
        if person.role not in ("mother", "father"):
            return None
        there = [one for one in held if person.role in one.roles(self._file_id)]
        alike = [one for one in there if _likeness(person, one) >= _SPELT]
        return alike[0] if len(alike) == 1 else None


def _names(person: PersonView) -> set[str]:
    found = {normal(full_name(one.values)) for one in person.facts.get("name", ())}
    return found | {normal(person.name)}


def _born(person: PersonView) -> date | None:
    return person.born_on


def _near(expected: date | None, on: date) -> bool:
    return expected is not None and abs((on - expected).days) <= _WEEKS


def _likeness(person: PersonSays, other: PersonView) -> float:
    return max((fuzz.token_sort_ratio(person.named.key, one) for one in _names(other)), default=0)
