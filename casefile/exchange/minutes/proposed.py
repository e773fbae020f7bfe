"""What was read from minutes, as a proposal: every part with the line it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Something read, and where.

    Attributes:
        value: What it says.
        line: Number of the line of the text it begins in, from 1.
        evidence: That line, as it stands.
    """

    value: T
    line: int
    evidence: str


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as a document states it.

    Attributes:
        stated: Its words, e.g. ``29 February 2009``.
        day: The day in the calendar; None when there is no such day.
        why: Why it is doubtful, in a sentence; "" when it is not.
    """

    stated: str
    day: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ProposedAttendee:
    """Somebody who was at the meeting, or was expected there.

    Attributes:
        name: As stated, with rank and number.
        role: Role or rank as stated.
        agency: Code of the list ``agency``; "" when the words do not tell.
        attendance: Code of the list ``attendance``.
    """

    name: str
    role: str
    agency: str
    attendance: str
    line: int
    evidence: str


@dataclass(frozen=True, slots=True)
class ProposedAction:
    """Something the meeting decided that somebody is to do.

    Attributes:
        what: What is to be done, as stated.
        owner: Who is to do it, as stated; "" when nobody is named.
        agency: Code of the list ``agency`` of the owner; "" when the words do not tell.
        officer_id: The officer of the store who is meant, if one is.
        due: The day it is due by, where one is named.
        due_words: By when as stated where that is no day: ``within 10 days``, ``ongoing``.
    """

    what: str
    owner: str
    agency: str
    officer_id: UUID | None
    due: StatedDate | None
    due_words: str
    line: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the store knows, so that names in a document can be met.

    Attributes:
        people: The people of the case file: identity and name.
        officers: The officers in service: identity, name and number.
        subjects: Those of the people whom the file is about: its children.
    """

    people: tuple[tuple[UUID, str], ...] = ()
    officers: tuple[tuple[UUID, str, str], ...] = ()
    subjects: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class ProposedMinutes:
    """What was read from a document, for a person to confirm.

    Attributes:
        is_minutes: Whether it reads as the record of a meeting.
        why: In a sentence, why it does or does not.
        kind: Code of the list ``meeting_kind``.
        held, held_at: Day and time of day of the meeting.
        next_on: The day fixed for the next meeting of its kind.
        decisions: What was decided, in its own words.
        codes: Answers that the words give, by field key of a section: ``outcome``, ``category``, ``mode`` …
        doubtful: Dates anywhere in the text that cannot be, as stated.
        named: Which of the known people the document names.
    """

    is_minutes: bool
    why: str
    kind: Found[str] | None = None
    held: Found[StatedDate] | None = None
    held_at: Found[time] | None = None
    place: Found[str] | None = None
    chair: Found[str] | None = None
    attendees: tuple[ProposedAttendee, ...] = ()
    actions: tuple[ProposedAction, ...] = ()
    next_on: Found[StatedDate] | None = None
    decisions: tuple[Found[str], ...] = ()
    codes: tuple[tuple[str, Found[str]], ...] = ()
    doubtful: tuple[Found[StatedDate], ...] = ()
    named: tuple[UUID, ...] = ()
