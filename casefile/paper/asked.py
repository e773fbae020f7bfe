"""The answer of a prepared view on paper: what was asked, what was said, and every row."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from casefile.ask.queries import MOST, ask
from casefile.ask.rows import Answer, AnswerColumn
from casefile.ask.shape import View
from casefile.errors import Invalid
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
_NARROW, _LEAST, _WIDEST = 9, 9, 30
"""Share of a column of figures; the least and the most of one of words, in letters."""


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
    if not recipient.strip():
        raise Invalid("Say whom the copy is for: the log must name them.", kept="Nothing was printed.")
    answer = ask(work, view, given, as_of=as_of, sort=sort, limit=MOST)
    number = next_number(work.session, "copy/asked")
    work.disclosed_to(recipient.strip())
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
        Column(one.title, _share(one, [row.cells[place] for row in answer.rows]), number=one.number)
        for place, one in enumerate(answer.columns)
    )
    rows = (
        tuple(_unbroken(*both) for both in zip(row.cells, row.values, strict=True)) for row in answer.rows
    )
    return PrintedTable(answer.key, answer.title, columns, rows, "None.")


def _unbroken(words: str, value: Any) -> str:
    """A day stands on one line."""
    return words.replace(" ", "\u00a0") if isinstance(value, date) else words


def _share(column: AnswerColumn, cells: list[str]) -> float:
    """How much of the width: by how long its words are, so that a page of few words is not cut up."""
    if column.number:
        return _NARROW
    longest = sorted((len(one) for one in [column.title, *cells]), reverse=True)
    usual = longest[len(longest) // 10]
    return min(max(usual, len(column.title), _LEAST), _WIDEST)
