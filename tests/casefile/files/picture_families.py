"""Invented families for pictures, made by rule."""

from __future__ import annotations

import random
from datetime import date
from uuid import UUID

from casefile.files.picture.model import Basis, Family, Someone, Stay, Tie, TieKind

DAY = date(2026, 11, 2)
GIVEN = [
    "Kayla",
    "Tyler",
    "Dana",
    "Lee",
    "Maureen",
    "Oluwaseun",
    "Agnieszka",
    "Mohammed",
    "Jay",
    "Fatima",
    "Rhys",
]
NAMES = ["Marsh", "Foss", "Harding", "Okonkwo", "Kowalczyk-Wright", "Begum", "Hathersage"]


def person(at: int, *, sex: str = "", year: int | None = None, name: str = "", **known: object) -> Someone:
    """Somebody by number."""
    born = date(year, 3, 1 + at % 28) if year else None
    age = str(DAY.year - year) if year else ""
    return Someone(UUID(int=at + 1), name, sex, born_on=born, age=age, **known)  # type: ignore[arg-type]


def tie(one: int, other: int, kind: TieKind, nature: str, verified: bool = True, ended: str = "") -> Tie:
    """A tie between two by number."""
    return Tie(UUID(int=one + 1), UUID(int=other + 1), kind, nature, nature, nature, ended, verified)


class _Making:
    """A family that grows generation by generation."""

    def __init__(self, most: int, seed: int) -> None:
        self.random, self.most = random.Random(seed), most
        self.people: list[Someone] = []
        self.ties: list[Tie] = []

    def add(self, sex: str, year: int) -> int:
        name = f"{self.random.choice(GIVEN)} {self.random.choice(NAMES)}"
        child = year > 2008
        self.people.append(
            person(len(self.people), sex=sex, year=year, name=name, subject=child, child=child,
                   roles=("Subject child",) if child else ())
        )  # fmt: skip
        return len(self.people) - 1

    def couple(self, one: int, other: int) -> tuple[int, int]:
        ended = self.random.choice(["", "", "separated", "divorced"])
        nature = self.random.choice(["married", "partners"])
        self.ties.append(tie(one, other, TieKind.COUPLE, nature, self.random.random() > 0.2, ended))
        return one, other

    def children(self, pair: tuple[int, int], year: int) -> list[int]:
        found: list[int] = []
        for _ in range(self.random.randint(1, 4)):
            if len(self.people) < self.most:
                found.append(self.add(self.random.choice("FM"), min(year + self.random.randint(0, 8), 2026)))
                for parent in pair:
                    sure = self.random.random() > 0.2
                    self.ties.append(tie(parent, found[-1], TieKind.PARENT, "birth", sure))
        return found

    def partners(self, child: int, year: int) -> list[tuple[int, int]]:
        count = self.random.choice([0, 1, 1, 1, 2])
        other = "F" if self.people[child].sex == "M" else "M"
        return [
            self.couple(child, self.add(other, year + self.random.randint(0, 6)))
            for _ in range(count)
            if len(self.people) < self.most
        ]


def family_of(most: int, seed: int = 3) -> Family:
    """A family of so many in four generations, the last of them children who live with their parents."""
    making = _Making(most, seed)
    year, pairs = 1948, [making.couple(making.add("M", 1946), making.add("F", 1948)) for _ in range(2)]
    while len(making.people) < most:
        year += 24
        children = [child for pair in pairs for child in making.children(pair, year)]
        pairs = [pair for child in children if year < 2005 for pair in making.partners(child, year)]
        if not pairs:
            year, pairs = 1972, [making.couple(making.add("M", 1972), making.add("F", 1974))]
    return Family(DAY, Basis.HAPPENED, tuple(making.people), tuple(making.ties), tuple(_stays(making)))


def _stays(making: _Making) -> list[Stay]:
    found: list[Stay] = []
    couples = [one for one in making.ties if one.kind is TieKind.COUPLE and not one.ended]
    for number, couple in enumerate(couples, 1):
        here = [couple.one, couple.other]
        here += [one.other for one in making.ties if one.kind is TieKind.PARENT and one.one == couple.one
                 and making.people[one.other.int - 1].child]  # fmt: skip
        found += [Stay(one, f"{number} Tanner Row, Northgate") for one in here]
    return found
