"""A list on paper that is no case file: a queue, a register. Title, what it holds, then its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.platypus import CondPageBreak, Flowable

from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.model_file import Pairs, PrintedTable, table_of
from casefile.paper.sheet import Imprint
from casefile.work.progress import Progress


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list ready for paper.

    Attributes:
        title: What it is.
        about: What it holds and how it was chosen.
        tables: Its rows under one heading or several.
    """

    title: str
    about: Pairs
    tables: tuple[PrintedTable, ...]


def lay_list(
    printed: PrintedList, stream: BinaryIO, imprint: Imprint, progress: Progress | None = None
) -> int:
    """Print a list as PDF to *stream*; gives the number of pages."""
    return lay_book(_story(printed), stream, imprint, title=printed.title, progress=progress)


def _story(printed: PrintedList) -> Iterator[Flowable]:
    yield Section(printed.title)
    yield parts.Heading(printed.title, sheet.TITLE, "list", 0)
    yield parts.Gap(8)
    yield from parts.fields(printed.about)
    yield parts.Rule(8, 10)
    for table in printed.tables:
        if len(printed.tables) > 1:
            yield CondPageBreak(90)  # a heading alone at the foot of a page says that nothing follows
            yield parts.words(table.title, sheet.GROUP)
            yield parts.Gap(2)
        yield from table_of(table)
        yield parts.Gap(10)
