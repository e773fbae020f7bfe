"""Which children have died, however it was told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from casefile.alarms.rules.base import Event, event
from casefile.alarms.seen import Seen
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.file_facts import CHILDREN

_TELL_OF_DEATH = ("referral", "medical", "plan", "social_care_closure", "closure")
"""Sections whose entries may tell of a death."""


def death_of(seen: Seen, child: PersonView) -> Event | None:
    """When a child died and when police knew, as a fact tells it, a referral, a doctor, or whoever closed for it."""
    return seen.once(("death", child.id), lambda: _death(seen, child))


def _death(seen: Seen, child: PersonView) -> Event | None:
    told = [
        Event(day, one.values["known_on"])
        for one in child.stated("birth")
        if (day := one.get("died_on")) is not None
    ]
    told += [
        event(seen, one, _tells_of_death, on=_died_on(one))
        for one in seen.of(*_TELL_OF_DEATH)
        if _tells_of_death(one) and _whose(seen, one) == child.id
    ]
    return min(told, key=lambda one: one.told, default=None)


def _tells_of_death(entry: EntryFact) -> bool:
    if entry.section == "referral":
        return "death" in (entry.get("concerns_about") or ())
    if entry.section == "medical":
        return entry.get("kind") == "post_mortem"
    if entry.section == "plan":
        return entry.get("end_reason") == "died"
    return entry.get("closed_for") in ("died", "RC2")


def _died_on(entry: EntryFact) -> date | None:
    found: date | None = entry.get("ended_on") if entry.section == "plan" else None
    return found


def _whose(seen: Seen, entry: EntryFact) -> UUID | None:
    """The one child whose death an entry tells of; an entry about several, or about all of several, does not say whose."""
    all_of_them = [one.id for one in seen.people if CHILDREN & set(one.roles(seen.file_id))]
    named = [one for one in all_of_them if one in entry.concerns] or all_of_them
    return named[0] if len(named) == 1 else None


def alive(seen: Seen, children: Iterable[PersonView]) -> tuple[PersonView, ...]:
    """Those of some children of whose death nobody has told."""
    return tuple(one for one in children if death_of(seen, one) is None)
