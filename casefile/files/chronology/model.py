"""A chronology as plain frozen data: events, bands, and what a filter asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from casefile.record.dates import long_date
from casefile.sections.base import Weight


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody marked an event as significant by hand.

    Attributes:
        by: Who, as shown.
        at: When.
        why: In their words.
    """

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        weighs: How much the section says it weighs.
        mark: The mark made by hand, if it stands.
        people: Whom it concerns.
        agencies: Codes of the agencies that took part, told it or owe something from it.
        told: All that another agency told, where it is an event of theirs; else "".
        source: Who signed it, and what it was brought in from.
        doubts: What the source stated and why it is doubtful, a sentence each.
    """

    file_id: UUID
    reference: str
    entry_id: UUID
    thread_id: UUID
    section: str
    divider: str
    title: str
    summary: str
    happened_on: date | None
    happened_at: time | None
    known_on: date
    weighs: Weight
    mark: Mark | None
    people: tuple[UUID, ...] = ()
    agencies: tuple[str, ...] = ()
    told: str = ""
    source: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def weight(self) -> Weight:
        """How much it weighs, with what was marked by hand: a mark never makes danger less."""
        return self.weighs or ("significant" if self.mark is not None else "")

    @property
    def imported(self) -> bool:
        """Whether another agency's chronology tells it."""
        return self.section == "agency_event"

    @property
    def day(self) -> date:
        """The day it stands on: when it happened, else when police knew."""
        return self.happened_on or self.known_on

    @property
    def when(self) -> str:
        """Its date in full, or that it is not known."""
        return long_date(self.happened_on) if self.happened_on else "date not known"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a band.

    Attributes:
        until_on: Its last day; None while it lasts.
        tone: ``danger``, ``late`` or ``plain``; the words say the same.
    """

    from_on: date
    until_on: date | None
    words: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Band:
    """What was so over time: plan, risk, household, officer in charge."""

    key: str
    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """Another file of the same family that this officer may see.

    Attributes:
        shares: Who stands in both.
    """

    id: UUID
    reference: str
    family_name: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chronology:
    """One chronology, of one file or of several.

    Attributes:
        files: The files in it, by identity, with their references; the first is the one it was opened from.
        events: Oldest first.
        bands: Of the first file.
        people: Names of everybody whom an event concerns.
        others: Files of the same family that could be shown beside it.
    """

    file_id: UUID
    reference: str
    marking: str
    family_name: str
    today: date
    files: Mapping[UUID, str]
    events: tuple[Event, ...]
    bands: tuple[Band, ...] = ()
    people: Mapping[UUID, str] = field(default_factory=dict[UUID, str])
    others: tuple[FamilyFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a filter asks for; what is empty asks for nothing.

    Attributes:
        weight: ``significant`` (danger too) or ``danger``.
        agency: Code of an agency.
        section: Key of a section.
        words: All of these must stand in what happened, its date, source or people.
    """

    person: UUID | None = None
    agency: str = ""
    section: str = ""
    weight: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None

    def fits(self, event: Event, people: Mapping[UUID, str]) -> bool:
        """Whether an event is asked for."""
        weighty = {"": True, "significant": bool(event.weight), "danger": event.weight == "danger"}
        return (
            (self.person is None or self.person in event.people)
            and (not self.agency or self.agency in event.agencies)
            and (not self.section or self.section == event.section)
            and weighty.get(self.weight, True)
            and (self.since is None or event.day >= self.since)
            and (self.until is None or event.day <= self.until)
            and self._said(event, people)
        )

    def _said(self, event: Event, people: Mapping[UUID, str]) -> bool:
        words = self.words.casefold().split()
        if not words:
            return True
        named = " ".join(people.get(one, "") for one in event.people)
        mark = f"{event.mark.by} {event.mark.why} significant" if event.mark else ""
        said = (
            event.summary,
            event.told,
            event.title,
            event.when,
            event.weight,
            event.source,
            event.reference,
        )
        text = " ".join((*said, named, mark)).casefold()
        return all(word in text for word in words)


def chosen(told: Chronology, wanted: Wanted) -> tuple[Event, ...]:
    """The events that a filter asks for, oldest first."""
    return tuple(one for one in told.events if wanted.fits(one, told.people))
