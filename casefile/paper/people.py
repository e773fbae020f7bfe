"""The people of a file for paper: children, household and others, each with their facts over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from casefile.paper.model_file import Pairs, PrintedTable
from casefile.paper.records import Doubt, PrintedGroup, PrintedRecord
from casefile.paper.rows import Column
from casefile.paper.words import Words
from casefile.record.dates import long_date, short_date
from casefile.record.described import Description
from casefile.record.persons import (
    COMMON,
    FACT_KEYS,
    FactView,
    PersonView,
    age_words,
    birth_words,
    describe_fact,
    people_of,
)
from casefile.sections.file_facts import CHILDREN
from casefile.work.unit import Work

_CHILDREN = {"subject", "unborn", "sibling"}
_FAMILY = {
    "mother",
    "father",
    "partner",
    "ex_partner",
    "household_member",
    "grandparent",
    "carer",
    "foster_carer",
}


def children_table(work: Work, file_id: UUID, words: Words) -> PrintedTable:
    """The children, as the front sheet lists them."""
    columns = (Column("Child", 34), Column("Born", 28), Column("Age", 14), Column("Lives at", 44))
    rows = tuple(
        (
            person.name,
            birth_words(person) or "Not known",
            age_words(person.born_on, work.today),
            _address(person),
        )
        for person in _of(work, file_id, "child")
    )
    return PrintedTable("children", "Children", columns, rows, "No child is recorded.")


def household_table(work: Work, file_id: UUID, words: Words) -> PrintedTable:
    """Everybody of the file with what they are to it and where they live."""
    columns = (Column("Name", 32), Column("In this file", 28), Column("Born", 26), Column("Lives at", 44))
    return PrintedTable("household", "Everybody in the file", columns, _everybody(work, file_id, words))


def _everybody(work: Work, file_id: UUID, words: Words) -> Iterator[tuple[str, ...]]:
    for person in people_of(work.session, file_id, work.today):
        roles = "; ".join(words.label("involvement_role", one) for one in person.roles(file_id))
        yield person.name, roles, birth_words(person), _address(person)


def people_records(
    work: Work, file_id: UUID, divider: str, words: Words, seen: Mapping[UUID, Pairs]
) -> tuple[PrintedRecord, ...]:
    """The people behind *divider*, with their facts: the children (``child``), all others (``associated``).

    Of a child *seen* says when it was last seen and what it said.
    """
    people = _of(work, file_id, divider)
    work.about(people=[person.id for person in people])
    return tuple(_person(person, file_id, words, seen.get(person.id, ())) for person in people)


def _of(work: Work, file_id: UUID, divider: str) -> list[PersonView]:
    found: list[PersonView] = []
    for person in people_of(work.session, file_id, work.today):
        roles = set(person.roles(file_id))
        if (divider == "child") == bool(CHILDREN & roles):
            found.append(person)
    return found


def _person(person: PersonView, file_id: UUID, words: Words, seen: Pairs) -> PrintedRecord:
    doubts: list[Doubt] = []
    rows: list[tuple[str, ...]] = []
    for key, cls in FACT_KEYS.items():
        description = describe_fact(cls)
        for fact in person.facts.get(key, ()):
            rows.append(_fact(description, fact, words))
            doubts += [
                Doubt(_label(description, one), doubt.stated, doubt.why) for one, doubt in fact.doubts.items()
            ]
    roles = "; ".join(words.label("involvement_role", one) for one in person.roles(file_id))
    born = birth_words(person)
    return PrintedRecord(
        title=person.name,
        when=". ".join(
            part for part in (roles, f"Born {born}" if born and not person.unborn else born) if part
        ),
        status="",
        fields=seen,
        groups=(PrintedGroup("What is recorded, with its source", _FACT, tuple(rows)),),
        doubts=tuple(doubts),
    )


_FACT = (
    Column("Fact", 20),
    Column("As recorded", 42),
    Column("Held", 18),
    Column("Source", 44),
    Column("Standing", 15),
)


def _fact(description: Description, fact: FactView, words: Words) -> tuple[str, ...]:
    own = tuple(spec for spec in description.fields if spec.key not in COMMON)
    said = "\n".join(f"{label}: {said}" for label, said in words.pairs(own, fact.values)) or "–"
    return description.title, said, _held(fact), _said_by(fact), _standing(fact)


def _held(fact: FactView) -> str:
    start, end = fact.get("from_on"), fact.get("until_on")
    if not start and not end:
        return "Not said"
    return f"{short_date(start) or '…'} to {short_date(end) if end else 'now'}"


def _said_by(fact: FactView) -> str:
    source = fact.get("source") or "Source not said"
    verified = {True: "; verified by police", False: "; not verified"}.get(fact.get("verified"), "")
    return f"{source}{verified}. Known {long_date(fact.get('known_on'))}, recorded by {fact.recorded_by}."


def _standing(fact: FactView) -> str:
    if fact.withdrawn:
        return "Withdrawn"
    if not fact.current:
        return "Replaced"
    return "Past" if fact.ended else "Stands"


def _address(person: PersonView) -> str:
    for fact in person.now("residence"):
        return ", ".join(str(fact.get(one)) for one in ("address", "town", "postcode") if fact.get(one))
    return "Not known"


def _label(description: Description, key: str) -> str:
    try:
        return description.field(key).label
    except KeyError:
        return key
