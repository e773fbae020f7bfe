"""A report over several files on paper: a title, what it is about, and lists that go on over pages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportlab.platypus import CondPageBreak, Flowable

from casefile.errors import Invalid
from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.model_file import Pairs, PrintedTable
from casefile.paper.rows import Rows
from casefile.paper.sheet import Imprint
from casefile.store.counters import next_number
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"
"""Of a report that names several families."""


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report ready for paper.

    Attributes:
        reference: Stands at the head of every page, e.g. ``R-2026-01``.
        title: Its title.
        about: What it is about: label and words.
        notes: Sentences that a reader must not miss.
        tables: Its lists, in order.
    """

    reference: str
    title: str
    about: Pairs
    notes: tuple[str, ...]
    tables: tuple[PrintedTable, ...]


def printed(work: Work, report: PrintedReport, copies: str | None, recipient: str = "") -> bytes:
    """The report as PDF.

    Args:
        work: The unit of work.
        report: What is printed.
        copies: Series that copies are numbered in, e.g. ``queue/…``; None for a look without a copy.
        recipient: For whom the copy is; the log names them.

    Raises:
        Invalid: Nobody is named to receive a copy.
    """
    number = None
    if copies is not None:
        if not recipient.strip():
            raise Invalid("Say whom the copy is for: the log must name them.", kept="Nothing was printed.")
        number = next_number(work.session, f"copy/{copies}")
        work.disclosed_to(recipient.strip())
        work.note(copy=number)
    imprint = Imprint(MARKING, report.reference, report.title, work.actor.name, work.now, number)
    stream = io.BytesIO()
    work.note(pages=lay_book(_story(report), stream, imprint, title="Report", progress=work.progress))
    return stream.getvalue()


def _story(report: PrintedReport) -> Iterator[Flowable]:
    yield Section(report.title)
    yield parts.Heading(report.title, sheet.TITLE, "report", 0)
    yield parts.Gap(10)
    yield from parts.fields(report.about)
    for one in report.notes:
        yield parts.Gap(6)
        yield parts.words(one, sheet.STRONG)
    for table in report.tables:
        yield parts.Gap(14)
        yield CondPageBreak(110)
        yield parts.Heading(table.title, sheet.GROUP, table.key, 1)
        yield parts.Gap(3)
        yield from _table(table.rows, table)


def _table(rows: Iterable[tuple[str, ...]], table: PrintedTable) -> Iterator[Flowable]:
    held = iter(rows)
    first = next(held, None)
    if first is None:
        yield parts.words(table.none, sheet.QUIETLY)
        return

    def again() -> Iterator[tuple[str, ...]]:
        yield first
        yield from held

    yield Rows(table.columns, again())
