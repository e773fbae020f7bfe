"""Bands beside a chronology: plan, risk, household and officer in charge over time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from casefile.files.chronology.model import Band, Span
from casefile.files.picture.model import Basis
from casefile.files.picture.told import Told, family_on
from casefile.record.facts import EntryFact
from casefile.record.persons import FactView
from casefile.sections.plan import PLAN_MADE_BY, PROTECTION, plan_stands
from casefile.sections.risk_compare import over_time
from casefile.standards import Library

_TONES = {"high": "danger", "medium": "late"}
_DAY = timedelta(days=1)


def bands_of(
    entries: Sequence[EntryFact],
    told: Told,
    allocations: Iterable[FactView],
    officers: Mapping[UUID, str],
    library: Library,
) -> tuple[Band, ...]:
    """Every band that has anything to say.

    Args:
        entries: The latest version of each entry of the file.
        told: The people of the file over time.
        allocations: Who held it, every fact that stands.
        officers: Names of officers as shown.
        library: For words of codes.
    """
    found = (
        Band("plan", "Plan", tuple(_plan(entries, library))),
        Band("risk", "Risk", tuple(_risk(entries, library))),
        Band("household", "Household", tuple(_household(told, library))),
        Band("officer", "Officer", tuple(_officers(allocations, officers))),
    )
    return tuple(one for one in found if one.spans)


def _plan(entries: Sequence[EntryFact], library: Library) -> Iterator[Span]:
    made = [one for one in entries if one.section in PLAN_MADE_BY]
    days = {one.happened_on for one in made} | {one.get("ended_on") for one in made}
    found: list[tuple[date, str]] = []
    for day in sorted(one for one in days if one is not None):
        words = ""
        if plan_stands(made, day):
            category = _category(made, day)
            words = library.codes("abuse_category").label(category) if category else "Category not recorded"
        found.append((day, words))
    yield from _stretches(found)


def _category(made: Sequence[EntryFact], day: date) -> str:
    by = [one for one in made if one.happened_on is not None and one.happened_on <= day and one.get("category")
          and (one.section == "conference" or one.get("status") in PROTECTION)]  # fmt: skip
    return (
        str(max(by, key=lambda one: (one.happened_on or day, one.recorded_at)).get("category")) if by else ""
    )


def _risk(entries: Sequence[EntryFact], library: Library) -> Iterator[Span]:
    label = library.codes("risk_level").label
    points = [
        (one.on, label(one.level), _TONES.get(one.level, "plain")) for one in over_time(entries, library)
    ]
    ends = [later for _, (later, _, _) in pairwise(points)] + [None] * bool(points)
    for (on, words, tone), after in zip(points, ends, strict=True):
        yield Span(on, after - _DAY if after else None, words, tone)


def _household(told: Told, library: Library) -> Iterator[Span]:
    """Who lives with the first child of the file, on each day on which that changed."""
    facts = [fact for one in told.people for fact in one.stated("residence")]
    days = {fact.get("from_on") for fact in facts}
    days |= {fact.get("until_on") + _DAY for fact in facts if fact.get("until_on")}
    days |= {one.born_on for one in told.people}
    if any(fact.get("from_on") is None for fact in facts):
        days.add(min((fact.get("known_on") for fact in facts), default=None))
    found: list[tuple[date, str]] = []
    for day in sorted(one for one in days if one is not None and one <= told.today):
        family = family_on(told, day, Basis.HAPPENED, library)
        child = next((one for one in family.people if one.subject and not one.unborn), None)
        members = next((held for held in family.homes.values() if child and child.id in held), ())
        names = ", ".join(family.by_id[one].name.split()[0] for one in members)
        found.append((day, f"{len(members)}: {names}" if members else ""))
    yield from _stretches(found)


def _officers(allocations: Iterable[FactView], officers: Mapping[UUID, str]) -> Iterator[Span]:
    held = [one for one in allocations if one.current and one.get("role") == "officer"]
    held = sorted((one for one in held if one.get("from_on") or one.get("known_on")),
                  key=lambda one: (one.get("from_on") or one.get("known_on"), one.recorded_at))  # fmt: skip
    found: list[tuple[date, str]] = []
    for one in held:
        found.append(
            (one.get("from_on") or one.get("known_on"), officers.get(one.get("officer_id"), "Nobody named"))
        )
        if one.get("until_on"):
            found.append((one.get("until_on") + _DAY, ""))
    yield from _stretches(sorted(found, key=lambda one: one[0]))


def _stretches(found: Sequence[tuple[date, str]]) -> Iterator[Span]:
    """Words from each day on until other words: what stays the same is one stretch, an end and a beginning on one day are a change."""
    by_day: dict[date, str] = {}
    for day, words in found:
        by_day[day] = words or by_day.get(day, "")
    points: list[tuple[date, str]] = []
    for day in sorted(by_day):
        if not points or points[-1][1] != by_day[day]:
            points.append((day, by_day[day]))
    ends = [later for _, (later, _) in pairwise(points)] + [None] * bool(points)
    for (day, words), after in zip(points, ends, strict=True):
        if words:
            yield Span(day, after - _DAY if after else None, words)
