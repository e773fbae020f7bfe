"""What queries of workload hand over: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

NOBODY = "Nobody"
"""Who holds a file without a named person."""


@dataclass(frozen=True, slots=True)
class Sum:
    """So many files and what they weigh.

    Attributes:
        files: Open files held as officer in the case.
        children: Children on a protection plan in them.
        high: How many of them are at high risk.
        hidden_files, hidden_points: Of these, in restricted files whose names this officer may not read.
    """

    files: int = 0
    points: int = 0
    children: int = 0
    high: int = 0
    hidden_files: int = 0
    hidden_points: int = 0

    def __add__(self, other: Sum) -> Sum:
        """Both together."""
        return Sum(
            self.files + other.files,
            self.points + other.points,
            self.children + other.children,
            self.high + other.high,
            self.hidden_files + other.hidden_files,
            self.hidden_points + other.hidden_points,
        )

    @property
    def hidden(self) -> str:
        """What of it is restricted, in words: ``2 restricted files, 9 points``; "" for none."""
        return f"{count(self.hidden_files, 'restricted file')}, {count(self.hidden_points, 'point')}" if (
            self.hidden_files
        ) else ""  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step from what a full-time officer carries to what this one can; *points* is what is left after it."""

    said: str
    points: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """What an officer can carry on a day, and how that comes about."""

    points: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """What an officer carries on a day, beside what they can.

    Attributes:
        officer: Name as shown.
        researches, supervises: Open files held as researcher and as supervisor; they weigh nothing here.
        carries: Whether their role carries files, so that they have a capacity.
        lacks: Accreditations that the role needs and that are lacking now, in words.
    """

    officer_id: UUID
    officer: str
    role: str
    role_title: str
    team: str
    held: Sum
    capacity: Capacity
    researches: int = 0
    supervises: int = 0
    carries: bool = True
    lacks: tuple[str, ...] = ()

    @property
    def over(self) -> int:
        """Points above capacity; 0 or less where there is room."""
        return self.held.points - self.capacity.points

    @property
    def said(self) -> str:
        """How the two stand, in words."""
        return standing(self.held.points, self.capacity.points, carries=self.carries)


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """What a team carries on a day: its officers together, and what nobody in it is named for.

    Attributes:
        team: Its name; "" for officers without one.
        officers: How many of them carry files.
        unallocated: Open files of its supervisors that have no named person; not part of *held*.
    """

    team: str
    officers: int
    held: Sum
    capacity: int
    over_capacity: int
    unallocated: Sum = field(default_factory=Sum)

    @property
    def over(self) -> int:
        """Points above capacity; 0 or less where there is room."""
        return self.held.points - self.capacity

    @property
    def said(self) -> str:
        """How the two stand, in words."""
        return standing(self.held.points, self.capacity, carries=self.officers > 0)


@dataclass(frozen=True, slots=True)
class Workload:
    """Officers and teams side by side on a day.

    Attributes:
        team: Only this team; "" is every team.
        unallocated: Open files that have no named person who may still sign in.
        whole: Whether this officer sees everybody's; else only their own.
    """

    day: date
    team: str
    officers: tuple[OfficerLoad, ...]
    teams: tuple[TeamLoad, ...]
    unallocated: Sum
    whole: bool = True


@dataclass(frozen=True, slots=True)
class FileLoad:
    """One open file with what it weighs on a day; *was_with* names who held it and may not sign in any more."""

    file_id: UUID
    reference: str
    family_name: str
    points: int
    children: int
    high: bool
    supervisor: str = ""
    was_with: str = ""


@dataclass(frozen=True, slots=True)
class FileLoads:
    """Files of one officer, or of nobody, the heaviest first; restricted ones that may not be named only count."""

    day: date
    officer_id: UUID | None
    officer: str
    files: tuple[FileLoad, ...]
    total: Sum


@dataclass(frozen=True, slots=True)
class WhyItem:
    """One item of what a file weighs, and the record that shows it.

    Attributes:
        weight, title: Key and title in the standard.
        said: What it is in this file, in words.
        number, each: How many, and points for one.
        thread_id, divider: Where its record stands; None and "" where there is none.
        source: Where the weight comes from.
    """

    weight: str
    title: str
    said: str
    number: int
    each: int
    points: int
    thread_id: UUID | None = None
    divider: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a file weighs what it weighs on a day: the points of its items are the points of the file."""

    file_id: UUID
    reference: str
    family_name: str
    day: date
    points: int
    items: tuple[WhyItem, ...]
    officer: str = ""


def count(number: int, one: str) -> str:
    """So many of something: ``1 file``, ``2 files``."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def standing(points: int, capacity: int, *, carries: bool) -> str:
    """How points stand to capacity, in words: ``12 points over capacity``."""
    if not carries:
        return "carries no files" if not points else "holds files beside other work"
    if points > capacity:
        return f"{count(points - capacity, 'point')} over capacity"
    return "at capacity" if points == capacity else f"room for {count(capacity - points, 'point')}"
