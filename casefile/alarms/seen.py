"""What police knew of one file by a day: everything the rules of alarms may look at. Plain facts, no database.

:class:`History` holds all that was ever recorded of a file; :func:`seen` cuts it to what was known by a day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from casefile.record.facts import EntryFact, Held
from casefile.record.owed import Owed, TaskSaid, first_known_days, latest_versions, standing
from casefile.record.persons import FactView, PersonView
from casefile.sections import SECTIONS
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.sections.plan import plan_stands
from casefile.standards import Library

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class History:
    """All that was ever recorded of one file.

    Attributes:
        entries: Every version of every entry.
        said: What officers said of tasks.
        people: Everybody involved, with every row of fact, also those replaced and withdrawn.
        holders: Rows of allocation, also those replaced.
        away: Absences of whoever held the file.
        officers: Names of officers by identity, as shown.
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

    def days_learnt(self) -> tuple[date, ...]:
        """The days on which police learnt something of the file, in order; the day it was opened is the first."""
        found = {self.opened_on}
        found |= {one.known_on for one in self.entries}
        found |= {one.known_on for one in self.said}
        found |= {one.known_on for one in self.away}
        found |= {one.values["known_on"] for one in self.holders}
        for person in self.people:
            for facts in person.facts.values():
                found |= {one.values["known_on"] for one in facts if one.file_id == self.file_id}
        return tuple(sorted(found))


@dataclass(frozen=True)
class Seen:
    """One file as police knew it on a day.

    Attributes:
        known_by: What was learnt later is not here.
        entries: The latest version of each entry then known, oldest first.
        first_known: By thread, when police first knew of it.
        people: Everybody involved with the facts then standing.
        holders: Rows of allocation then standing, newest first.
    """

    history: History
    known_by: date
    library: Library
    entries: Held
    first_known: Mapping[UUID, date]
    people: tuple[PersonView, ...]
    holders: tuple[FactView, ...]
    away: tuple[Away, ...]

    @property
    def file_id(self) -> UUID:
        """Identity of the file."""
        return self.history.file_id

    @cached_property
    def _by_thread(self) -> Mapping[UUID, tuple[EntryFact, ...]]:
        found: dict[UUID, list[EntryFact]] = {}
        for entry in self.history.entries:
            if entry.known_on <= self.known_by:
                found.setdefault(entry.thread_id, []).append(entry)
        return {key: tuple(sorted(rows, key=lambda one: one.version)) for key, rows in found.items()}

    def versions(self, entry: EntryFact) -> tuple[EntryFact, ...]:
        """Every version then known of an entry, the first first."""
        return self._by_thread[entry.thread_id]

    @cached_property
    def _by_id(self) -> Mapping[UUID, EntryFact]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _kept(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What *make* gives, made once for this day and kept under a key."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def of(self, *sections: str) -> tuple[EntryFact, ...]:
        """The entries of these sections, oldest first."""
        return self.entries.of(*sections)

    @cached_property
    def owed(self) -> tuple[Owed, ...]:
        """Tasks, also those that begin or end on a day stated ahead; none is called late."""
        held = [one for one in self.history.entries if one.known_on <= self.known_by]
        spoken = [one for one in self.history.said if one.known_on <= self.known_by]
        return tuple(standing(held, spoken, SECTIONS, self.library, date.max))

    def entry(self, entry_id: UUID | None) -> EntryFact | None:
        """An entry by the identity of its latest version."""
        return self._by_id.get(entry_id) if entry_id else None

    def last(self, section: str) -> EntryFact | None:
        """The latest entry of a section."""
        found = self.of(section)
        return found[-1] if found else None

    def first_on(
        self, section: str, since: date, when: Callable[[EntryFact], bool] = lambda _: True
    ) -> date | None:
        """The day of the first entry of a section on or after a day."""
        days = [day_of(one) for one in self.of(section) if day_of(one) >= since and when(one)]
        return min(days, default=None)

    @cached_property
    def children(self) -> tuple[PersonView, ...]:
        """The children of the file who are born and alive."""
        return tuple(one for one in self.people if self._is_child(one))

    def _is_child(self, person: PersonView) -> bool:
        roles = set(person.roles(self.file_id))
        born = self.born_on(person)
        unborn = born is None and (_expected(person) or roles & CHILDREN == {"unborn"})
        return bool(roles & CHILDREN) and not unborn and not _died(person)

    @cached_property
    def adults(self) -> tuple[PersonView, ...]:
        """Adults of the family and others of concern; not those who work with the family."""
        return tuple(
            one
            for one in self.people
            if (roles := set(one.roles(self.file_id))) and not roles & CHILDREN and not roles & OUTSIDE
        )

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Where the children live now, folded."""
        return frozenset(
            place(one)
            for child in self.people
            if CHILDREN & set(child.roles(self.file_id))
            for one in child.now("residence")
        )

    def born_on(self, person: PersonView) -> date | None:
        """Date of birth as then known; None for the unborn or if unknown."""
        return next((one.get("born_on") for one in person.now("birth") if one.get("born_on")), None)

    def on_plan(self, day: date | None = None) -> bool:
        """Whether a child protection plan stands on a day; by default the day of what is known."""
        return plan_stands(self.entries, day or self.known_by)

    def risk_level(self) -> str | None:
        """The level last assessed."""
        last = self.last("risk")
        return last.get("level") if last else None

    @cached_property
    def closed(self) -> tuple[tuple[date, date | None], ...]:
        """The stretches of days on which the file was closed.

        Of a closing and a referral of one day the one recorded last counts; the closing, if nobody can tell.
        """
        found: list[tuple[date, date | None]] = []
        since: date | None = None
        said = [(one, SECTIONS[one.section].front(one).get("state")) for one in self.entries]
        for entry, state in sorted(
            ((one, state) for one, state in said if state),
            key=lambda each: (day_of(each[0]), self.versions(each[0])[0].recorded_at, each[1] == "closed"),
        ):
            day = max(day_of(entry), self.first_known[entry.thread_id])
            if state == "closed" and since is None:
                since = day
            elif state == "open" and since is not None:
                found.append((since, day))
                since = None
        return (*found, (since, None)) if since else tuple(found)


def day_of(entry: EntryFact) -> date:
    """The day it happened; where only a doubtful one was stated, the day police knew."""
    return entry.happened_on or entry.known_on


def place(residence: FactView) -> str:
    """An address so that the same one is the same: postcode and house, folded."""
    words = f"{residence.get('address') or ''} {residence.get('postcode') or ''}"
    return " ".join(words.casefold().replace(",", " ").split())


def seen(history: History, known_by: date, library: Library) -> Seen:
    """The file as police knew it at the end of a day."""
    held = [one for one in history.entries if one.known_on <= known_by]
    return Seen(
        history=history,
        known_by=known_by,
        library=library,
        entries=Held(latest_versions(held)),
        first_known=first_known_days(held),
        people=tuple(
            replace(one, facts={key: _then(rows, known_by) for key, rows in one.facts.items()})
            for one in history.people
            if any(row.values["known_on"] <= known_by for row in one.facts.get("involvement", ()))
        ),
        holders=_then(history.holders, known_by),
        away=_standing(one for one in history.away if one.known_on <= known_by),
    )


def _standing(absences: Iterable[Away]) -> tuple[Away, ...]:
    """Absences that no later record puts right."""
    held = tuple(absences)
    replaced = {one.replaces_id for one in held if one.replaces_id}
    return tuple(one for one in held if one.id is None or one.id not in replaced)


def _then(rows: Iterable[FactView], known_by: date) -> tuple[FactView, ...]:
    """Facts as they stood when only so much was known; what ended on that very day is over."""
    known = [one for one in rows if one.values["known_on"] <= known_by]
    replaced = {one.replaces_id for one in known if one.replaces_id}
    return tuple(
        replace(
            one,
            current=one.id not in replaced and not one.withdrawn,
            ended=(until := one.get("until_on")) is not None and until <= known_by,
        )
        for one in known
    )


def _expected(person: PersonView) -> bool:
    return any(one.get("expected_on") for one in person.now("birth"))


def _died(person: PersonView) -> bool:
    return any(one.get("died_on") for one in person.now("birth"))


def after(day: date, count: int) -> date:
    """The first day after a limit of so many calendar days has run out."""
    return day + timedelta(days=count + 1)
