"""Reading one row by the mapping: whom it names, what it says of them, and what is doubtful."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date

from casefile.exchange.docket.days import read_day
from casefile.exchange.docket.index import Index
from casefile.exchange.docket.mapping import DocketMap
from casefile.exchange.docket.names import Named, adults_in, children_in, role_of
from casefile.exchange.docket.row_child import ChildReader
from casefile.exchange.docket.row_plan import PlanReader
from casefile.exchange.docket.says import (
    AS_STATED,
    MARKED,
    NOTED,
    DocketDoubt,
    Once,
    PersonSays,
    RowSays,
    Said,
    mark,
)
from casefile.exchange.docket.sheet import Cell, Row
from casefile.exchange.docket.words import NOTE, is_nothing, meaning, targets
from casefile.standards import Library

OFFICERS = ("officer", "researcher", "supervisor")
LONGEST_REFERENCE = 60
"""Characters of the longest reference any team writes on a docket."""
_NO_CHILD = "The row names no child; one was made whose name is not known."


class RowReader:
    """Reads rows one by one."""

    def __init__(self, index: Index, mapping: DocketMap, standards: Library, received_on: date) -> None:
        self._index = index
        self._mapping = mapping
        self._standards = standards
        self._received_on = received_on

    def read(self, row: Row) -> RowSays:
        """What the row says."""
        return _OneRow(self._cells(row), row.number, self._standards, self._received_on).read()

    def _cells(self, row: Row) -> dict[str, list[tuple[str, Cell]]]:
        found: dict[str, list[tuple[str, Cell]]] = defaultdict(list)
        for place, cell in sorted(row.cells.items()):
            heading = self._index.heading(place)
            found[self._mapping.target(heading)].append((heading, cell))
        return found


class _OneRow:
    def __init__(
        self, cells: dict[str, list[tuple[str, Cell]]], row: int, standards: Library, received_on: date
    ) -> None:
        self._cells = cells
        self._row = row
        self._standards = standards
        self._received_on = received_on
        self._doubts: list[DocketDoubt] = []

    def read(self) -> RowSays:
        reference, family = self._reference(), self._said_of("family_name")
        children = self._children(family)
        adults = self._adults(children)
        child = ChildReader(self._cells, self._standards, self._received_on, self._doubt)
        child.read(children)
        PlanReader(self._cells, self._standards, self._received_on, self._doubt).read(children)
        once = self._once(children)
        loose = self._notes(children)
        self._failed_cells()
        return RowSays(self._row, reference, family, children, adults, once, self._doubts, loose)

    def _text(self, target: str) -> str:
        return "\n".join(cell.text for _, cell in self._cells.get(target, ()))

    def _reference(self) -> str:
        """The reference; a text too long for one becomes a note."""
        said = self._said_of("reference")
        if len(said) <= LONGEST_REFERENCE:
            return said
        held = self._cells["reference"]
        self._cells[NOTE] += held
        self._doubt(held[0][0], said[:80], "This is too long for a reference.", NOTED)
        return ""

    def _said_of(self, target: str) -> str:
        """Reference or family name in one line; a cell that says that none is known becomes a note."""
        said = " ".join(self._text(target).split())
        if not is_nothing(said):
            return said
        self._cells[NOTE] += self._cells.get(target, [])
        return ""

    def _doubt(self, column: str, stated: str, why: str, done: str = MARKED, who: str = "") -> None:
        self._doubts.append(DocketDoubt(self._row, "", who, column, stated, why, done))

    def _children(self, family: str) -> list[PersonSays]:
        named: list[Named] = []
        for target in ("child_name", "given_name"):
            for heading, cell in self._cells.get(target, ()):
                found = children_in(cell.text, family, given_only=target == "given_name")
                if named and found:
                    self._cells[NOTE].append((heading, cell))
                    self._doubt(heading, cell.text, "Another column names the child too.", NOTED)
                    continue
                named += found
                if not found:
                    self._cells[NOTE].append((heading, cell))
                if len(found) > 1:
                    count = f"{len(found)} children are named in one cell; each became a child of the file."
                    self._doubt(heading, cell.text, count)
                for one in found:
                    if one.why:
                        self._doubt(heading, one.stated, one.why, who=one.shown)
        children = [self._person(one, "unborn" if one.unborn else "subject") for one in named]
        for heading, cell in self._cells.get("siblings", ()):
            found = children_in(cell.text, family)
            children += [self._person(one, "unborn" if one.unborn else "sibling") for one in found]
            if not found:
                self._cells[NOTE].append((heading, cell))
        return children or self._nameless(family)

    def _nameless(self, family: str) -> list[PersonSays]:
        """A child of whom the row gives no name, if it says anything of a child or docket."""
        if not family and not self._cells.get("reference"):
            return []
        self._doubt("", family, _NO_CHILD)
        person = PersonSays(Named(family, family=family), "subject", self._row)
        if family:
            raw: dict[str, object] = {"kind": "as_stated", "family": family}
            mark(raw, "given", "", _NO_CHILD)
            person.facts.append(Said("name", "", raw))
        return [person]

    def _person(self, named: Named, role: str) -> PersonSays:
        person = PersonSays(named, role, self._row)
        if named.full:
            raw: dict[str, object] = {"kind": "as_stated", "full": named.full}
        else:
            raw = {
                "kind": "unborn" if named.unborn else "as_stated",
                "given": named.given,
                "family": named.family,
            }
        raw = {key: value for key, value in raw.items() if value}
        if named.why or _reshaped(named):
            mark(
                raw,
                "full" if named.full else "given",
                named.stated,
                named.why or "Read from the cell's words.",
            )
        person.facts.append(Said("name", "", raw))
        return person

    def _adults(self, children: list[PersonSays]) -> list[PersonSays]:
        found: list[PersonSays] = []
        for target in ("mother", "father", "adults", "social_worker"):
            for heading, cell in self._cells.get(target, ()):
                named = adults_in(cell.text)
                if not named:
                    self._cells[NOTE].append((heading, cell))
                found += [self._adult(target, heading, one) for one in named]
        return found

    def _adult(self, target: str, heading: str, named: Named) -> PersonSays:
        role = role_of(named) or (target if target != "adults" else None)
        if target == "adults" and role is None:
            role = meaning("role", heading)
        if role is None:
            role = "other"
            self._doubt(
                heading,
                named.stated,
                "The index does not say what this adult is to the children.",
                who=named.shown,
            )
        person = self._person(named, role)
        person.notes += [(heading, one) for one in named.beside]
        for day in named.days[:1]:
            self._adult_birth(person, heading, day)
        person.notes += [(heading, one) for one in named.days[1:]]
        return person

    def _adult_birth(self, person: PersonSays, heading: str, stated: str) -> None:
        day = read_day(Cell(stated))
        raw: dict[str, object] = {}
        if day.on is not None and day.on <= self._received_on:
            raw = {"born_on": day.on, "precision": day.precision}
        if not raw or day.why:
            why = day.why or "The day is still to come."
            mark(raw, "born_on", stated, why)
            self._doubt(heading, stated, why, MARKED if day.on else AS_STATED, person.named.shown)
        person.facts.append(Said("birth", "", raw))

    def _once(self, children: list[PersonSays]) -> Once:
        once = Once()
        self._day("opened_on", lambda on, _: setattr(once, "opened", on))
        self._day("closed_on", lambda on, _: setattr(once, "closed", on))
        once.is_closed = bool(self._cells.get("closed_on")) and once.closed is not None
        if meaning("docket", self._text("status")) == "closed":
            once.is_closed = True
        self._day("next_conference_on", lambda on, stated: self._next(once, on, stated))
        for role in OFFICERS:
            if (said := self._text(role).replace("\n", ", ")) and not is_nothing(said):
                once.officers[role] = said
            elif said:
                self._cells[NOTE] += self._cells[role]
        return once

    def _next(self, once: Once, on: date, stated: str) -> None:
        if on > self._received_on:
            once.next_conference, once.next_stated = on, stated
            return
        heading, cell = self._cells["next_conference_on"][0]
        self._cells[NOTE].append((heading, cell))
        self._doubt(
            heading, cell.text, "The day has passed; nothing was put on the list of what is owed.", NOTED
        )

    def _day(self, target: str, take: Callable[[date, str], object]) -> None:
        """Hand over the day of a column about the docket; what cannot be read becomes a note."""
        for place, (heading, cell) in enumerate(self._cells.get(target, ())):
            day = read_day(cell)
            whole = day.on is not None and day.precision == "exact"
            if place == 0 and whole and day.on is not None:
                take(day.on, cell.text)
                if day.why:
                    self._doubt(heading, cell.text, day.why)
                continue
            self._cells[NOTE].append((heading, cell))
            if not is_nothing(cell.text):
                self._doubt(heading, cell.text, day.why or "Only part of the date is given.", NOTED)

    def _notes(self, children: list[PersonSays]) -> list[tuple[str, str]]:
        """What is kept as it stands, with the first child of the row; given back if there is none."""
        notes = [(heading, cell.text) for heading, cell in self._cells.get(NOTE, ())]
        if children:
            children[0].notes += notes
        for person in children:
            person.notes = list(dict.fromkeys(person.notes))
        return [] if children else notes

    def _failed_cells(self) -> None:
        for target, held in self._cells.items():
            for heading, cell in held:
                if cell.why and not (target in targets() and targets()[target].holds == "date"):
                    self._doubt(heading, cell.text, cell.why)


def _reshaped(named: Named) -> bool:
    """Whether the name as kept leaves out or moves anything but case that the cell says."""
    rest = named.stated
    for one in (*named.beside, *named.days):
        rest = rest.replace(one, " ")
    words = sorted(re.findall(r"\w+", rest.casefold()))
    return bool(set(words) - set(re.findall(r"\w+", f"{named.shown} dob born b".casefold())))
