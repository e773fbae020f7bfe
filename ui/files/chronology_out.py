"""A chronology on paper, with the filters it has in the window."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from casefile.files.chronology.model import Chronology, Wanted
from casefile.paper.chronology import preview_chronology, print_chronology
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context


def print_chronology_of(
    context: Context, told: Chronology, beside: tuple[UUID, ...], wanted: Wanted, parent: QWidget
) -> None:
    """Show the chronology as it prints, then make a numbered copy."""
    file_id = told.file_id
    what = Printable(
        f"Print the chronology of {told.reference}",
        f"{told.reference}-chronology.pdf",
        lambda errand: errand.read(preview_chronology, file_id, wanted, beside),
        lambda errand, whom: errand.do(print_chronology, file_id, whom, wanted, beside),
    )
    PrintReport(context, what, parent).open()
