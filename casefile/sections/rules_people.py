"""What the standard asks of the dividers that people stand behind: front sheet, child, household, research. Pure.

Each rule gives a sentence for everything that is missing (``resources/standards/dividers.toml``, dividers 1 to 5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.people import Characteristics
from casefile.record.persons import PersonView, describe_fact
from casefile.sections.contact import NOBODY_THERE, SEEN
from casefile.sections.file_facts import FileFacts
from casefile.sections.researched import CheckCell, CheckState, cells
from casefile.standards import Library

Rule = Callable[[FileFacts, Library, date], Iterable[str]]
"""What is missing behind one divider as of a day, each in a sentence."""

_SCHOOL_AGE = (5, 16)
_SCHOOLS = frozenset({"nursery", "school", "college", "home_educated"})
_UNFINISHED = ("not_started", "under_way", "recheck")


def _front_sheet(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    if not facts.officer:
        yield "No officer in charge is named."
    if not facts.supervisor:
        yield "No supervisor is named."
    if facts.risk_level in (None, "not_assessed"):
        yield "The risk has not been assessed."
    supervised = any(one.timescale == "SUPERVISION" and one.state.outstanding for one in facts.owed)
    if not supervised and not facts.closed():
        yield "No day is fixed for the next supervision."


def _child(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    children = facts.children()
    if not children:
        yield "No child is recorded."
    for child in children:
        if not child.now("birth"):
            yield f"{child.name}: no date of birth, and no expected date."
        if not child.unborn and not _died(child):
            yield from (f"{child.name}: {said}." for said in _of_child(child, facts, as_of))


def _of_child(child: PersonView, facts: FileFacts, as_of: date) -> Iterable[str]:
    if not child.now("residence"):
        yield "no address"
    settings = {str(one.get("kind")) for one in child.now("setting")}
    if "gp" not in settings:
        yield "no GP"
    if _of_school_age(child, as_of) and not settings & _SCHOOLS:
        yield "no school"
    for spec in describe_fact(Characteristics).fields:
        if spec.asked and not any(one.get(spec.key) for one in child.now("characteristics")):
            yield f"{spec.label.lower()} is not recorded"
    if not any(police_saw(entry, child.id) for entry in facts.entries):
        yield "nothing says when police last saw the child"


def police_saw(entry: EntryFact, child: UUID) -> bool:
    """Whether an entry shows that police laid eyes on a child; one that names nobody is about every child."""
    if entry.concerns and child not in entry.concerns:
        return False
    if entry.section == "contact":
        return entry.get("agency") in (None, "police") and entry.get("child_seen") in SEEN
    held = entry.section == "investigation" and entry.get("interviewed_on") is not None
    attended = entry.section == "medical" and entry.get("police_attend") is True
    return held or attended or entry.section == "police_protection"


def _of_school_age(child: PersonView, as_of: date) -> bool:
    born = child.born_on
    if born is None:
        return False
    years = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    return _SCHOOL_AGE[0] <= years < _SCHOOL_AGE[1]


def _died(child: PersonView) -> bool:
    return any(one.get("died_on") for one in child.now("birth"))


def _household(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
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
    if not confirmed:
        yield "Who lives in the household has never been confirmed."
    else:
        yield from _confirmed_again(facts, max(confirmed))
    yield from _not_identified(facts)
    if not any(
        one.get("parental_responsibility") for adult in facts.adults() for one in adult.now("involvement")
    ):
        yield "Nobody is recorded to have parental responsibility."


def _confirmed_again(facts: FileFacts, last: date) -> Iterable[str]:
    """At each contact at which somebody stood in the home, and at each review of the plan."""
    met = [
        one.happened_on
        for one in facts.of("contact")
        if one.happened_on and one.get("kind") not in NOBODY_THERE
    ]
    reviews = [
        one.happened_on for one in facts.of("conference") if one.happened_on and one.get("kind") == "review"
    ]
    if met and max(met) > last:
        yield f"The household has not been re-confirmed since the contact of {long_date(max(met))}."
    if reviews and max(reviews) > last:
        yield f"The household has not been re-confirmed since the review of {long_date(max(reviews))}."


def _not_identified(facts: FileFacts) -> Iterable[str]:
    """An adult nobody has identified is an open query until somebody says who it is."""
    household = facts.last("household")
    for row in household.rows("occupants") if household else ():
        if row.get("identified") is False:
            yield f"Open query: {row.get('name')} of the household is not identified."
    for one in facts.people:
        if "unknown_adult" in one.roles(facts.file_id):
            yield f"Open query: {one.name} is not identified."


def _associated(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    researched = _researched(facts)
    for adult in facts.adults():
        if adult.id not in researched:
            yield f"{adult.name} has not been researched."


def _research(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    researched = _researched(facts)
    standing = _standing(facts, library, as_of)
    for person in (*facts.children(), *facts.adults()):
        if person.unborn:
            continue
        last = researched.get(person.id)
        if last is None:
            yield f"{person.name} has not been checked on any system."
            continue
        if as_of - _day(last) > timedelta(days=library.research.fresh_days):
            yield f"{person.name} was last checked on {long_date(_day(last))}."
        if last.get("status") in _UNFINISHED:
            yield f"{person.name}: the search of {long_date(_day(last))} is not finished."
        yield from _unchecked(person.name, standing.get(person.id, ()), library)
    yield from _before_conference(facts, library)


def _standing(facts: FileFacts, library: Library, as_of: date) -> Mapping[UUID, list[CheckCell]]:
    found: dict[UUID, list[CheckCell]] = {}
    for cell in cells(facts.people, facts.file_id, facts.entries, library, as_of):
        found.setdefault(cell.person_id, []).append(cell)
    return found


def _unchecked(name: str, standing: Iterable[CheckCell], library: Library) -> Iterable[str]:
    """Checks of the standard that nobody made, and names that nobody tried."""
    titles = {one.key: one.title for one in library.research.checks}
    held = tuple(standing)
    if missing := [titles[one.check] for one in held if one.state is CheckState.MISSING]:
        yield f"{name}: no check of {', '.join(missing)}."
    if untried := dict.fromkeys(why for one in held if one.state is CheckState.NAME for why in one.why):
        yield f"{name}: {' '.join(untried)}"


def _before_conference(facts: FileFacts, library: Library) -> Iterable[str]:
    """Searched again before the last conference that police knew of in time."""
    held = facts.last("conference")
    counts = timedelta(days=library.research.before_conference_days)
    if held is None or held.happened_on is None or held.known_on - held.happened_on > counts:
        return
    days = [_day(one) for one in facts.of("research")]
    if not any(held.happened_on - counts <= day <= held.happened_on for day in days):
        yield f"Nobody searched again before the conference of {long_date(held.happened_on)}."


def _researched(facts: FileFacts) -> Mapping[UUID, EntryFact]:
    """The latest search about each person."""
    found: dict[UUID, EntryFact] = {}
    for entry in facts.of("research"):
        for person in entry.concerns:
            if person not in found or _day(found[person]) <= _day(entry):
                found[person] = entry
    return found


def _day(entry: EntryFact) -> date:
    return entry.happened_on or entry.known_on


PEOPLE_RULES: Mapping[str, Rule] = {
    "front_sheet": _front_sheet,
    "child": _child,
    "household": _household,
    "associated": _associated,
    "research": _research,
}
