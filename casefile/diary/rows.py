"""What a diary holds: its kinds, its rows and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Literal
from uuid import UUID

Whose = Literal["me", "file", "team"]
"""``me``: one's own dates and those of the files one holds, keeps or supervises. ``file``: of one file.
``team``: of the files that officers of a team hold, and their absences."""


class DiaryKind(StrEnum):
    """What sort of date it is, in the order of the legend."""

    CONFERENCE = "conference"
    CORE_GROUP = "core_group"
    STRATEGY = "strategy"
    COURT = "court"
    BAIL = "bail"
    MEDICAL = "medical"
    VISIT = "visit"
    REVIEW = "review"
    TASK = "task"
    ABSENCE = "absence"

    @property
    def label(self) -> str:
        """As shown."""
        return _LABELS[self]


_LABELS = {
    DiaryKind.CONFERENCE: "Conference",
    DiaryKind.CORE_GROUP: "Core group",
    DiaryKind.STRATEGY: "Strategy discussion",
    DiaryKind.COURT: "Court",
    DiaryKind.BAIL: "Bail",
    DiaryKind.MEDICAL: "Medical",
    DiaryKind.VISIT: "Visit",
    DiaryKind.REVIEW: "File review",
    DiaryKind.TASK: "Owed",
    DiaryKind.ABSENCE: "Away",
}
ATTENDED = frozenset(
    {
        DiaryKind.CONFERENCE,
        DiaryKind.CORE_GROUP,
        DiaryKind.STRATEGY,
        DiaryKind.COURT,
        DiaryKind.MEDICAL,
        DiaryKind.VISIT,
    }
)
"""Kinds at which somebody has to be: two at once cannot be kept."""


class DiaryState(StrEnum):
    """How a date stands."""

    HELD = "held"
    """It happened; its record is signed."""
    FIXED = "fixed"
    """Somebody fixed it: a record says when the next one is."""
    DRAFT = "draft"
    """It stands in one's own form that is not signed."""
    DUE = "due"
    """It is owed by then: a limit of the standard or of a decision."""
    LATE = "late"
    """It was owed by then and still is."""
    AWAY = "away"
    """An officer is away."""

    @property
    def appointed(self) -> bool:
        """Whether it is a meeting to come rather than a limit."""
        return self in (DiaryState.FIXED, DiaryState.DRAFT)


@dataclass(frozen=True, slots=True)
class DiaryRow:
    """One date.

    Attributes:
        key: Derived from what it comes from, so that it is the same date the next time it is asked for.
        on, until: The day; for an absence the first and last day within what was asked for.
        at: Local time of day; None when it is not known or does not apply.
        title: What, in words.
        officer_id, officer: Who has to be there or owes it; None and "" when that is none of ours.
        thread_id, section, divider: The record behind it; None and "" when there is none.
        draft_id: One's own form behind it.
        task_id: What is owed behind it.
        note: More about it: of an absence since when and until when, whatever days were asked for.
        conflicts: What does not go together with it, each in a sentence.
    """

    key: str
    kind: DiaryKind
    state: DiaryState
    on: date
    title: str
    until: date | None = None
    at: time | None = None
    file_id: UUID | None = None
    reference: str = ""
    family_name: str = ""
    officer_id: UUID | None = None
    officer: str = ""
    thread_id: UUID | None = None
    section: str = ""
    divider: str = ""
    draft_id: UUID | None = None
    task_id: UUID | None = None
    note: str = ""
    conflicts: tuple[str, ...] = ()

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until or self.on


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which diary.

    Attributes:
        from_on, until_on: Both included.
        file_id: Of whose file; only for ``file``.
        team: Whose team; "" for one's own. Only for ``team``.
        kinds: Only these; all when empty.
    """

    from_on: date
    until_on: date
    whose: Whose = "me"
    file_id: UUID | None = None
    team: str = ""
    kinds: frozenset[DiaryKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Diary:
    """The dates between two days, in order.

    Attributes:
        title: Whose diary it is, in words.
        left_off: Whether there was more than one diary can hold.
    """

    title: str
    from_on: date
    until_on: date
    rows: tuple[DiaryRow, ...]
    left_off: bool = False

    @property
    def conflicts(self) -> int:
        """How many dates do not go together with another."""
        return sum(1 for one in self.rows if one.conflicts)

    def on(self, day: date) -> tuple[DiaryRow, ...]:
        """The dates of one day."""
        return tuple(one for one in self.rows if one.on <= day <= one.last)
