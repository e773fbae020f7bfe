"""Referrals that come again, that are small and many, or that were left to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from casefile.alarms.rules.base import (
    SOCIAL_CARE,
    about_entry,
    about_file,
    as_last,
    assessed,
    concerns_raised,
    event,
    fresh,
    incoming,
    inspected,
    known_from,
    lower,
    reviewed,
    rule,
    working_days_after,
)
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.standards import AlarmStandard, add_months

_SMALL = frozenset({"nfa", "information", "early_help", "linked", "transfer"})
"""Decisions on a referral after which nobody looked further."""
_SAME_INCIDENT = timedelta(days=3)


def _days_of_concern(seen: Seen) -> Sequence[EntryFact]:
    """One referral a day: what two people tell of the same evening is told once."""
    by_day: dict[date, EntryFact] = {}
    for entry in concerns_raised(seen):
        by_day.setdefault(day_of(entry), entry)
    return [by_day[day] for day in sorted(by_day)]


@rule("repeat_referral")
def repeat_referral(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Again within six months: until the risk was assessed again and an inspector has looked at it."""
    for before, again in pairwise(_days_of_concern(seen)):
        day, told = day_of(again), event(seen, again)
        soon = day <= add_months(day_of(before), alarm.limits["months"])
        if soon and fresh(seen, again) and not (assessed(seen, told) and inspected(seen, told)):
            yield _repeated(before, again, "within six months")


@rule("repeat_referral_year")
def repeat_referral_year(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Again within twelve months, though not within six: until assessed again and reviewed."""
    half = seen.library.alarms["repeat_referral"].limits["months"]
    for before, again in pairwise(_days_of_concern(seen)):
        day, told = day_of(again), event(seen, again)
        within = add_months(day_of(before), half) < day <= add_months(day_of(before), alarm.limits["months"])
        if within and fresh(seen, again) and not (assessed(seen, told) and reviewed(seen, told)):
            yield _repeated(before, again, "within a year")


def _repeated(before: EntryFact, again: EntryFact, how: str) -> Spell:
    return about_entry(
        again,
        day_of(again),
        f"Referred again on {long_date(day_of(again))}, {how} of the referral of {long_date(day_of(before))}.",
        f"referred again {how}",
    )


@rule("low_level_reports")
def low_level_reports(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Concerns from different people within a year that led to little, which no supervisor has looked at together."""
    small = [one for one in _small(seen) if fresh(seen, one)]
    found: list[Spell] = []
    for place, last in enumerate(small):
        since = add_months(day_of(last), -alarm.limits["months"])
        several = [one for one in small[: place + 1] if day_of(one) >= since]
        sources = {(one.get("source"), one.get("referrer")) for one in several}
        enough = len(several) >= alarm.limits["reports"] and len(sources) >= alarm.limits["sources"]
        if enough and not reviewed(seen, event(seen, last, _led_to_little)):
            told = f"{len(several)} concerns from {len(sources)} sources"
            found.append(
                about_file(
                    max(one.get("decided_on") or day_of(one) for one in several),
                    f"{told} since {long_date(day_of(several[0]))} led to nothing, or to little.",
                    f"{told} led to little",
                    shown_by=last,
                    renewed=(known_from(seen, last),),
                )
            )
    yield from as_last(found)


def _small(seen: Seen) -> list[EntryFact]:
    """Referrals after which nobody looked further."""
    return [one for one in incoming(seen) if _led_to_little(one)]


def _led_to_little(entry: EntryFact) -> bool:
    return entry.get("decision") in _SMALL


@rule("repeated_domestic_incidents")
def repeated_domestic_incidents(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Several domestic incidents within a year that reach the same child."""
    incidents = [one for one in _incidents(seen) if fresh(seen, one)]
    for child in seen.children:
        mine = [one for one in incidents if _reaches(one, child.id)]
        found: list[Spell] = []
        for place, last in enumerate(mine):
            day = day_of(last)
            since = add_months(day, -alarm.limits["months"])
            days = {day_of(one) for one in mine[: place + 1] if day_of(one) >= since}
            told = event(seen, last, _domestic)
            if len(days) >= alarm.limits["incidents"] and not (assessed(seen, told) and reviewed(seen, told)):
                found.append(
                    about_file(
                        day,
                        f"{len(days)} domestic incidents since {long_date(min(days))} reach the same children.",
                        f"{len(days)} domestic incidents within a year",
                        shown_by=last,
                        renewed=(known_from(seen, last),),
                    )
                )
        yield from as_last(found)


def _incidents(seen: Seen) -> list[EntryFact]:
    """Referrals and crimes; a crime of the days after a referral is what the referral told of."""
    told = [one for one in concerns_raised(seen, _SAME_INCIDENT) if _domestic(one)]
    crimes = [
        one
        for one in seen.of("investigation")
        if _domestic(one)
        and not any(timedelta() <= day_of(one) - day_of(each) <= _SAME_INCIDENT for each in told)
    ]
    return sorted((*told, *crimes), key=day_of)


@rule("incident_not_referred")
def incident_not_referred(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Police know of domestic abuse, drugs or alcohol about the children, and social care has not been told in time."""
    for entry in (*incoming(seen), *seen.of("investigation")):
        if _flagged(entry) and fresh(seen, entry) and seen.children and not _passed_on(seen, entry):
            day = day_of(entry)
            yield about_entry(
                entry,
                working_days_after(known_from(seen, entry), alarm.limits["working_days"]),
                f"Social care has not been told of the incident of {long_date(day)}: domestic abuse, drugs or alcohol.",
                f"incident of {long_date(day)} not referred",
            )


def _flagged(entry: EntryFact) -> bool:
    """An incident that came to police first: a crime, or a report of police themselves."""
    if entry.section == "investigation":
        return entry.get("offence") in ("domestic_abuse", "drugs")
    told = set(entry.get("concerns_about") or ())
    return entry.get("source") == "6" and bool(told & {"domestic_abuse", "drugs", "alcohol"})


def _passed_on(seen: Seen, entry: EntryFact) -> bool:
    """Whether social care knows: referred to it, talked about with it, or itself the one who told."""
    if entry.get("decision") in ("strategy", "assessment") or entry.get("acts_confirmed"):
        return True
    since = day_of(entry) - _SAME_INCIDENT
    return any(
        day_of(one) >= since
        and _with_social_care(one)
        and (not one.concerns or not entry.concerns or not set(one.concerns).isdisjoint(entry.concerns))
        for one in seen.of("referral", "strategy", "disclosure")
    )


def _with_social_care(entry: EntryFact) -> bool:
    if entry.section == "disclosure":
        return entry.get("kind") == "disclosure_out" and entry.get("agency") == "social_care"
    told = entry.get("direction") == "out" or entry.get("source") in SOCIAL_CARE
    return entry.section == "strategy" or told


def _domestic(entry: EntryFact) -> bool:
    return entry.get("offence") == "domestic_abuse" or "domestic_abuse" in (entry.get("concerns_about") or ())


def _reaches(entry: EntryFact, child: UUID) -> bool:
    return not entry.concerns or child in entry.concerns


@rule("closed_on_another_agency")
def closed_on_another_agency(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Police left a referral to another agency that has not said that it acts, or gave no reason."""
    agencies = {one.code: one.label for one in seen.library.codes("agency").codes}
    for entry in incoming(seen):
        agency = entry.get("acts_instead")
        if not agency or not fresh(seen, entry):
            continue
        named = lower(agencies.get(agency) or agency)
        missing = [] if entry.get("acts_confirmed") else ["it has not confirmed that it acts"]
        missing += [] if entry.get("decision_reasons") else ["no reason is recorded"]
        if missing:
            yield about_entry(
                entry,
                entry.get("decided_on") or day_of(entry),
                f"The referral of {long_date(day_of(entry))} was left to {named}; {' and '.join(missing)}.",
                f"left to {named} without proof",
            )
