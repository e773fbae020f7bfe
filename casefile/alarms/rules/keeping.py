"""Keeping the file: who owns it, who is away, who has looked at it, how it was closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from casefile.alarms.away import long_stretch
from casefile.alarms.closing import against_closing
from casefile.alarms.deaths import death_of
from casefile.alarms.rules.base import (
    STALE,
    about_file,
    about_person,
    days_after,
    inspected,
    rule,
    working_days_after,
)
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.persons import FactView
from casefile.sections.file_facts import CHILDREN
from casefile.sections.supervision import is_review
from casefile.standards import AlarmStandard

_OWNERS = {"officer": "officer in charge", "supervisor": "supervisor"}


def _holders(seen: Seen, role: str) -> tuple[FactView, ...]:
    """The rows of allocation of a role, newest first."""
    return tuple(one for one in seen.holders if one.get("role") == role and one.current)


def _holder(seen: Seen, role: str) -> UUID | None:
    """Who holds the file in a role: the last to whom it was given, unless that has ended."""
    standing = [one for one in _holders(seen, role) if not one.ended]
    return standing[0].get("officer_id") if standing else None


def _free_from(seen: Seen, role: str) -> date | None:
    """Since when, or from when, nobody holds the file in a role; None while nothing known ends it."""
    rows = _holders(seen, role)
    if any(one.get("until_on") is None for one in rows):
        return None
    return max((one.get("until_on") for one in rows), default=seen.history.opened_on)


@rule("unowned")
def unowned(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """The file has no officer in charge, or no supervisor."""
    missing: dict[str, date] = {}
    for role, name in _OWNERS.items():
        since = _free_from(seen, role)
        if since is not None:
            missing[name] = since
    if missing:
        since = min(missing.values())
        nobody = " and no ".join(name for name, day in missing.items() if day <= max(since, seen.known_by))
        yield about_file(
            working_days_after(since, alarm.limits["working_days"]),
            f"The file has had no {nobody} since {long_date(since)}.",
            f"no {nobody}",
            since,
        )


@rule("officer_away")
def officer_away(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Whoever is in charge, or supervises, is away longer than the limit and still holds the file.

    A supervisor's exception silences it until its last day; then it comes back.
    """
    for role, name in _OWNERS.items():
        holder = _holder(seen, role)
        for away in seen.away:
            long = long_stretch(away, alarm) if away.officer_id == holder else None
            if long is None:
                continue
            excepted = _excepted_until(seen, role, away.officer_id)
            from_on = max(long.from_on, excepted + timedelta(days=1)) if excepted else long.from_on
            over = away.until_on + timedelta(days=1) if away.until_on else None
            if over is not None and over <= from_on:
                continue
            who = seen.history.officers.get(away.officer_id, "the officer")
            back = f" until {long_date(away.until_on)}" if away.until_on else ""
            late = f" The exception ended on {long_date(excepted)}." if excepted else ""
            yield Spell(
                f"{role}/{away.officer_id}",
                from_on,
                over,
                f"{who}, {name}, is away from {long_date(away.from_on)}{back} and the file is not handed over.{late}",
                f"{name} away, not handed over",
                away.from_on,
            )


def _excepted_until(seen: Seen, role: str, officer_id: UUID) -> date | None:
    """The last day of the last exception a supervisor made for this holder; the latest word counts."""
    words = [one for one in seen.excepted if (one.role, one.officer_id) == (role, officer_id)]
    return words[-1].until_on if words else None


@rule("never_supervised")
def never_supervised(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """No supervisor has signed a review of the file since it was opened."""
    if not any(is_review(one) for one in seen.of("supervision")):
        opened = seen.history.opened_on
        yield about_file(
            days_after(opened, alarm.limits["days"]),
            f"No supervisor has reviewed the file since it was opened on {long_date(opened)}.",
            "never reviewed, open for {n}",
            opened,
        )


@rule("closed_unsafely")
def closed_unsafely(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """What stood open on the day the file was closed: bail, a child nobody has seen, something police owed."""
    for entry in seen.of("closure"):
        if not any(since >= day_of(entry) and until is None for since, until in seen.closed):
            continue
        if open_things := against_closing(seen, seen.known_by, day_of(entry)):
            yield about_file(
                day_of(entry),
                f"Closed on {long_date(day_of(entry))} while {'; '.join(open_things)}.",
                "closed with something open",
                shown_by=entry,
            )


@rule("child_died")
def child_died(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """A child of the file has died; no inspector has looked at the file since police knew."""
    for child in seen.people:
        if not CHILDREN & set(child.roles(seen.file_id)):
            continue
        died = death_of(seen, child)
        if died is not None and died.told - died.on <= STALE and not inspected(seen, died):
            yield about_person(
                child.id,
                max(died.on, died.told),
                f"{child.name} died on {long_date(died.on)}: nothing is changed or destroyed, the log is extracted, and "
                "the other children are seen.",
                f"{child.name} has died",
            )
