"""The shape of ``restricted.toml``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from casefile.standards.model import Confidence


class RestrictedShape(BaseModel):
    """``[restricted_match]``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tell_supervisor: bool
    most_files: int = Field(ge=1, le=50)
    source: str = Field(min_length=1)
    confidence: Confidence


class RestrictedFileShape(BaseModel):
    """``restricted.toml``; a force's copy takes the place of the shipped one as a whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    restricted_match: RestrictedShape
