"""Who is in the home: adults nobody has verified, a household nobody has confirmed again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from casefile.alarms.rules.base import about_file, about_person, fresh, known_from, rule, working_days_after
from casefile.alarms.rules.sight import AT_HOME
from casefile.alarms.seen import Seen, place
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import FactView, PersonView
from casefile.sections.researched import answers
from casefile.standards import AlarmStandard

_NOT_LIVING_THERE = frozenset(
    {"hospital", "custody", "refuge", "postal", "no_fixed", "bail_address", "other_parent"}
)
ABOUT_THE_HOME = frozenset(
    {"partner", "step_parent", "household_member", "frequents", "lodger", "babysitter"}
)
"""Roles that put an adult near the children wherever they say they live."""


@rule("unverified_adult")
def unverified_adult(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Somebody of the home is not identified; or an adult there is not verified, or nobody has researched them."""
    yield from _not_identified(seen)
    yield from _not_of_the_file(seen, alarm)
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
            unsettled = about_person(
                adult.id,
                working_days_after(since, alarm.limits["working_days"]),
                f"{adult.name}, known to be in the household since {long_date(since)}, {why}.",
                f"{adult.name} of the household {why}",
                since,
            )
            yield replace(unsettled, until_on=_near_until(seen, adult))


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


def _not_of_the_file(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Somebody found in the home whom the file does not hold as a person: nobody can have researched them."""
    household = seen.last("household")
    for row in household.rows("occupants") if household else ():
        if household is None or row.get("identified") is False or row.get("person_id"):
            continue
        if (name := str(row.get("name") or "")) and not _held(seen, name):
            since = known_from(seen, household)
            yield Spell(
                f"{household.thread_id}/{name}",
                working_days_after(since, alarm.limits["working_days"]),
                None,
                f"{name}, found in the household on {long_date(day_of(household))}, is not a person of the file and has "
                "not been researched.",
                f"{name} of the household has not been researched",
                since,
                concerns=household.concerns,
                entry_id=household.id,
            )


def _held(seen: Seen, name: str) -> bool:
    """Whether the file holds somebody of that name, or of that place in the family where no name is told."""
    words = name.casefold().split()
    roles = {each.replace("_", " ") for one in seen.people for each in one.roles(seen.file_id)}
    names = [person.name for person in seen.people]
    names += [str(one.get("given") or "") for person in seen.people for one in person.facts.get("name", ())]
    told = {one.casefold().split(maxsplit=1)[0] for one in names if one.strip()}
    return words[0] in told or " ".join(words) in roles


def near_since(seen: Seen, adult: PersonView) -> date | None:
    """Since when police have known that an adult is in the children's home or about it."""
    near = _near(seen, adult)
    homes = {place(one) for one in near if one.key == "residence"}
    roles = {one.get("role") for one in near if one.key == "involvement"}
    told = [
        one.values["known_on"]
        for one in (*adult.facts.get("residence", ()), *adult.facts.get("involvement", ()))
        if (one.key == "residence" and place(one) in homes)
        or (one.key == "involvement" and one.file_id == seen.file_id and one.get("role") in roles)
    ]
    household = seen.last("household")
    if household and _found_there(household, adult):
        told.append(known_from(seen, household))
    return min(told, default=None)


def _near(seen: Seen, adult: PersonView) -> list[FactView]:
    """The facts that now put an adult in the children's home or about it."""
    living = [
        one
        for one in adult.now("residence")
        if one.get("kind") not in _NOT_LIVING_THERE and place(one) in seen.addresses
    ]
    about = [
        one
        for one in adult.now("involvement")
        if one.file_id == seen.file_id and one.get("role") in ABOUT_THE_HOME
    ]
    return [*living, *about]


def _near_until(seen: Seen, adult: PersonView) -> date | None:
    """The day on which an adult is there no more, where all that puts them there tells its own end."""
    household = seen.last("household")
    ends = [one.get("until_on") for one in _near(seen, adult)]
    if (household and _found_there(household, adult)) or not ends or None in ends:
        return None
    return max(one for one in ends if one)


def _found_there(household: EntryFact, adult: PersonView) -> bool:
    return any(row.get("person_id") == adult.id for row in household.rows("occupants"))


def _unsettled(seen: Seen, adult: PersonView) -> str | None:
    """What is still open about an adult of the household, in words."""
    if not _researched(seen, adult.id):
        return "has not been researched"
    facts = (*adult.now("involvement"), *adult.now("residence"))
    return "is not verified by police" if any(one.get("verified") is False for one in facts) else None


def _researched(seen: Seen, person: object) -> bool:
    return any(person in one.concerns and _answered(seen, one) for one in seen.of("research"))


def _answered(seen: Seen, research: EntryFact) -> bool:
    """Whether a search came to an answer: it is said to be complete, or one of its systems answered."""
    searches = research.rows("searches")
    if research.get("status") is not None or not searches:
        return research.get("status") in (None, "complete")
    results = seen.library.codes("research_result")
    return any(answers(row, results) for row in searches)


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
