"""Who is in the home: adults nobody has verified, a household nobody has confirmed again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from casefile.alarms.rules.base import about_file, about_person, fresh, known_from, rule, working_days_after
from casefile.alarms.rules.sight import AT_HOME
from casefile.alarms.seen import Seen, place
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.standards import AlarmStandard

_NOT_LIVING_THERE = frozenset(
    {"hospital", "custody", "refuge", "postal", "no_fixed", "bail_address", "other_parent"}
)
_ABOUT_THE_HOME = frozenset(
    {"partner", "step_parent", "household_member", "frequents", "lodger", "babysitter"}
)
"""Roles that put an adult near the children wherever they say they live."""


@rule("unverified_adult")
def unverified_adult(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Somebody of the home is not identified; or an adult there is not verified, or nobody has researched them."""
    yield from _not_identified(seen)
    for adult in seen.adults:
        if "unknown_adult" in adult.roles(seen.file_id):
            since = min(
                one.values["known_on"]
                for one in adult.facts.get("involvement", ())
                if one.file_id == seen.file_id
            )
            yield about_person(
                adult.id, since, f"{adult.name} is not identified.", f"{adult.name} not identified", since
            )
            continue
        since = near_since(seen, adult)
        if since is None:
            continue
        if (why := _unsettled(seen, adult)) is not None:
            yield about_person(
                adult.id,
                working_days_after(since, alarm.limits["working_days"]),
                f"{adult.name}, known to be in the household since {long_date(since)}, {why}.",
                f"{adult.name} of the household {why}",
                since,
            )


def _not_identified(seen: Seen) -> Iterable[Spell]:
    household = seen.last("household")
    for row in household.rows("occupants") if household else ():
        if household is None or row.get("identified") is not False:
            continue
        if (person := row.get("person_id")) and _researched(seen, person):
            continue
        name = row.get("name") or "Somebody"
        yield Spell(
            f"{household.thread_id}/{name}",
            day_of(household),
            None,
            f"{name}, found in the household on {long_date(day_of(household))}, is not identified.",
            f"{name} of the household not identified",
            concerns=household.concerns,
            entry_id=household.id,
        )


def near_since(seen: Seen, adult: PersonView) -> date | None:
    """Since when police have known that an adult is in the children's home or about it."""
    homes = {
        place(one)
        for one in adult.now("residence")
        if one.get("kind") not in _NOT_LIVING_THERE and place(one) in seen.addresses
    }
    roles = _ABOUT_THE_HOME & set(adult.roles(seen.file_id))
    told = [one for one in adult.facts.get("residence", ()) if place(one) in homes]
    told += [
        one
        for one in adult.facts.get("involvement", ())
        if one.file_id == seen.file_id and one.get("role") in roles
    ]
    return min((one.values["known_on"] for one in told), default=None)


def _unsettled(seen: Seen, adult: PersonView) -> str | None:
    """What is still open about an adult of the household, in words."""
    if not _researched(seen, adult.id):
        return "has not been researched"
    facts = (*adult.now("involvement"), *adult.now("residence"))
    return "is not verified by police" if any(one.get("verified") is False for one in facts) else None


def _researched(seen: Seen, person: object) -> bool:
    return any(
        person in one.concerns and one.get("status") in (None, "complete") for one in seen.of("research")
    )


@rule("household_not_confirmed")
def household_not_confirmed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Police stood in the home after the household was last confirmed."""
    confirmed = [day_of(one) for one in seen.of("household")]
    confirmed += [
        one.get("confirmed_on")
        for person in seen.people
        for one in person.now("residence")
        if one.get("confirmed_on")
    ]
    last = max(confirmed, default=date.min)
    contacts = seen.of("contact")
    since = contacts[bisect_right(contacts, last, key=day_of) :]
    met = next((one for one in since if _police_at_home(one) and fresh(seen, one)), None)
    if met is not None:
        day = day_of(met)
        told = f"last on {long_date(last)}" if last > date.min else "never"
        yield about_file(
            working_days_after(known_from(seen, met), alarm.limits["working_days"]),
            f"Police were in the home on {long_date(day)}; who lives there was confirmed {told}.",
            "household not confirmed since the contact of " + long_date(day),
            day,
            shown_by=met,
        )


def _police_at_home(entry: EntryFact) -> bool:
    ours = entry.get("agency") in (None, "police") or entry.get("kind") == "visit_joint"
    return ours and entry.get("kind") in AT_HOME - {"doorstep"}
