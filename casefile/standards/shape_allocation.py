"""The shape of ``allocation.toml``."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from casefile.standards.model import Confidence

PARTS = ("room", "over", "files", "family", "before", "team", "area", "lacks", "probation", "declared")
"""Every part has a rule in ``casefile.workload.allocate.rules``."""
PartKey = Literal[
    "room", "over", "files", "family", "before", "team", "area", "lacks", "probation", "declared"
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartShape(_Part):
    """One ``[[part]]``."""

    key: PartKey
    points: int = Field(ge=-1000, le=1000)
    most: int = Field(0, ge=0, le=1000)
    title: str = Field(min_length=1, max_length=80)
    means: str = Field(min_length=1, max_length=500)
    source: str = Field(min_length=1)
    confidence: Confidence


class NeedShape(_Part):
    """One ``[[need]]``."""

    role: Literal["officer", "researcher", "supervisor"]
    accreditation: str = Field(min_length=1)
    weight: str = ""


class MovesShape(_Part):
    """``[moves]``."""

    over: int = Field(ge=1, le=10_000)
    near: int = Field(ge=0, le=10_000)
    near_percent: int = Field(ge=1, le=100)
    moved: int = Field(ge=0, le=10_000)
    candidates: int = Field(ge=1, le=50)
    whole_files: int = Field(ge=1, le=100_000)
    gap_percent: float = Field(ge=0, le=50)
    seconds: int = Field(ge=1, le=3600)
    away_within_working_days: int = Field(ge=0, le=260)
    source: str = Field(min_length=1)
    confidence: Confidence


class AllocationFile(_Part):
    """``allocation.toml``; a force's copy takes the place of the shipped one as a whole."""

    part: list[PartShape]
    need: list[NeedShape] = []
    moves: MovesShape

    @model_validator(mode="after")
    def _each_once(self) -> Self:  # noqa: N804 (an after-validator is a method)
        keys = [one.key for one in self.part]
        if sorted(keys) != sorted(PARTS):
            raise ValueError(f"each of these parts stands there once: {', '.join(PARTS)}")
        return self
