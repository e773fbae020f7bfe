"""Alarms over days: which stood on a day, since when, and every one that began or ended between two days.

Between two days on which police learnt something, what is true follows from what was known on the first of
them. So a past day is replayed by looking at each such stretch with the eyes of its time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casefile.alarms.eyes import Eyes
from casefile.alarms.history import History
from casefile.alarms.raised import Raised
from casefile.alarms.spell import Spell, counted
from casefile.standards import AlarmStandard, Library

ONE_DAY = timedelta(days=1)
Identity = tuple[str, str]
"""Alarm and what it is about."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A supervisor's word that an alarm is known and left to stand until a day, that day included."""

    alarm: str
    about: str
    from_on: date
    until_on: date
    reason: str
    officer: str


@dataclass(frozen=True, slots=True)
class Stood:
    """One run of an alarm, from the day it began to the day it ended.

    Attributes:
        began_on: First day.
        ended_on: First day on which it stood no more; None while it lasts.
        accepted: What a supervisor said that silences it from ``ended_on``, or did until ``began_on``.
    """

    alarm: AlarmStandard
    spell: Spell
    began_on: date
    ended_on: date | None
    accepted: Accepted | None = None

    @property
    def goes_up_on(self) -> date | None:
        """The day from which the next rank is told; None if it ends before."""
        day = self.alarm.goes_up_on(self.began_on)
        return None if day is None or (self.ended_on is not None and self.ended_on <= day) else day

    def told(self, day: date) -> str:
        """The rank that is told by a day."""
        up = self.goes_up_on
        return (
            self.alarm.then_told if up is not None and up <= day and self.alarm.then_told else self.alarm.told
        )

    def because(self, day: date) -> str:
        """Why, in a sentence, as of a day."""
        return counted(self.spell.because, self.spell.since, self.spell.unit, day)

    def lasts_on(self, day: date) -> bool:
        """Whether it stands on a day."""
        return self.began_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Before:
    """What is known already of the days before something new was learnt: since when each alarm had stood."""

    until: date
    began: Mapping[Identity, date]

    @classmethod
    def of(cls, until: date, runs: Iterable[tuple[Identity, date, date | None]]) -> Before:
        """From runs derived earlier, each with its first day and its first day no more: those that lasted until then."""
        return cls(
            until,
            {one: began for one, began, over in runs if began < until and (over is None or over >= until)},
        )


def as_of(
    history: History,
    library: Library,
    day: date,
    accepted: Sequence[Accepted] = (),
    before: Before | None = None,
) -> tuple[Stood, ...]:
    """The alarms of a file as of a day, by what was known then; also those known to begin later.

    Args:
        before: What the days before need not be replayed for.
    """
    eyes = Eyes(history, library)
    place = bisect_right(eyes.learnt, day) - 1
    if place < 0:
        return ()
    found = [one for one in eyes.at(place) if one.spell.until_on is None or one.spell.until_on > day]
    began = _began(found, eyes, place, before)
    runs = [
        Stood(one.alarm, one.spell, began[one.identity, one.spell.from_on], one.spell.until_on)
        for one in found
    ]
    return tuple(
        part
        for run in runs
        for part in _with_word(run, accepted)
        if part.ended_on is None or part.ended_on > day
    )


def between(
    history: History, library: Library, first: date, last: date, accepted: Sequence[Accepted] = ()
) -> tuple[Stood, ...]:
    """Every run of an alarm of which some day lies between two days, both included."""
    eyes = Eyes(history, library)
    done: list[Stood] = []
    running: dict[Identity, Stood] = {}
    if start := [one for one in as_of(history, library, first) if one.began_on <= first]:
        running = {(one.alarm.key, one.spell.about): one for one in start}
    marks = sorted({first, *(one for one in eyes.learnt if first < one <= last)})
    for mark, following in zip(marks, [*marks[1:], last + ONE_DAY], strict=True):
        if (place := bisect_right(eyes.learnt, mark) - 1) < 0:
            continue
        now: dict[Identity, list[Raised]] = {}
        for one in eyes.at(place):
            now.setdefault(one.identity, []).append(one)
        for identity in [one for one in running if not _goes_on(now.get(one, ()), mark)]:
            done.append(replace(running.pop(identity), ended_on=mark))
        for identity, found in now.items():
            for one in sorted(found, key=lambda r: r.spell.from_on):
                begins, ends = max(one.spell.from_on, mark), one.spell.until_on
                if begins >= following or (ends is not None and ends <= begins):
                    continue
                held = running.pop(identity, None)
                run = (
                    replace(held, spell=one.spell, ended_on=None)
                    if held
                    else Stood(one.alarm, one.spell, begins, None)
                )
                if ends is not None and ends < following:
                    done.append(replace(run, ended_on=ends))
                else:
                    running[identity] = run
    done += running.values()
    cut = (part for run in done for part in _with_word(run, accepted))
    told = [one for one in cut if one.began_on <= last and (one.ended_on is None or one.ended_on > first)]
    return tuple(sorted(told, key=lambda one: (one.began_on, one.alarm.key, one.spell.about)))


def _goes_on(found: Iterable[Raised], day: date) -> bool:
    return any(one.spell.lasts_on(day) for one in found)


def _began(
    found: Iterable[Raised], eyes: Eyes, place: int, before: Before | None
) -> dict[tuple[Identity, date], date]:
    """Since when each has stood without a break: back from stretch to stretch for as long as it was true there."""
    learnt = eyes.learnt
    began: dict[tuple[Identity, date], date] = {}
    open_: dict[Identity, tuple[Identity, date]] = {}
    for one in found:
        key = (one.identity, one.spell.from_on)
        began[key] = max(one.spell.from_on, learnt[place])
        if one.spell.from_on < learnt[place]:
            open_[one.identity] = key
    while open_ and place > 0:
        if before is not None and learnt[place - 1] < before.until:
            for identity in [one for one in open_ if one in before.began]:
                began[open_.pop(identity)] = before.began[identity]
            if not open_:
                break
        eve = learnt[place] - ONE_DAY
        place -= 1
        still = {alarm for alarm, _ in open_}
        then = {one.identity: one for one in eyes.at(place, still) if one.spell.lasts_on(eve)}
        for identity, key in list(open_.items()):
            one = then.get(identity)
            if one is None:
                del open_[identity]
                continue
            began[key] = max(one.spell.from_on, learnt[place])
            if one.spell.from_on >= learnt[place]:
                del open_[identity]
    return began


def _with_word(run: Stood, accepted: Sequence[Accepted]) -> Iterable[Stood]:
    """A run without the days for which a supervisor accepted it.

    It begins anew when the word has run out, or when something more of the kind happens: nobody accepted that.
    """
    words = sorted(
        (one for one in accepted if one.alarm == run.alarm.key and one.about == run.spell.about),
        key=lambda one: one.from_on,
    )
    rest: Stood | None = run
    for word in words:
        if (
            rest is None
            or word.until_on < rest.began_on
            or (rest.ended_on is not None and rest.ended_on <= word.from_on)
        ):
            continue
        if rest.began_on < word.from_on:
            yield replace(rest, ended_on=word.from_on, accepted=word)
        more = (one for one in run.spell.renewed if word.from_on < one)
        again = min(word.until_on + ONE_DAY, min(more, default=date.max))
        gone = rest.ended_on is not None and rest.ended_on <= again
        rest = None if gone else replace(rest, began_on=again, accepted=word)
    if rest is not None:
        yield rest
