"""A long job as seen: what is in hand, how far it is, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.widgets.parts import button, column, label, row


class ProgressView(QWidget):
    """Progress with a cancel button.

    Signals:
        cancelled: The person wants it stopped.
    """

    cancelled = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        body = column(self, gap=6)
        self._said = label(title)
        body.addWidget(self._said)
        line = row()
        self._bar = QProgressBar()
        self._bar.setAccessibleName(title)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        line.addWidget(self._bar, 1)
        self.stop = button("Cancel", self._stop)
        line.addWidget(self.stop)
        body.addLayout(line)
        self._title = title

    def show_step(self, done: int, of: int, what: str) -> None:
        """Show how far it is; *of* is 0 when nobody knows."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        count = f" ({done:,} of {of:,})" if of else ""
        self._said.setText(f"{self._title}: {what}{count}" if what else f"{self._title}{count}")

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText("Stopping …")
        self.cancelled.emit()
