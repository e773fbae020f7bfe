"""Tables of any length: rows are drawn from a stream, the heading stands on every page."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from casefile.paper import parts, sheet

_PAD = 4.0
_GUTTER = 8.0
_LEAST = 60.0
"""A row is cut across pages only where at least this much of it stands on the first."""

Cell = str | Flowable


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its share of the width, and whether it holds numbers (set from the right)."""

    title: str
    share: float
    number: bool = False


@dataclass(slots=True)
class _Row:
    cells: list[list[Flowable]]
    heights: list[float]

    @property
    def height(self) -> float:
        return max(self.heights) + 2 * _PAD


class Rows(Flowable):
    """A table whose rows come from an iterator and are never all in memory."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """*rows* give one text (or flowable) for every column."""
        super().__init__()
        self.spaceAfter = 6
        self._columns = tuple(columns)
        self._rows: Iterator[Sequence[Cell]] = iter(rows)
        self._ready: deque[_Row] = deque()
        self._width = 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Room of the rows; reads only as many as show whether they fit."""
        if self._width not in (0.0, aW):
            self._ready = deque(self._measured(row.cells, aW) for row in self._ready)
        self._width = aW
        height = self._head().height + sum(row.height for row in self._ready)
        while height <= aH and (row := self._next()) is not None:
            self._ready.append(row)
            height += row.height
        return aW, height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The rows that fit as a table of its own, and the rest."""
        self.wrap(aW, aH)
        head = self._head()
        left = aH - head.height
        fit: list[_Row] = []
        while self._ready and self._ready[0].height <= left:
            row = self._ready.popleft()
            left -= row.height
            fit.append(row)
        whole_page = aH > sheet.TEXT_HEIGHT * 0.9
        if (
            self._ready
            and left >= (_LEAST if not fit else 3 * _LEAST)
            and (whole_page or self._ready[0].height > sheet.TEXT_HEIGHT * 0.5)
        ):
            first, rest = self._cut(self._ready.popleft(), left)
            fit.append(first)
            self._ready.appendleft(rest)
        if not fit:
            return []
        rest = Rows(self._columns, self._rows)  # a new one: the library marks what it has put off once
        rest._ready, rest._width = self._ready, aW
        return [_Band(self._columns, head, fit, aW), rest]

    def draw(self) -> None:
        """All rows that are left."""
        _Band(self._columns, self._head(), list(self._ready), self._width).drawOn(self.canv, 0, 0)

    def _head(self) -> _Row:
        cells: list[list[Flowable]] = [
            [parts.words(column.title, sheet.COLUMN_NUMBER if column.number else sheet.COLUMN)]
            for column in self._columns
        ]
        return self._measured(cells, self._width)

    def _next(self) -> _Row | None:
        cells = next(self._rows, None)
        if cells is None:
            return None
        set_cells = [_set(cell, column) for cell, column in zip(cells, self._columns, strict=True)]
        return self._measured(set_cells, self._width)

    def _measured(self, cells: list[list[Flowable]], width: float) -> _Row:
        room = _widths(self._columns, width)
        heights = [
            sum(part.wrapOn(self.canv, one, 10**6)[1] for part in cell)
            for cell, one in zip(cells, room, strict=True)
        ]
        return _Row(cells, heights)

    def _cut(self, row: _Row, height: float) -> tuple[_Row, _Row]:
        """A row higher than what is left, in two."""
        first: list[list[Flowable]] = []
        rest: list[list[Flowable]] = []
        for cell, width in zip(row.cells, _widths(self._columns, self._width), strict=True):
            left = height - 2 * _PAD
            above: list[Flowable] = []
            below: list[Flowable] = []
            for part in cell:
                high = part.wrapOn(self.canv, width, 10**6)[1]
                if not below and high <= left:
                    above.append(part)
                    left -= high
                elif not below and len(pieces := part.splitOn(self.canv, width, left)) > 1:
                    above.append(pieces[0])
                    below.extend(pieces[1:])
                else:
                    below.append(part)
            first.append(above)
            rest.append(below)
        return self._measured(first, self._width), self._measured(rest, self._width)


class _Band(Flowable):
    """Rows that stand on one page, under their heading."""

    def __init__(self, columns: tuple[Column, ...], head: _Row, rows: list[_Row], width: float) -> None:
        super().__init__()
        self._columns, self._head, self._rows, self._width = columns, head, rows, width

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        return self._width, self._head.height + sum(row.height for row in self._rows)

    def draw(self) -> None:
        canvas = self.canv
        y = self._head.height + sum(row.height for row in self._rows)
        canvas.setStrokeColor(sheet.HAIR)
        for number, row in enumerate([self._head, *self._rows]):
            x = 0.0
            for cell, width in zip(row.cells, _widths(self._columns, self._width), strict=True):
                top = y - _PAD
                for part in cell:
                    top -= part.wrapOn(canvas, width, 10**6)[1]
                    part.drawOn(canvas, x, top)
                x += width + _GUTTER
            y -= row.height
            canvas.setLineWidth(0.8 if number == 0 else 0.35)
            canvas.line(0, y, self._width, y)


def _set(cell: Cell, column: Column) -> list[Flowable]:
    if isinstance(cell, Flowable):
        return [cell]
    return list(parts.prose(cell, sheet.NUMBER if column.number else sheet.CELL))


def _widths(columns: Sequence[Column], width: float) -> list[float]:
    return list(_shared(tuple(columns), width))


@lru_cache(64)
def _shared(columns: tuple[Column, ...], width: float) -> tuple[float, ...]:
    """The shares of the width; no column is so narrow that a word of its heading would be broken."""
    room = width - _GUTTER * (len(columns) - 1)
    least = [_longest_word(one.title) for one in columns]
    if sum(least) >= room:
        whole = sum(one.share for one in columns)
        return tuple(room * one.share / whole for one in columns)
    narrow: set[int] = set()
    while True:
        free = room - sum(least[place] for place in narrow)
        whole = sum(one.share for place, one in enumerate(columns) if place not in narrow)
        found = [
            least[place] if place in narrow else free * one.share / whole for place, one in enumerate(columns)
        ]
        tight = {place for place, one in enumerate(found) if one < least[place] and place not in narrow}
        if not tight:
            return tuple(found)
        narrow |= tight


def _longest_word(title: str) -> float:
    style = sheet.COLUMN
    return max((stringWidth(one, style.fontName, style.fontSize) for one in title.split()), default=0.0) + 0.5
