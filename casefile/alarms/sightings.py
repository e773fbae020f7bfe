"""When children were seen, and since when they must be seen again and again: what rules ask of the whole file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.alarms.rules.base import bears_on
from casefile.alarms.seen import Seen
from casefile.alarms.told import day_of
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.conference import ends_plan
from casefile.sections.contact import SEEN
from casefile.sections.plan import PROTECTION, plan_stands

SHOWN_BY = ("contact", "section47", "investigation", "medical", "police_protection")
"""Sections whose entries may say that somebody saw a child."""
_WATCHED_BY = ("conference", "plan", "risk", "strategy", "section47", "social_care_closure")
"""Sections that say whether a child must be seen again and again."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody laid eyes on a child: on which day, whether alone with the child, and in which entry."""

    on: date
    alone: bool
    entry: EntryFact


def sightings(seen: Seen, child: UUID) -> tuple[Sighting, ...]:
    """Every time somebody saw a child, oldest first."""
    return seen.once(("sightings", child), lambda: _of(seen, child))


def _of(seen: Seen, child: UUID) -> tuple[Sighting, ...]:
    found = [
        one
        for entry in seen.of(*SHOWN_BY)
        if (not entry.concerns or child in entry.concerns) and (one := sighting(entry)) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.on))


def sighting(entry: EntryFact) -> Sighting | None:
    """What an entry says of somebody having seen a child."""
    day = day_of(entry)
    if entry.section == "contact":
        how = entry.get("child_seen")
        return Sighting(day, how == "alone", entry) if how in SEEN else None
    if entry.section == "section47":
        how = entry.get("child_seen")
        return Sighting(entry.get("child_seen_on") or day, how == "alone", entry) if how in SEEN else None
    if entry.section == "investigation" and entry.get("child_interview") == "held":
        return Sighting(entry.get("interviewed_on") or day, alone=True, entry=entry)
    if entry.section == "medical" and entry.get("kind") != "post_mortem":
        return Sighting(day, alone=False, entry=entry)
    return Sighting(day, alone=False, entry=entry) if entry.section == "police_protection" else None


def seen_since(seen: Seen, child: UUID, since: date) -> date | None:
    """The first day on or after another on which somebody saw a child."""
    found = sightings(seen, child)
    place = bisect_left(found, since, key=lambda one: one.on)
    return found[place].on if place < len(found) else None


def watched_since(seen: Seen, child: PersonView) -> date | None:
    """Since when a child must be seen again and again: under a plan, at high risk, in an enquiry."""
    mine = [one for one in seen.of(*_WATCHED_BY) if bears_on(seen, one, child.id)]
    days = [day for day in (_plan_since(seen, mine), _high_since(mine), _enquiry_since(mine)) if day]
    return min(days, default=None)


def _plan_since(seen: Seen, entries: Sequence[EntryFact]) -> date | None:
    """The day since which a plan has stood without a break."""
    if not plan_stands(entries, seen.known_by if any(_tells_ahead(one) for one in entries) else date.max):
        return None
    made = {
        day_of(one)
        for one in entries
        if (one.section == "conference" and one.get("outcome") == "plan")
        or (one.section == "plan" and one.get("status") in PROTECTION)
    }
    over = [one.get("ended_on") for one in entries if one.section == "plan" and one.get("ended_on")]
    over += [day_of(one) for one in entries if one.section == "conference" and ends_plan(one)]
    return min((one for one in made if not over or one > max(over)), default=None)


def _tells_ahead(entry: EntryFact) -> bool:
    """Whether an entry tells of a day that had not come when police knew of it."""
    days = (entry.happened_on, entry.get("ended_on"))
    return any(one > entry.known_on for one in days if one)


def _high_since(entries: Iterable[EntryFact]) -> date | None:
    since: date | None = None
    for one in entries:
        if one.section == "risk" and one.get("level") not in (None, "not_assessed"):
            since = (since or day_of(one)) if one.get("level") == "high" else None
    return since


def _enquiry_since(entries: Sequence[EntryFact]) -> date | None:
    """The last strategy discussion that began an enquiry nobody has said to be over."""
    enquiries = [one for one in entries if one.section == "section47"]
    begun = [day_of(one) for one in entries if one.section == "strategy" and one.get("outcome") == "s47"]
    begun += [day_of(one) for one in enquiries]
    if not begun:
        return None
    last = max(begun)
    over = [
        one.get("ended_on") or day_of(one) for one in enquiries if one.get("ended_on") or one.get("outcome")
    ]
    over += [day_of(one) for one in entries if one.section in ("conference", "social_care_closure")]
    return None if any(day >= last for day in over) else last
