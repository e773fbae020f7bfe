"""What the digest hands over: lines under headings, and the facts its rules may look at. Plain and frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from casefile.alarms.seen import Seen
from casefile.record.facts import EntryFact
from casefile.record.matches import Link
from casefile.record.owed import Owed
from casefile.work.unit import LONDON

HEADINGS: Mapping[str, str] = {
    "seen": "Children seen, and not seen",
    "harm": "Concerns, injuries, medicals and photographs",
    "risk": "Risk, conferences and plan",
    "household": "Household and family",
    "disagreement": "Disagreement",
    "tasks": "Missed, newly due, and done",
    "entries": "Other entries, new and amended",
    "documents": "Documents received",
    "keeping": "Who keeps the file and works with it",
    "elsewhere": "This family in other files",
}
"""Headings by key, in the order in which they bear on the child's safety."""
TONES = ("danger", "late", "plain", "done")
"""Gravity of a line, the gravest first."""


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One change.

    Attributes:
        what: What changed.
        detail: What else belongs to it: who, from what to what, why.
        tone: ``danger``, ``late``, ``plain`` or ``done``.
        happened_on, known_on: When it happened, and when police knew; None where that is not recorded.
        by: Who recorded it, as shown; "" where nobody did (a day went by).
        opens: What ``id`` is: ``entry`` (its thread), ``task``, ``person``, ``document`` or ``file``; "" for nothing.
    """

    group: str
    what: str
    detail: str = ""
    tone: str = "plain"
    happened_on: date | None = None
    known_on: date | None = None
    by: str = ""
    opens: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """The lines under one heading, the gravest and newest first."""

    key: str
    title: str
    lines: tuple[DigestLine, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed in a file since a review, or since a day.

    Attributes:
        since_on: Day up to which everything counts as seen; the day of opening where nothing does.
        since: In words, e.g. ``your review of 3 October 2026``.
        review: Thread of that review; None when it counts from a day or from the file's opening.
    """

    file_id: UUID
    reference: str
    since_on: date
    since: str
    review: UUID | None
    groups: tuple[DigestGroup, ...]

    @property
    def count(self) -> int:
        """How many lines."""
        return sum(len(one.lines) for one in self.groups)


@dataclass(frozen=True, slots=True)
class Baseline:
    """From when on something counts as new.

    Attributes:
        day: What police knew by the end of this day was there to be seen.
        at: What was recorded up to this moment was there to be seen.
        filed_at: When the file came into this store. A review older than that came in with the file, in whatever
            order: what was recorded on that day is then judged by its own days alone.
    """

    day: date
    at: datetime
    filed_at: datetime

    def is_new(self, known_on: date | None, recorded_at: datetime) -> bool:
        """Whether the reader could not have seen it: learnt since, or recorded late."""
        return (known_on is not None and known_on > self.day) or self._late(recorded_at)

    def _late(self, recorded_at: datetime) -> bool:
        if recorded_at <= self.at or recorded_at <= self.filed_at:
            return False
        filed_on = self.filed_at.astimezone(LONDON).date()
        return self.day >= filed_on or recorded_at.astimezone(LONDON).date() > filed_on


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is new or amended: the version that stands, and the one that was there to be seen."""

    entry: EntryFact
    before: EntryFact | None


@dataclass(frozen=True, slots=True)
class Received:
    """A document: its name, when it came and who filed it."""

    id: UUID
    name: str
    received_on: date | None
    recorded_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SaidOf:
    """The last word of an officer on a task: who, and why."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Another file that the officer may read: its reference, family and state."""

    reference: str
    family_name: str
    state: str


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """Everything the digest is made from; no database.

    Attributes:
        seen: The file as known today.
        before: Every entry as it was there to be seen at the baseline, latest versions.
        changes: Entries new or amended since.
        owed_before, owed_now: What was owed at the baseline and what is today.
        said: By task, the last word on it.
        elsewhere: Other files in which a person of this one stands.
        restricted_elsewhere: Whether somebody also stands in a file that this officer may not read.
        words: ``words(code_list, code)``.
        links: Who of this file is, or likely is, another record of a file that the officer may read.
    """

    baseline: Baseline
    as_of: date
    seen: Seen
    before: tuple[EntryFact, ...]
    changes: tuple[Change, ...]
    owed_before: tuple[Owed, ...]
    owed_now: tuple[Owed, ...]
    said: Mapping[UUID, SaidOf]
    documents: tuple[Received, ...]
    elsewhere: Mapping[UUID, OtherFile]
    restricted_elsewhere: bool
    words: Callable[[str, str], str]
    officers: Mapping[UUID, str] = field(default_factory=dict[UUID, str])
    links: tuple[Link, ...] = ()

    def name(self, identity: UUID | str) -> str:
        """What a person or an officer is called."""
        key = identity if isinstance(identity, UUID) else UUID(identity)
        person = next((one.name for one in self.seen.people if one.id == key), None)
        return person or self.officers.get(key, "somebody not known here")

    def new(self, *sections: str) -> tuple[Change, ...]:
        """Changes of these sections."""
        return tuple(one for one in self.changes if one.entry.section in sections)
