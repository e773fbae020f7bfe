"""A numbered copy of a case file on the disk: its number and its row in the log first, then page by page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.paper.actions import Copy, lay_copy, print_file, spoil_copy
from casefile.paper.book import new_file
from casefile.work.progress import Progress


@dataclass(frozen=True, slots=True)
class Printed:
    """A copy that stands on the disk.

    Attributes:
        number: Number of this copy of this file.
        pages: How many pages it has.
    """

    number: int
    pages: int


def print_copy(
    desk: Desk,
    file_id: UUID,
    target: Path,
    *,
    dividers: tuple[str, ...] | None = None,
    recipient: str = "the file itself",
    progress: Progress | None = None,
) -> Printed:
    """Print a case file into *target*, whole or not at all.

    Others go on writing while the pages are laid: the store is held only for the number and for rows of the log.
    Memory does not grow with the pages: each goes to the disk as it is done, under another name beside the target,
    until all are there. A copy that was stopped keeps its number, and the log says that it was not made.

    Args:
        desk: Where an officer is signed in.
        file_id: The case file.
        target: The PDF; what stands there is replaced.
        dividers: Keys of the dividers to print; None for the whole file.
        recipient: For whom the copy is; the log names them.
        progress: Told after every page; may stop the print by Cancelled.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: A divider that the model file does not have, or nobody named to receive it.
        Refused: The officer may not disclose.
        Unavailable: The folder cannot be written to, or the disk is full.
        Cancelled: The print was stopped.
    """
    copy: Copy | None = None
    try:
        with new_file(target) as stream:
            copy = desk.do(print_file, file_id, dividers, recipient).result
            pages = desk.with_(progress=progress).read(lay_copy, copy, stream)
    except BaseException:
        if copy is not None:
            with suppress(CasefileError):  # what went wrong first is what the person must hear
                desk.do(spoil_copy, copy)
        raise
    return Printed(copy.number, pages)
