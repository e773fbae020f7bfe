"""What the standard says of giving files to officers, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from casefile.standards.model import Confidence


@dataclass(frozen=True, slots=True)
class PartStandard:
    """One thing that speaks for or against an officer: *points* for each, *most* in all (0: without limit)."""

    key: str
    title: str
    means: str
    points: int
    most: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class NeedStandard:
    """An accreditation that a role needs for a file; only where *weight* makes work in it, "" for any file."""

    role: str
    accreditation: str
    weight: str


@dataclass(frozen=True, slots=True)
class MovesStandard:
    """What moving many files at once weighs.

    Attributes:
        over: For each point above an officer's capacity.
        near: For each point above *near_percent* of it.
        moved: For each file that changes hands and need not.
        candidates: Officers considered for each file, the best by what speaks for them.
        whole_files: Up to so many files are solved as one; more in two steps.
        gap_percent: How far from the best possible an answer may be.
        seconds: After which it is taken as it stands.
        away_within_working_days: Who is away for long that soon takes nothing over.
    """

    over: int
    near: int
    near_percent: int
    moved: int
    candidates: int
    whole_files: int
    gap_percent: float
    seconds: int
    away_within_working_days: int


@dataclass(frozen=True, slots=True)
class AllocationStandard:
    """Parts of the score in the order in which they are told, what files need, and what moves weigh."""

    parts: Mapping[str, PartStandard]
    needs: tuple[NeedStandard, ...]
    moves: MovesStandard


def allocation_standard(plain: Mapping[str, Any]) -> AllocationStandard:
    """From checked plain data."""
    parts = {
        row["key"]: PartStandard(
            row["key"], row["title"], row["means"], row["points"], row.get("most", 0), row["source"],
            row["confidence"],
        )
        for row in plain["part"]
    }  # fmt: skip
    needs = tuple(
        NeedStandard(row["role"], row["accreditation"], row.get("weight", "")) for row in plain["need"]
    )
    moves = {key: value for key, value in plain["moves"].items() if key not in ("source", "confidence")}
    return AllocationStandard(MappingProxyType(parts), needs, MovesStandard(**moves))
