"""What is proposed from a document, each thing with the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as a document states it.

    Attributes:
        stated: The document's own words, e.g. ``31 April 2026`` or ``as soon as possible``.
        day: The day, or None where the words name none that exists.
        why: Why there is no day, or what is doubtful about it, in a sentence; "" when nothing is.
    """

    stated: str
    day: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ProposedAttendee:
    """Somebody named as present, absent or excused.

    Attributes:
        name: With rank or title, as stated.
        role: What they are, as stated.
        agency: Code of the list ``agency``, or "" where the words do not say.
        attendance: Code of the list ``attendance``.
        line: The line it stands on.
    """

    name: str
    role: str
    agency: str
    attendance: str
    line: str


@dataclass(frozen=True, slots=True)
class ProposedAction:
    """Something decided to be done.

    Attributes:
        what: What is to be done.
        owner: Who, as stated.
        agency: Code of the list ``agency``, or "".
        due: By when; None where nothing is stated.
        line: The line it stands on.
    """

    what: str
    owner: str
    agency: str
    due: StatedDate | None
    line: str


@dataclass(frozen=True, slots=True)
class ProposedMinutes:
    """The minutes of one meeting as they can be read from a document.

    Attributes:
        kind: Code of the list ``meeting_kind``.
        title: The line that says what meeting it was.
        held: When; None where the document does not say.
        held_at: Time of day, local.
        chair: As stated.
        decisions: What was decided, in the document's words.
        next_dates: What is said of the next meetings, in the document's words.
        doubts: What a person should look at, in sentences.
    """

    kind: str
    title: str
    held: StatedDate | None
    held_at: time | None
    chair: str
    attendees: tuple[ProposedAttendee, ...]
    actions: tuple[ProposedAction, ...]
    decisions: tuple[str, ...]
    next_dates: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What was found, in a sentence."""
        day = f" of {self.held.stated}" if self.held else ""
        people, actions = len(self.attendees), len(self.actions)
        return (
            f"Read as minutes: {self.title}{day}, "
            f"{people} {'person' if people == 1 else 'people'} named, "
            f"{actions} {'action' if actions == 1 else 'actions'}."
        )
