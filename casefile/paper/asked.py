"""The answer of a prepared view on paper: what was asked, what was said, and every row."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date

from casefile.ask.queries import MOST, ask
from casefile.ask.rows import Answer, AnswerColumn, AskedRow
from casefile.ask.shape import View
from casefile.audit.recipient import recipient_of
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"
_NARROW, _DAY, _AROUND, _WIDEST = 9, 17, 4, 26
"""Share of a column of figures, and of one of days; what a word needs around it, and the most of a column, in letters."""


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_asked(
    work: Work,
    view: View,
    given: Mapping[str, str] | None,
    recipient: str,
    *,
    as_of: date | None = None,
    sort: str = "",
) -> bytes:
    """Print the rows of a prepared view, as far as the officer may see them, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy, or the view cannot be asked so.
    """
    whom = recipient_of(recipient)
    answer = ask(work, view, given, as_of=as_of, sort=sort, limit=MOST)
    number = next_number(work.session, "copy/asked")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _printed(work, answer, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_asked(
    work: Work,
    view: View,
    given: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
    sort: str = "",
) -> bytes:
    """Look at the pages that a prepared view would have; every page says that it is no copy."""
    return _printed(work, ask(work, view, given, as_of=as_of, sort=sort, limit=MOST), None)


def _printed(work: Work, answer: Answer, copy: int | None) -> bytes:
    stream = io.BytesIO()
    imprint = Imprint(MARKING, answer.title, long_date(answer.day), work.actor.name, work.now, copy)
    listed = PrintedList(answer.title, _about(answer), (_table(answer),))
    work.note(pages=lay_list(listed, stream, imprint, work.progress))
    return stream.getvalue()


def _about(answer: Answer) -> tuple[tuple[str, str], ...]:
    more = answer.total - len(answer.rows)
    cut = f"; the first {len(answer.rows):,} are here" if more else ""
    told = (
        ("Asked", answer.question),
        ("As of", long_date(answer.day)),
        *answer.said,
        ("Found", f"{answer.total:,} {answer.what}{cut}"),
        ("To know", answer.about),
        ("Source", answer.source),
    )
    return tuple((label, words) for label, words in told if words)


def _table(answer: Answer) -> PrintedTable:
    columns = tuple(
        Column(one.title, _share(one, place, answer.rows), number=one.number)
        for place, one in enumerate(answer.columns)
    )
    rows = (tuple(row.cells) for row in answer.rows)
    return PrintedTable(answer.key, answer.title, columns, rows, "None.")


def _share(column: AnswerColumn, place: int, rows: tuple[AskedRow, ...]) -> float:
    """How much of the width: by how long its words are, so that a page of few words is not cut up."""
    if column.number:
        return _NARROW
    if any(isinstance(row.values[place], date) for row in rows):
        return max(_DAY, len(column.title))
    cells = [column.title, *(row.cells[place] for row in rows)]
    word = max(len(one) for cell in cells for one in (*cell.split(), "")) + _AROUND
    longest = sorted(map(len, cells), reverse=True)
    usual = longest[len(longest) // 10]
    return min(max(usual, word), _WIDEST)
