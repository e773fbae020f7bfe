"""Looking at a file with the eyes of one day after another: a rule runs again only if its matters have changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from casefile.alarms.history import History
from casefile.alarms.raised import Raised, in_order, of_alarm
from casefile.alarms.seen import Seen, seen
from casefile.alarms.told import THE_DAY
from casefile.standards import AlarmStandard, Library

MANY = 8
"""From so many rules on it is quicker to derive all tasks at once."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a rule found by what was known on a day, by its place among the days learnt, and what it looked at."""

    place: int
    found: tuple[Raised, ...]
    looks: frozenset[str]


class Eyes:
    """The spells of one file by what was known on each of the days on which police learnt something."""

    def __init__(self, history: History, library: Library) -> None:
        self.learnt: tuple[date, ...] = history.days_learnt()
        self._history, self._library = history, library
        self._answers: dict[str, _Answer] = {}

    def at(self, place: int, only: Collection[str] | None = None) -> tuple[Raised, ...]:
        """Every spell that what was known on that day makes true, the gravest first.

        Args:
            place: Of the day among the days learnt.
            only: Keys of the alarms asked for; None is all.
        """
        asked: Mapping[str, AlarmStandard] = self._library.alarms
        wanted = [one for key, one in asked.items() if only is None or key in only]
        news: dict[int, frozenset[str]] = {}
        again = [one for one in wanted if not self._stands(one.key, place, news)]
        if again:
            now = seen(self._history, self.learnt[place], self._library, whole=len(again) >= MANY)
            for alarm in again:
                self._answers[alarm.key] = self._answer(now, alarm, place)
        return in_order(found for one in wanted for found in self._answers[one.key].found)

    def _stands(self, key: str, place: int, news: dict[int, frozenset[str]]) -> bool:
        """Whether the last answer of a rule holds on that day too; then it is an answer of that day."""
        held = self._answers.get(key)
        if held is None:
            return False
        if held.place != place:
            if held.place not in news:
                first, last = sorted((held.place, place))
                news[held.place] = frozenset({THE_DAY}.union(*self._history.news[first + 1 : last + 1]))
            if held.looks & news[held.place]:
                return False
            self._answers[key] = _Answer(place, held.found, held.looks)
        return True

    @staticmethod
    def _answer(now: Seen, alarm: AlarmStandard, place: int) -> _Answer:
        found, looks = now.watched(lambda: of_alarm(now, alarm))
        return _Answer(place, found, looks)
