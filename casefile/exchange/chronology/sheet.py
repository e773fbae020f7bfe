"""A chronology of another agency as a table: a workbook, a CSV, or the tables and dated lines of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from casefile.errors import Damaged, Invalid
from casefile.exchange.chronology.words import OTHER, heading_targets
from casefile.exchange.docket.csv_book import CsvBook
from casefile.exchange.docket.days import looks_like_day
from casefile.exchange.docket.index import letters
from casefile.exchange.docket.sheet import LARGEST, MOST_COLUMNS, MOST_ROWS, Book, Cell, Row
from casefile.exchange.docket.sheet import tidy as tidy_cell
from casefile.exchange.docket.words import heading_key
from casefile.exchange.readers.read import read_document

KEPT = "Nothing of it was brought in."
_LOOKED_AT, _WITHIN, _ALIKE = 60, 15, 84
_DATED = re.compile(
    r"^\s*((?:\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4})|(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+\d{4})"
    r"|(?:\d{4}-\d{2}-\d{2}))\s*[:\-–—,.]*\s+(\S.*)$"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a chronology, and what its columns seem to hold.

    Attributes:
        headings: What each column is called; no two alike.
        samples: Some of what stands under each.
        guessed: Target by heading: ``date``, ``what``, ``told_by`` …, or ``other``.
        warnings: What could not be read of the document, in sentences.
    """

    name: str
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    guessed: dict[str, str]
    rows: tuple[Row, ...]
    warnings: tuple[str, ...] = ()


def open_sheet(data: bytes, name: str, sheet: str = "") -> Sheet:
    """Open a chronology and find its columns.

    Raises:
        Damaged: It is no such document, empty, too large, locked, or holds what could do harm.
        Invalid: It has no sheet of that name, or nothing in it looks like a chronology.
    """
    if len(data) > LARGEST:
        raise Damaged(f"The file has {len(data):,} bytes; a chronology may have {LARGEST:,}.", kept=KEPT)
    if not data.strip():
        raise Damaged(f"{name} is empty.", kept=KEPT)
    rows, warnings = _rows(data, name, sheet)
    if not rows:
        raise Invalid(
            f"{name} holds no table and no line that begins with a date.",
            kept=KEPT,
        )
    head = _heading_row(rows)
    body = tuple(one for one in rows if head is None or one.number > head.number)
    if not body:
        raise Invalid(f"{name} has headings and no row below them.", kept=KEPT)
    return _sheet(name, head, body, warnings)


def _rows(data: bytes, name: str, sheet: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    if data[:4] == b"PK\x03\x04" and b"word/" in data[:4096] + data[-65536:]:
        return _of_document(data, name)
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        from casefile.exchange.docket.xlsx_book import XlsxBook

        return _of_book(XlsxBook(data), name, sheet), ()
    if name.lower().endswith((".txt", ".rtf", ".odt", ".pdf", ".eml", ".msg", ".doc")):
        return _of_document(data, name)
    return _of_book(CsvBook(data), name, sheet), ()


def _of_book(book: Book, name: str, sheet: str) -> tuple[Row, ...]:
    if sheet and sheet not in book.sheets:
        listed = ", ".join(f"“{one}”" for one in book.sheets)
        raise Invalid(f"{name} has no sheet “{sheet}”; it has {listed}.", kept=KEPT)
    if sheet:
        return tuple(book.rows(sheet))
    every = {one: tuple(book.rows(one)) for one in book.sheets}
    return max(every.values(), key=lambda rows: (sum(_dated(one) for one in rows), len(rows)), default=())


def _dated(row: Row) -> bool:
    return any(cell.day is not None or looks_like_day(cell.text) for cell in row.cells.values())


def _of_document(data: bytes, name: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Rows of tables (their cells are apart by tabs) and lines that begin with a date."""
    reading = read_document(name, data)
    rows: list[Row] = []
    tables = sum("\t" in line for line in reading.text.split("\n"))
    for number, line in enumerate(reading.text.split("\n"), start=1):
        if "\t" in line:
            cells = {
                at: Cell(said)
                for at, one in enumerate(line.split("\t")[:MOST_COLUMNS])
                if (said := tidy_cell(one))
            }
        elif (found := _DATED.match(line)) and not tables:
            cells = {0: Cell(found[1]), 1: Cell(tidy_cell(found[2]))}
        else:
            continue
        if cells:
            rows.append(Row(number, cells))
        if len(rows) > MOST_ROWS:
            raise Damaged(f"The document has more than {MOST_ROWS:,} rows; no chronology has.", kept=KEPT)
    if not rows and reading.warnings:
        raise Damaged(f"{name}: {reading.warnings[0]}", kept=KEPT)
    return tuple(rows), reading.warnings


def _heading_row(rows: Sequence[Row]) -> Row | None:
    """The row near the top whose cells are known headings, else the last one before the first date; None if there is none."""
    best, most = None, 0
    for row in rows[:_WITHIN]:
        hits = sum(
            _target(one.text) is not None and not looks_like_day(one.text) for one in row.cells.values()
        )
        if hits > most:
            best, most = row, hits
    if most >= 2 or (most == 1 and best is rows[0] and len(rows[0].cells) <= 2):
        return best
    dated = next((at for at, row in enumerate(rows[:_WITHIN]) if _dated(row)), 0)
    return rows[dated - 1] if dated and len(rows[dated - 1].cells) > 1 else None


def _target(heading: str) -> str | None:
    """What a heading says that a column holds."""
    key = heading_key(heading)
    if not key or len(key) > 60:
        return None
    best, most = None, 0.0
    for target, known in heading_targets().items():
        score = max(100.0 if key == one else fuzz.ratio(key, one) if len(one) > 4 else 0.0 for one in known)
        if score > most:
            best, most = target, score
    return best if most >= _ALIKE else None


def _sheet(name: str, head: Row | None, body: tuple[Row, ...], warnings: tuple[str, ...]) -> Sheet:
    width = min(1 + max(at for row in body[:_LOOKED_AT] for at in row.cells), MOST_COLUMNS)
    width = max(width, 1 + max(head.cells, default=0)) if head is not None else width
    headings: list[str] = []
    for at in range(width):
        said = head.cells[at].text[:200] if head is not None and at in head.cells else f"Column {letters(at)}"
        said = " ".join(said.split())
        count = sum(one == said or one.startswith(f"{said} (") for one in headings)
        headings.append(f"{said} ({count + 1})" if count else said)
    samples = tuple(
        tuple(islice(dict.fromkeys(row.cells[at].text for row in body if at in row.cells), _LOOKED_AT))
        for at in range(width)
    )
    return Sheet(name, tuple(headings), samples, _guessed(headings, samples), body, warnings)


def _guessed(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[str, str]:
    """By heading, else by content: the column most full of dates, and the one with the longest words."""
    found = {one: _target(one) or OTHER for one in headings}
    for key in ("date", "time", "what", "told_by", "about", "response"):
        held = [one for one in headings if found[one] == key]
        for one in held[1:]:
            found[one] = OTHER
    places = dict(zip(headings, samples, strict=True))
    if "date" not in found.values():
        best = max(headings, key=lambda one: _share_of_days(places[one]))
        if _share_of_days(places[best]) > 0.4:
            found[best] = "date"
    if "what" not in found.values():
        left = [one for one in headings if found[one] == OTHER and places[one]]
        if left:
            found[max(left, key=lambda one: sum(map(len, places[one])) / len(places[one]))] = "what"
    return found


def _share_of_days(samples: Sequence[str]) -> float:
    return sum(looks_like_day(one) for one in samples) / len(samples) if samples else 0.0


def lines_told(sheet: Sheet) -> Iterator[str]:
    """The columns and what they seem to hold, for a terminal."""
    for heading, samples in zip(sheet.headings, sheet.samples, strict=True):
        example = samples[0].replace("\n", " / ")[:50] if samples else "empty"
        yield f"{heading}: {sheet.guessed[heading]}; e.g. {example}"
