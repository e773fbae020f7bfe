"""One hand-over: all its files on one page, its checklists beside, signing, ending and printing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.errors import CasefileError
from casefile.handover.begin import end_handover
from casefile.handover.queries import handover
from casefile.handover.rows import HandoverPage
from casefile.handover.settle import sign_handover
from casefile.paper.handover import preview_handover, print_handover
from casefile.record.dates import long_date
from casefile.work.names import Permission
from ui.handover.files import FilesView
from ui.handover.marks import KINDS, counted, why_away
from ui.handover.spread import Spread
from ui.record.around import ONE_COLUMN
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.dialogs import Ask, Field
from ui.widgets.flow import Beside
from ui.widgets.parts import button, clear, column, ground, keys, label


class HandoverView(QWidget):
    """The page.

    Signals:
        left: Back to the list.
        opens: Something of a file is wanted; carries the place of it in the room of files.
    """

    left = Signal()
    opens = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.which: UUID | None = None
        self._at: UUID | None = None
        self.page: HandoverPage | None = None
        body = column(self, gap=0)
        head = ground("surface")
        self._head = column(head, margins=(20, 10, 16, 8))
        body.addWidget(head)
        self.files = FilesView(context, "Files of this hand-over", "No file of it may be shown to you.")
        self.files.opens.connect(self.opens)
        self.files.spreads.connect(self.ask_spread)
        body.addWidget(self.files, 1)
        keys(self, "Ctrl+P", self.print)

    def show_handover(self, which: UUID, at: UUID | None = None) -> None:
        """Read a hand-over; *at* is the file of it to choose."""
        if which != self.which:
            self.keep()
            self.page = None
        self.which, self._at = which, at
        self.read()

    def read(self) -> None:
        """Read it again."""
        which = self.which
        if which is not None:
            self._context.jobs.read(
                self, lambda desk: (desk.read(handover, which), desk.read(officers)),
                lambda found: self._arrived(*found), failed=self._gone, slot="handover",
            )  # fmt: skip

    def keep(self) -> None:
        """Save at once what was typed."""
        self.files.keep()

    def print(self) -> None:
        """Look at the pages of the pack, then make a copy."""
        if self.page is None or not self._context.may(Permission.DISCLOSE):
            return
        self.keep()
        which, reference = self.page.row.id, self.page.row.reference
        what = Printable(
            f"Print {reference}",
            f"{reference}.pdf",
            lambda errand: errand.read(preview_handover, which),
            lambda errand, whom: errand.do(print_handover, which, whom),
        )
        PrintReport(self._context, what, self).open()

    def ask_sign(self) -> None:
        """Ask for the supervisor's words, and sign."""
        if self.page is None:
            return
        which, row = self.page.row.id, self.page.row
        about = f"{counted(row)[:1].upper()}{counted(row)[1:]}. Your signature ends the hand-over."
        fields = (Field("words", "Your words", prose=True, help="What you read and what you think of it."),)
        ask = Ask(f"Sign {row.reference}", about, fields, "Sign", self)
        ask.given.connect(
            lambda given: self._context.jobs.write(
                ask, lambda desk: desk.do(sign_handover, which, given["words"]), lambda _: self._done(ask),
                failed=ask.say,
            )
        )  # fmt: skip
        ask.open()

    def ask_end(self) -> None:
        """Ask why it is not needed, and end it."""
        if self.page is None:
            return
        which = self.page.row.id
        about = "What was accepted stays with its receivers; what still waits is taken back."
        ask = Ask(
            f"End {self.page.row.reference}", about, (Field("reason", "Why", prose=True),), "End it", self
        )
        ask.given.connect(
            lambda given: self._context.jobs.write(
                ask, lambda desk: desk.do(end_handover, which, given["reason"]), lambda _: self._done(ask),
                failed=ask.say,
            )
        )  # fmt: skip
        ask.open()

    def ask_spread(self, rows: Any) -> None:
        """Suggest receivers for the files ticked, or for all that have none where none is."""
        if self.which is None:
            return
        ticked = [one for one in rows if one.id in self.files.table.held.ticked]
        to_send = self.files.acts.to_send(ticked or self.files.table.held.rows)
        Spread(self._context, self.which, to_send, self.files.acts, self).open()

    def _done(self, ask: Ask) -> None:
        ask.accept()
        self.files.table.setFocus()

    def _gone(self, error: CasefileError) -> None:
        self._context.jobs.trouble.emit(error)
        self.left.emit()

    def _arrived(self, page: HandoverPage, everyone: tuple[OfficerRow, ...]) -> None:
        if page.row.id != self.which:
            return
        first, self.page = self.page is None, page
        self.files.tools.show_officers(everyone)
        self._draw_head(page)
        self.files.show_items(page.items, at=self._at)
        self._at = None
        if first:
            self.files.table.setFocus()

    def _draw_head(self, page: HandoverPage) -> None:
        clear(self._head)
        row = page.row
        title = QWidget()
        lines = column(title, gap=2)
        lines.addWidget(label(f"{KINDS[row.kind]} of {row.officer}", "section-title", wrap=True))
        how = "" if row.planned or row.kind == "hand_back" else " · drawn without the officer"
        words = f"{row.reference} · {why_away(row, self._context.desk.standards)}{how} · {counted(row)}"
        lines.addWidget(label(words, "quiet", wrap=True))
        head = Beside(title, stacked=self.width() < self._context.theme.px(2 * ONE_COLUMN))
        head.add(self._chip(page))
        head.add(button("All hand-overs", self.left.emit, hint="Esc"))
        if self._context.may(Permission.DISCLOSE):
            head.add(button("Print …", self.print, hint="Ctrl+P"))
        mine = row.officer_id == self._context.desk.actor.officer_id
        if not row.ended and (mine or self._context.may(Permission.ALLOCATE)):
            head.add(button("End it …", self.ask_end))
        if page.may_sign:
            head.add(button("Sign …", self.ask_sign, name="primary"))
        self._head.addLayout(head)

    def _chip(self, page: HandoverPage) -> Chip:
        row = page.row
        if row.signed_on:
            return Chip(f"signed {long_date(row.signed_on)}", "done")
        if row.ended:
            return Chip("ended", "plain")
        if row.settled == row.files:
            return Chip("every file settled", "done")
        left = f"{row.settled} of {row.files} settled"
        return Chip(left, "danger" if row.late else "due")
