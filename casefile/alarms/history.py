"""All that was ever recorded of one file, and what was learnt when. Plain facts, no database."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from casefile.record.facts import EntryFact
from casefile.record.owed import Owed, TaskSaid, by_day, first_known_days, latest_versions
from casefile.record.persons import FactView, PersonView

K = TypeVar("K")
V = TypeVar("V")
PEOPLE, HOLDERS, AWAY, SAID = "the people", "the holders", "the absences", "what was said of tasks"
EXCEPTED = "exceptions from hand-over"
"""What may change beside the entries, which change by section."""


@dataclass(frozen=True, slots=True)
class Away:
    """An officer's absence: from its first day until its last, None while it is open; when it was known.

    A later record may put an earlier one right.
    """

    officer_id: UUID
    from_on: date
    until_on: date | None
    known_on: date
    why: str = ""
    id: UUID | None = None
    replaces_id: UUID | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NoHandover:
    """A supervisor's word that a file is not handed over until a day, that day included, though its holder is away."""

    officer_id: UUID
    role: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class History:
    """All that was ever recorded of one file.

    Attributes:
        entries: Every version of every entry.
        said: What officers said of tasks.
        people: Everybody involved, with every row of fact, also those replaced and withdrawn.
        holders: Rows of allocation, also those replaced.
        away: Absences of whoever held the file.
        officers: Names of officers by identity, as shown.
        excepted: Exceptions from handing it over.
        derived: A day, and the tasks that follow from all that was known by it, where somebody derived them already.
    """

    file_id: UUID
    reference: str
    opened_on: date
    entries: tuple[EntryFact, ...]
    said: tuple[TaskSaid, ...]
    people: tuple[PersonView, ...]
    holders: tuple[FactView, ...]
    away: tuple[Away, ...] = ()
    officers: Mapping[UUID, str] = field(default_factory=dict[UUID, str])
    excepted: tuple[NoHandover, ...] = ()
    derived: tuple[date, tuple[Owed, ...]] | None = None

    def days_learnt(self) -> tuple[date, ...]:
        """The days on which police learnt something of the file, in order; the day it was opened is the first."""
        return self._learnt

    @cached_property
    def _learnt(self) -> tuple[date, ...]:
        found = {self.opened_on}
        found |= {one.known_on for one in self.entries}
        found |= {one.known_on for one in self.said}
        found |= {one.known_on for one in self.away}
        found |= {one.from_on for one in self.excepted}
        found |= {one.values["known_on"] for one in self.holders}
        for person in self.people:
            for facts in person.facts.values():
                found |= {one.values["known_on"] for one in facts if one.file_id == self.file_id}
        return tuple(sorted(found))

    @cached_property
    def by_section(self) -> Mapping[str, tuple[EntryFact, ...]]:
        """Every version of every entry of a section, by the day it happened."""
        return _grouped((one.section, one) for one in sorted(self.entries, key=by_day))

    @cached_property
    def amended(self) -> frozenset[str]:
        """The sections of which an entry was amended."""
        return frozenset(one.section for one in self.entries if one.version > 1)

    def latest(self, sections: tuple[str, ...], day: date) -> tuple[EntryFact, ...]:
        """The latest version known by a day of each entry of these sections, oldest first."""
        rows = [one for key in sections for one in self.by_section.get(key, ()) if one.known_on <= day]
        if not self.amended.isdisjoint(sections):
            return tuple(latest_versions(rows))
        return tuple(rows if len(sections) == 1 else sorted(rows, key=by_day))

    def always(self, key: str, make: Callable[[], V]) -> V:
        """What follows from all that was recorded, whatever day is looked at: made once for all days."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def _made(self) -> dict[str, Any]:
        return {}

    def people_then(self, day: date, told: Callable[[], V]) -> V:
        """What *told* tells of the people as known by a day: told once for all days between which nothing of them changes."""
        place = bisect_right(self._people_change, day)
        if place not in self._told_of_people:
            self._told_of_people[place] = told()
        return self._told_of_people[place]

    @cached_property
    def _people_change(self) -> tuple[date, ...]:
        """The days on which a fact about somebody became known, or ended."""
        facts = [one for each in self.people for rows in each.facts.values() for one in rows]
        ended = {until for one in facts if (until := one.get("until_on"))}
        return tuple(sorted(ended | {one.values["known_on"] for one in facts}))

    @cached_property
    def _told_of_people(self) -> dict[int, Any]:
        return {}

    def tasks_known_by(self, day: date) -> tuple[Owed, ...] | None:
        """The tasks that follow from what was known by a day, where they were derived already; None where not."""
        if self.derived is None:
            return None
        until, tasks = self.derived
        return tasks if bisect_right(self._told, day) == bisect_right(self._told, until) else None

    @cached_property
    def _told(self) -> tuple[date, ...]:
        """The days on which entries, and words on tasks, became known."""
        return tuple(sorted({one.known_on for one in (*self.entries, *self.said)}))

    @cached_property
    def by_thread(self) -> Mapping[UUID, tuple[EntryFact, ...]]:
        """Every version of an entry, the first first."""
        rows = sorted(self.entries, key=lambda one: one.version)
        return _grouped((one.thread_id, one) for one in rows)

    @cached_property
    def first_known(self) -> Mapping[UUID, date]:
        """When police first knew of an entry, by its thread."""
        return first_known_days(self.entries)

    @cached_property
    def by_id(self) -> Mapping[UUID, EntryFact]:
        """Each version by its identity."""
        return {one.id: one for one in self.entries}

    @cached_property
    def news(self) -> tuple[frozenset[str], ...]:
        """What was new on each of the days learnt: sections of entries, people, holders, absences, words on tasks."""
        found: list[set[str]] = [set() for _ in self._learnt]

        def told(day: date, what: str) -> None:
            if (place := bisect_left(self._learnt, day)) < len(found):
                found[place].add(what)

        for entry in self.entries:
            told(entry.known_on, entry.section)
        for said in self.said:
            told(said.known_on, SAID)
        for away in self.away:
            told(away.known_on, AWAY)
        for word in self.excepted:
            told(word.from_on, EXCEPTED)
        facts = [(one, PEOPLE) for each in self.people for rows in each.facts.values() for one in rows]
        for fact, what in (*facts, *((one, HOLDERS) for one in self.holders)):
            told(fact.values["known_on"], what)
            if until := fact.get("until_on"):
                told(until, what)
        return tuple(frozenset(one) for one in found)


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: tuple(rows) for key, rows in found.items()}
