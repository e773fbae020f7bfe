"""What signing an entry opens, closes and lets fall away: declared on each section, read by :mod:`casefile.record.owed`.

Limits are never written here or in a section: they stand in ``resources/standards`` under the key of their timescale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, Protocol

from casefile.record.facts import EntryFact

When = Callable[[EntryFact], bool]
Day = Callable[[EntryFact], date | None]
Alike = Callable[[EntryFact, EntryFact], bool]
"""Whether the entry that opened a task and the one that would close it speak of the same thing."""

FRESH = timedelta(days=28)
"""What police learn within four weeks of its day they can still act on as new."""


def always(entry: EntryFact) -> bool:
    """Every entry of the section."""
    return True


def on_the_day(entry: EntryFact) -> date | None:
    """The day it happened: what most clocks start from."""
    return entry.happened_on


def stated(key: str) -> Day:
    """The day that stands in one field of the entry; None while it is empty."""

    def day(entry: EntryFact) -> date | None:
        found: date | None = entry.get(key)
        return found

    return day


@dataclass(frozen=True, slots=True)
class Opens:
    """Signing opens a task with a limit of the standard.

    Attributes:
        timescale: Key in the standard, e.g. ``ICPC``, or how the entry decides it; the version in force on the
            trigger day counts. ``None`` from a function opens nothing.
        when: For which entries.
        counted_from: The trigger date.
        opened_on: The day from which it is owed; None is the trigger date. A limit counted back from a meeting is
            owed from the day the meeting was fixed.
        owed_by: Code of the list ``agency``; None takes it from the standard.
        due_on: The date itself when the entry states one (bail, a plan's own interval); it wins.
        review_of: Code of a risk level whose review interval limits it too; the earlier date counts.
        done_on: The day on which the entry itself says that it was done.
        even_if_past: Opens also where its limit had run out before police first knew of its trigger. Most do
            not: nobody can decide a referral of 2019 in one working day because a return of 2026 tells of it
            (``docs/decisions/010-clocks-that-ran-out-unknown.md``).
        from_known: The clock starts no earlier than the day police first knew: what can still be got is asked
            for in fair time, however old (minutes of a conference that a return first tells of).
        if_fresh: Where its limit had run out before police knew of its trigger, and they learnt of that within
            four weeks, the clock starts on the day they knew: an injury of the week before last that a school tells
            of today is talked about now.
        in_file: Whether the entries known call for it at this entry: a visit starts the clocks of a plan only
            where a plan stands. None is always.
        looks_at: Sections whose entries *in_file* looks at; none is all.
        inspector_of: Code of a risk level whose interval for inspectors is the limit.
        among: Every key that the function of *timescale* may give.
        title: As shown; None takes the name of the timescale.
    """

    timescale: str | Callable[[EntryFact], str | None]
    when: When = always
    counted_from: Day = on_the_day
    opened_on: Day | None = None
    owed_by: str | None = None
    due_on: Day | None = None
    review_of: Callable[[EntryFact], str | None] | None = None
    done_on: Day | None = None
    even_if_past: bool = False
    from_known: bool = False
    if_fresh: bool = False
    in_file: Callable[[Sequence[EntryFact], EntryFact], bool] | None = None
    looks_at: tuple[str, ...] = ()
    inspector_of: Callable[[EntryFact], str | None] | None = None
    among: tuple[str, ...] = ()
    title: str | None = None

    def key(self, entry: EntryFact) -> str | None:
        """The key of the timescale for this entry."""
        return self.timescale if isinstance(self.timescale, str) else self.timescale(entry)


@dataclass(frozen=True, slots=True)
class RowEnd:
    """How the task of one row came to its end: done, or fallen away with the entry, on a day."""

    on: date
    done: bool = True


@dataclass(frozen=True, slots=True)
class OpensEach:
    """Signing opens a task for each row of a group that is not settled yet, such as evidence to be chased.

    Unless the row has a day of its own, the clock starts on the day police knew the row as it stands: an amendment
    that chases again starts it anew.

    Attributes:
        timescale: Key in the standard, or how the row decides it; None from a function opens nothing.
        group: Key of the group.
        when: For which rows.
        due_on: Key of the row's own date; it wins over the standard's limit.
        title: What is to be done, from the row.
        begins: Key of the row's own day from which the clock runs; "" is the day police knew the row.
        ends: Whether it was done or fell away by what the entry says of the row, and on which day.
        among: Every key that the function of *timescale* may give.
    """

    timescale: str | Callable[[Mapping[str, Any]], str | None]
    group: str
    when: Callable[[Mapping[str, Any]], bool]
    due_on: str
    title: Callable[[Mapping[str, Any]], str]
    begins: str = ""
    ends: Callable[[EntryFact, Mapping[str, Any]], RowEnd | None] | None = None
    among: tuple[str, ...] = ()

    def key(self, row: Mapping[str, Any]) -> str | None:
        """The key of the timescale for this row."""
        return self.timescale if isinstance(self.timescale, str) else self.timescale(row)


@dataclass(frozen=True, slots=True)
class Closes:
    """Signing closes tasks of these timescales that were open on its day.

    Attributes:
        which: ``all`` open ones, or only the ``oldest``, or the ``newest``, or the one of the ``same day``
            (minutes state the day of their meeting), else the oldest opened by that day.
        done_on: The day it was done.
        alike: Only tasks whose opening entry speaks of the same thing as this one: the agency that was asked, the
            suspect who was bailed.
        ahead: Also tasks opened up to so many calendar days later: photographs taken the evening before the
            medical that asks for them.
    """

    timescales: tuple[str, ...]
    when: When = always
    done_on: Day = on_the_day
    which: Literal["all", "oldest", "newest", "same day"] = "all"
    ahead: int = 0
    alike: Alike | None = None


@dataclass(frozen=True, slots=True)
class Ceases:
    """Signing lets tasks of these timescales fall away: the plan has ended, the child was adopted.

    Attributes:
        whole_file: Of everybody, not only of the people whom the entry concerns.
    """

    timescales: tuple[str, ...]
    when: When = always
    from_on: Day = on_the_day
    whole_file: bool = False


class Duties(Protocol):
    """What the rules need to know of a section."""

    @property
    def opens(self) -> tuple[Opens, ...]:
        """What signing opens."""
        ...

    @property
    def opens_each(self) -> tuple[OpensEach, ...]:
        """What signing opens for each row of a group."""
        ...

    @property
    def closes(self) -> tuple[Closes, ...]:
        """What signing closes."""
        ...

    @property
    def ceases(self) -> tuple[Ceases, ...]:
        """What signing lets fall away."""
        ...
