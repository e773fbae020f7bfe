"""A docket index as CSV: its encoding, delimiter and quotes found out, then read row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from casefile.errors import Damaged
from casefile.exchange.docket.sheet import KEPT, MOST_IN_A_CELL, Aside, Cell, Counting, Row, tidy
from casefile.exchange.readers.txt import decode, is_text

DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024


class CsvBook:
    """One sheet, called ``CSV``."""

    sheets = ("CSV",)

    def __init__(self, data: bytes) -> None:
        """Find out how it is written.

        Raises:
            Damaged: It is no text.
        """
        if not is_text(data):
            raise Damaged("This is no CSV: it holds signs that no written text has.", kept=KEPT)
        self._text, self._guessed = decode(data)
        self._separator, self._text = _declared(self._text)
        self._dialect = self._sniffed()

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows that hold anything, numbered by the line they begin on.

        Raises:
            Damaged: It has more rows or columns than any index, or a cell that never ends.
        """
        counting = Counting()
        before = csv.field_size_limit(MOST_IN_A_CELL * 32)
        try:
            reader = csv.reader(io.StringIO(self._text, newline=""), self._dialect, strict=False)
            line = 1
            for values in reader:
                cells = {place: Cell(said) for place, one in enumerate(values) if (said := tidy(one))}
                if cells:
                    counting.check(cells)
                    yield Row(line, cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise Damaged(f"The file cannot be read as CSV: {error}.", kept=KEPT) from error
        finally:
            csv.field_size_limit(before)

    def asides(self) -> tuple[Aside, ...]:
        """That the encoding had to be guessed."""
        return tuple(Aside("the file", "", one) for one in self._guessed)

    def _sniffed(self) -> type[csv.Dialect]:
        class Plain(csv.excel):
            """Comma, double quotes: what most programs write."""

        if self._separator:
            Plain.delimiter = self._separator
            return Plain
        try:
            found = csv.Sniffer().sniff(_whole_lines(self._text), delimiters=DELIMITERS)
            Plain.delimiter = found.delimiter
        except csv.Error:
            head = self._text[:_SAMPLE]
            Plain.delimiter = max(DELIMITERS, key=head.count)
        return Plain


def _declared(text: str) -> tuple[str, str]:
    """The delimiter that a first line ``sep=;`` declares, and the rest."""
    head, _, rest = text.partition("\n")
    said = head.strip().strip('"')
    if len(said) == 5 and said.lower().startswith("sep="):
        return said[4], rest
    return "", text


def _whole_lines(text: str) -> str:
    """The lines at the beginning that have anything beside blanks and a title."""
    lines = [one for one in text[:_SAMPLE].splitlines() if sum(one.count(mark) for mark in DELIMITERS) > 1]
    return "\n".join(lines[:40])
