"""PDF documents: their words page by page, and what is attached to them."""

from __future__ import annotations

import re
import threading
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from casefile.errors import Damaged
from casefile.exchange.readers.package import CUT_SHORT, LOCKED
from casefile.exchange.readers.pdf_tables import words_with_tables
from casefile.exchange.readers.reading import (
    MOST_ATTACHMENTS,
    MOST_TEXT,
    Attachment,
    Reading,
    bounded,
    safe_name,
)
from casefile.work.progress import Progress

MEDIA_TYPE = "application/pdf"
MOST_ATTACHED = 256 * 1024 * 1024
"""Bytes that all attachments of one PDF may unpack to together."""
SCANNED = "No page holds text: it is probably a scan. It is kept whole, but cannot be searched or read aloud."
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_ONE_AT_A_TIME = threading.Lock()
"""PDFium keeps its state in one place and must not be entered twice at once."""


def read_pdf(data: bytes, progress: Progress) -> Reading:
    """The words of a PDF, page after page, and its attachments.

    Raises:
        Damaged: It is broken, or locked with a password.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
            raise Damaged(LOCKED if locked else CUT_SHORT) from error
        try:
            return _read(document, progress)
        except pypdfium2.PdfiumError as error:
            raise Damaged(CUT_SHORT) from error
        finally:
            document.close()


def _read(document: Any, progress: Progress) -> Reading:
    pages: list[str] = []
    empty: list[int] = []
    broken: list[int] = []
    length = 0
    for number in range(len(document)):
        progress.step(number, len(document), "Reading the pages")
        try:
            said = _words(document[number])
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            broken.append(number + 1)
            continue
        if not said:
            empty.append(number + 1)
        pages.append(said)
        length += len(said)
        if length > MOST_TEXT:
            break
    text, warnings = bounded("\n\n".join(pages))
    said_of_itself = {key: _of_itself(document, key) for key in ("Title", "Author", "CreationDate")}
    attached, left = _attachments(document)
    return Reading(
        MEDIA_TYPE,
        text,
        title=said_of_itself["Title"],
        sender=said_of_itself["Author"],
        dated=_date(said_of_itself["CreationDate"]),
        attachments=attached,
        warnings=warnings + _unread(text, empty, broken) + left,
    )


def _of_itself(document: Any, key: str) -> str:
    """What a PDF says of itself; "" where its letters are torn."""
    try:
        said: str = document.get_metadata_value(key)
    except UnicodeDecodeError:
        return ""
    return said


def _date(stated: str) -> str:
    """``D:20260320091500Z`` as ``2026-03-20``; anything else as it stands."""
    found = _DATE.match(stated)
    return "-".join(found.groups()) if found else stated


def _words(page: Any) -> str:
    try:
        held = page.get_textpage()
        try:
            # PDFium writes U+FFFE for a hyphen at the end of a line and joins the lines: names must keep theirs.
            said: str = held.get_text_range().replace("\ufffe", "-").replace("\r\n", "\n").strip()
            return words_with_tables(page, held, said) if said else ""
        finally:
            held.close()
    finally:
        page.close()


def _unread(text: str, empty: list[int], broken: list[int]) -> tuple[str, ...]:
    found: list[str] = []
    if broken:
        found.append(f"Damaged and not read: {_pages(broken)}.")
    if not text:
        found.append(SCANNED)
    elif empty:
        found.append(f"Without text, perhaps pictures or scans: {_pages(empty)}.")
    return tuple(found)


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:12])
    more = f" and {len(numbers) - 12} more" if len(numbers) > 12 else ""
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}{more}"


def _attachments(document: Any) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    found: list[Attachment] = []
    size = 0
    for number in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
        try:
            attached = document.get_attachment(number)
            data = bytes(attached.get_data())
            name = safe_name(attached.get_name(), f"attachment {number + 1}")
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            return tuple(found), ("An attachment of the PDF is damaged and was not taken out.",)
        size += len(data)
        if size > MOST_ATTACHED:
            return tuple(found), ("The attachments of the PDF are too large to take out.",)
        found.append(Attachment(name, data))
    if document.count_attachments() > MOST_ATTACHMENTS:
        return tuple(found), (f"Only the first {MOST_ATTACHMENTS} attachments were taken out.",)
    return tuple(found), ()
