"""What police knew of one file by a day: everything the rules of alarms may look at. Plain facts, no database."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from casefile.alarms.history import AWAY, HOLDERS, PEOPLE, SAID, Away, History
from casefile.record.duties import Opens, OpensEach
from casefile.record.facts import EntryFact
from casefile.record.owed import latest_versions, standing
from casefile.record.persons import FactView, PersonView
from casefile.record.task import Owed
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.sections.plan import PLAN_MADE_BY, plan_stands
from casefile.standards import Library

T = TypeVar("T")
THE_DAY = "the day"
_SAY_STATE = ("referral", "closure")
"""Sections whose entries open and close the file."""


@dataclass(frozen=True)
class Seen:
    """One file as police knew it at the end of a day.

    It remembers what was looked at, so that a rule whose matters have not changed need not run again.

    Attributes:
        known_on: What was learnt later is not here.
        whole: Whether all tasks are derived at once, because many rules will ask for some.
    """

    history: History
    known_on: date
    library: Library
    whole: bool = True
    _kept: dict[Hashable, tuple[Any, frozenset[str]]] = field(
        default_factory=dict[Hashable, tuple[Any, frozenset[str]]]
    )
    _looks: list[set[str]] = field(default_factory=lambda: [set[str]()])

    def look(self, *what: str) -> None:
        """Note that an answer depends on something: a section, or one of the names in ``history.py``."""
        self._looks[-1].update(what)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What *make* gives, made once for this day, and what it looked at."""
        if key not in self._kept:
            self._kept[key] = self.watched(make)
        value, looks = self._kept[key]
        self._looks[-1].update(looks)
        return value

    def watched(self, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
        """What *make* gives, and what it looked at."""
        self._looks.append(set())
        try:
            return make(), frozenset(self._looks[-1])
        finally:
            self._looks.pop()

    @property
    def known_by(self) -> date:
        """The day itself: an answer that asks for it is an answer of that day only."""
        self.look(THE_DAY)
        return self.known_on

    @property
    def file_id(self) -> UUID:
        """Identity of the file."""
        return self.history.file_id

    def of(self, *sections: str) -> tuple[EntryFact, ...]:
        """The latest version of each entry of these sections, oldest first."""
        return self.once(("of", sections), lambda: self._of(sections))

    def _of(self, sections: tuple[str, ...]) -> tuple[EntryFact, ...]:
        self.look(*sections)
        return tuple(latest_versions(self._held(sections)))

    def _held(self, sections: Iterable[str]) -> list[EntryFact]:
        """Every version then known of the entries of these sections."""
        rows = self.history.by_section
        return [one for key in sections for one in rows.get(key, ()) if one.known_on <= self.known_on]

    @property
    def entries(self) -> tuple[EntryFact, ...]:
        """The latest version of every entry, oldest first."""
        return self.of(*SECTIONS)

    def versions(self, entry: EntryFact) -> tuple[EntryFact, ...]:
        """Every version then known of an entry, the first first."""
        self.look(entry.section)
        return tuple(one for one in self.history.by_thread[entry.thread_id] if one.known_on <= self.known_on)

    def first_known(self, entry: EntryFact) -> date:
        """When police first knew of an entry, whatever was amended since."""
        self.look(entry.section)
        return self.history.first_known[entry.thread_id]

    def entry(self, entry_id: UUID | None) -> EntryFact | None:
        """An entry by the identity of its latest version."""
        found = self.history.by_id.get(entry_id) if entry_id else None
        if found:
            self.look(found.section)
        return found

    def owed(self, *timescales: str) -> tuple[Owed, ...]:
        """Tasks of these timescales, of all without one, also those that begin or end on a day stated ahead.

        None is called late.
        """
        if not timescales:
            return self.once("owed", lambda: self._owed(tuple(SECTIONS)))
        return self.once(("owed", timescales), lambda: self._owed_of(timescales))

    def _owed_of(self, timescales: tuple[str, ...]) -> tuple[Owed, ...]:
        sections = sections_about(timescales)
        if self.whole:
            found, _ = self.watched(self.owed)
            self.look(*sections, SAID)
        else:
            found = self._owed(sections)
        return tuple(one for one in found if one.timescale in timescales)

    def _owed(self, sections: tuple[str, ...]) -> tuple[Owed, ...]:
        self.look(*sections, SAID)
        spoken = [one for one in self.history.said if one.known_on <= self.known_on]
        return tuple(standing(self._held(sections), spoken, SECTIONS, self.library, date.max))

    @property
    def people(self) -> tuple[PersonView, ...]:
        """Everybody involved in the file, with the facts then standing."""
        return self.once("people", self._people)

    def _people(self) -> tuple[PersonView, ...]:
        self.look(PEOPLE)
        return tuple(
            replace(one, facts={key: _then(rows, self.known_on) for key, rows in one.facts.items()})
            for one in self.history.people
            if any(
                row.file_id == self.file_id and row.values["known_on"] <= self.known_on
                for row in one.facts.get("involvement", ())
            )
        )

    @property
    def holders(self) -> tuple[FactView, ...]:
        """Rows of allocation then standing, newest first."""
        self.look(HOLDERS)
        return _then(self.history.holders, self.known_on)

    @property
    def away(self) -> tuple[Away, ...]:
        """Absences of whoever held the file, as then known."""
        self.look(AWAY)
        return _standing(one for one in self.history.away if one.known_on <= self.known_on)

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

    @property
    def children(self) -> tuple[PersonView, ...]:
        """The children of the file who are born and alive."""
        return self.once("children", lambda: tuple(one for one in self.people if self._is_child(one)))

    def _is_child(self, person: PersonView) -> bool:
        roles = set(person.roles(self.file_id))
        born = self.born_on(person)
        unborn = born is None and (_expected(person) or roles & CHILDREN == {"unborn"})
        return bool(roles & CHILDREN) and not unborn and not _died(person)

    @property
    def adults(self) -> tuple[PersonView, ...]:
        """Adults of the family and others of concern; not those who work with the family."""
        return tuple(
            one
            for one in self.people
            if (roles := set(one.roles(self.file_id))) and not roles & CHILDREN and not roles & OUTSIDE
        )

    @property
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
        return plan_stands(self.of(*PLAN_MADE_BY), day or self.known_by)

    def risk_level(self) -> str | None:
        """The level last assessed."""
        last = self.last("risk")
        return last.get("level") if last else None

    @property
    def closed(self) -> tuple[tuple[date, date | None], ...]:
        """The stretches of days on which the file was closed.

        Of a closing and a referral of one day the one recorded last counts; the closing, if nobody can tell.
        """
        return self.once("closed", self._closed)

    def _closed(self) -> tuple[tuple[date, date | None], ...]:
        found: list[tuple[date, date | None]] = []
        since: date | None = None
        said = [(one, SECTIONS[one.section].front(one).get("state")) for one in self.of(*_SAY_STATE)]
        for entry, state in sorted(
            ((one, state) for one, state in said if state),
            key=lambda each: (day_of(each[0]), self.versions(each[0])[0].recorded_at, each[1] == "closed"),
        ):
            day = max(day_of(entry), self.first_known(entry))
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


def seen(history: History, known_by: date, library: Library, *, whole: bool = True) -> Seen:
    """The file as police knew it at the end of a day."""
    return Seen(history, known_by, library, whole)


@cache
def sections_about(timescales: tuple[str, ...]) -> tuple[str, ...]:
    """The sections whose entries open, close or let cease tasks of these timescales, or are looked at for it."""
    found: set[str] = set()
    wanted = set(timescales)
    for key, section in SECTIONS.items():
        opens = [one for one in section.opens if wanted & _keys(one)]
        named = [one for one in section.opens_each if wanted & _keys(one)]
        ends = [one for one in (*section.closes, *section.ceases) if wanted & set(one.timescales)]
        asked = "ACTION" in wanted and describe(section).groups
        if opens or named or ends or asked:
            found.add(key)
        for one in opens:
            found.update((one.looks_at or SECTIONS) if one.in_file else ())
    return tuple(sorted(found))


def _keys(opens: Opens | OpensEach) -> set[str]:
    return {opens.timescale} if isinstance(opens.timescale, str) else set(opens.among)


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
