"""A table as it stands in a file: its sheets, rows and cells, nothing of it interpreted yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from casefile.errors import Damaged

LARGEST = 64 * 1024 * 1024
"""Bytes an index may have: some hundred thousand rows."""
MOST_ROWS = 100_000
MOST_COLUMNS = 300
MOST_IN_A_CELL = 32_767
"""Characters: what a spreadsheet itself allows."""
KEPT = "Nothing of it was brought in."


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says.

    Attributes:
        text: Its words as a person sees them; a date in full figures, year first.
        day: The day, where the spreadsheet itself keeps a date.
        why: Why what is read may not be what was meant, e.g. a formula without a result.
    """

    text: str
    day: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds anything.

    Attributes:
        number: The row of the sheet, from 1.
        cells: What is not empty, by column from 0.
    """

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something of the file that stands in no row: a comment on a cell, another sheet."""

    where: str
    text: str
    why: str


class Book(Protocol):
    """A file of one or more sheets, read row by row as often as asked."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of its sheets in order; a CSV has one."""
        ...

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything."""
        ...

    def asides(self) -> tuple[Aside, ...]:
        """What stands beside the rows."""
        ...


@dataclass(slots=True)
class Counting:
    """Holds the bounds while rows are read."""

    rows: int = 0
    seen: dict[int, int] = field(default_factory=dict[int, int])

    def check(self, cells: Mapping[int, Cell]) -> None:
        """Count one row.

        Raises:
            Damaged: There are more rows or columns than any index has.
        """
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise Damaged(f"The sheet has more than {MOST_ROWS:,} rows; no docket index has.", kept=KEPT)
        if cells and max(cells) >= MOST_COLUMNS:
            raise Damaged(f"The sheet has more than {MOST_COLUMNS} columns; no docket index has.", kept=KEPT)


def tidy(text: str) -> str:
    """Words of a cell without what cannot be seen or stored: line ends alike, no blanks around."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufeff", "")
    lines = (" ".join(one.split()) for one in plain.split("\n"))
    return "\n".join(one for one in lines if one)
