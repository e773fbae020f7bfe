"""What a divider lacks and what the standard asks of it; where much is lacking, the first of it and the rest on demand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casefile.files.queries.docket import DividerRow
from ui.files.marks import first_of
from ui.widgets.parts import button, column, label

FIRST = 8
"""Sentences that are read; a file of a thousand visits may lack hundreds."""


class Lacking(QWidget):
    """A quiet paragraph, and below it how to see all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._divider: DividerRow | None = None
        self._above = self._whole = False
        body = column(self, gap=2)
        self._said = label("", "quiet", wrap=True)
        body.addWidget(self._said)
        self._turn = button("", self._turned, name="link")
        body.addWidget(self._turn)

    def tell(self, divider: DividerRow, *, told_above: bool) -> None:
        """Tell it of a divider; where a page says itself what is missing (*told_above*), only that of single records."""
        self._whole = self._whole and self._divider is not None and self._divider.key == divider.key
        self._divider, self._above = divider, told_above
        titles = tuple(f"{one.title} of " for one in divider.sections)
        lacking = [one for one in divider.missing if not told_above or one.startswith(titles)]
        words = " ".join(lacking) if self._whole else first_of(lacking, FIRST)
        missing = f"Missing: {words} " if words else ""
        noted = f"{' '.join(divider.noted)} " if divider.noted else ""
        self._said.setText(f"{missing}{noted}The standard asks: {divider.asks} ({divider.source})")
        self._turn.setText("Only the first" if self._whole else f"All {len(lacking):,} that are missing")
        self._turn.setAccessibleName(self._turn.text())
        self._turn.setVisible(len(lacking) > FIRST)

    def _turned(self) -> None:
        self._whole = not self._whole
        if self._divider is not None:
            self.tell(self._divider, told_above=self._above)
