"""A match between two files as screens, paper and the terminal see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

KINDS = {
    "person": "Likely one person",
    "stands": "Stands in both files",
    "address": "Same address",
    "contact": "Same telephone or mail",
    "vehicle": "Same vehicle",
    "setting": "Works where a child goes",
}
"""Kinds of match in words."""


class What(StrEnum):
    """What an officer decides of a match."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    OPEN = "left open"
    UNDONE = "undone"


class State(StrEnum):
    """How a match stands."""

    NEW = "new"
    CHANGED = "rejected before, and the facts have changed"
    LEFT = "left open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    GONE = "no longer so"

    @property
    def open(self) -> bool:
        """Whether somebody has to look at it."""
        return self in (State.NEW, State.CHANGED, State.LEFT)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, with who made it and why.

    Attributes:
        facts: Digest of what the match rested on then.
    """

    what: What
    reason: str
    by: str
    at: datetime
    facts: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a match: a person as one file knows them.

    Attributes:
        roles: Codes of what they are to the file (list ``involvement_role``).
    """

    person_id: UUID
    file_id: UUID
    reference: str
    family_name: str
    name: str
    other_names: tuple[str, ...]
    born: str
    homes: tuple[str, ...]
    traces: tuple[str, ...]
    settings: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchRow:
    """Somebody of one file who likely stands in another, or a trace that two files share.

    Attributes:
        kind: Key of :data:`KINDS`.
        score: How likely, from 0 to 100.
        decisions: What was decided of it, oldest first.
        found_at: When it was first found.
    """

    id: UUID
    kind: str
    score: int
    why: tuple[str, ...]
    one: Side
    other: Side
    state: State
    decisions: tuple[Decided, ...]
    found_at: datetime
