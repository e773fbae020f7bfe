"""How complete each divider of a file is, held against the standard's minimum. Pure.

A divider is *complete*, or something is *missing* (and what), or somebody said that it does *not
apply*, or it stands *empty* where the standard does not yet ask for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.owed import Owed
from casefile.record.persons import PersonView
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.standards import Library

LATER = ("challenge", "handover")
"""Dividers that other rooms keep; they are not listed in a file until those rooms stand."""
CHILDREN = frozenset({"subject", "unborn", "sibling", "other_child"})
OUTSIDE = frozenset({"professional"})
_RESEARCH_FRESH = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """What an officer said of a divider: that it applies or not, why, and when."""

    applies: bool
    reason: str
    officer: str
    on: date


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the rules need to know of one file.

    Attributes:
        entries: The latest signed version of each entry, oldest first.
        officer, supervisor: Whether the file has one.
    """

    file_id: UUID
    entries: tuple[EntryFact, ...]
    people: tuple[PersonView, ...]
    owed: tuple[Owed, ...]
    marks: Mapping[str, MarkSaid] = field(default_factory=dict[str, MarkSaid])
    officer: bool = False
    supervisor: bool = False
    risk_level: str | None = None
    documents: int = 0

    def of(self, section: str) -> tuple[EntryFact, ...]:
        """The entries of one section, oldest first."""
        return tuple(one for one in self.entries if one.section == section)

    def behind(self, divider: str) -> tuple[EntryFact, ...]:
        """The entries behind one divider."""
        return tuple(one for one in self.entries if SECTIONS[one.section].divider == divider)

    def children(self) -> tuple[PersonView, ...]:
        """The children of the file, unborn ones too."""
        return tuple(one for one in self.people if CHILDREN & set(one.roles(self.file_id)))

    def adults(self) -> tuple[PersonView, ...]:
        """The adults of the family and others of concern; not professionals."""
        return tuple(
            one
            for one in self.people
            if one.roles(self.file_id)
            and not CHILDREN & set(one.roles(self.file_id))
            and not OUTSIDE & set(one.roles(self.file_id))
        )


@dataclass(frozen=True, slots=True)
class DividerState:
    """How one divider stands: ``complete``, ``missing``, ``not_applicable`` or ``empty``."""

    divider: str
    mark: str
    count: int
    missing: tuple[str, ...]
    said_by: str


def divider_states(facts: FileFacts, library: Library, as_of: date) -> tuple[DividerState, ...]:
    """The state of every divider of a file, in the order of the standard."""
    return tuple(_state(one.key, facts, as_of) for one in library.dividers if one.key not in LATER)


def _state(divider: str, facts: FileFacts, as_of: date) -> DividerState:
    count = _count(divider, facts)
    said = facts.marks.get(divider)
    if said is not None and not said.applies and count == 0:
        words = f"{said.officer}, {long_date(said.on)}: {said.reason}"
        return DividerState(divider, "not_applicable", 0, (), words)
    missing = [*_asked(divider, facts, as_of), *_RULES.get(divider, _nothing)(facts, as_of)]
    if missing:
        return DividerState(divider, "missing", count, tuple(dict.fromkeys(missing)), "")
    return DividerState(divider, "complete" if count else "empty", count, (), "")


def _count(divider: str, facts: FileFacts) -> int:
    drawn: dict[str, Callable[[], int]] = {
        "front_sheet": lambda: 1,
        "child": lambda: len(facts.children()),
        "household": lambda: len([one for one in facts.people if one.now("residence")]),
        "associated": lambda: len(facts.adults()),
        "chronology": lambda: len(facts.entries),
        "audit": lambda: 1,
    }
    return drawn.get(divider, lambda: len(facts.behind(divider)))() or len(facts.behind(divider))


def _asked(divider: str, facts: FileFacts, as_of: date) -> Iterable[str]:
    """Fields the standard asks for that signed entries leave empty, and what sections themselves miss."""
    for entry in facts.behind(divider):
        section = SECTIONS[entry.section]
        when = long_date(entry.happened_on)
        for spec in describe(section).fields:
            if spec.asked and entry.get(spec.key) in (None, "", [], ()):
                yield f"{section.title} of {when}: {spec.label.lower()} is not recorded."
        for group in describe(section).groups:
            if group.asked and not entry.rows(group.key):
                yield f"{section.title} of {when}: nothing under {group.label.lower()}."
        yield from (f"{section.title} of {when}: {said}" for said in section.missing(entry, as_of))


def _nothing(facts: FileFacts, as_of: date) -> Iterable[str]:
    return ()


def _front_sheet(facts: FileFacts, as_of: date) -> Iterable[str]:
    if not facts.officer:
        yield "No officer in charge is named."
    if not facts.supervisor:
        yield "No supervisor is named."
    if facts.risk_level in (None, "not_assessed"):
        yield "The risk has not been assessed."


def _child(facts: FileFacts, as_of: date) -> Iterable[str]:
    children = facts.children()
    if not children:
        yield "No child is recorded."
    for child in children:
        if not child.now("birth"):
            yield f"{child.name}: no date of birth, and no expected date."
        if not child.unborn and not child.now("residence"):
            yield f"{child.name}: no address."
        if not child.unborn and not child.now("setting"):
            yield f"{child.name}: no school, nursery or GP."


def _household(facts: FileFacts, as_of: date) -> Iterable[str]:
    if not any(one.now("residence") for one in facts.people):
        yield "Nobody’s address is recorded."
        return
    confirmed = [
        day
        for one in facts.people
        for fact in one.now("residence")
        if (day := fact.get("confirmed_on")) is not None
    ]
    confirmed += [one.happened_on for one in facts.of("household") if one.happened_on]
    contacts = [one.happened_on for one in facts.of("contact") if one.happened_on]
    if not confirmed:
        yield "Who lives in the household has never been confirmed."
    elif contacts and max(contacts) > max(confirmed):
        yield f"The household has not been re-confirmed since the contact of {long_date(max(contacts))}."


def _associated(facts: FileFacts, as_of: date) -> Iterable[str]:
    researched = _researched(facts)
    for adult in facts.adults():
        if adult.id not in researched:
            yield f"{adult.name} has not been researched."


def _research(facts: FileFacts, as_of: date) -> Iterable[str]:
    researched = _researched(facts)
    for person in (*facts.children(), *facts.adults()):
        if person.unborn:
            continue
        last = researched.get(person.id)
        if last is None:
            yield f"{person.name} has not been checked on any system."
        elif as_of - last > _RESEARCH_FRESH:
            yield f"{person.name} was last checked on {long_date(last)}."


def _researched(facts: FileFacts) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    for entry in facts.of("research"):
        people: list[Any] = [*entry.concerns]
        person = entry.get("person_id")
        if person:
            people.append(person)
        for one in people:
            found[one] = max(found.get(one, date.min), entry.happened_on or entry.known_on)
    return found


def _referral(facts: FileFacts, as_of: date) -> Iterable[str]:
    if not facts.of("referral"):
        yield "No referral is recorded."


def _minutes(facts: FileFacts, as_of: date) -> Iterable[str]:
    for one in facts.owed:
        if one.timescale == "CONF-M" and one.state.outstanding:
            yield f"Minutes not received: {one.because}."


def _risk(facts: FileFacts, as_of: date) -> Iterable[str]:
    if not facts.of("risk"):
        yield "The risk has not been assessed."


def _plan(facts: FileFacts, as_of: date) -> Iterable[str]:
    decided = [one for one in facts.of("conference") if one.get("outcome") == "plan"]
    if decided and not facts.of("plan"):
        yield "A conference decided on a plan; the plan is not in the file."


def _supervision(facts: FileFacts, as_of: date) -> Iterable[str]:
    if not facts.of("supervision"):
        yield "No supervisor has reviewed this file."


def _medicals(facts: FileFacts, as_of: date) -> Iterable[str]:
    for one in facts.owed:
        chased = one.timescale in ("MED-1", "MED-0-REPORT", "CHASE")
        if chased and one.days_late and one.state.outstanding:
            yield f"{one.title}: {one.days_late} {one.late_unit} late."


_RULES: dict[str, Callable[[FileFacts, date], Iterable[str]]] = {
    "front_sheet": _front_sheet,
    "child": _child,
    "household": _household,
    "associated": _associated,
    "research": _research,
    "referral": _referral,
    "minutes": _minutes,
    "risk": _risk,
    "plan": _plan,
    "supervision": _supervision,
    "medicals": _medicals,
}
