"""Tables of minutes: which column holds the name, the action, the owner, the date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Column(Enum):
    """What a column holds."""

    NAME = "name"
    ROLE = "role"
    AGENCY = "agency"
    ATTENDANCE = "attendance"
    WHAT = "what"
    WHO = "who"
    WHEN = "when"


_HEADS: tuple[tuple[str, Column], ...] = (
    ((r"(?:by )?whom?|who(?: is)? responsible|responsible(?: person| agency)?|(?:action )?owner|lead(?: person| agency)?"
     r"|person responsible|responsibility"), Column.WHO),
    (r"(?:by )?when|date(?: due)?|due(?: date| by)?|timescale|deadline|target date|complete by", Column.WHEN),
    (r"what|actions?(?: agreed| required)?|tasks?|recommendations?|decisions?|what (?:is|needs) to be done", Column.WHAT),
    (r"name|attendee|person|professional", Column.NAME),
    (r"role|title|designation|job title|position|relationship|status", Column.ROLE),
    (r"agency|organisation|service|team|employer", Column.AGENCY),
    (r"attendance|attended|present(?:\?)?|apologies", Column.ATTENDANCE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column, and the line it stands on."""

    cells: Mapping[Column, str]
    line: str


def rows(lines: Iterable[str]) -> list[Row]:
    """The rows of every table among these lines whose head is understood."""
    found: list[Row] = []
    head: dict[int, Column] | None = None
    for line in lines:
        if "\t" not in line:
            head = None
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        named = _head(cells)
        if named is not None:
            head = named
        elif head is not None:
            taken = {column: cells[place] for place, column in head.items() if place < len(cells)}
            found.append(Row(taken, line))
    return found


def _head(cells: list[str]) -> dict[int, Column] | None:
    """The columns by place, if most of the cells are heads of columns."""
    named: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        plain = " ".join(cell.lower().strip(" :?").split())
        column = next((column for pattern, column in _HEADS if re.fullmatch(pattern, plain)), None)
        if column is not None and column not in named.values():
            named[place] = column
    return named if len(named) >= 2 and len(named) * 2 >= len(cells) else None
