"""What the standard says of weights, capacity and training, as frozen data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from casefile.standards.model import Confidence


@dataclass(frozen=True, slots=True)
class Weight:
    """What one thing in a file weighs. Its rule stands in ``casefile.sections.weights`` under the same key.

    Attributes:
        points: For one of them.
        each: Whether every one counts; else a file counts it once.
        days: Calendar days that its rule uses; 0 where it uses none.
        codes: Lists of codes that its rule uses, by the key of their code list.
    """

    key: str
    title: str
    points: int
    each: bool
    days: int
    codes: Mapping[str, tuple[str, ...]]
    source: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class CapacityNumber:
    """A number from which an officer's capacity follows, and for which roles; no role is every role."""

    key: str
    number: int
    means: str
    roles: tuple[str, ...]
    source: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class WorkloadStandard:
    """The weights in the order in which they are told, and the numbers of capacity by key."""

    weights: Mapping[str, Weight]
    capacity: Mapping[str, CapacityNumber]

    def points(self, key: str, number: int) -> int:
        """What so many of one thing weigh together."""
        weight = self.weights[key]
        return weight.points * (number if weight.each else min(number, 1))

    def number(self, key: str) -> int:
        """A number of capacity: ``points``, ``probation_percent``, ``per_supervisee``, ``absence_working_days``."""
        return self.capacity[key].number

    def carries(self, role: str) -> bool:
        """Whether officers of a role carry files, so that they have a capacity."""
        return role in self.capacity["points"].roles


@dataclass(frozen=True, slots=True)
class Accreditation:
    """A course or accreditation: who needs it, and for what.

    Attributes:
        key: Code of the list ``accreditation``.
        needed_by: Keys of roles.
        taught: How long the course is, in words; "" where it is not known.
        lets: What it lets an officer do, to follow "may".
    """

    key: str
    needed_by: tuple[str, ...]
    taught: str
    lets: str
    source: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class StaffStandard:
    """Which training each role needs, and how many calendar days ahead an expiry is told."""

    accreditations: Mapping[str, Accreditation]
    expires_within_days: int

    def needed_by(self, role: str) -> tuple[Accreditation, ...]:
        """What a role needs."""
        return tuple(one for one in self.accreditations.values() if role in one.needed_by)


def workload_standard(plain: Mapping[str, Any]) -> WorkloadStandard:
    """Weights and capacity from checked plain data."""
    weights = (
        Weight(
            row["key"],
            row["title"],
            row["points"],
            row.get("each", False),
            row.get("days", 0),
            MappingProxyType({key: tuple(codes) for key, codes in row.get("codes", {}).items()}),
            row["source"],
            row["confidence"],
            row.get("note", ""),
        )
        for row in plain["weights"]
    )
    capacity = (
        CapacityNumber(
            row["key"],
            row["number"],
            row["means"],
            tuple(row.get("roles", ())),
            row["source"],
            row["confidence"],
            row.get("note", ""),
        )
        for row in plain["capacity"]
    )
    return WorkloadStandard(_by_key(weights), _by_key(capacity))


def staff_standard(plain: Mapping[str, Any]) -> StaffStandard:
    """Training from checked plain data."""
    found = (
        Accreditation(
            row["key"],
            tuple(row.get("needed_by", ())),
            row.get("taught", ""),
            row["lets"],
            row["source"],
            row["confidence"],
            row.get("note", ""),
        )
        for row in plain["accreditations"]
    )
    return StaffStandard(_by_key(found), plain["gaps_of_staff"].get("expires_within_days", 0))


def _by_key(rows: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({row.key: row for row in rows})
