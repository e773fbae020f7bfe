"""What an officer can carry on a day, step by step. Pure; the numbers stand in ``resources/standards/workload.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casefile.alarms.history import Away
from casefile.record.dates import long_date
from casefile.standards import WorkloadStandard, next_working_day
from casefile.workload.rows import Capacity, Step, count

FULL_TIME = 100


@dataclass(frozen=True, slots=True)
class Serving:
    """What capacity follows from.

    Attributes:
        role, role_title: Key and title of the role.
        fte: Hundredths of full time.
        probation_until: Last day of probation, or None.
        supervisees: Officers whose files they supervise.
        away: Absences that stand, as known on the day.
    """

    role: str
    role_title: str
    fte: int = FULL_TIME
    probation_until: date | None = None
    supervisees: int = 0
    away: tuple[Away, ...] = ()


def capacity(one: Serving, standard: WorkloadStandard, day: date) -> Capacity:
    """What somebody can carry on a day: full-time points by hours and probation, less supervision, by presence.

    Each step is rounded to whole points, halves up, so that whoever checks it by hand comes to the same.
    """
    if not standard.carries(one.role):
        return Capacity(0, (Step(f"{one.role_title}: the standard gives this role no files to carry", 0),))
    points = standard.number("points")
    steps = [Step(f"A full-time officer carries {count(points, 'point')}", points)]
    if one.fte != FULL_TIME:
        points = _part(points, one.fte, FULL_TIME)
        steps.append(Step(f"Works {one.fte}% of full time", points))
    if one.probation_until is not None and day <= one.probation_until:
        percent = standard.number("probation_percent")
        points = _part(points, percent, 100)
        steps.append(Step(f"On probation until {long_date(one.probation_until)}: {percent}%", points))
    if one.supervisees and one.role in standard.capacity["per_supervisee"].roles:
        off = one.supervisees * standard.number("per_supervisee")
        points = max(points - off, 0)
        officers = count(one.supervisees, "officer")
        steps.append(Step(f"Supervises files of {officers}: {count(off, 'point')} off", points))
    days = working_days_from(day, standard.number("absence_working_days"))
    there = sum(1 for each in days if not _absent(one.away, each))
    if there < len(days):
        points = _part(points, there, len(days))
        steps.append(Step(f"There on {there} of the next {len(days)} working days", points))
    return Capacity(points, tuple(steps))


@lru_cache(maxsize=64)
def working_days_from(day: date, number: int) -> tuple[date, ...]:
    """So many working days from a day on, that day included where it is one."""
    found: list[date] = []
    while len(found) < number:
        day = next_working_day(day)
        found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def _part(points: int, part: int, whole: int) -> int:
    return (2 * points * part + whole) // (2 * whole)


def _absent(away: Iterable[Away], day: date) -> bool:
    return any(one.from_on <= day and (one.until_on is None or day <= one.until_on) for one in away)
