"""The research of a file as a grid: people down, checks across. Plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.names.spellings import Spelling
from casefile.sections.researched import CheckCell, CheckState, FixedConference


@dataclass(frozen=True, slots=True)
class CheckColumn:
    """One check across the grid.

    Attributes:
        system: The system that a form offers for it: the first that is in use.
        asked: Whether the standard asks for it of anybody; else it stands there because somebody searched.
        why: What it is good for.
    """

    key: str
    title: str
    systems: tuple[str, ...]
    system: str
    asked: bool
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Researched:
    """One person down the grid.

    Attributes:
        kind: ``child`` or ``adult``.
        roles: What they are to the file, in words.
        born: Date of birth as known, in words.
        since: Since when police know that they stand in the file.
        new: Whether nobody has searched them at all.
        spellings: What to try, those of the file first.
        cells: By key of the check.
    """

    id: UUID
    name: str
    kind: str
    roles: str
    born: str
    since: date | None
    new: bool
    spellings: tuple[Spelling, ...]
    cells: Mapping[str, CheckCell]

    @property
    def wanted(self) -> tuple[CheckCell, ...]:
        """The checks somebody has still to make, the most urgent first."""
        found = (one for one in self.cells.values() if one.state.wanted)
        return tuple(sorted(found, key=lambda one: one.due_on or date.max))

    @property
    def names(self) -> str:
        """What a form proposes as tried: every name the file holds, and the date of birth."""
        told = [one.text for one in self.spellings if one.known]
        return "; ".join([*told, *([f"born {self.born}"] if self.born else [])])


@dataclass(frozen=True, slots=True)
class ResearchGrid:
    """The research of one file on a day.

    Attributes:
        conference: The next conference that is fixed, or None.
        columns: Checks that the standard asks for, or that somebody made.
        more: Checks that are only offered, and that nobody made.
    """

    file_id: UUID
    reference: str
    family_name: str
    as_of: date
    conference: FixedConference | None
    columns: tuple[CheckColumn, ...]
    more: tuple[CheckColumn, ...]
    people: tuple[Researched, ...]

    def count(self, *states: CheckState) -> int:
        """How many cells stand so."""
        return sum(cell.state in states for person in self.people for cell in person.cells.values())

    @property
    def wanted(self) -> int:
        """How many checks somebody has still to make."""
        return sum(len(person.wanted) for person in self.people)

    def person(self, person_id: UUID) -> Researched:
        """The person with that identity; KeyError if nobody is."""
        for one in self.people:
            if one.id == person_id:
                return one
        raise KeyError(person_id)

    def column(self, key: str) -> CheckColumn:
        """The check with that key; KeyError if there is none."""
        for one in (*self.columns, *self.more):
            if one.key == key:
                return one
        raise KeyError(key)

    def occasion(self, person: Researched) -> str:
        """Why a search made today is made, as a code of ``research_reason``."""
        if person.new:
            return "new_person"
        ahead = self.conference
        return "conference" if ahead is not None and self.as_of >= ahead.counts_from else "periodic"
