"""Exporting a whole file as JSON, in the published format: a disclosure, named in the log."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casefile.errors import Unavailable
from casefile.exchange.json_file.export import export_file
from casefile.files.queries.docket import Docket
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.dialogs import Ask, Field, say_done


def export_json(context: Context, docket: Docket | None, parent: QWidget) -> None:
    """Ask for whom and where, then write the file there."""
    if docket is None:
        return
    ask = Ask(
        "Export this file as JSON",
        "An export is a disclosure: for whom it is goes into the log. The file on the disk is not encrypted.",
        (Field("recipient", "For whom"),),
        "Choose where …",
        parent,
    )

    def given(values: dict[str, str]) -> None:
        if not values["recipient"].strip():
            ask.say("Say for whom it is: the log must name them.")
            return
        name = f"{''.join(one if one.isalnum() else '-' for one in docket.reference)}.json"
        target, _ = QFileDialog.getSaveFileName(parent, "Export as JSON", name, "JSON (*.json)")
        if target:
            ask.accept()
            write_export(context, docket, values["recipient"], Path(target), parent)

    ask.given.connect(given)
    ask.open()


def write_export(context: Context, docket: Docket, recipient: str, target: Path, parent: QWidget) -> None:
    """Export the file and write it to *target*, off the UI thread."""
    desk, file_id = context.desk, docket.id

    def work(job: Job) -> None:
        data = desk.with_(progress=job).read(export_file, file_id, recipient)
        try:
            target.write_bytes(data)
        except OSError as error:
            raise Unavailable(
                f"{target.name} cannot be written there.", remedy="Choose another place."
            ) from error

    context.jobs.long(
        parent, "Export", work, lambda _: say_done(parent, "Exported", f"The file stands in {target}.")
    )
