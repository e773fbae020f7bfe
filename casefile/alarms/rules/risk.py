"""The risk: not assessed, not assessed again, three factors together, signs of compliance in word only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from casefile.alarms.rules.base import (
    Event,
    about_file,
    assessed,
    days_after,
    event,
    fresh,
    incoming,
    reviewed,
    rule,
    working_days_after,
)
from casefile.alarms.seen import Seen, place
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import FactView, PersonView
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.standards import AlarmStandard

_SETTLING_IN = timedelta(days=14)
"""People and addresses recorded in the first days of a file are how it was found, not a change."""
_STANDS = ("present", "suspected")


@rule("risk_not_assessed")
def risk_not_assessed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Nobody has assessed the risk since the file was opened."""
    if seen.risk_level() in (None, "not_assessed"):
        opened = seen.history.opened_on
        yield about_file(
            days_after(opened, alarm.limits["days"]),
            f"The risk has not been assessed since the file was opened on {long_date(opened)}.",
            "risk not assessed for {n}",
            opened,
        )


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that resets the assessment: which kind, in words, and when it happened and was known."""

    kind: str
    words: str
    by: Event
    entry: EntryFact | None = None

    @property
    def counts_from(self) -> date:
        """The day from which an assessment may be asked for."""
        return max(self.by.on, self.by.told)


@rule("risk_not_reassessed")
def risk_not_reassessed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Something happened that resets the assessment, and the risk was not assessed on that day or since."""
    last = max((day_of(one) for one in seen.of("risk") if one.get("level") != "not_assessed"), default=None)
    if last is None:
        return
    before = timedelta(days=alarm.limits["conference_days_before"])
    for trigger in sorted(_triggers(seen), key=lambda one: (one.counts_from, one.by.on)):
        if trigger.kind not in alarm.codes["triggers"]:
            continue
        early = before if trigger.kind == "conference" else timedelta()
        if not assessed(seen, Event(trigger.by.on - early, trigger.by.told - early)):
            yield about_file(
                working_days_after(trigger.counts_from, alarm.limits["working_days"]),
                f"{trigger.words} on {long_date(trigger.by.on)} calls for a new risk assessment; "
                f"the last is of {long_date(last)}.",
                f"risk not assessed again since {trigger.words[:1].lower()}{trigger.words[1:]}",
                trigger.by.on,
                shown_by=trigger.entry,
            )
            return


def _triggers(seen: Seen) -> Iterable[Trigger]:
    yield from (
        _of("new_referral", "A new referral", seen, one) for one in incoming(seen) if fresh(seen, one)
    )
    for entry in seen.of("contact", "bail", "conference", "investigation"):
        if not fresh(seen, entry):
            continue
        if entry.section == "contact" and entry.get("injury"):
            yield Trigger("injury", "An injury", event(seen, entry, lambda one: one.get("injury")), entry)
        elif entry.section == "bail":
            yield _of("bail_change", "A change of bail", seen, entry)
            if entry.get("ended_how"):
                yield _ended("bail_change", "The end of bail", seen, entry, ("ended_how", "ended_on"))
        elif entry.section == "conference":
            dissent = entry.get("position") in ("dissent", "agreed_after_dissent")
            kind, words = (
                ("disagreement", "Dissent at a conference") if dissent else ("conference", "A conference")
            )
            yield _of(kind, words, seen, entry)
        elif entry.section == "investigation" and entry.get("outcome"):
            yield _ended("nfa", "The end of an investigation", seen, entry, ("outcome", "outcome_on"))
    yield from _of_people(seen)


def _of_people(seen: Seen) -> Iterable[Trigger]:
    settled = seen.history.opened_on + _SETTLING_IN
    for person in seen.people:
        roles = set(person.roles(seen.file_id))
        if not roles or roles & OUTSIDE:
            continue
        child = bool(CHILDREN & roles)
        homes = _homes(person)
        for home, since in homes.items():
            if since > settled and child and len(homes) > 1:
                yield _on("address_change", f"A new address of {person.name}", since)
            elif since > settled and not child and home in seen.addresses:
                yield _on("new_adult", f"{person.name} in the household", since)
        births = [one for one in person.stated("birth") if one.get("born_on")]
        if child and births and births[0].get("born_on") > seen.history.opened_on:
            told = min(one.values["known_on"] for one in person.facts["birth"] if one.get("born_on"))
            yield Trigger(
                "pregnancy_birth", f"The birth of {person.name}", Event(births[0].get("born_on"), told)
            )


def _homes(person: PersonView) -> Mapping[str, date]:
    """Where somebody lives or lived, each with the day from which police knew: told again, it is no new address."""
    standing = {place(one) for one in person.stated("residence")}
    found: dict[str, date] = {}
    for one in person.facts.get("residence", ()):
        if (home := place(one)) in standing:
            found[home] = min(found.get(home, date.max), _since(one))
    return found


def _since(residence: FactView) -> date:
    stated: date | None = residence.get("from_on")
    return max(stated, residence.values["known_on"]) if stated else residence.values["known_on"]


def _on(kind: str, words: str, day: date) -> Trigger:
    return Trigger(kind, words, Event(day, day))


def _of(kind: str, words: str, seen: Seen, entry: EntryFact) -> Trigger:
    return Trigger(kind, words, event(seen, entry), entry)


def _ended(kind: str, words: str, seen: Seen, entry: EntryFact, keys: tuple[str, str]) -> Trigger:
    """What an entry says has ended, under one key, on a day it states under another."""
    how, on = keys
    told = event(seen, entry, lambda one: one.get(how) is not None).told
    return Trigger(kind, words, Event(entry.get(on) or told, told), entry)


_TRIO: Mapping[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {
    "domestic abuse": (
        frozenset({"domestic_violence"}),
        frozenset({"domestic_abuse"}),
        frozenset({"3A", "3B", "3C"}),
    ),
    "alcohol or drugs": (
        frozenset({"drugs", "alcohol"}),
        frozenset({"drugs", "alcohol"}),
        frozenset({"1B", "1C", "2B", "2C"}),
    ),
    "mental ill-health": (
        frozenset({"mental_health"}),
        frozenset({"mental_health"}),
        frozenset({"4B", "4C"}),
    ),
}
"""Each of the three: by risk factor, by concern of a referral, by factor of the census (codes 1 to 4, parent or other)."""


@rule("trio")
def trio(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """All three parental factors are known; no supervisor has looked since the third came."""
    found: list[Event] = []
    for risk, concern, census in _TRIO.values():
        shows = partial(_shows, risk=risk, concern=concern, census=census)
        shown = [event(seen, one, shows) for one in seen.of("risk", "referral", "assessment") if shows(one)]
        if not shown or _gone(seen, risk):
            return
        found.append(min(shown, key=lambda one: (one.told, one.on)))
    together, told = max(one.on for one in found), max(one.told for one in found)
    if not reviewed(seen, Event(together, told)):
        yield about_file(
            together,
            f"Domestic abuse, alcohol or drugs, and mental ill-health come together since {long_date(together)}.",
            "domestic abuse, alcohol or drugs and mental ill-health together",
        )


def _shows(entry: EntryFact, risk: frozenset[str], concern: frozenset[str], census: frozenset[str]) -> bool:
    if entry.section == "risk":
        return any(
            row.get("factor") in risk and row.get("factor_state") in _STANDS for row in entry.rows("factors")
        )
    if entry.section == "referral":
        return bool(concern & set(entry.get("concerns_about") or ()))
    return entry.section == "assessment" and bool(census & set(entry.get("factors") or ()))


def _gone(seen: Seen, factors: frozenset[str]) -> bool:
    """Whether the last risk assessment says that none of these is there any more."""
    last = seen.last("risk")
    states = (
        [row.get("factor_state") for row in last.rows("factors") if row.get("factor") in factors]
        if last
        else []
    )
    return bool(states) and all(one in ("past", "not_present") for one in states)


@rule("disguised_compliance")
def disguised_compliance(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Different signs, together at least the number set, the last of which no supervisor has looked at."""
    labels = {one.code: one.label for one in seen.library.codes("disguised_compliance").codes}
    signs: dict[str, EntryFact] = {}
    for entry in seen.of("contact", "risk"):
        if fresh(seen, entry):
            for sign in entry.get("compliance") or ():
                signs.setdefault(sign, entry)
    if len(signs) < alarm.limits["signs"]:
        return
    last = max(signs.values(), key=day_of)
    if not reviewed(seen, event(seen, last, lambda one: bool(one.get("compliance")))):
        named = "; ".join(labels.get(one, one).lower() for one in signs)
        yield about_file(
            day_of(last),
            f"Signs of disguised compliance: {named}.",
            "signs of disguised compliance",
            shown_by=last,
        )
