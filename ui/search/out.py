"""What a search found, given out: as a numbered print, or as a table. Each is a disclosure, and asks for whom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from casefile.desk import Desk
from casefile.errors import Unavailable
from casefile.exchange.found import export_search
from casefile.paper.found import preview_search, print_search
from casefile.search.kept import KeptSearch
from casefile.work.names import Permission
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field


class GivingOut:
    """Prints and exports what a page has searched for."""

    def __init__(self, context: Context, page: QWidget, asked: Callable[[], KeptSearch | None]) -> None:
        """*asked* says what is searched for; None while nothing is."""
        self._context, self._page, self._asked = context, page, asked
        self.may = context.may(Permission.DISCLOSE)

    def print(self) -> None:
        """Look at the pages, then make a copy."""
        asked = self._asked()
        if asked is None or not self.may:
            return
        more: dict[str, Any] = {"kinds": asked.kinds, "older": asked.older}
        what = Printable(
            "Print what was found",
            "search.pdf",
            lambda errand: errand.read(preview_search, asked.line, **more),
            lambda errand, whom: errand.do(print_search, whom, asked.line, **more),
        )
        PrintReport(self._context, what, self._page).open()

    def export(self) -> None:
        """Ask for whom and where, then write the table."""
        if self._asked() is None or not self.may:
            return
        ask = Ask(
            "Export what was found",
            "A table is a disclosure: for whom it is goes into the log.",
            (Field("whom", "For whom"),),
            "Export …",
            self._page,
        )

        def given(values: dict[str, str]) -> None:
            if not values["whom"].strip():
                ask.say("Say whom the table is for: the log must name them.")
                return
            target, _ = QFileDialog.getSaveFileName(
                self._page, "Export what was found", "search.csv", "Table (*.csv)"
            )
            if target:
                self.save_table(Path(target), values["whom"], ask)

        ask.given.connect(given)
        ask.open()

    def save_table(self, target: Path, whom: str, ask: Ask) -> None:
        """Write the table to *target*, and close the question."""
        asked = self._asked()
        if asked is None:
            return

        def make(desk: Desk) -> Any:
            done = desk.do(export_search, whom, asked.line, kinds=asked.kinds, older=asked.older)
            try:
                target.write_bytes(done.result)
            except OSError as error:
                raise Unavailable(
                    f"{target.name} cannot be written there.", kept="The log says that it was given out.",
                    remedy="Choose another place and export again.",
                ) from error  # fmt: skip
            return done

        self._context.jobs.write(ask, make, lambda _: ask.accept(), failed=ask.say)
