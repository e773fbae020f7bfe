"""What the standard says of research, as frozen data: which checks are made about whom, and how long one counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casefile.standards.codes import CodeList
from casefile.standards.model import Confidence


@dataclass(frozen=True, slots=True)
class Check:
    """One question that research answers, and the systems of which any one answers it.

    Attributes:
        systems: Codes of ``research_system``, the one that is searched first.
        of: ``child``, ``adult`` or both; empty where it is offered and never missing.
        from_age: Age in years from which it is wanted; somebody whose age is not known is old enough.
        roles: Only of people with one of these roles; empty is everybody.
        why: What it is good for, in a sentence.
    """

    key: str
    title: str
    systems: tuple[str, ...]
    of: tuple[str, ...]
    from_age: int
    roles: tuple[str, ...]
    from_on: date | None
    until_on: date | None
    why: str
    source: str
    confidence: Confidence

    def in_force(self, on: date) -> bool:
        """Whether it was made on that day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class ResearchStandard:
    """The checks in the order in which they are shown, and how long one counts.

    Attributes:
        before_conference_days: Calendar days before a conference within which a search counts as made for it.
        new_person_working_days: Working days after police learnt of somebody until which they are searched.
        fresh_days: Calendar days after which a search is old.
    """

    checks: tuple[Check, ...]
    before_conference_days: int
    new_person_working_days: int
    fresh_days: int
    source: str
    confidence: Confidence

    def on(self, day: date, systems: CodeList) -> tuple[Check, ...]:
        """The checks that could be made on a day: one of their systems was in use."""
        return tuple(
            one
            for one in self.checks
            if one.in_force(day)
            and any((code := systems.get(key)) and code.used_on(day) for key in one.systems)
        )

    def answering(self, system: str) -> tuple[Check, ...]:
        """The checks that a search of a system answers."""
        return tuple(one for one in self.checks if system in one.systems)


def research_standard(plain: Mapping[str, Any]) -> ResearchStandard:
    """From checked plain data."""
    times = plain["times"]
    return ResearchStandard(
        tuple(
            Check(
                row["key"], row["title"], tuple(row["systems"]), tuple(row["of"]), row["from_age"],
                tuple(row["roles"]), _day(row["from"]), _day(row["until"]), row["why"], row["source"],
                row["confidence"],
            )
            for row in plain["check"]
        ),
        times["before_conference_days"], times["new_person_working_days"], times["fresh_days"],
        times["source"], times["confidence"],
    )  # fmt: skip


def _day(found: str | None) -> date | None:
    return date.fromisoformat(found) if found else None
