"""What of hand-over wants the supervisor, the most urgent first: red until it is dealt with."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.handover.outstanding import outstanding
from casefile.handover.queries import accountable
from casefile.handover.rows import OutstandingRow, Owner
from casefile.paper.handover import preview_outstanding, print_outstanding
from casefile.record.dates import long_date
from casefile.work.names import Permission
from ui.handover.marks import family, outstanding_item
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import scrolled
from ui.widgets.parts import button, card, clear, column, ground, keys, label, readable
from ui.widgets.stack import Stack

_DO = {
    "not_begun": "Begin the hand-over without the officer. Each checklist is drawn from the file; you say what you know, "
    "choose who receives it and send. Files for which nobody is found yet can be excepted until a day.",
    "not_accepted": "See why it is not accepted: choose another receiver, answer the question, or make an exception.",
    "exception_over": "Its day has passed: send the file to somebody who is there, or make another exception.",
    "no_owner": "Give the file to an officer who is there.",
}


class OutstandingPage(QWidget):
    """The list at the left, what to do about the one chosen at the right.

    Signals:
        begins: A hand-over is to be begun for an officer who is away; carries the row.
        hands: A hand-over is wanted, at one of its files; carries both identities.
        opens: A file is wanted; carries its identity.
        told: How much there is, in words.
    """

    begins = Signal(object)
    hands = Signal(object, object)
    opens = Signal(object)
    told = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chosen: OutstandingRow | None = None
        body = column(self, gap=0)
        bar = QWidget()
        line = Flow(bar, gap=8)
        self.team = QComboBox()
        self.team.setAccessibleName("Officers of which team")
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.team.addItem("Every team", "")
        self.team.activated.connect(lambda _: self.read())
        line.addWidget(self.team)
        line.addWidget(button("Print …", self.print, hint="Ctrl+P"))
        around = column(margins=(20, 10, 16, 10))
        around.addWidget(bar)
        body.addLayout(around)
        self.list = ItemList(context.theme, "What is outstanding", browse=True)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self.go())
        self._empty = Empty(
            "Nothing is outstanding",
            "Long absences without a hand-over, files not accepted, exceptions that ran out and files without an owner "
            "who is there stand here until they are dealt with.",
        )
        self._stack = Stack()
        self._stack.setObjectName("surface")
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        left = ground("surface")
        column(left, margins=(8, 8, 0, 0)).addWidget(self._stack)
        right = QWidget()
        self._shown = column(right, margins=(16, 14, 16, 14), gap=12)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(scrolled(right, "What to do"))
        split.setSizes([context.theme.px(620), context.theme.px(580)])
        body.addWidget(split, 1)
        keys(self, "Ctrl+P", self.print)
        keys(self, "Alt+1", self.list.setFocus)

    def read(self) -> None:
        """Read what is outstanding."""
        team = self._team()
        self._context.jobs.read(
            self, lambda desk: (desk.read(outstanding, team=team), desk.read(officers)),
            lambda found: self._arrived(*found), slot="outstanding",
        )  # fmt: skip

    def begin(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus()

    def go(self) -> None:
        """Deal with the one chosen: begin, or open what it is about."""
        one = self._chosen
        if one is None:
            return
        if one.why == "not_begun":
            self.begins.emit(one)
        elif one.handover_id is not None:
            self.hands.emit(one.handover_id, one.file_id)
        elif one.file_id is not None:
            self.opens.emit(one.file_id)

    def print(self) -> None:
        """Look at the pages of the list, then make a copy."""
        if not self._context.may(Permission.DISCLOSE):
            return
        team = self._team()
        what = Printable(
            "Print what is outstanding",
            "hand-overs-outstanding.pdf",
            lambda errand: errand.read(preview_outstanding, team=team),
            lambda errand, whom: errand.do(print_outstanding, whom, team=team),
        )
        PrintReport(self._context, what, self).open()

    def _team(self) -> str:
        return str(self.team.currentData() or "")

    def _arrived(self, rows: tuple[OutstandingRow, ...], everyone: tuple[OfficerRow, ...]) -> None:
        offered = {self.team.itemData(place) for place in range(self.team.count())}
        for team in sorted({one.team for one in everyone if one.team} - offered):
            self.team.addItem(team, team)
        late, ahead = [one for one in rows if one.late], [one for one in rows if not one.late]
        items: list[Item] = []
        for name, some in (("Now", late), ("Before the absence begins", ahead)):
            if some:
                items.append(Item(f"{name} ({len(some)})", heading=True))
                items += [outstanding_item(one) for one in some]
        self.list.blockSignals(True)
        self.list.show_items(items)
        held = self._chosen if self._chosen in rows else (*late, *ahead, None)[0]
        if held is not None:
            self.list.choose(held)
        self.list.blockSignals(False)
        self._stack.setCurrentWidget(self.list if rows else self._empty)
        self.told.emit(f"{len(rows)} outstanding{f' · {len(late)} now' if late else ''}")
        self._choose(held)

    def _choose(self, one: OutstandingRow | None) -> None:
        self._chosen = one
        clear(self._shown)
        if one is None:
            return
        if one.file_id is None:
            self._show(one, None)
            return
        file_id: UUID = one.file_id
        self._context.jobs.read(
            self,
            lambda desk: desk.read(accountable, file_id),
            lambda owner: self._show(one, owner),
            slot="owner",
        )

    def _show(self, one: OutstandingRow, owner: Owner | None) -> None:
        if one is not self._chosen:
            return
        clear(self._shown)
        frame = card()
        body = column(frame, margins=16, gap=8)
        body.addWidget(label(family(one) if one.file_id else one.officer, "section-title", wrap=True))
        body.addWidget(readable(one.sentence))
        when = "Since" if one.late else "From"
        about = f" · {one.handover}" if one.handover else ""
        body.addWidget(label(f"{when} {long_date(one.from_on)}{about}", "quiet", wrap=True))
        if owner is not None:
            body.addWidget(label("Who answers for it now", "strong"))
            body.addWidget(readable(owner.sentence))
        body.addWidget(label("What to do", "strong"))
        body.addWidget(readable(_DO[one.why]))
        buttons = QWidget()
        line = Flow(buttons, gap=8)
        verb = {"not_begun": "Begin without the officer …", "no_owner": "Open the file"}.get(
            one.why, "Open the hand-over"
        )
        line.addWidget(button(verb, self.go, name="primary", hint="Enter"))
        if one.file_id is not None and one.why != "no_owner":
            line.addWidget(button("Open the file", lambda: self.opens.emit(one.file_id)))
        body.addWidget(buttons)
        self._shown.addWidget(frame)
        self._shown.addStretch(1)
