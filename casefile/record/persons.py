"""People of a file as screens and paper see them: their facts over time, current and past."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.dates import long_date
from casefile.record.described import Description, described_fields
from casefile.record.facts import Doubt
from casefile.record.people import PERSON_FACTS, Allocation, Fact, Involvement, Person, PersonFact
from casefile.work.pieces import in_pieces

FACT_KEYS: dict[str, type[PersonFact]] = {
    cls.__tablename__.removeprefix("person_"): cls for cls in PERSON_FACTS
}
"""Kinds of fact about a person, by the key used in forms and JSON."""
COMMON = ("from_on", "until_on", "known_on", "source", "verified")
_TITLES = {
    "name": "Name",
    "birth": "Date of birth",
    "involvement": "Role in this file",
    "residence": "Address",
    "relationship": "Relationship",
    "characteristics": "Characteristics",
    "identifier": "Number",
    "setting": "School, surgery or other setting",
    "contact": "Telephone or mail",
    "allocation": "Allocation",
}


@dataclass(frozen=True, slots=True)
class FactView:
    """One dated fact about a person or file.

    Attributes:
        key: Kind of fact, e.g. ``residence``.
        values: Its own values and the common ones, by field key.
        current: Whether no other row replaces it and it was not withdrawn.
        ended: Whether its ``until_on`` has passed on the day asked.
    """

    id: UUID
    key: str
    file_id: UUID
    values: Mapping[str, Any]
    recorded_at: datetime
    recorded_by: str
    recorded_by_id: UUID
    replaces_id: UUID | None
    withdrawn: bool
    doubts: Mapping[str, Doubt]
    current: bool
    ended: bool

    def get(self, key: str) -> Any:
        """A value by field key, or None."""
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of a file with all their facts, newest first within a kind."""

    id: UUID
    name: str
    unborn: bool
    born_on: date | None
    facts: Mapping[str, tuple[FactView, ...]] = field(default_factory=dict[str, tuple[FactView, ...]])

    def now(self, key: str) -> tuple[FactView, ...]:
        """The facts of one kind that hold now: neither replaced, withdrawn nor ended."""
        return tuple(one for one in self.facts.get(key, ()) if one.current and not one.ended)

    def stated(self, key: str) -> tuple[FactView, ...]:
        """The facts of one kind that stand, ended ones too."""
        return tuple(one for one in self.facts.get(key, ()) if one.current)

    def roles(self, file_id: UUID) -> tuple[str, ...]:
        """Codes of what the person is to a file now."""
        return tuple(str(one.get("role")) for one in self.now("involvement") if one.file_id == file_id)


@cache
def describe_fact(cls: type[Fact]) -> Description:
    """The description of a kind of fact: its own fields first, then from, until, known, source, verified."""
    key = cls.__tablename__.removeprefix("person_")
    fields = described_fields(cls)
    own = tuple(one for one in fields if one.key not in COMMON)
    common = tuple(one for one in fields if one.key in COMMON)
    return Description(
        key,
        "people",
        _TITLES[key],
        " ".join((cls.__doc__ or "").split()),
        own + common,
        per="file" if cls is Allocation else "person",
    )


def fact_faults(key: str, values: Mapping[str, Any]) -> Mapping[str, str]:
    """What cannot stand together in a fact, by field key."""
    faults: dict[str, str] = {}
    if values.get("from_on") and values.get("until_on") and values["until_on"] < values["from_on"]:
        faults["until_on"] = "It cannot end before it began."
    if key == "birth":
        if values.get("born_on") and values.get("expected_on"):
            faults["expected_on"] = (
                "Give the date of birth or, for an unborn child, the expected date; never both."
            )
        if values.get("died_on") and values.get("born_on") and values["died_on"] < values["born_on"]:
            faults["died_on"] = "The date of death is before the date of birth."
        if not any(values.get(one) for one in ("born_on", "expected_on", "died_on")):
            faults["born_on"] = "Give a date of birth, or the expected date of an unborn child."
    if key == "name" and not any(values.get(one) for one in ("given", "family", "full")):
        faults["family"] = "Give at least one part of the name."
    return faults


def people_of(session: Session, file_id: UUID, as_of: date) -> tuple[PersonView, ...]:
    """Everybody involved in a file, with the facts police knew by *as_of*, in the file's order."""
    ids = list(
        session.scalars(select(Involvement.person_id).where(Involvement.file_id == file_id).distinct())
    )
    found = persons(session, ids, as_of)
    return tuple(sorted(found, key=lambda p: _place(p, file_id)))


def persons(session: Session, ids: Iterable[UUID], as_of: date) -> tuple[PersonView, ...]:
    """People by identity, with the facts police knew by *as_of*."""
    wanted = list(dict.fromkeys(ids))
    facts: dict[UUID, dict[str, list[FactView]]] = {one: defaultdict(list) for one in wanted}
    heads: dict[UUID, Any] = {}
    for some in in_pieces(wanted):
        for person in session.execute(
            select(Person.id, Person.display_name, Person.unborn, Person.born_on).where(Person.id.in_(some))
        ):
            heads[person.id] = person
        for key, cls in FACT_KEYS.items():
            for owner, view in _views(session, key, cls, some, as_of):
                facts[owner][key].append(view)
    return tuple(
        PersonView(
            one,
            heads[one].display_name,
            heads[one].unborn,
            heads[one].born_on,
            {key: tuple(views) for key, views in facts[one].items()},
        )
        for one in wanted
        if one in heads
    )


def allocations(session: Session, file_id: UUID, as_of: date) -> tuple[FactView, ...]:
    """Who held the file, newest first."""
    return tuple(view for _, view in _views(session, "allocation", Allocation, (file_id,), as_of))


def _views(
    session: Session, key: str, cls: type[Any], whose: Sequence[UUID], as_of: date
) -> list[tuple[UUID, FactView]]:
    read, fields = _reading(cls)
    rows: Any = session.execute(read, {"whose": whose, "as_of": as_of}).all()
    replaced = {row.replaces_id for row in rows if row.replaces_id}
    found: list[tuple[UUID, FactView]] = []
    for row in rows:
        owner, fact_id, file_id, recorded_at, by, replaces_id, withdrawn, doubts, name, role, number, *own = (
            row
        )
        values: dict[str, Any] = dict(zip(fields, own, strict=True))
        view = FactView(
            fact_id,
            key,
            file_id,
            values,
            recorded_at,
            shown(name, role, number),
            by,
            replaces_id,
            withdrawn,
            {k: Doubt(v["stated"], v["why"]) for k, v in doubts.items()},
            fact_id not in replaced and not withdrawn,
            values["until_on"] is not None and values["until_on"] < as_of,
        )
        found.append((owner, view))
    return found


@cache
def _reading(cls: type[Any]) -> tuple[Any, tuple[str, ...]]:
    """How facts of a kind are read, made once, and their fields."""
    fields = tuple(one.key for one in describe_fact(cls).fields)
    owner = cls.file_id if cls is Allocation else cls.person_id
    read = (
        select(
            owner.label("owner"), cls.id, cls.file_id, cls.recorded_at, cls.recorded_by, cls.replaces_id,
            cls.withdrawn, cls.doubts, Officer.name, Officer.role, Officer.number,
            *(getattr(cls, one).label(f"own_{one}") for one in fields),
        )
        .join(Officer, Officer.id == cls.recorded_by)
        .where(owner.in_(bindparam("whose", expanding=True)), cls.known_on <= bindparam("as_of"))
        .order_by(cls.recorded_at.desc(), cls.id.desc())
    )  # fmt: skip
    return read, fields


def full_name(values: Mapping[str, Any]) -> str:
    """A name as one line: given names, then family name in capitals' place; or the full name as spelt."""
    if values.get("full"):
        return str(values["full"])
    return " ".join(str(values[one]) for one in ("given", "family") if values.get(one))


def display_name(names: Sequence[FactView], unborn: bool, mother: str | None) -> str:
    """The name a person goes by in the file: the legal one first; ``Unborn Ashdown`` before birth."""
    order = {"legal": 0, "birth": 1, "known_as": 2}
    standing = sorted(
        (one for one in names if one.current),
        key=lambda one: (one.ended, order.get(str(one.get("kind")), 3)),
    )
    if standing:
        return full_name(standing[0].values)
    if unborn:
        return f"Unborn {mother}" if mother else "Unborn child"
    return "Name not known"


def birth_words(person: PersonView) -> str:
    """Date of birth as it is known: ``14 March 2009``, ``about 1987``, ``expected 12 December 2026``."""
    for fact in person.now("birth"):
        if fact.get("expected_on") and not fact.get("born_on"):
            return f"expected {long_date(fact.get('expected_on'))}"
        born: date | None = fact.get("born_on")
        if born is None:
            continue
        how = fact.get("precision") or "exact"
        return {
            "exact": long_date(born),
            "month": long_date(born.replace(day=1)).split(" ", 1)[1],
            "year": str(born.year),
            "estimated": f"about {born.year}",
            "before": f"before {long_date(born)}",
            "after": f"after {long_date(born)}",
        }.get(str(how), long_date(born))
    return ""


def age_words(born: date | None, as_of: date) -> str:
    """Age as police say it: weeks to three months, months to two years, then years."""
    if born is None or born > as_of:
        return ""
    days = (as_of - born).days
    months = (as_of.year - born.year) * 12 + as_of.month - born.month - (as_of.day < born.day)
    if months < 3:
        return f"{days // 7} weeks"
    if months < 24:
        return f"{months} months"
    return f"{months // 12}"


def folded(text: str) -> str:
    """Text without case and accents, for finding: ``Zoë`` and ``zoe`` are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


ESCAPE = "/"
"""Before a character that stands for itself in a pattern."""


def held_in(word: str) -> str:
    """The pattern of what holds a word, whatever signs are in it."""
    for sign in (ESCAPE, "%", "_"):
        word = word.replace(sign, f"{ESCAPE}{sign}")
    return f"%{word}%"


_ORDER = ("subject", "unborn", "sibling", "mother", "father", "partner", "ex_partner", "carer")


def _place(person: PersonView, file_id: UUID) -> tuple[int, date, str]:
    places = [_ORDER.index(one) if one in _ORDER else len(_ORDER) for one in person.roles(file_id)]
    professional = "professional" in person.roles(file_id)
    return (min(places, default=90) + 50 * professional, person.born_on or date.max, person.name)
