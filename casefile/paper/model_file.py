"""The model case file on paper: cover, front sheet, index, every divider, with versions and signatures.

What is printed is handed over as plain frozen data, already in words; a division's records come
one by one, so that a file of any length can be printed. ``gather.py`` makes this data from the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from reportlab.platypus import CondPageBreak, Flowable, KeepInFrame, PageBreak

from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.records import PrintedRecord, printed_record
from casefile.paper.rows import Cell, Column, Rows
from casefile.paper.sheet import Imprint
from casefile.work.progress import Progress

Pairs = tuple[tuple[str, str], ...]
"""Labels and values, in words."""

_HANDLING = (
    "Do not copy. Keep under lock, show only to those who need it for this child, "
    "and destroy as confidential waste. Every copy is numbered and in the log."
)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A list of any length under a heading of its own.

    Attributes:
        key: Lasting name, for bookmarks.
        title: Heading.
        columns: Heading and share of the width of each column.
        rows: One text, or a picture, for each column; may be a stream.
        none: What is said where there is no row.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    none: str = "None recorded."


@dataclass(frozen=True, slots=True)
class PrintedDivider:
    """One divider of the model file.

    Attributes:
        key: Lasting key of the divider.
        number: Its number in the model file, as printed; "" for none.
        title: Its title.
        status: Complete, how much is missing, or not applicable and who said so; a sentence.
        missing: What is missing, a sentence each.
        drawings: Drawings that stand before the records, such as the risk over time.
        asks: What the standard asks here, in words.
        count: Number of signed records.
        records: The records in order; may be a stream.
        tables: Lists that belong to the divider and are no entries (household, documents).
    """

    key: str
    number: str
    title: str
    status: str
    asks: str
    count: int
    records: Iterable[PrintedRecord]
    tables: tuple[PrintedTable, ...] = ()
    missing: tuple[str, ...] = ()
    drawings: tuple[Flowable, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing stands behind it."""
        return not self.count and not self.tables


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A whole model case file, or the dividers chosen of it, ready for paper.

    Attributes:
        name: The family as the cover calls it, e.g. ``ASHDOWN family``.
        reference: Reference of the file.
        extent: ``Whole file``, or which dividers.
        cover: What the cover says: team, officer in charge, plan, risk.
        front: The front sheet; it is fitted on one page.
        warnings: Warnings that stand first on the front sheet.
        children: The subject children.
        due: The next things due.
        dividers: The dividers in order; their records may be streams.
        before: Lists that stand before the dividers: chronology, what is owed.
        after: Lists that stand after them: documents, extract of the log.
    """

    name: str
    reference: str
    extent: str
    cover: Pairs
    front: Pairs
    warnings: tuple[str, ...]
    children: PrintedTable
    due: PrintedTable
    dividers: tuple[PrintedDivider, ...]
    before: tuple[PrintedTable, ...] = field(default=())
    after: tuple[PrintedTable, ...] = field(default=())


def lay_model_file(
    file: PrintedFile, stream: BinaryIO, imprint: Imprint, progress: Progress | None = None
) -> int:
    """Print *file* as PDF to *stream*; gives the number of pages.

    The title in the PDF's own data is neutral: a name there would show in file lists.
    """
    return lay_book(_story(file, imprint), stream, imprint, title="Case file", progress=progress)


def _story(file: PrintedFile, imprint: Imprint) -> Iterator[Flowable]:
    yield from _cover(file, imprint)
    yield Section("Front sheet")
    yield PageBreak()
    yield from _front(file)
    yield Section("Index")
    yield PageBreak()
    yield from _index(file)
    for table in file.before:
        yield from _list(table)
    follows = False
    for divider in file.dividers:
        yield from _divider(divider, follows=follows and divider.empty)
        follows = divider.empty
    for table in file.after:
        yield from _list(table)


def _cover(file: PrintedFile, imprint: Imprint) -> Iterator[Flowable]:
    yield parts.Gap(150)
    yield parts.words("Model case file", sheet.COVER_LINE)
    yield parts.Gap(6)
    yield parts.words(file.name, sheet.COVER_NAME)
    yield parts.Gap(4)
    yield parts.words(file.reference, sheet.COVER_LINE)
    yield parts.Rule(22, 18)
    yield from parts.fields((*file.cover, ("Printed", file.extent)))
    yield parts.Rule(18, 18)
    yield from parts.fields(
        (
            ("Marking", imprint.marking.upper()),
            ("Copy", imprint.copy),
            ("Printed by", imprint.printed.removeprefix("Printed by ")),
            (
                "Handling",
                _HANDLING,
            ),
        )
    )


def _front(file: PrintedFile) -> Iterator[Flowable]:
    page: list[Flowable] = [parts.Heading("Front sheet", sheet.TITLE, "front", 0), parts.Gap(10)]
    page.extend(parts.words(f"▲ {warning}", sheet.STRONG) for warning in file.warnings)
    if file.warnings:
        page.append(parts.Rule(6, 8))
    page.extend(parts.fields(file.front))
    for table in (file.children, file.due):
        page += [parts.Gap(12), parts.words(table.title, sheet.GROUP), parts.Gap(2), *table_of(table)]
    yield KeepInFrame(sheet.TEXT_WIDTH, sheet.TEXT_HEIGHT - 1, page, mode="shrink")


def _index(file: PrintedFile) -> Iterator[Flowable]:
    yield parts.Heading("Index", sheet.TITLE, "index", 0)
    yield parts.Gap(10)
    columns = (
        Column("No.", 5),
        Column("Divider", 34),
        Column("State", 45),
        Column("Records", 9, number=True),
        Column("Page", 7, number=True),
    )
    yield Rows(columns, _index_rows(file))


def _index_rows(file: PrintedFile) -> Iterator[tuple[str | Flowable, ...]]:
    yield "", "Front sheet", "", "", parts.PageOf("front")
    for table in file.before:
        yield "", table.title, "", "", parts.PageOf(table.key)
    for divider in file.dividers:
        count = str(divider.count) if divider.count else ""
        yield divider.number, divider.title, divider.status, count, parts.PageOf(divider.key)
    for table in file.after:
        yield "", table.title, "", "", parts.PageOf(table.key)


def _list(table: PrintedTable) -> Iterator[Flowable]:
    yield Section(table.title)
    yield PageBreak()
    yield parts.Heading(table.title, sheet.TITLE, table.key, 0)
    yield parts.Gap(10)
    yield from table_of(table)


def table_of(table: PrintedTable) -> Iterator[Flowable]:
    """The rows of a list, or that there is none."""
    rows = iter(table.rows)
    first = next(rows, None)
    if first is None:
        yield parts.words(table.none, sheet.QUIETLY)
    else:
        yield Rows(table.columns, _again(first, rows))


def _again(first: tuple[Cell, ...], rows: Iterator[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    yield first
    yield from rows


def _divider(divider: PrintedDivider, *, follows: bool) -> Iterator[Flowable]:
    """A divider on a page of its own; where nothing is filed it may follow another such one."""
    name = f"{divider.number}\u00a0\u00a0{divider.title}" if divider.number else divider.title
    if follows:
        yield parts.Gap(26)
        yield CondPageBreak(110)
    else:
        yield Section("Dividers with nothing filed" if divider.empty else divider.title)
        yield PageBreak()
    yield parts.Heading(name, sheet.TITLE, divider.key, 0)
    yield parts.Gap(6)
    yield parts.words(divider.status, sheet.STRONG)
    for one in divider.missing:
        yield parts.words(f"◆ {one}", sheet.BODY)
    if divider.asks:
        yield parts.words(divider.asks, sheet.QUIETLY)
    if divider.empty:
        return
    yield parts.Rule(8, 10)
    yield from divider.drawings
    for table in divider.tables:
        yield CondPageBreak(90)
        yield parts.words(table.title, sheet.GROUP)
        yield parts.Gap(2)
        yield from table_of(table)
        yield parts.Gap(10)
    for number, record in enumerate(divider.records, 1):
        if number > 1:
            yield CondPageBreak(150)
            yield parts.Rule(16, 12)
        yield from printed_record(record, f"{divider.key}-{number}")
