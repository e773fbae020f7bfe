"""A spell: one stretch of days on which an alarm is true of one thing, and how it reads on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.standards import working_days_between

WORKING, CALENDAR = "working days", "days"


@dataclass(frozen=True, slots=True)
class Spell:
    """What a rule found, by what was known: true from a day, until a day or until something changes.

    Attributes:
        about: What it is about, lasting through amendments: an entry's thread, a task, a person, or ``file``.
        from_on: First day on which it is true; it may lie ahead.
        until_on: First day on which it is true no more; None while nothing known ends it.
        because: A sentence for people; ``{n}`` stands for the days counted, with their unit.
        brief: The same in a few words for a list, beginning with a small letter.
        since: The day from which ``{n}`` counts; None if nothing is counted.
        unit: What ``{n}`` counts: ``working days`` or ``days`` (calendar).
        concerns: The people it is about.
        entry_id: The entry that shows it, to be opened from the alarm.
        renewed: Days on which something more of the kind happened: a word that accepts it covers none of that.
    """

    about: str
    from_on: date
    until_on: date | None
    because: str
    brief: str
    since: date | None = None
    unit: str = CALENDAR
    concerns: tuple[UUID, ...] = ()
    entry_id: UUID | None = None
    renewed: tuple[date, ...] = ()

    def lasts_on(self, day: date) -> bool:
        """Whether it is true on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def counted(words: str, since: date | None, unit: str, as_of: date) -> str:
    """A sentence with ``{n}`` told as of a day, e.g. ``9 working days``."""
    if since is None or "{n}" not in words:
        return words
    number = working_days_between(since, as_of) if unit == WORKING else (as_of - since).days
    number = max(number, 0)
    return words.replace("{n}", f"{number} {unit[:-1] if number == 1 else unit}")
