"""What the one search box hands over: frozen hits in groups, with the words around what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.words.snippets import Snippet

GROUPS = {"person": "People", "file": "Files", "entry": "Records", "document": "Documents", "task": "Tasks"}
"""What is found, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    Attributes:
        kind: A key of :data:`GROUPS`.
        record_id: Identity of the person, file, entry version, document or task.
        file_id: The file it stands in: of a person in several, the first.
        title: What it is called.
        snippet: Its words around what was found; of a person, why they are shown.
        on: When it happened, came or is due.
        by: Who wrote it or filed it, or owes it.
        divider: Key of the divider that holds it, for records.
        thread_id: Identity of the first version, for records.
        older: Whether a newer version stands.
    """

    kind: str
    record_id: UUID
    file_id: UUID
    reference: str
    family_name: str
    title: str
    snippet: Snippet
    on: date | None = None
    by: str = ""
    section: str = ""
    divider: str = ""
    thread_id: UUID | None = None
    older: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, in their order.

    Attributes:
        total: How many there are, those too that are not handed over.
        more: Whether there are more than were counted.
    """

    kind: str
    hits: tuple[Hit, ...]
    total: int
    more: bool = False

    @property
    def title(self) -> str:
        """As it is shown."""
        return GROUPS[self.kind]

    @property
    def counted(self) -> str:
        """How many, in words."""
        return f"more than {self.total:,}" if self.more else f"{self.total:,}"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One part to which a search was narrowed, in words.

    Attributes:
        typed: As it stands in the line, to take it out again.
        said: As a person reads it, ``written by DC 4471 Marsh``.
    """

    typed: str
    said: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found.

    Attributes:
        line: What was searched for, as typed.
        narrowings: To what it was narrowed.
        remarks: What could not be read, and what was searched instead.
        asked: Whether the line asks for anything.
    """

    line: str
    groups: tuple[Group, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    remarks: tuple[str, ...] = ()
    asked: bool = True

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every hit that is handed over, in order."""
        return tuple(one for group in self.groups for one in group.hits)

    def group(self, kind: str) -> Group:
        """The hits of one kind."""
        return next((one for one in self.groups if one.kind == kind), Group(kind, (), 0))
