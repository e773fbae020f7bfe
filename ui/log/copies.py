"""The list of copies that were taken away: who has what, until when, and what is not back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from casefile.exchange.copies.register import CopyOut, copies_out
from ui.shell.context import LONDON, Context
from ui.widgets.chip import Chip
from ui.widgets.parts import button, card, clear, column, label, row
from ui.widgets.sheet import Sheet


class CopiesSheet(Sheet):
    """One card a copy, the newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Copies taken away", parent, wide=640)
        self.head(
            "Copies taken away in the last 90 days",
            "Read only and encrypted; each was a disclosure, in the log.",
        )
        self._items = column(gap=8)
        self.body.addLayout(self._items)
        self.body.addStretch(1)
        self.foot.addWidget(button("Close", self.accept, name="primary"))
        context.jobs.read(self, lambda desk: desk.read(copies_out), self._show, slot="copies")

    def _show(self, found: tuple[CopyOut, ...]) -> None:
        clear(self._items)
        if not found:
            self._items.addWidget(label("No copy was taken.", "quiet"))
        for one in found:
            frame = card()
            body = column(frame, margins=12, gap=4)
            head = row(gap=8)
            head.addWidget(label(", ".join(one.references), "strong", wrap=True), 1)
            head.addWidget(_state(one))
            body.addLayout(head)
            body.addWidget(
                label(f"Taken {_moment(one.taken_at)} by {one.officer}, for {one.recipient}.", wrap=True)
            )
            ended = f" Ended {_moment(one.ended_at)}: {one.ended}." if one.ended_at else ""
            body.addWidget(
                label(f"Valid until {_moment(one.until)}.{ended} {one.reason}", "quiet", wrap=True)
            )
            self._items.addWidget(frame)
            frame.show()
        self.fit()


def _state(one: CopyOut) -> Chip:
    if one.ended_at is not None:
        return Chip("Back", "done")
    return Chip("Not back", "danger") if one.late else Chip("Out", "accent")


def _moment(moment: datetime) -> str:
    there = moment.astimezone(LONDON)
    return f"{there.day} {there:%B %Y, %H:%M}"
