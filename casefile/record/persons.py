"""People of a file as screens and paper see them: their facts over time, current and past."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Text, bindparam, cast, literal_column, null, select, union_all
from sqlalchemy.orm import Session

from casefile.access.lean import Lean
from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.dates import long_date
from casefile.record.described import Description, described_fields
from casefile.record.facts import Doubt
from casefile.record.people import PERSON_FACTS, Allocation, Fact, Involvement, Person, PersonFact
from casefile.store.base import Identity
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
    heads = {one.id: one for one in _IN_FILE.rows(session, file=file_id)}
    facts = _facts_in_file().rows(session, file=file_id, as_of=as_of) if heads else ()
    return tuple(sorted(_persons(heads, facts, as_of), key=lambda p: _place(p, file_id)))


def persons(session: Session, ids: Iterable[UUID], as_of: date) -> tuple[PersonView, ...]:
    """People by identity, with the facts police knew by *as_of*."""
    wanted = list(dict.fromkeys(ids))
    heads: dict[UUID, Any] = {}
    facts: list[Any] = []
    for some in in_pieces(wanted):
        for person in session.execute(_HEAD.where(Person.id.in_(some))):
            heads[person.id] = person
        facts += session.execute(_facts_of(), {"whose": some, "as_of": as_of})
    return _persons({one: heads[one] for one in wanted if one in heads}, facts, as_of)


def allocations(session: Session, file_id: UUID, as_of: date) -> tuple[FactView, ...]:
    """Who held the file, newest first."""
    columns, fields = _columns(Allocation)
    rows = _ALLOCATIONS.rows(session, file=file_id, as_of=as_of)
    replaced = {row.replaces_id for row in rows if row.replaces_id}
    start = len(columns) - len(fields)
    return tuple(
        _view(row, "allocation", dict(zip(fields, row[start:], strict=False)), replaced, as_of)
        for row in rows
    )


def asked_of_file() -> tuple[Lean, ...]:
    """What :func:`people_of` and :func:`allocations` ask of a file, for whoever asks it ahead."""
    return _IN_FILE, _facts_in_file(), _ALLOCATIONS


def _persons(heads: Mapping[UUID, Any], rows: Iterable[Any], as_of: date) -> tuple[PersonView, ...]:
    """People from their heads, in that order, with their facts: newest first within a kind, as they were read."""
    held = list(rows)
    replaced = {row.replaces_id for row in held if row.replaces_id}
    found: dict[UUID, dict[str, list[FactView]]] = {one: {key: [] for key in FACT_KEYS} for one in heads}
    for row in held:
        if row.owner in found:
            values = {field: row[at] for field, at in _slots()[row.kind_of_fact].items()}
            found[row.owner][row.kind_of_fact].append(_view(row, row.kind_of_fact, values, replaced, as_of))
    return tuple(
        PersonView(
            one,
            head.display_name,
            head.unborn,
            head.born_on,
            {key: tuple(views) for key, views in found[one].items() if views},
        )
        for one, head in heads.items()
    )


def _view(row: Any, key: str, values: dict[str, Any], replaced: Container[UUID], as_of: date) -> FactView:
    return FactView(
        row.id,
        key,
        row.file_id,
        values,
        row.recorded_at,
        shown(row.name, row.role, row.number),
        row.recorded_by,
        row.replaces_id,
        row.withdrawn,
        {k: Doubt(v["stated"], v["why"]) for k, v in row.doubts.items()},
        row.id not in replaced and not row.withdrawn,
        values["until_on"] is not None and values["until_on"] < as_of,
    )


_HEAD = select(Person.id, Person.display_name, Person.unborn, Person.born_on)
_INVOLVED = select(Involvement.person_id).where(Involvement.file_id == bindparam("file", type_=Identity()))
_IN_FILE = Lean(_HEAD.where(Person.id.in_(_INVOLVED)).order_by(Person.id))
_BEFORE = ("owner", "id", "file_id", "recorded_at", "recorded_by", "replaces_id", "withdrawn", "doubts")
_AFTER = ("name", "role", "number")
_KNOWN = bindparam("as_of", type_=Date())


def _columns(cls: type[Any]) -> tuple[list[Any], tuple[str, ...]]:
    """What is read of facts of a kind: what all facts have, and then its fields, with their names."""
    fields = tuple(one.key for one in describe_fact(cls).fields)
    owner = cls.file_id if cls is Allocation else cls.person_id
    common = [owner.label("owner"), *(getattr(cls, one) for one in _BEFORE[1:])]
    return [*common, *(getattr(cls, one).label(f"own_{one}") for one in fields)], fields


@cache
def _slots() -> Mapping[str, Mapping[str, int]]:
    """By kind of fact, at which place of a row each of its fields stands: fields of one type share their places."""
    places = {one: at for at, one in enumerate(_places())}
    return {key: {field: places[place] for field, place in _placed(cls)} for key, cls in FACT_KEYS.items()}


def _placed(cls: type[Any]) -> list[tuple[str, tuple[str, int]]]:
    """Each field of a kind of fact, with its type and its number among those of that type."""
    seen: Counter[str] = Counter()
    found: list[tuple[str, tuple[str, int]]] = []
    for one in describe_fact(cls).fields:
        of = type(getattr(cls, one.key).type).__name__
        found.append((one.key, (of, seen[of])))
        seen[of] += 1
    return found


@cache
def _places() -> tuple[Any, ...]:
    """What stands in a row of facts of every kind: what all have, who wrote it, and as many of each type as a kind needs."""
    own = dict.fromkeys(place for cls in FACT_KEYS.values() for _, place in _placed(cls))
    return ("kind_of_fact", *_BEFORE, *_AFTER, *sorted(own))


def _facts(whose: Any) -> Any:
    """Every fact of people, of all kinds at once: the store is asked once, and not once for each kind."""
    types: dict[Any, Any] = {
        place: getattr(cls, field).type for cls in FACT_KEYS.values() for field, place in _placed(cls)
    }
    own: list[Any] = [one for one in _places() if not isinstance(one, str)]
    kinds: list[Any] = []
    for key, cls in FACT_KEYS.items():
        held = {place: getattr(cls, field) for field, place in _placed(cls)}
        columns, fields = _columns(cls)
        kinds.append(
            select(
                literal_column(f"'{key}'", Text()).label("kind_of_fact"),
                *columns[: len(columns) - len(fields)],
                *(
                    (held[one] if one in held else cast(null(), types[one])).label(f"own_{at}")
                    for at, one in enumerate(own)
                ),
            ).where(cls.person_id.in_(whose), cls.known_on <= _KNOWN)
        )
    every = union_all(*kinds).subquery("facts").c
    officer = (Officer.name, Officer.role, Officer.number)
    return (
        select(
            *(every[one] for one in ("kind_of_fact", *_BEFORE)),
            *officer,
            *(every[f"own_{at}"] for at in range(len(own))),
        )
        .join_from(every.id.table, Officer, Officer.id == every.recorded_by)
        .order_by(every.recorded_at.desc(), every.id.desc())
    )


@cache
def _facts_in_file() -> Lean:
    family = _INVOLVED.distinct().cte(
        "family"
    )  # who is in the file is asked once, and not for each kind of fact
    return Lean(_facts(select(family.c.person_id)))


@cache
def _facts_of() -> Any:
    return _facts(bindparam("whose", expanding=True))


_ALLOCATIONS = Lean(
    select(*_columns(Allocation)[0], Officer.name, Officer.role, Officer.number)
    .join(Officer, Officer.id == Allocation.recorded_by)
    .where(Allocation.file_id == bindparam("file", type_=Identity()), Allocation.known_on <= _KNOWN)
    .order_by(Allocation.recorded_at.desc(), Allocation.id.desc())
)


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
