"""The risk: not assessed, not assessed again, three factors together, signs of compliance in word only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial

from casefile.alarms.rules.base import (
    Event,
    about_file,
    assessed,
    days_after,
    event,
    fresh,
    known_from,
    reviewed,
    rule,
    working_days_after,
)
from casefile.alarms.rules.triggers import triggers
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.standards import AlarmStandard

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


@rule("risk_not_reassessed")
def risk_not_reassessed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Something happened that resets the assessment, and the risk was not assessed on that day or since."""
    last = max((day_of(one) for one in seen.of("risk") if one.get("level") != "not_assessed"), default=None)
    if last is None:
        return
    before = timedelta(days=alarm.limits["conference_days_before"])
    for trigger in sorted(triggers(seen), key=lambda one: (one.counts_from, one.by.on)):
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
                renewed=(trigger.counts_from,),
            )


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
    found = _of_the_three(seen)
    if len(found) < len(_TRIO):
        return
    together = _together(found.values())
    if not reviewed(seen, together):
        yield about_file(
            together.on,
            f"Domestic abuse, alcohol or drugs, and mental ill-health come together since {long_date(together.on)}.",
            "domestic abuse, alcohol or drugs and mental ill-health together",
        )


@rule("two_of_trio")
def two_of_trio(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Two of the three, not all; no supervisor has looked since the second came, for longer than the limit."""
    found = _of_the_three(seen)
    if len(found) != len(_TRIO) - 1:
        return
    together = _together(found.values())
    if not reviewed(seen, together):
        named = " and ".join(found)
        yield about_file(
            days_after(max(together.on, together.told), alarm.limits["days"]),
            f"{named[:1].upper()}{named[1:]} come together since {long_date(together.on)}.",
            f"{named} together",
        )


def _of_the_three(seen: Seen) -> Mapping[str, Event]:
    """Those of the three that are known and not gone, each with when it was first told of."""
    found: dict[str, Event] = {}
    for name, (risk, concern, census) in _TRIO.items():
        shows = partial(_shows, risk=risk, concern=concern, census=census)
        shown = [event(seen, one, shows) for one in seen.of("risk", "referral", "assessment") if shows(one)]
        if shown and not _gone(seen, risk):
            found[name] = min(shown, key=lambda one: (one.told, one.on))
    return found


def _together(events: Iterable[Event]) -> Event:
    """When the last of several came, and when it was known."""
    all_of_them = tuple(events)
    return Event(max(one.on for one in all_of_them), max(one.told for one in all_of_them))


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
        days = sorted({known_from(seen, one) for one in signs.values()})
        yield about_file(
            day_of(last),
            f"Signs of disguised compliance: {named}.",
            "signs of disguised compliance",
            shown_by=last,
            renewed=days,
        )
