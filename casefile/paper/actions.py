"""Printing and previewing a case file. A print is a disclosure: numbered, and in the log before a page of it is laid.

A numbered copy takes two steps at the desk: :func:`print_file` gives it its number and its row in the log, in an
instant; :func:`lay_copy` lays its pages from one moment of the record, while others go on writing.
``casefile/printing.py`` does both and puts the file where it is wanted.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from casefile.audit.recipient import recipient_of
from casefile.errors import Missing
from casefile.files.reach import case_file
from casefile.paper.gather import chosen_dividers, gather
from casefile.paper.model_file import lay_model_file
from casefile.paper.sheet import Imprint
from casefile.store.counters import last_number, next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class Copy:
    """A numbered copy of a case file, as it stands in the log.

    Attributes:
        file_id: The case file.
        number: Number of this copy of this file, from 1; never given twice.
        dividers: Keys of the dividers on it; None for the whole file.
        printed_at: The moment that stands on every page.
    """

    file_id: UUID
    number: int
    dividers: tuple[str, ...] | None
    printed_at: datetime


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_file(
    work: Work, file_id: UUID, dividers: tuple[str, ...] | None = None, recipient: str = "the file itself"
) -> Copy:
    """Print a case file, or chosen dividers of it, as a numbered copy.

    Args:
        work: The unit of work.
        file_id: The case file.
        dividers: Keys of the dividers to print; None for the whole file.
        recipient: For whom the copy is; the log names them.

    Returns:
        The copy, numbered and in the log; its pages are laid by :func:`lay_copy`.

    Raises:
        Missing: there is no such file for this officer.
        Invalid: a divider that the model file does not have, or nobody named to receive it.
    """
    whom = recipient_of(recipient)
    case_file(work, file_id)
    chosen_dividers(work, dividers)
    number = next_number(work.session, _series(file_id))
    work.disclosed_to(whom)
    work.note(copy=number, dividers="all" if dividers is None else ", ".join(dividers))
    return Copy(file_id, number, dividers, work.now)


@query(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def lay_copy(work: Work, copy: Copy, stream: BinaryIO) -> int:
    """Lay the pages of a copy that has its number, as the record stands at one moment.

    Args:
        work: The unit of work.
        copy: What :func:`print_file` gave.
        stream: Where the PDF goes, page by page; only written forwards.

    Returns:
        The number of pages; the log has it too.

    Raises:
        Missing: there is no such file for this officer, or no such copy of it.
        Cancelled: the print was stopped.
    """
    if not 0 < copy.number <= last_number(work.session, _series(copy.file_id)):
        raise Missing("There is no such copy of this file.", kept="Nothing was printed.")
    work.note(copy=copy.number)
    return _lay(work, copy, copy.number, stream)


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def spoil_copy(work: Work, copy: Copy) -> None:
    """Say that a numbered copy was stopped or could not be written: nobody has it."""
    case_file(work, copy.file_id)
    work.note(copy=copy.number, result="not made")


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_file(work: Work, file_id: UUID, dividers: tuple[str, ...] | None = None) -> bytes:
    """Look at the pages a print would have; every page says that it is no copy."""
    stream = io.BytesIO()
    _lay(work, Copy(file_id, 0, dividers, work.now), None, stream)
    return stream.getvalue()


def neutral_name(reference: str) -> str:
    """A file name for a print that names nobody: ``F-2026-00417.pdf``."""
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in reference)
    return f"{safe.strip('-') or 'case-file'}.pdf"


def _lay(work: Work, copy: Copy, number: int | None, stream: BinaryIO) -> int:
    file = case_file(work, copy.file_id)
    printed = gather(work, copy.file_id, copy.dividers)
    imprint = Imprint(file.marking, file.reference, printed.name, work.actor.name, copy.printed_at, number)
    pages = lay_model_file(printed, stream, imprint, work.progress)
    work.note(pages=pages)
    return pages


def _series(file_id: UUID) -> str:
    return f"copy/{file_id}"
