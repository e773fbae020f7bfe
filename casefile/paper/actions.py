"""Printing and previewing a case file. A print is a disclosure: numbered, and in the log before it is handed over."""

from __future__ import annotations

import io
from uuid import UUID

from casefile.errors import Invalid
from casefile.files.reach import case_file
from casefile.paper.gather import gather
from casefile.paper.model_file import lay_model_file
from casefile.paper.sheet import Imprint
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_file(
    work: Work, file_id: UUID, dividers: tuple[str, ...] | None = None, recipient: str = "the file itself"
) -> bytes:
    """Print a case file, or chosen dividers of it, as a numbered copy.

    Args:
        work: The unit of work.
        file_id: The case file.
        dividers: Keys of the dividers to print; None for the whole file.
        recipient: For whom the copy is; the log names them.

    Returns:
        The PDF. It is handed over only when its copy number and its log row are in the store.

    Raises:
        Missing: there is no such file for this officer.
        Invalid: a divider that the model file does not have, or nobody named to receive it.
        Cancelled: the print was stopped; no copy number was used.
    """
    if not recipient.strip():
        raise Invalid("Say whom the copy is for: the log must name them.", kept="Nothing was printed.")
    number = next_number(work.session, f"copy/{file_id}")
    pdf, pages = _printed(work, file_id, dividers, number)
    work.disclosed_to(recipient.strip())
    work.note(copy=number, pages=pages, dividers="all" if dividers is None else ", ".join(dividers))
    return pdf


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_file(work: Work, file_id: UUID, dividers: tuple[str, ...] | None = None) -> bytes:
    """Look at the pages a print would have; every page says that it is no copy."""
    pdf, pages = _printed(work, file_id, dividers, None)
    work.note(pages=pages)
    return pdf


def neutral_name(reference: str) -> str:
    """A file name for a print that names nobody: ``F-2026-00417.pdf``."""
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in reference)
    return f"{safe.strip('-') or 'case-file'}.pdf"


def _printed(
    work: Work, file_id: UUID, dividers: tuple[str, ...] | None, copy: int | None
) -> tuple[bytes, int]:
    file = case_file(work, file_id)
    printed = gather(work, file_id, dividers)
    imprint = Imprint(file.marking, file.reference, printed.name, work.actor.name, work.now, copy)
    stream = io.BytesIO()
    pages = lay_model_file(printed, stream, imprint, work.progress)
    return stream.getvalue(), pages
