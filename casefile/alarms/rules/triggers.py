"""What resets an assessment of the risk (domain of risk: review triggers): every event, and when police knew of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from casefile.alarms.rules.base import Event, concerns_raised, event, fresh
from casefile.alarms.rules.household import ABOUT_THE_HOME
from casefile.alarms.rules.sight import visit_failed
from casefile.alarms.seen import Seen, place
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import FactView, PersonView
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.sections.strategy import HARM_DONE

_SETTLING_IN = timedelta(days=14)
"""People and addresses recorded in the first days of a file are how it was found, not a change."""
_BAIL_CHANGES = ("kind", "conditions", "expires_on")
_OF_A_PLAN = ("plan", "conference", "core_group")


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


def triggers(seen: Seen) -> Iterable[Trigger]:
    """Everything that resets the assessment, in no order."""
    for entry in concerns_raised(seen):
        if fresh(seen, entry):
            yield _of("new_referral", "A new referral", seen, entry)
    for entry in seen.of(*_BY_SECTION):
        if fresh(seen, entry):
            yield from _BY_SECTION[entry.section](seen, entry)
    yield from _visits_missed(seen)
    yield from _actions_failed(seen)
    yield from _handed_over(seen)
    yield from _of_people(seen)


def _contact(seen: Seen, entry: EntryFact) -> Iterable[Trigger]:
    if entry.get("injury"):
        yield Trigger("injury", "An injury", event(seen, entry, lambda one: one.get("injury")), entry)


def _medical(seen: Seen, entry: EntryFact) -> Iterable[Trigger]:
    if entry.get("opinion") in HARM_DONE:
        told = event(seen, entry, lambda one: one.get("opinion") in HARM_DONE)
        yield Trigger("injury", "A doctor’s opinion that harm was done", told, entry)


def _bail(seen: Seen, entry: EntryFact) -> Iterable[Trigger]:
    """Bail given, ended, and each amendment that put it off or changed what it forbids."""
    yield _of("bail_change", "A change of bail", seen, entry)
    for before, after in pairwise(seen.versions(entry)):
        if any(before.get(key) != after.get(key) for key in _BAIL_CHANGES) and not after.get("ended_how"):
            yield Trigger("bail_change", "A change of bail", Event(after.known_on, after.known_on), after)
    if entry.get("ended_how"):
        yield _ended("bail_change", "The end of bail", seen, entry, ("ended_how", "ended_on"))


def _conference(seen: Seen, entry: EntryFact) -> Iterable[Trigger]:
    dissent = entry.get("position") in ("dissent", "agreed_after_dissent")
    kind, words = ("disagreement", "Dissent at a conference") if dissent else ("conference", "A conference")
    yield _of(kind, words, seen, entry)


def _strategy(seen: Seen, entry: EntryFact) -> Iterable[Trigger]:
    if entry.get("disagreement"):
        yield _of("disagreement", "Disagreement in a strategy discussion", seen, entry)


def _investigation(seen: Seen, entry: EntryFact) -> Iterable[Trigger]:
    if entry.get("outcome"):
        yield _ended("nfa", "The end of an investigation", seen, entry, ("outcome", "outcome_on"))


def _social_care_closure(seen: Seen, entry: EntryFact) -> Iterable[Trigger]:
    yield _of("closing", "Social care closing its case", seen, entry)


_BY_SECTION: Mapping[str, Callable[[Seen, EntryFact], Iterable[Trigger]]] = {
    "contact": _contact,
    "medical": _medical,
    "bail": _bail,
    "conference": _conference,
    "strategy": _strategy,
    "investigation": _investigation,
    "social_care_closure": _social_care_closure,
}


def _visits_missed(seen: Seen) -> Iterable[Trigger]:
    """The second visit that fails, and each after it, until somebody is met."""
    for before, entry in pairwise(seen.of("contact")):
        if visit_failed(before) and visit_failed(entry) and fresh(seen, entry):
            yield _of("missed_visits", "A visit that failed after another", seen, entry)


def _actions_failed(seen: Seen) -> Iterable[Trigger]:
    """What a plan laid on somebody and nobody did by its day."""
    for task in seen.owed("ACTION"):
        entry = seen.entry(task.entry_id)
        if entry is None or entry.section not in _OF_A_PLAN or task.due_on is None or task.due_on == date.max:
            continue
        if task.ended_on is None or task.ended_on > task.due_on:
            day = task.due_on + timedelta(days=1)
            words = f"The plan action not done by {long_date(task.due_on)}"
            yield Trigger("failed_action", words, Event(day, day), entry)


def _handed_over(seen: Seen) -> Iterable[Trigger]:
    """Another officer in charge than the one before."""
    officers = [one for one in seen.holders if one.get("role") == "officer" and one.current]
    for before, after in pairwise(sorted(officers, key=_since)):
        if before.get("officer_id") != after.get("officer_id"):
            yield _on("handover", "The hand-over", _since(after))


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
        if (
            not child
            and (told := _came_near(seen, person))
            and told > settled
            and not set(homes) & seen.addresses
        ):
            yield _on("new_adult", f"{person.name} about the household", told)
        expected = [one for one in person.facts.get("birth", ()) if one.get("expected_on")]
        if child and expected and (told := min(one.values["known_on"] for one in expected)) > settled:
            yield _on("pregnancy_birth", f"The pregnancy with {person.name}", told)
        births = [one for one in person.stated("birth") if one.get("born_on")]
        if child and births and births[0].get("born_on") > seen.history.opened_on:
            told = min(one.values["known_on"] for one in person.facts["birth"] if one.get("born_on"))
            yield Trigger(
                "pregnancy_birth", f"The birth of {person.name}", Event(births[0].get("born_on"), told)
            )


def _came_near(seen: Seen, person: PersonView) -> date | None:
    """When police knew of a role that puts an adult about the children wherever they say they live."""
    told = [
        _since(one)
        for one in person.now("involvement")
        if one.file_id == seen.file_id and one.get("role") in ABOUT_THE_HOME
    ]
    return min(told, default=None)


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
