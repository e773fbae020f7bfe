"""When children were seen, and since when they must be seen again and again: what rules ask of the whole file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import wraps
from itertools import pairwise
from uuid import UUID

from casefile.alarms.history import History
from casefile.alarms.rules.base import Rule, about_child, bears_on, fresh
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.conference import ends_plan
from casefile.sections.contact import SEEN
from casefile.sections.plan import PROTECTION, plan_stands
from casefile.standards import AlarmStandard

SHOWN_BY = ("contact", "section47", "investigation", "medical", "police_protection", "conference")
"""Sections whose entries may say that somebody saw a child."""
_WAS_THERE = ("PN1", "PN2", "PN3", "PN4")
"""Ways in which a child takes part in a conference by being there (code list ``child_participation``)."""
_WATCHED_BY = ("conference", "plan", "risk")
"""Sections that say whether a child must be seen again and again; those of an enquiry beside."""
_ENQUIRED_BY = ("strategy", "section47", "conference", "social_care_closure")
_SHORTLY_BEFORE_CLOSING = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody laid eyes on a child: on which day, whether alone with the child, and in which entry."""

    on: date
    alone: bool
    entry: EntryFact

    @property
    def ahead(self) -> bool:
        """Whether it was recorded before its day had come, as an interview that is arranged."""
        return self.on > self.entry.known_on


def sightings(seen: Seen, child: UUID) -> tuple[Sighting, ...]:
    """Every time somebody saw a child, oldest first. One recorded ahead counts from its day."""
    return seen.once(("sightings", child, seen.met_by), lambda: _of(seen, child))


def _of(seen: Seen, child: UUID) -> tuple[Sighting, ...]:
    found = [one for one in _told(seen) if bears_on(seen, one.entry, child)]
    counted = (one for one in found if not one.ahead or one.on <= (seen.met_by or seen.known_by))
    return tuple(sorted(counted, key=lambda one: one.on))


def _told(seen: Seen) -> tuple[Sighting, ...]:
    """Every time somebody saw any child, as entries tell."""
    return seen.once("told of sightings", lambda: _tell(seen))


def _tell(seen: Seen) -> tuple[Sighting, ...]:
    told = seen.history.always("sightings", lambda: _by_version(seen.history))
    return tuple(told[one.id.int] for one in seen.of(*SHOWN_BY) if one.id.int in told)


def _by_version(history: History) -> Mapping[int, Sighting]:
    """What each version of an entry says of somebody having seen a child, by the number of its identity."""
    said = [sighting(one) for key in SHOWN_BY for one in history.by_section.get(key, ())]
    return {one.entry.id.int: one for one in said if one is not None}


def days_ahead(seen: Seen) -> tuple[date, ...]:
    """The days of meetings, and the ends of plans and enquiries, that were recorded before their day had come, in order."""
    return seen.once("days ahead", lambda: _days_ahead(seen))


def _days_ahead(seen: Seen) -> tuple[date, ...]:
    days = {one.on for one in _told(seen) if one.ahead}
    ends = ((one, one.get("ended_on")) for one in seen.of("plan", "section47"))
    return tuple(sorted(days | {day for one, day in ends if day is not None and day > one.known_on}))


def from_their_day(found: Rule) -> Rule:
    """A rule that asks who was seen: what it finds changes on each day on which a meeting counts that was recorded ahead."""

    @wraps(found)
    def day_by_day(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
        days = days_ahead(seen)
        if not days:
            return found(seen, alarm)
        spells: list[Spell] = []
        for start, end in pairwise((date.min, *days, date.max)):
            for one in found(seen.before_meetings_after(start), alarm):
                _add(spells, one, start, end)
        return [replace(one, until_on=None) if one.until_on == date.max else one for one in spells]

    return day_by_day


def _add(spells: list[Spell], one: Spell, start: date, end: date) -> None:
    """What is true of one between two days; it goes on where it was true until the first of them."""
    from_on, until_on = max(one.from_on, start), min(one.until_on or date.max, end)
    if from_on >= until_on:
        return
    for at, held in enumerate(spells):
        if held.about == one.about and held.until_on == from_on:
            spells[at] = replace(held, until_on=until_on)
            return
    spells.append(replace(one, from_on=from_on, until_on=until_on))


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
    if entry.section == "conference":
        came = entry.get("participation") in _WAS_THERE and len(entry.concerns) == 1
        return Sighting(day, alone=False, entry=entry) if came else None
    return Sighting(day, alone=False, entry=entry) if entry.section == "police_protection" else None


def seen_since(seen: Seen, child: UUID, since: date) -> date | None:
    """The first day on or after another on which somebody saw a child."""
    found = sightings(seen, child)
    place = bisect_left(found, since, key=lambda one: one.on)
    return found[place].on if place < len(found) else None


def watched_since(seen: Seen, child: PersonView) -> date | None:
    """Since when a child must be seen again and again: under a plan, at high risk, in an enquiry."""
    mine = about_child(seen, child.id, *_WATCHED_BY)
    days = (
        _plan_since(seen, mine),
        _high_since(mine),
        enquiry_since(seen, child.id),
        _unknown_since(seen, child),
    )
    return min((day for day in days if day), default=None)


def _plan_since(seen: Seen, entries: Sequence[EntryFact]) -> date | None:
    """The day since which a plan has stood without a break."""
    day = _asked(seen) if any(_tells_ahead(one) for one in entries) else date.max
    if not plan_stands(entries, day):
        return None
    made = {
        day_of(one)
        for one in entries
        if (one.section == "conference" and one.get("outcome") == "plan")
        or (one.section == "plan" and (one.get("status") in PROTECTION or one.get("ended_on")))
    }
    ends = [one.get("ended_on") for one in entries if one.section == "plan"]
    over = [one for one in ends if one and one <= day]
    over += [day_of(one) for one in entries if one.section == "conference" and ends_plan(one)]
    return min((one for one in made if not over or one > max(over)), default=None)


def _asked(seen: Seen) -> date:
    """The day an answer is about."""
    return seen.known_by if seen.met_by is None else max(seen.met_by, seen.known_on)


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


def enquiry_since(seen: Seen, child: UUID) -> date | None:
    """Since when an enquiry into a child has gone on: it began, and nobody has said that it is over.

    A second discussion within it begins nothing anew. That social care closes its case ends it only for a child
    whom somebody has seen shortly before, or sees after: an enquiry whose child nobody sees is not done.
    """
    mine = about_child(seen, child, *_ENQUIRED_BY)
    enquiries = [one for one in mine if one.section == "section47"]
    begun = {day_of(one) for one in mine if one.section == "strategy" and one.get("outcome") == "s47"}
    begun |= {day_of(one) for one in enquiries}
    day = _asked(seen) if any(_tells_ahead(one) for one in enquiries) else date.max
    ends = (
        one.get("ended_on") or day_of(one) for one in enquiries if one.get("ended_on") or one.get("outcome")
    )
    over = [one for one in ends if one <= day]
    over += [day_of(one) for one in mine if one.section == "conference"]
    over += [day for one in mine if (day := _closed_on(seen, one, child, mine)) is not None]
    last = max(over, default=date.min)
    return min((day for day in begun if day > last), default=None)


def _closed_on(seen: Seen, closing: EntryFact, child: UUID, mine: Sequence[EntryFact]) -> date | None:
    """From when an enquiry is over because social care closed its case; None while its child is not seen.

    What a return tells of all at once is taken as it stands.
    """
    if closing.section != "social_care_closure":
        return None
    told = min((seen.first_known(one) for one in mine if one is not closing), default=date.max)
    if told >= seen.first_known(closing) or not fresh(seen, closing):
        return day_of(closing)
    met = seen_since(seen, child, day_of(closing) - _SHORTLY_BEFORE_CLOSING)
    return max(met, day_of(closing)) if met else None


def _unknown_since(seen: Seen, child: PersonView) -> date | None:
    """Since when nobody knows whether a child is safe: so a referral said, and nobody has seen the child since."""
    told = [
        one
        for one in seen.of("referral")
        if one.get("direction") == "in"
        and one.get("safe_now") == "not_known"
        and bears_on(seen, one, child.id)
        and fresh(seen, one)
    ]
    return min((day for one in told if seen_since(seen, child.id, day := day_of(one)) is None), default=None)
