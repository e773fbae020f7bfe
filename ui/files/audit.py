"""The audit divider: who did what with this file and who read it, straight from the log."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile.audit.queries import LogLine, log_page
from casefile.work.names import Permission
from ui.shell.context import Context
from ui.widgets.log_table import log_table
from ui.widgets.parts import column, label, readable

PAGE = 200


class AuditView(QWidget):
    """The rows of the log that concern one file, newest first."""

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(self, margins=(20, 14, 20, 8), gap=8)
        body.addWidget(label("Audit", "section-title"))
        self._said = readable("", "quiet")
        body.addWidget(self._said)
        self.table = log_table(context.theme, "Log of this file", narrow=True)
        self.table.rows.wants_more.connect(lambda _: self._more())
        body.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def read(self) -> None:
        """Read the newest rows, for those who may read the log."""
        may = self._context.may(Permission.READ_LOG)
        self._said.setText(
            "Everything done with this file and every look at it, newest first."
            if may
            else "Everything done with this file and every look at it is in the log. Supervisors and quality "
            "assurance may read it."
        )
        self.table.setVisible(may)
        if may:
            self._ask(None, "first")

    def _ask(self, before: int | None, slot: str) -> None:
        subject = self._file_id
        self._context.jobs.read(
            self,
            lambda desk: desk.read(log_page, subject=subject, before_seq=before, limit=PAGE),
            self._first if before is None else self.table.rows.add_rows,
            slot=slot,
        )

    def _first(self, lines: tuple[LogLine, ...]) -> None:
        self.table.rows.show_rows(lines, len(lines) + (len(lines) == PAGE))

    def _more(self) -> None:
        self._ask(self.table.rows.rows[-1].seq, "more")
