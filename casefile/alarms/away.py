"""When an absence is so long that files must be handed over. Pure; the limits stand in the standard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casefile.alarms.history import Away
from casefile.standards import AlarmStandard, add_working_days, working_days_between

ALARM = "officer_away"
"""The alarm whose limits say from how many working days, by kind of absence."""


@dataclass(frozen=True, slots=True)
class Long:
    """The days of an absence on which nobody may be without a hand-over; *until_on* included, None while open."""

    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def meets(self, other: Long) -> bool:
        """Whether the two share a day."""
        return (other.until_on is None or self.from_on <= other.until_on) and (
            self.until_on is None or other.from_on <= self.until_on
        )


def limit_of(kind: str, standard: AlarmStandard) -> int | None:
    """After how many working days away a hand-over is required; None for a kind that never asks for one."""
    if kind in standard.codes.get("never", ()):
        return None
    return standard.limits.get(f"working_days_{kind}", standard.limits["working_days"])


def long_stretch(away: Away, standard: AlarmStandard) -> Long | None:
    """From when an absence asks for a hand-over, or None.

    At once if it is known to last longer than the limit, or for a kind with the limit 0; an open one else once it
    has lasted longer.
    """
    limit = limit_of(away.why, standard)
    if limit is None:
        return None
    if limit == 0:
        return Long(away.from_on, away.until_on)
    if away.until_on is None:
        return Long(add_working_days(away.from_on, limit) + timedelta(days=1), None)
    long = working_days_between(away.from_on, away.until_on) > limit
    return Long(away.from_on, away.until_on) if long else None


def standing_away(absences: Iterable[Away]) -> tuple[Away, ...]:
    """Absences that no later record puts right or withdraws."""
    held = tuple(absences)
    replaced = {one.replaces_id for one in held if one.replaces_id}
    return tuple(one for one in held if not one.withdrawn and (one.id is None or one.id not in replaced))
