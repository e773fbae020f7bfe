"""The rows of a prepared view given out as a table: every row, with plain values, disclosed to somebody by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casefile.ask.queries import MOST, ask
from casefile.ask.rows import Answer
from casefile.ask.shape import View
from casefile.audit.recipient import recipient_of
from casefile.exchange.census.report import harmless
from casefile.store.counters import next_number
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A table that was given out; ``left_out`` rows are more than one table holds."""

    csv: str
    rows: int
    left_out: int
    copy: int


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def export_asked(
    work: Work,
    view: View,
    given: Mapping[str, str] | None,
    recipient: str,
    *,
    as_of: date | None = None,
    sort: str = "",
) -> AskedTable:
    """Give out the rows of a prepared view as a table in CSV, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy, or the view cannot be asked so.
    """
    whom = recipient_of(recipient, "table", kept="Nothing was given out.")
    answer = ask(work, view, given, as_of=as_of, sort=sort, limit=MOST)
    number = next_number(work.session, "copy/asked")
    work.disclosed_to(whom)
    work.note(copy=number, rows=len(answer.rows))
    return AskedTable(_table(answer), len(answer.rows), answer.total - len(answer.rows), number)


def _table(answer: Answer) -> str:
    """Reference first, then the columns; days as ISO 8601; no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["reference", *(one.key for one in answer.columns)])
    for row in answer.rows:
        cells = (_cell(*both) for both in zip(row.values, row.cells, strict=True))
        writer.writerow([harmless(row.reference), *(harmless(one) for one in cells)])
    return out.getvalue()


def _cell(value: Any, words: str) -> str:
    """A day and a number as they are, everything else in words; what is not known is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.lower()
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else words
