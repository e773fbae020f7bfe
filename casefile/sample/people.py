"""The people of an invented family, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zlib import crc32

from casefile.files.actions.people import new_person, put_fact
from casefile.sample.days import birth_of, day_of
from casefile.sample.told import Family, Told
from casefile.work.unit import Work

CHILDREN = frozenset({"subject", "unborn"})
OUTSIDE = frozenset({"professional", "social_worker", "conference_chair", "health_professional",
                     "education_professional", "interpreter"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What has been written of one family.

    Attributes:
        people: Who stands in the file, by the key of the telling.
        threads: Entries that are amended later, by their label.
    """

    family: Family
    file_id: UUID
    known: date
    people: dict[str, UUID] = field(default_factory=dict[str, UUID])
    threads: dict[str, UUID] = field(default_factory=dict[str, UUID])
    documents: dict[str, UUID] = field(default_factory=dict[str, UUID])

    def about(self, told: list[str] | None, on: date, today: date) -> list[str]:
        """The people named by key, or the children of that day."""
        keys = told or [
            key
            for key, one in self.family.told["person"].items()
            if one["role"] in CHILDREN and born_by(one, on, today)
        ]
        return [str(self.people[key]) for key in keys]

    def household(self, on: date, today: date) -> list[str]:
        """Children and adults of the family on a day; nobody who comes by profession."""
        people = self.family.told["person"]
        return [key for key, one in people.items() if one["role"] not in OUTSIDE and born_by(one, on, today)]


def write_people(work: Work, written: Written, elsewhere: Mapping[str, UUID]) -> None:
    """Everybody in the file, then how they are related.

    Args:
        work: The work under way.
        written: The file, which learns who is in it.
        elsewhere: People of other families, as ``Harding/dean``.
    """
    told: Mapping[str, Told] = written.family.told["person"]
    for key, one in told.items():
        same = one.get("same_as")
        person = elsewhere[str(same)] if same else new_person(work)
        written.people[key] = person
        for kind, values in _facts(written, one, work.today):
            put_fact(work, written.file_id, person, kind, _common(written, one, work.today) | values)
    for key, one in told.items():
        for relation in one.get("is", ()):
            kind, _, others = str(relation).partition(" of ")
            for other in others.split():
                values = {"kind": kind, "to_person_id": str(written.people[other])}
                common = _common(written, one, work.today)
                put_fact(work, written.file_id, written.people[key], "relationship", common | values)


def _common(written: Written, one: Told, today: date) -> dict[str, Any]:
    known = day_of(one["known"], today) if "known" in one else written.known
    return {
        "known_on": known.isoformat(),
        "source": one.get("source", "Referral and first research"),
        "verified": one.get("verified", True),
    }


def _facts(written: Written, one: Told, today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    yield (
        "involvement",
        {
            "role": one["role"],
            "agency": one.get("agency"),
            "parental_responsibility": one.get("pr"),
            "of_concern": one.get("concern"),
            "note": one.get("note"),
        },
    )
    if "same_as" in one:
        return
    yield from _names(one)
    yield from _birth(one, today)
    about = {
        key: one.get(key)
        for key in ("sex", "ethnicity", "language", "interpreter", "disability", "religion")
        if key in one
    }
    if about:
        yield "characteristics", about
    yield from _places(written, one, today)
    if one["role"] in {*CHILDREN, "sibling"} and "gp" in written.family.told:
        yield "setting", {"kind": "gp", "name": written.family.told["gp"]}
    for kind, key in (("setting", "at"), ("identifier", "ids")):
        for said in one.get(key, ()):
            code, _, rest = str(said).partition(": ")
            yield kind, {"kind": code, ("name" if kind == "setting" else "value"): rest}
    if "phone" in one:
        yield "contact", {"kind": "mobile", "value": one["phone"]}


def _names(one: Told) -> Iterator[tuple[str, dict[str, Any]]]:
    for said in (*one.get("aka", ()), f"legal: {one['name']}" if "name" in one else ""):
        kind, _, name = str(said).partition(": ")
        if not name:
            continue
        given, _, family = name.rpartition(" ")
        if one["role"] == "unborn":
            yield "name", {"kind": "unborn", "full": name}
        elif given and kind in {"legal", "birth", "maiden", "married", "previous"} and "," not in name:
            yield "name", {"kind": kind, "given": given, "family": family}
        else:
            yield "name", {"kind": kind, "full": name.replace(",", "")}


def _birth(one: Told, today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    if "expected" in one:
        yield "birth", {"expected_on": birth_of(one["expected"], today).isoformat()}
    elif "born" in one:
        yield (
            "birth",
            {
                "born_on": born_on(one, today).isoformat(),
                "precision": one.get("precision", "exact"),
                "died_on": birth_of(one["died"], today).isoformat() if "died" in one else None,
            },
        )


def born_by(one: Told, on: date, today: date) -> bool:
    """Whether somebody was born on a day; an unborn child counts from the day the file knows of it."""
    return "born" not in one or born_on(one, today) <= on


def born_on(one: Told, today: date) -> date:
    """The day of birth: of the age that is told, and by the name so many days earlier; else all share a birthday."""
    earlier = crc32(str(one.get("name")).encode()) % (27 if "m" in one["born"] else 330)
    return birth_of(one["born"], today) - timedelta(days=earlier)


def home_of(one: Told) -> str:
    """Where somebody lives as told: ``home``, ``kind: street, town`` or nothing."""
    return str(one.get("lives", "home" if one["role"] in {"subject", "sibling", "mother"} else ""))


def _places(written: Written, one: Told, today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    told = written.family.told
    lives = home_of(one)
    if lives == "home":
        yield (
            "residence",
            {
                "address": told["address"],
                "town": told["town"],
                "postcode": told.get("postcode"),
                "kind": "home",
            },
        )
    elif lives:
        kind, _, place = str(lives).partition(": ")
        address, _, town = place.rpartition(", ")
        yield "residence", {"kind": kind, "address": address, "town": town}
    for said in one.get("was", ()):
        span, _, place = str(said).partition(": ")
        begun, _, ended = span.partition("..")
        address, _, town = place.rpartition(", ")
        yield (
            "residence",
            {
                "address": address,
                "town": town,
                "kind": "home",
                "from_on": birth_of(begun, today).isoformat(),
                "until_on": birth_of(ended, today).isoformat(),
            },
        )
