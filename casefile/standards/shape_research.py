"""The shape of ``research.toml``."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from casefile.standards.model import Confidence


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class TimesShape(_Part):
    """``[times]``."""

    before_conference_days: int = Field(ge=1, le=366)
    new_person_working_days: int = Field(ge=0, le=260)
    fresh_days: int = Field(ge=1, le=3660)
    source: str = Field(min_length=1)
    confidence: Confidence


class CheckShape(_Part):
    """One ``[[check]]``."""

    key: str = Field(pattern=r"^[a-z][a-z_]*$", max_length=40)
    title: str = Field(min_length=1, max_length=60)
    systems: tuple[str, ...] = Field(min_length=1)
    of: tuple[Literal["child", "adult"], ...] = ()
    from_age: int = Field(0, ge=0, le=120)
    roles: tuple[str, ...] = ()
    from_: date | None = Field(None, alias="from")
    until: date | None = None
    why: str = Field(min_length=1, max_length=500)
    source: str = Field(min_length=1)
    confidence: Confidence

    @model_validator(mode="after")
    def _in_order(self) -> Self:  # noqa: N804 (an after-validator is a method)
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError(f"it ends on {self.until}, before it begins on {self.from_}")
        return self


class ResearchFile(_Part):
    """``research.toml``; a force's copy takes the place of the shipped one as a whole."""

    times: TimesShape
    check: list[CheckShape] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:  # noqa: N804 (an after-validator is a method)
        keys = [one.key for one in self.check]
        if twice := next((one for one in keys if keys.count(one) > 1), None):
            raise ValueError(f"the check {twice} stands there twice")
        return self
