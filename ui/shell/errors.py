"""One dialog for what a person cannot mend beside a field: what happened, what was kept, what to do."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from casefile.errors import Bug, CasefileError
from ui.widgets.parts import button, readable
from ui.widgets.sheet import Sheet


class Trouble(Sheet):
    """Tells of one error. What can be copied from it holds no case content."""

    def __init__(self, error: CasefileError, parent: QWidget | None = None) -> None:
        super().__init__("Casefile", parent, wide=460)
        self._error = error
        self.body.addWidget(readable(error.sentence, "section-title"))
        for part in (error.kept, error.remedy):
            if part:
                self.body.addWidget(readable(part))
        self.body.addStretch(1)
        if isinstance(error, Bug):
            self.foot.addWidget(
                button("Copy report", self._copy, hint="Where it happened; nothing of any case")
            )
        close = button("Close", self.accept, name="primary")
        close.setDefault(True)
        self.foot.addWidget(close)
        close.setFocus()

    def report(self) -> str:
        """What is copied: the kind of error and the lines of code, nothing of any case."""
        return "\n".join(("Casefile report", self._error.sentence, *getattr(self._error, "__notes__", ())))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
