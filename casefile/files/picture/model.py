"""What a picture of a family is drawn from: people, ties and households on a day, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID


class Basis(StrEnum):
    """By what a day in the past is shown."""

    HAPPENED = "happened"
    """As it was on the day, by everything known today."""
    KNOWN = "known"
    """As police knew it on the day."""


class TieKind(StrEnum):
    """How two people are tied."""

    PARENT = "parent"
    COUPLE = "couple"
    SIBLING = "sibling"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two people.

    Attributes:
        one, other: Of a parent tie the parent (or who stands in for one), then the child; else in the order recorded.
        nature: Of a parent tie ``birth``, ``alleged``, ``adoptive``, ``step``, ``foster`` or ``guardian``; of a couple
            ``married`` or ``partners``; of siblings ``full``, ``half``, ``step`` or ``twin``; else the code recorded.
        words: How *one* stands to *other*, e.g. ``mother``.
        back: How *other* stands to *one*, e.g. ``child``.
        ended: Of a couple ``""``, ``separated`` or ``divorced``.
        verified: Whether police confirmed it.
        since, until: When it began and ended, as far as known.
        implied: Drawn from the roles in the file, because nobody recorded how they are related.
    """

    one: UUID
    other: UUID
    kind: TieKind
    nature: str
    words: str
    back: str
    ended: str = ""
    verified: bool = False
    since: date | None = None
    until: date | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the picture, as on the day.

    Attributes:
        sex: ``F``, ``M`` or ``""`` where it is not known or not specified.
        sex_known: Whether the source said that it is neither; a question mark is drawn where nobody said.
        born: Date of birth in words.
        died_on: When they died, if that is known and has happened by the day.
        unborn: Whether not yet born on the day.
        roles: What they are to the file, in words.
        subject: Whether a child whom the file is about.
        concern: Whether a person of concern.
        verified: False where the source or the identity was not confirmed.
        age: Age on the day, as police say it.
        elsewhere: References of other files in which they stand, as far as this officer may see them.
    """

    id: UUID
    name: str
    sex: str = ""
    sex_known: bool = False
    born_on: date | None = None
    born: str = ""
    died_on: date | None = None
    unborn: bool = False
    roles: tuple[str, ...] = ()
    subject: bool = False
    child: bool = False
    concern: bool = False
    verified: bool = True
    age: str = ""
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """That somebody lives at or frequents an address.

    Attributes:
        address: The household's address in its fullest wording.
        how: Kind of stay in words; empty for a home.
        lives: Whether they are of the household, rather than coming and going.
    """

    person: UUID
    address: str
    how: str = ""
    lives: bool = True
    verified: bool = True
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Family:
    """Everybody and everything of one picture, on one day.

    Attributes:
        day: The day shown.
        basis: By what it is shown.
        people: In the order of the file.
        stays: Who lives at or frequents which address.
    """

    day: date
    basis: Basis
    people: tuple[Someone, ...] = ()
    ties: tuple[Tie, ...] = ()
    stays: tuple[Stay, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def by_id(self) -> Mapping[UUID, Someone]:
        """People by identity."""
        return {one.id: one for one in self.people}

    @cached_property
    def homes(self) -> Mapping[str, tuple[UUID, ...]]:
        """Who lives at each address, the first home of each only; those with nobody else of the picture too."""
        found: dict[str, list[UUID]] = {}
        placed: set[UUID] = set()
        for one in self.stays:
            if one.lives and one.person in self.by_id and one.person not in placed:
                placed.add(one.person)
                found.setdefault(one.address, []).append(one.person)
        return {key: tuple(members) for key, members in found.items()}

    @cached_property
    def households(self) -> tuple[tuple[str, str, tuple[UUID, ...]], ...]:
        """Letter and address of each place where somebody stays on the day, and who lives there."""
        stayed = {one.address for one in self.stays if one.person in self.by_id}
        named = ((name, address) for address, name in self.letters.items() if address in stayed)
        ordered = sorted(named, key=lambda one: (len(one[0]), one[0]))
        return tuple((name, address, self.homes.get(address, ())) for name, address in ordered)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """A letter for each address, the largest household first: ``A``, ``B`` … ``AA``."""
        named = sorted({one.address for one in self.stays if one.person in self.by_id},
                       key=lambda one: (-len(self.homes.get(one, ())), one))  # fmt: skip
        return self.marks or {address: letter(place) for place, address in enumerate(named)}


def letter(place: int) -> str:
    """The name of the household in a place: ``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
