"""Reaching a scenario by name, identity or key, with a sentence when it is not there or may not be changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.errors import Conflict, Invalid, Missing
from casefile.work.unit import Work
from casefile.workload.strength.assumed import UNCHANGED
from casefile.workload.strength.model import StrengthAdoption, StrengthScenario


def name_key(name: str) -> str:
    """A name without regard to case and spaces."""
    return " ".join(name.split()).casefold()


def shipped(work: Work, which: str) -> Mapping[str, Any] | None:
    """A scenario that ships, by its key or its title."""
    wanted = name_key(which)
    return next(
        (one for one in work.standards.strength if wanted in (one["key"], name_key(one["title"]))), None
    )


def shipped_on(plain: Mapping[str, Any]) -> date:
    """The day of the source of a scenario that ships."""
    return date.fromisoformat(plain["dated"])


def stored(work: Work, which: str) -> StrengthScenario | None:
    """A scenario of this store, by its identity or its name."""
    wanted = select(StrengthScenario)
    try:
        wanted = wanted.where(StrengthScenario.id == UUID(which))
    except ValueError:
        wanted = wanted.where(StrengthScenario.name_key == name_key(which))
    return work.session.scalars(wanted).first()


def adoption_of(work: Work, scenario: StrengthScenario) -> StrengthAdoption | None:
    """How a scenario was adopted; None while it is worked on."""
    return work.session.get(StrengthAdoption, scenario.id)


def missing(which: str) -> Missing:
    """What is said of a scenario that is not there."""
    return Missing(f"There is no scenario called {which}.", remedy="List them to see their names.")


def to_change(work: Work, which: str, revision: int | None) -> StrengthScenario:
    """A scenario that may still be changed, held until this work is done.

    Args:
        which: Its identity or its name.
        revision: The one that was looked at; None changes whatever stands.

    Raises:
        Invalid: It ships with Casefile, or was adopted.
        Conflict: It was changed since it was looked at.
    """
    found = stored(work, which)
    if found is None:
        if shipped(work, which) is not None:
            raise Invalid(
                "This scenario ships with Casefile and stays as it is. Copy it, and change the copy.",
                kept=UNCHANGED,
            )
        raise missing(which)
    held = work.session.scalars(
        select(StrengthScenario)
        .where(StrengthScenario.id == found.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if adoption_of(work, held) is not None:
        raise Invalid(
            f"{held.name} was adopted and stays as it is. Copy it, and change the copy.", kept=UNCHANGED
        )
    if revision is not None and held.revision != revision:
        raise Conflict(f"{held.name} was changed in another window since you opened it.", theirs=held.values)
    return held
