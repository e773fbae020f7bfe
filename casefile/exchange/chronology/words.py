"""What a column of a chronology may hold, and how agencies head it (``resources/docket/chronology.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, cast

from casefile.errors import Damaged
from casefile.exchange.docket.words import FOLDER, heading_key

OTHER = "other"
"""A column that is kept in the words of what happened, under its heading."""


@cache
def _targets() -> tuple[dict[str, Any], ...]:
    try:
        read = tomllib.loads((FOLDER / "chronology.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Damaged(
            f"The list of headings that belongs to Casefile cannot be read: {error}.",
            remedy="Install Casefile again.",
        ) from error
    return tuple(cast("list[dict[str, Any]]", read["target"]))


@cache
def heading_targets() -> dict[str, tuple[str, ...]]:
    """Known headings by target, normalised."""
    return {str(one["key"]): tuple(heading_key(str(each)) for each in one["headings"]) for one in _targets()}


@cache
def target_labels() -> dict[str, str]:
    """Targets as shown, with what keeps a column beside, and what leaves it out."""
    found = {str(one["key"]): str(one["label"]) for one in _targets()}
    return {**found, OTHER: "Keep beside what happened", "left_out": "Leave out"}
