"""The rows of the log as a table: on the log page, and behind a file's audit divider."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from casefile.audit.queries import LogLine
from casefile.record.dates import short_date
from ui.theme.theme import Theme
from ui.widgets.table import Column, Table

LONDON = ZoneInfo("Europe/London")


def when(line: LogLine) -> str:
    """Date and time in London."""
    there = line.at.astimezone(LONDON)
    return f"{short_date(there.date())} {there:%H:%M:%S}"


COLUMNS = (
    Column("", "Row", lambda one: f"{one.seq:,}", width=80, number=True),
    Column("", "When", when, width=185),
    Column("", "Who", lambda one: one.officer, width=170),
    Column("", "Category", lambda one: one.category, width=120),
    Column("", "What", lambda one: one.sentence, width=0),
    Column("", "Outcome", lambda one: one.outcome, lambda one: "danger" if one.outcome == "refused" else None, 100),
    Column("", "Reason", lambda one: one.reason or "", width=200),
)  # fmt: skip


def log_table(theme: Theme, name: str, *, narrow: bool = False) -> Table:
    """An empty table for rows of the log; *narrow* leaves out what a file's page has no room for."""
    return Table(COLUMNS if not narrow else (*COLUMNS[1:3], COLUMNS[4]), theme, name)
