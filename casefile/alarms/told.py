"""What an answer about a file looks at: its entries and tasks as known by a day, remembered while it is put together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from casefile.alarms.history import SAID, History
from casefile.record.duties import Opens, OpensEach
from casefile.record.facts import EntryFact
from casefile.record.owed import standing
from casefile.record.task import Owed
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.standards import Library

T = TypeVar("T")
THE_DAY = "the day"
"""What an answer looks at that asks for the day itself."""


@dataclass(frozen=True)
class Told:
    """The entries and tasks of one file as police knew them at the end of a day.

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
        return self.history.latest(sections, self.known_on)

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
        if (
            len(sections) == len(SECTIONS)
            and (held := self.history.tasks_known_by(self.known_on)) is not None
        ):
            return held
        spoken = [one for one in self.history.said if one.known_on <= self.known_on]
        return tuple(standing(self._held(sections), spoken, SECTIONS, self.library, date.max))

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


def day_of(entry: EntryFact) -> date:
    """The day it happened; where only a doubtful one was stated, the day police knew."""
    return entry.happened_on or entry.known_on


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
