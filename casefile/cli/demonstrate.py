"""The main job without a display: the training store made, files kept and printed, pictures of the real window."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.cli.speak import plain
from casefile.errors import Unavailable
from casefile.files.queries.listing import list_files
from casefile.files.queries.tasks import owed_everywhere
from casefile.paper.actions import neutral_name, print_file
from casefile.sample import OFFICER, PASSWORD

if TYPE_CHECKING:
    from casefile.desk import Desk

PRINTED = ("Harding", "Whitlock", "Doyle")
"""Families whose files are printed: on a plan, an injury, and the long one."""


def demonstrate(out: Path) -> Iterator[str]:
    """Do it all, and say what was done, line by line.

    Raises:
        Unavailable: The folder cannot be written to.
    """
    from casefile.cli.window import training_store

    _make(out)
    with tempfile.TemporaryDirectory(prefix="casefile-demo-") as folder:
        opened = training_store(Path(folder) / "store")
        try:
            files = opened.desk.read(list_files, limit=1000)
            yield f"The training store holds {files.total} invented families."
            yield from _on_paper(opened.desk, out)
            yield _owed(opened.desk, out)
            verdict = opened.desk.verify_log()
            yield f"The log of all this is {'intact' if verdict.intact else 'NOT intact'}: {verdict.rows:,} rows."
            from ui.app import pictures

            for path in pictures(opened, (OFFICER, PASSWORD), out):
                yield f"Picture of the window: {path}"
        finally:
            opened.close()


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The folder {out} cannot be made: {error.strerror}.") from error


def _on_paper(desk: Desk, out: Path) -> Iterator[str]:
    for family in PRINTED:
        row = desk.read(list_files, text=family, limit=1).rows[0]
        pdf = desk.do(print_file, row.id, None, "the demonstration").result
        target = out / neutral_name(row.reference)
        target.write_bytes(pdf)
        yield f"Printed file: {target} ({len(pdf) / 1024:,.0f} kB)"


def _owed(desk: Desk, out: Path) -> str:
    files = desk.read(owed_everywhere, desk.now().date())
    late = [
        (one.reference, task)
        for one in files
        for task in one.owed
        if task.days_late and task.state.outstanding
    ]
    target = out / "late.json"
    said = [{"file": reference, **plain(task)} for reference, task in late]
    target.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return f"Late today: {len(late)} things, in {target}"
