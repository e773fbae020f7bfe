"""The risk: not assessed, not assessed again, three factors together, signs of compliance in word only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casefile.alarms.rules.base import (
    about_file,
    days_after,
    fresh,
    incoming,
    reviewed,
    rule,
    working_days_after,
)
from casefile.alarms.seen import Seen, day_of, place
from casefile.alarms.spell import Spell
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import FactView
from casefile.sections.file_facts import CHILDREN
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
    """Something that resets the assessment: which kind, in words, on which day, and when police knew."""

    kind: str
    words: str
    on: date
    known_on: date
    entry: EntryFact | None = None


@rule("risk_not_reassessed")
def risk_not_reassessed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Something happened that resets the assessment, and the risk was not assessed on that day or since."""
    assessed = [day_of(one) for one in seen.of("risk") if one.get("level") != "not_assessed"]
    if not assessed:
        return
    before = timedelta(days=alarm.limits["conference_days_before"])
    for trigger in sorted(_triggers(seen), key=lambda one: (one.known_on, one.on)):
        if trigger.kind not in alarm.codes["triggers"]:
            continue
        since = trigger.on - before if trigger.kind == "conference" else trigger.on
        if max(assessed) < since:
            yield about_file(
                working_days_after(max(trigger.on, trigger.known_on), alarm.limits["working_days"]),
                f"{trigger.words} on {long_date(trigger.on)} calls for a new risk assessment; "
                f"the last is of {long_date(max(assessed))}.",
                f"risk not assessed again since {trigger.words[:1].lower()}{trigger.words[1:]}",
                trigger.on,
                shown_by=trigger.entry,
            )
            return


def _triggers(seen: Seen) -> Iterable[Trigger]:
    yield from (
        _of("new_referral", "A new referral", seen, one) for one in incoming(seen) if fresh(seen, one)
    )
    for entry in seen.entries:
        if not fresh(seen, entry):
            continue
        if entry.section == "contact" and entry.get("injury"):
            yield _of("injury", "An injury", seen, entry)
        elif entry.section == "bail":
            changed = entry.get("ended_on") if entry.get("ended_how") else day_of(entry)
            yield Trigger("bail_change", "A change of bail", changed or entry.known_on, entry.known_on, entry)
        elif entry.section == "conference":
            dissent = entry.get("position") in ("dissent", "agreed_after_dissent")
            kind, words = (
                ("disagreement", "Dissent at a conference") if dissent else ("conference", "A conference")
            )
            yield _of(kind, words, seen, entry)
        elif entry.section == "investigation" and entry.get("outcome"):
            ended = entry.get("outcome_on") or entry.known_on
            yield Trigger("nfa", "The end of an investigation", ended, entry.known_on, entry)
    yield from _of_people(seen)


def _of_people(seen: Seen) -> Iterable[Trigger]:
    settled = seen.history.opened_on + _SETTLING_IN
    for person in seen.people:
        child = bool(CHILDREN & set(person.roles(seen.file_id)))
        homes = sorted(person.stated("residence"), key=_since)
        known = {place(one) for one in homes if _since(one) <= settled}
        for home in homes:
            if _since(home) <= settled or place(home) in known:
                continue
            if child and len(homes) > 1:
                yield Trigger(
                    "address_change", f"A new address of {person.name}", _since(home), home.values["known_on"]
                )
            elif not child and place(home) in seen.addresses:
                yield Trigger(
                    "new_adult", f"{person.name} in the household", _since(home), home.values["known_on"]
                )
        born = seen.born_on(person)
        if child and born and born > seen.history.opened_on:
            yield Trigger("pregnancy_birth", f"The birth of {person.name}", born, born)


def _since(residence: FactView) -> date:
    stated: date | None = residence.get("from_on")
    return max(stated, residence.values["known_on"]) if stated else residence.values["known_on"]


def _of(kind: str, words: str, seen: Seen, entry: EntryFact) -> Trigger:
    return Trigger(kind, words, day_of(entry), seen.first_known[entry.thread_id], entry)


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
    days: list[date] = []
    for risk, concern, census in _TRIO.values():
        shown = [day_of(one) for one in seen.entries if _shows(one, risk, concern, census)]
        if not shown or _gone(seen, risk):
            return
        days.append(min(shown))
    together = max(days)
    if not reviewed(seen, together):
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
    if not reviewed(seen, day_of(last)):
        named = "; ".join(labels.get(one, one).lower() for one in signs)
        yield about_file(
            day_of(last),
            f"Signs of disguised compliance: {named}.",
            "signs of disguised compliance",
            shown_by=last,
        )
