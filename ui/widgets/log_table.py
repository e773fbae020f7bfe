"""The rows of the log as a table: on the log page, and behind a file's audit divider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from casefile.audit.queries import LogLine
from casefile.files.queries.names import Names
from casefile.record.dates import short_date
from ui.theme.theme import Theme
from ui.widgets.table import Column, Table

LONDON = ZoneInfo("Europe/London")
_SHOWN = 2
"""Names in a cell before the rest is only counted."""


def when(line: LogLine) -> str:
    """Date and time in London."""
    there = line.at.astimezone(LONDON)
    return f"{short_date(there.date())} {there:%H:%M:%S}"


def told(ids: Sequence[UUID], names: Mapping[UUID, str], one: str, many: str) -> str:
    """The names of a row's files or people; those that may not be named are counted."""
    known = [names[each] for each in ids if each in names]
    rest = len(ids) - min(len(known), _SHOWN)
    parts = known[:_SHOWN]
    if rest:
        counted = f"{rest:,} {one if rest == 1 else many}"
        parts.append(f"{rest:,} more" if parts else counted)
    return ", ".join(parts)


class LogTable(Table):
    """The table, with the names that were found for its rows so far."""

    def __init__(self, theme: Theme, name: str, *, narrow: bool) -> None:
        self._names = Names()
        columns = (
            Column("", "Row", lambda one: f"{one.seq:,}", width=56, number=True),
            Column("", "When", when, width=160),
            Column("", "Who", lambda one: one.officer, width=120),
            Column("", "Category", lambda one: one.category, width=104),
            Column("", "What", lambda one: one.sentence, width=0),
            Column("", "File", lambda one: told(one.files, self._names.files, "file", "files"), width=128),
            Column("", "Person", lambda one: told(one.people, self._names.people, "person", "people"), width=136),
            Column("", "Outcome", lambda one: one.outcome,
                   lambda one: "danger" if one.outcome == "refused" else None, 80),
            Column("", "Reason", lambda one: one.reason or "", width=100),
        )  # fmt: skip
        super().__init__(columns if not narrow else (*columns[1:3], columns[4]), theme, name)

    def name(self, found: Names) -> None:
        """Show what these files and people are called."""
        self._names = Names({**self._names.files, **found.files}, {**self._names.people, **found.people})
        self.viewport().update()


def log_table(theme: Theme, name: str, *, narrow: bool = False) -> LogTable:
    """An empty table for rows of the log; *narrow* leaves out what a file's page has no room for."""
    return LogTable(theme, name, narrow=narrow)
