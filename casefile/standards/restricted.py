"""What the standard says of searches that meet a restricted file, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casefile.standards.model import Confidence


@dataclass(frozen=True, slots=True)
class RestrictedStandard:
    """Whether a file's supervisor is told of a search that meets it.

    Attributes:
        tell_supervisor: The policy; whoever searches is told nothing either way.
        most_files: A search that meets more restricted files is for something common, and told to nobody.
    """

    tell_supervisor: bool
    most_files: int
    source: str
    confidence: Confidence


def restricted_standard(plain: Mapping[str, Any]) -> RestrictedStandard:
    """From checked plain data."""
    return RestrictedStandard(**plain["restricted_match"])
