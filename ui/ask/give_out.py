"""Giving out what was asked as a table: for whom, where to, then every row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from casefile.desk import Desk
from casefile.errors import Unavailable
from casefile.exchange.asked import AskedTable, export_asked
from casefile.work.changed import Done
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field, say_done

if TYPE_CHECKING:
    from casefile.ask.shape import View

_ABOUT = (
    "Every row as a table that a spreadsheet opens. It is a disclosure: for whom it is goes into the log."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, so that what is printed or given out is what is seen."""

    view: View
    said: dict[str, str]
    day: date | None
    sort: str = ""

    def name(self, ending: str) -> str:
        """A neutral name for a file of it."""
        return f"{self.view.key.replace('_', '-')}.{ending}"


class GiveOut(Ask):
    """Asks for whom and where to, and stays open until the table stands there."""

    def __init__(self, context: Context, asked: Asked, parent: QWidget) -> None:
        super().__init__(
            "Give out as a table", _ABOUT, (Field("whom", "For whom"),), "Choose where …", parent
        )
        self._context, self._asked, self._above = context, asked, parent
        self.given.connect(lambda values: self._where(values["whom"]))

    def _where(self, whom: str) -> None:
        if not whom.strip():
            self.say("Say for whom the table is: the log must name them.")
            return
        name = self._asked.name("csv")
        target, _ = QFileDialog.getSaveFileName(self, "Give out as a table", name, "Table (*.csv)")
        if target:
            self._give_to(whom, Path(target))

    def _give_to(self, whom: str, target: Path) -> None:
        """Give every row out to somebody and write the table to *target*."""
        asked, above = self._asked, self._above

        def make(desk: Desk) -> Done[AskedTable]:
            done = desk.do(export_asked, asked.view, asked.said, whom, as_of=asked.day, sort=asked.sort)
            try:
                target.write_bytes(done.result.csv.encode("utf-8-sig"))
            except OSError as error:
                raise Unavailable(
                    f"{target.name} cannot be written there.", kept="The copy number is used and logged.",
                    remedy="Choose another place and give it out again.",
                ) from error  # fmt: skip
            return done

        def made(table: AskedTable) -> None:
            self.accept()
            more = f" {table.left_out:,} more are left out: narrow the question." if table.left_out else ""
            say_done(above, "Given out", f"Copy {table.copy}: {table.rows:,} rows stand in {target}.{more}")

        self._context.jobs.write(self, make, made, failed=self.say)
