"""One dialog for what a person cannot mend beside a field: what happened, what was kept, what to do."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from casefile.errors import Bug, CasefileError
from ui.widgets.parts import button, column, readable, row


class Trouble(QDialog):
    """Tells of one error. What can be copied from it holds no case content."""

    def __init__(self, error: CasefileError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error = error
        self.setWindowTitle("Casefile")
        self.setMinimumWidth(460)
        body = column(self, margins=22, gap=10)
        body.addWidget(readable(error.sentence, "section-title"))
        for part in (error.kept, error.remedy):
            if part:
                body.addWidget(readable(part))
        foot = row()
        if isinstance(error, Bug):
            foot.addWidget(button("Copy report", self._copy, hint="Where it happened; nothing of any case"))
        foot.addStretch(1)
        close = button("Close", self.accept, name="primary")
        close.setDefault(True)
        foot.addWidget(close)
        body.addSpacing(6)
        body.addLayout(foot)
        close.setFocus()

    def report(self) -> str:
        """What is copied: the kind of error and the lines of code, nothing of any case."""
        return "\n".join(("Casefile report", self._error.sentence, *getattr(self._error, "__notes__", ())))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
