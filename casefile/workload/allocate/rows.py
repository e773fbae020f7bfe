"""What allocation hands over: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: so many times so many points, and what it is here in words.

    Attributes:
        key: Key of the part in the standard.
        number, each: How many, and points for one; *points* is less where the part has a limit.
    """

    key: str
    title: str
    said: str
    number: int
    each: int
    points: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer for a file.

    Attributes:
        place: Place among those suggested, from 1; None for whoever cannot take it.
        score: The sum of the points of *parts*.
        before, after: Points carried without and with the file; files in the role where points are not theirs.
        capacity: Points they can carry; None where the role has no capacity.
        warnings: What must be known before choosing them, in sentences.
        against: Why they cannot take it, in a sentence; "" for whoever can.
    """

    officer_id: UUID
    officer: str
    role_title: str
    team: str
    place: int | None
    score: int
    parts: tuple[Part, ...]
    before: int
    after: int
    capacity: int | None
    warnings: tuple[str, ...] = ()
    against: str = ""

    @property
    def why(self) -> str:
        """The parts in words, the weightiest first."""
        told = sorted((one for one in self.parts if one.points), key=lambda one: -abs(one.points))
        return "; ".join(one.said for one in told)

    @property
    def stands(self) -> str:
        """What they would carry, in words: ``64 → 72 of 100``."""
        of = f" of {self.capacity}" if self.capacity is not None else ""
        return f"{self.before} → {self.after}{of}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who might take a file in a role, best first; then who cannot, and why.

    Attributes:
        points: What the file weighs.
        holder: Who holds it now in that role; "" for nobody.
        notes: What must be known of the file first, in sentences.
        digest: The same as long as the suggestion is: a decision says on which one it rests.
    """

    file_id: UUID
    reference: str
    family_name: str
    restricted: bool
    role: str
    role_title: str
    points: int
    holder_id: UUID | None
    holder: str
    day: date
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...]
    digest: str

    @property
    def suggested(self) -> tuple[Candidate, ...]:
        """Those who can take it."""
        return tuple(one for one in self.candidates if one.place is not None)


@dataclass(frozen=True, slots=True)
class ToAllocate:
    """A file that waits to be given to somebody.

    Attributes:
        why: Why it waits, in words.
        nobody: Whether it has no named person at all, or only one who may not sign in any more.
    """

    file_id: UUID
    reference: str
    family_name: str
    points: int
    high: bool
    opened_on: date
    why: str
    nobody: bool
    supervisor: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that wait to be given, those that nobody is named for first; *hidden* are restricted and not shown."""

    files: tuple[ToAllocate, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it was made, with what was suggested then.

    Attributes:
        place: Place of the chosen among those suggested; None where they were not among them.
        first: Who was suggested first; "" where nobody was.
        suggested: Each suggested officer with score and points, in words, best first.
    """

    id: UUID
    reference: str
    role_title: str
    officer: str
    was_with: str
    place: int | None
    first: str
    suggested: tuple[str, ...]
    plan: str
    reason: str
    decided_on: date
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class Move:
    """One file of a plan: from whom to whom, and why.

    Attributes:
        to_id: None where nobody can take it; then *why* says so.
        stays: Whether it is best left where it is.
    """

    file_id: UUID
    reference: str
    family_name: str
    points: int
    from_id: UUID | None
    from_officer: str
    to_id: UUID | None
    to_officer: str
    why: str
    stays: bool = False
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What an officer would carry: points and files before and after, beside capacity."""

    officer_id: UUID
    officer: str
    team: str
    files_before: int
    files_after: int
    before: int
    after: int
    capacity: int

    @property
    def over(self) -> int:
        """Points above capacity afterwards; 0 or less where there is room."""
        return self.after - self.capacity


@dataclass(frozen=True, slots=True)
class Plan:
    """What moving many files at once would change. Nothing has moved.

    Attributes:
        asked: What was asked for, in words.
        moves: Files that would change hands, then those that stay, then those that nobody can take.
        balances: Officers whose load would change, and those above capacity.
        cost, idle: By the plan's own measure: of the plan, and of leaving things as they are (None where files must
            leave whoever holds them).
        bound: No plan costs less than this.
        said: How good the answer is, in words.
        hidden: Restricted files that were left out because they may not be seen.
    """

    asked: str
    moves: tuple[Move, ...]
    balances: tuple[Balance, ...]
    cost: float
    idle: float | None
    bound: float
    said: str
    hidden: int = 0

    @property
    def moving(self) -> tuple[Move, ...]:
        """Files that would change hands."""
        return tuple(one for one in self.moves if one.to_id is not None and not one.stays)


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of approving moves: those done, and those that were not with the reason for each."""

    plan: str
    moved: int
    refused: tuple[tuple[str, str], ...]
