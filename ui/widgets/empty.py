"""An empty page: what belongs here and how to start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.parts import button, column, label, row


class Empty(QWidget):
    """Says what belongs here, and offers the first step, or the first steps."""

    def __init__(
        self,
        title: str,
        about: str,
        start: str = "",
        pressed: Callable[[], object] | None = None,
        *others: tuple[str, Callable[[], object]],
    ) -> None:
        super().__init__()
        body = column(self, margins=28, gap=8)
        body.addStretch(1)
        self._title, self._about = label(title, "section-title", wrap=True), label(about, "quiet", wrap=True)
        for part in (self._title, self._about):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            body.addWidget(part)
        if start and pressed is not None:
            line = row()
            line.addStretch(1)
            line.addWidget(button(start, pressed, name="primary"))
            for words, run in others:
                line.addWidget(button(words, run))
            line.addStretch(1)
            body.addLayout(line)
        body.addStretch(2)

    def say(self, title: str, about: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._about.setText(about)
