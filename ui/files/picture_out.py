"""The picture of the family on paper, and as a file of its own; both are disclosures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casefile.desk import Errand
from casefile.errors import Unavailable
from casefile.files.picture.model import Basis
from casefile.files.picture.told import Told
from casefile.paper.picture import Form, export_picture, preview_picture, print_picture
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.dialogs import Ask, Field, say_done

FORMATS = {"SVG drawing (*.svg)": Form.SVG, "PDF drawing (*.pdf)": Form.PDF}


def print_picture_of(context: Context, told: Told, day: date, basis: Basis, parent: QWidget) -> None:
    """Show the picture as it prints, then make a numbered copy."""
    file_id = told.file_id
    what = Printable(
        f"Print the picture of {told.reference}",
        f"{told.reference}-family.pdf",
        lambda errand: errand.read(preview_picture, file_id, day, basis),
        lambda errand, whom: errand.do(print_picture, file_id, whom, day, basis),
    )
    PrintReport(context, what, parent).open()


def export_picture_of(context: Context, told: Told, day: date, basis: Basis, parent: QWidget) -> None:
    """Ask for whom and where, then write the picture there as SVG or PDF."""
    export_drawing(
        context,
        ("Export the picture of the family", f"{told.reference}-family.svg"),
        lambda errand, form, whom: errand.read(export_picture, told.file_id, form, whom, day, basis),
        parent,
    )


def export_drawing(
    context: Context,
    named: tuple[str, str],
    make: Callable[[Errand, Form, str], bytes],
    parent: QWidget,
) -> None:
    """Ask for whom and where a drawing goes, then write it there; *named* are the title and a neutral file name."""
    title, name = named
    ask = Ask(
        title,
        "An export is a disclosure: for whom it is goes into the log. The file on the disk is not encrypted.",
        (Field("recipient", "For whom"),),
        "Choose where …",
        parent,
    )

    def given(values: dict[str, str]) -> None:
        whom = values["recipient"].strip()
        if not whom:
            ask.say("Say for whom it is: the log must name them.")
            return
        target, chosen = QFileDialog.getSaveFileName(parent, title, name, ";;".join(FORMATS))
        if target:
            ask.accept()
            path = Path(target)
            form = Form.PDF if path.suffix.lower() == ".pdf" else FORMATS.get(chosen, Form.SVG)
            _write(context, lambda errand: make(errand, form, whom), path, parent)

    ask.given.connect(given)
    ask.open()


def _write(context: Context, make: Callable[[Errand], bytes], target: Path, parent: QWidget) -> None:
    desk = context.desk

    def work(job: Job) -> None:
        data = make(desk.with_(progress=job))
        try:
            target.write_bytes(data)
        except OSError as error:
            raise Unavailable(
                f"{target.name} cannot be written there.", kept="The log says that it was given out.",
                remedy="Choose another place.",
            ) from error  # fmt: skip

    context.jobs.long(
        parent, "Export", work, lambda _: say_done(parent, "Exported", f"The drawing stands in {target}.")
    )
