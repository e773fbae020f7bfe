"""Tables in minutes: which column holds what, by the words at its head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casefile.exchange.minutes.lines import Line

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        ("owner", r"^(?:by\s+)?whom\b|^who\b(?!.*attend)|respons|^owner|^lead|action\s+by|person\s+resp|allocated|^by$"),
        ("due", r"^(?:by\s+)?when\b|^due|^date(?!.*birth)|time\s*-?(?:scale|frame|line)|deadline|target|complet(?:e|ion)\s+(?:by|date)"),
        ("what", r"^(?:agreed\s+)?(?:actions?|tasks?|recommendations?)\b|^what\b|to\s+be\s+done|^decisions?\b|^plan$"),
        ("name", r"^names?\b|^attendees?$|^person$|^invitees?$|^participants?$|^professional$"),
        ("role", r"^(?:job\s+)?(?:role|title|designation|position|relationship|capacity)\b|role|relationship"),
        ("agency", r"^(?:agency|organisation|organization|service|team|setting|department)"),
        ("attendance", r"attend|status|^present\s*/"),
        ("present", r"^present"),
        ("apologies", r"^apolog"),
        ("report_only", r"^report"),
        ("absent", r"^absent"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head was understood.

    Attributes:
        columns: What each column holds, "" where the head does not tell.
        rows: Its rows below the head.
        end: Place of the first line after it.
    """

    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    end: int

    def has(self, *keys: str) -> bool:
        """Whether one of these columns is there."""
        return any(key in self.columns for key in keys)

    def of(self, line: Line) -> dict[str, str]:
        """The cells of a row by what they hold."""
        return {key: cell for key, cell in zip(self.columns, line.cells, strict=False) if key}


def table_at(lines: tuple[Line, ...], place: int) -> Table | None:
    """The table whose head stands at a place: two known columns at least; None when there is none."""
    head = lines[place]
    if len(head.cells) < 2:
        return None
    columns = _columns(head.cells)
    known = [key for key in columns if key]
    if len(known) < 2 or any(len(cell) > 60 for cell in head.cells):
        return None
    end = place + 1
    while (
        end < len(lines)
        and lines[end].cells
        and _columns(lines[end].cells).count("") > len(lines[end].cells) - 2
    ):
        end += 1
    return Table(columns, lines[place + 1 : end], end)


def _columns(cells: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in cells:
        key = (
            next((key for key, pattern in _COLUMNS if pattern.search(cell.strip())), "")
            if len(cell) < 60
            else ""
        )
        found.append("" if key in found else key)
    return tuple(found)
