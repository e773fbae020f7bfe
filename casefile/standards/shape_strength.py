"""The shape of a file of planned strength: ``strength/*.toml``. What its parts mean stands in the room of workload."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from casefile.standards.model import Confidence

_Key = Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)
_Words = Field(min_length=1, max_length=500)
_Count = Field(ge=0, le=1_000_000)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PostShape(_Part):
    """One ``[[post]]``: what a full-time post of a kind gives in a year."""

    post: str = _Key
    hours: float = Field(gt=0, le=8784)
    abstraction: float = Field(ge=0, lt=1)
    basis: str = ""


class RateShape(_Part):
    """One ``[[rate]]``: hours that one piece of work takes of one kind of post."""

    volume: str = _Key
    post: str = _Key
    hours: float = Field(ge=0, le=10_000)
    basis: str = ""


class TeamShape(_Part):
    """One ``[[team]]``: its volumes of a year and its establishment."""

    name: str = _Words
    volumes: dict[str, float] = {}
    establishment: dict[str, float] = {}


class AgainstShape(_Part):
    """One ``[[against]]``: a strength that a source gives, beside what it says was planned."""

    key: str = _Key
    label: str = _Words
    actual: float = _Count
    planned: float = _Count
    source: str = ""


class TermShape(_Part):
    """One part of a sum."""

    key: str = _Key
    label: str = _Words
    value: float = Field(ge=-1_000_000, le=1_000_000)
    source: str = ""


class SumShape(_Part):
    """One ``[[sum]]``: a total that a source states, and its parts."""

    key: str = _Key
    label: str = _Words
    stated: float = _Count
    terms: list[TermShape] = Field(min_length=1)
    source: str = ""


class RatioShape(_Part):
    """One ``[[ratio]]``: a share that a source states in per cent, and of what."""

    key: str = _Key
    label: str = _Words
    stated: float = Field(ge=0, le=1000)
    part: float = _Count
    whole: float = Field(gt=0, le=10_000_000)
    basis: str = ""
    source: str = ""


class TrendShape(_Part):
    """``[trend]``: what the heading of a table of years says of itself."""

    heading_since: int | None = None
    source: str = ""


class YearShape(_Part):
    """One ``[[year]]`` of that table."""

    label: str = _Words
    begins: int = Field(ge=1900, le=2200)
    officers: float = _Count
    staff: float = _Count
    total: float = _Count
    whole: float = Field(gt=0, le=10_000_000)
    share: float = Field(ge=0, le=100)


class StrengthFile(_Part):
    """A scenario of planned strength that ships, or a force's own."""

    key: str = _Key
    title: str = _Words
    about: str = ""
    dated: date
    source: str = _Words
    confidence: Confidence
    post: list[PostShape] = []
    rate: list[RateShape] = []
    team: list[TeamShape] = []
    against: list[AgainstShape] = []
    sum: list[SumShape] = []
    ratio: list[RatioShape] = []
    trend: TrendShape = TrendShape()
    year: list[YearShape] = []

    @model_validator(mode="after")
    def _each_once(self) -> Self:  # noqa: N804 (an after-validator is a method)
        _once("post", (one.post for one in self.post))
        _once("rate", (f"{one.volume} of {one.post}" for one in self.rate))
        _once("team", (one.name.casefold() for one in self.team))
        _once("sum", (one.key for one in self.sum))
        _once("against", (one.key for one in self.against))
        return self

    def named_posts(self) -> Iterable[str]:
        """Every kind of post that the file names."""
        yield from (one.post for one in (*self.post, *self.rate))
        yield from (key for team in self.team for key in team.establishment)

    def named_volumes(self) -> Iterable[str]:
        """Every kind of work that the file names."""
        yield from (one.volume for one in self.rate)
        yield from (key for team in self.team for key in team.volumes)


def _once(what: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"the {what} {key} stands there twice")
        seen.add(key)
