"""A docket index: which sheet it is, where its headings stand, what its columns are called and seem to hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from casefile.errors import Damaged, Invalid
from casefile.exchange.docket.csv_book import CsvBook
from casefile.exchange.docket.days import looks_like_day
from casefile.exchange.docket.guess import LIKELY, UNSURE, Guess, guess_columns, heading_score
from casefile.exchange.docket.mapping import DocketMap
from casefile.exchange.docket.sheet import KEPT, LARGEST, Aside, Book, Row
from casefile.exchange.docket.words import NOTE, normal

LOOKED_AT = 200
"""Rows that are looked at to find the headings and to guess what columns hold."""
_HEADINGS_WITHIN = 40
SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the index.

    Attributes:
        place: From 0.
        heading: What it is called; no two are called alike.
        samples: Some of what stands under it.
        guess: What it seems to hold.
    """

    place: int
    heading: str
    samples: tuple[str, ...]
    guess: Guess


@dataclass(frozen=True, slots=True)
class Index:
    """A docket index, found out but not yet read through.

    Attributes:
        name: Name of the file.
        sheet, sheets: The sheet chosen, and all there are.
        heading_rows: Rows that hold the headings.
        headed: Whether they look like headings; if not, the first row may hold a child.
        asides: What stands beside the rows: titles above, comments, other sheets.
    """

    book: Book
    name: str
    sheet: str
    sheets: tuple[str, ...]
    heading_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    asides: tuple[Aside, ...]
    headed: bool = True

    @property
    def headings(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(one.heading for one in self.columns)

    def rows(self) -> Iterator[Row]:
        """The rows below the headings that hold anything."""
        last = max(self.heading_rows, default=0)
        return (one for one in self.book.rows(self.sheet) if one.number > last)

    def guessed(self, *, at_least: int = UNSURE) -> DocketMap:
        """The guess as a mapping, of the columns guessed at least so surely; the others are notes."""
        columns = {
            one.heading: one.guess.target if one.guess.score >= at_least else NOTE for one in self.columns
        }
        return DocketMap(columns, self.sheet if len(self.sheets) > 1 else "")

    def heading(self, place: int) -> str:
        """What a column is called, also one that only rows far below fill."""
        return self.columns[place].heading if place < len(self.columns) else f"Column {letters(place)}"


def _workbook(data: bytes) -> Book:
    """Open a workbook; what reads workbooks is imported only now, since it would slow every start of the program."""
    from casefile.exchange.docket.xlsx_book import XlsxBook

    return XlsxBook(data)


def open_index(data: bytes, name: str, sheet: str = "") -> Index:
    """Open a docket index and find its headings.

    Args:
        sheet: Which sheet of a workbook; the one that looks most like an index unless said.

    Raises:
        Damaged: It is neither CSV nor XLSX, is empty, too large, locked, or holds what could do harm.
        Invalid: It has no sheet of that name.
    """
    if len(data) > LARGEST:
        raise Damaged(f"The file has {len(data):,} bytes; a docket index may have {LARGEST:,}.", kept=KEPT)
    if not data.strip():
        raise Damaged(f"{name} is empty.", kept=KEPT)
    book = _workbook(data) if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") else CsvBook(data)
    if sheet and sheet not in book.sheets:
        listed = ", ".join(f"“{one}”" for one in book.sheets)
        raise Invalid(f"{name} has no sheet “{sheet}”; it has {listed}.", kept=KEPT)
    heads = {one: tuple(islice(book.rows(one), LOOKED_AT)) for one in book.sheets}
    chosen = sheet or max(book.sheets, key=lambda one: (_likeness(heads[one]), bool(heads[one])))
    rows = heads[chosen]
    if not rows:
        raise Damaged(f"{name} has no rows.", kept=KEPT)
    upper, lower = _heading_rows(rows)
    used = tuple(one.number for one in (upper, lower) if one is not None)
    asides = [*_above(rows, used, chosen), *book.asides(), *_others(heads, chosen)]
    columns = _columns(rows, upper, lower, max(used, default=0))
    headed = sum(_hits(one) for one in (upper, lower) if one is not None) >= 2
    return Index(book, name, chosen, tuple(book.sheets), used, columns, tuple(asides), headed)


def letters(place: int) -> str:
    """A column as spreadsheets call it: A, B … Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def _hits(row: Row) -> int:
    return sum(
        heading_score(one.text) >= LIKELY and not looks_like_day(one.text) for one in row.cells.values()
    )


def _likeness(rows: Sequence[Row]) -> int:
    return max((_hits(one) for one in rows[:_HEADINGS_WITHIN]), default=0)


def _heading_rows(rows: Sequence[Row]) -> tuple[Row | None, Row | None]:
    """The rows of the headings, upper and lower: one of them None if there is one line; both if there is none."""
    near = rows[:_HEADINGS_WITHIN]
    hits = [_hits(one) for one in near]
    best = next(at for at, count in enumerate(hits) if count * 10 >= max(hits) * 7)
    if hits[best] < 2:
        return (None, near[0]) if len(near[0].cells) > 1 or hits[0] else _first_wide(near)
    if best + 1 < len(near) and _is_lower(near[best], near[best + 1]):
        return near[best], near[best + 1]
    above = near[best - 1] if best else None
    if above is not None and above.number == near[best].number - 1 and _is_upper(above, near[best]):
        return above, near[best]
    return None, near[best]


def _first_wide(near: Sequence[Row]) -> tuple[None, Row]:
    """The first row of more than one cell: titles stand above it."""
    return None, next((one for one in near if len(one.cells) > 1), near[0])


def _is_lower(upper: Row, lower: Row) -> bool:
    """Whether a row goes on with the headings above it: only headings, and only where they are split or empty."""
    if lower.number != upper.number + 1:
        return False
    fresh = [place for place in lower.cells if place not in upper.cells]
    return bool(fresh) and all(_heads(upper, place, one.text) for place, one in lower.cells.items())


def _heads(upper: Row, place: int, text: str) -> bool:
    """Whether a text is a heading, by itself or under the nearest one at its left in the row above."""
    over = max((one for one in upper.cells if one <= place), default=None)
    with_group = f"{upper.cells[over].text} {text}" if over is not None else text
    return max(heading_score(text), heading_score(with_group)) >= UNSURE


def _is_upper(upper: Row, lower: Row) -> bool:
    """Whether a row of few words stands over several headings each."""
    texts = [one.text for one in upper.cells.values()]
    short = all(len(one) <= 40 and not looks_like_day(one) for one in texts)
    return 1 < len(texts) < len(lower.cells) + 3 and short


def _columns(rows: Sequence[Row], upper: Row | None, lower: Row | None, below: int) -> tuple[Column, ...]:
    width = 1 + max(place for row in rows for place in row.cells)
    named = _named(upper, lower, width)
    body = [one for one in rows if one.number > below]
    samples = [
        tuple(islice(dict.fromkeys(row.cells[at].text for row in body if at in row.cells), LOOKED_AT))
        for at in range(width)
    ]
    alone = [heading.rpartition(": ")[2] if heading_score(heading) < LIKELY else heading for heading in named]
    guesses = guess_columns(alone, samples)
    headings = _told_apart(named)
    return tuple(Column(at, headings[at], samples[at][:SAMPLES], guesses[at]) for at in range(width))


def _named(upper: Row | None, lower: Row | None, width: int) -> list[str]:
    over = ""
    found: list[str] = []
    for at in range(width):
        high = upper.cells[at].text if upper is not None and at in upper.cells else ""
        low = lower.cells[at].text if lower is not None and at in lower.cells else ""
        over = high or (over if low else "")
        said = " ".join(f"{over}: {low}".split()) if over and low else " ".join((high or low).split())
        found.append(said)
    return found


def _told_apart(named: Sequence[str]) -> list[str]:
    """Every column with a name of its own: the second ``Name`` is ``Name (2)``, a nameless one ``Column D``."""
    found: list[str] = []
    for at, one in enumerate(named):
        base = one[:200] if normal(one) else one[:200].strip() or f"Column {letters(at)}"
        name, count = base, 1
        while name in found:
            count += 1
            name = f"{base} ({count})"
        found.append(name)
    return found


def _above(rows: Sequence[Row], used: tuple[int, ...], sheet: str) -> Iterator[Aside]:
    first = min(used, default=0)
    for row in rows:
        if row.number < first:
            said = " · ".join(one.text for one in row.cells.values())
            yield Aside(f"row {row.number}", said, "It stands above the headings and belongs to no child.")


def _others(heads: dict[str, tuple[Row, ...]], chosen: str) -> Iterator[Aside]:
    for name, rows in heads.items():
        if name != chosen and rows:
            said = " · ".join(one.text for one in rows[0].cells.values())
            more = f"{len(rows)} rows" if len(rows) < LOOKED_AT else f"{LOOKED_AT} rows or more"
            why = f"Another sheet of the workbook, with {more}: bring it in by itself if it is an index."
            yield Aside(f"sheet {name}", said, why)
