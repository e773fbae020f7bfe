"""A docket index as XLSX: checked to be harmless, then read row by row with its dates."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from casefile.errors import Damaged
from casefile.exchange.docket.sheet import KEPT, Aside, Cell, Counting, Row, tidy
from casefile.exchange.readers.package import MOST_TAGS, Package

_OLE = b"\xd0\xcf\x11\xe0"
_NO_RESULT = (
    "The cell holds a formula whose result is not in the file; the formula is kept, never worked out."
)
_FAILED = "The spreadsheet itself shows an error here."
_COMMENT = "A comment on a cell: read it and put it where it belongs."


class XlsxBook:
    """The sheets of a workbook."""

    def __init__(self, data: bytes) -> None:
        """Check that it may be opened.

        Raises:
            Damaged: It is no workbook, is locked or an old .xls, or holds what could do harm.
        """
        if data.startswith(_OLE):
            raise Damaged(
                "The workbook is locked with a password, or an .xls of before 2007.",
                kept=KEPT,
                remedy="Save it without a password as .xlsx or .csv.",
            )
        self._data = data
        self._comments = _harmless(data)
        with self._open(results=True) as book:
            self._sheets = tuple(str(one.title) for one in book.worksheets)
        if not self._sheets:
            raise Damaged("The workbook has no sheet.", kept=KEPT)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets, in the order of the tabs."""
        return self._sheets

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows that hold anything: results of formulas, and a formula itself where it has no result.

        Raises:
            Damaged: It cannot be read, or has more rows or columns than any index.
        """
        counting = Counting()
        with self._open(results=True) as results, self._open(results=False) as formulas:
            both = zip_longest(_values(results[sheet]), _values(formulas[sheet]), fillvalue=())
            for number, (shown, written) in enumerate(both, start=1):
                pairs = zip_longest(shown, written)
                cells = {place: cell for place, one in enumerate(pairs) if (cell := _cell(*one)) is not None}
                if cells:
                    counting.check(cells)
                    yield Row(number, cells)

    def asides(self) -> tuple[Aside, ...]:
        """Comments on cells."""
        return self._comments

    @contextmanager
    def _open(self, *, results: bool) -> Generator[Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says what it leaves out: styles, validations
            try:
                book = load_workbook(
                    io.BytesIO(self._data), read_only=True, data_only=results, keep_links=False
                )
            except Exception as error:
                raise _unsound(error) from error
            try:
                yield book
            except (
                KeyError,
                ValueError,
                TypeError,
                AttributeError,
                IndexError,
                ParseError,
                OSError,
            ) as error:
                raise _unsound(error) from error
            finally:
                book.close()


def _unsound(error: Exception) -> Damaged:
    return Damaged(
        "The workbook's inside is not sound; it cannot be read.",
        kept=KEPT,
        remedy="Open it in a spreadsheet, save it anew as .xlsx or .csv, and try that.",
    )


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a worksheet; a chart sheet has none. What it says of its own size is not believed."""
    if not hasattr(sheet, "reset_dimensions"):
        return
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _cell(shown: Any, written: Any) -> Cell | None:
    if shown is None or shown == "":
        if written is None or written == "":
            return None
        text = tidy(_formula(written))
        return Cell(text, why=_NO_RESULT) if text else None
    if isinstance(shown, datetime):
        if shown.time() == time():
            return Cell(shown.date().isoformat(), shown.date())
        return Cell(shown.isoformat(" ", "minutes"), shown.date())
    if isinstance(shown, date):
        return Cell(shown.isoformat(), shown)
    if isinstance(shown, float) and shown.is_integer():
        shown = int(shown)
    text = tidy(str(shown))
    if not text:
        return None
    failed = (
        isinstance(shown, str) and text.startswith("#") and text.rstrip("!?").isupper() and len(text) < 14
    )
    return Cell(text, why=_FAILED if failed else "")


def _formula(written: Any) -> str:
    if isinstance(written, ArrayFormula):
        return str(written.text or "")
    if isinstance(written, DataTableFormula):
        return str(written.ref)
    return str(written)


def _harmless(data: bytes) -> tuple[Aside, ...]:
    """Refuse what unpacks beyond the bound or declares entities; gives the comments on cells meanwhile.

    Raises:
        Damaged: It is refused.
    """
    try:
        package = Package(data)
        package.check_whole()
    except Damaged as refused:
        said = refused.sentence.replace("its text cannot be read", "it cannot be read")
        raise Damaged(said.replace("its text is not read", "it is not read"), kept=KEPT) from refused
    if "xl/workbook.xml" not in package.names and "[Content_Types].xml" not in package.names:
        raise Damaged("This is no workbook.", kept=KEPT)
    found: list[Aside] = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in sorted(package.names):
            if name.endswith((".xml", ".rels", ".vml")):
                found += _checked(parts, name)
    return tuple(found)


def _checked(parts: zipfile.ZipFile, name: str) -> list[Aside]:
    comments = name.startswith("xl/") and "comment" in name.rpartition("/")[2].lower()
    found: list[Aside] = []
    tags, words, where = 0, "", ""
    try:
        with parts.open(name) as part:
            for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
                tag = element.tag.rpartition("}")[2]
                tags += event == "start"
                if tags > MOST_TAGS:
                    raise Damaged("The workbook holds more than any docket index does.", kept=KEPT)
                if event == "start":
                    where = element.get("ref", where) if tag in ("comment", "threadedComment") else where
                    continue
                words += element.text or "" if comments and tag in ("t", "text") else ""
                if comments and tag in ("comment", "threadedComment"):
                    found += [Aside(where, said, _COMMENT)] if (said := tidy(words)) else []
                    words = ""
                element.clear()
    except DefusedXmlException as danger:
        raise Damaged(
            "The workbook declares a document type or entities, which a spreadsheet never does "
            "and which can be used to do harm.",
            kept=KEPT,
        ) from danger
    except (ParseError, UnicodeError, LookupError, ValueError) as error:
        if name.endswith(".vml"):
            return []  # drawings of old programs are no XML; nothing here reads them
        raise _unsound(error) from error
    return found
