"""Coming back: which files return, why the others stay, and from which day the officer is there again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.errors import CasefileError, Fault, Invalid
from casefile.handover.back import start_hand_back, to_come_back
from casefile.handover.rows import Begun, ItemRow
from casefile.record.dates import long_date, short_date
from ui.handover.acts import day_given
from ui.handover.ticks import TickTable
from ui.shell.context import Context
from ui.widgets.fields.dates import DateEditor
from ui.widgets.fields.text import ProseEditor
from ui.widgets.flow import Flow
from ui.widgets.page import scrolled
from ui.widgets.parts import button, card, column, keys, label, readable
from ui.widgets.table import Column

ABOUT = (
    "The absence ends, and whatever still waited for a receiver is taken back. Ticked files start on their way back: "
    "whoever holds one now sends it with what changed meanwhile, and the officer accepts it. The others stay."
)


class BackView(QWidget):
    """The page.

    Signals:
        begun: The return has begun; carries the hand-back, whose reference is "" where no file was away.
        left: Nothing is to be done after all.
    """

    begun = Signal(object)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._officer: UUID | None = None
        inside = QWidget()
        body = column(inside, margins=(20, 14, 20, 14), gap=10)
        column(self).addWidget(scrolled(inside, "The return"))
        self._title = label("", "section-title", wrap=True)
        body.addWidget(self._title)
        body.addWidget(readable(ABOUT, "quiet"))
        self.table = TickTable(self._columns(), context.theme, "Files that could come back")
        self.table.setMinimumHeight(context.theme.px(130))
        self.table.ticks.connect(self._show_count)
        body.addWidget(self.table, 1)
        self._count = label("", "quiet", wrap=True)
        body.addWidget(self._count)
        frame = card()
        inner = column(frame, margins=14, gap=6)
        self.day = DateEditor(context.today)
        self.day.setMaximumWidth(context.theme.px(220))
        self.day.call("First day back", "From this day the officer is there again")
        self.why = ProseEditor("Needed where some files stay", 1)
        self.why.call("Why the others stay", "Needed where some files stay")
        self.said = label("", "fault", wrap=True)
        self.said.hide()
        for name, editor in (("First day back", self.day), ("Why the others stay", self.why)):
            named = label(name, "label")
            named.setBuddy(editor)
            inner.addWidget(named)
            inner.addWidget(editor)
        inner.addWidget(self.said)
        foot = Flow(gap=8, right=True)
        foot.addWidget(button("Not now", self.left.emit, hint="Esc"))
        self.verb = button("Begin the return", self.begin, name="primary", hint="Ctrl+Enter")
        foot.addWidget(self.verb)
        inner.addLayout(foot)
        body.addWidget(frame)
        keys(self, "Ctrl+Return", self.begin)

    def show_officer(self, officer_id: UUID, name: str) -> None:
        """Read what an officer gave away."""
        self._officer = officer_id
        self._title.setText(f"{name} comes back")
        self.day.set_value(self._context.today.isoformat())
        self.why.set_value(None)
        self.said.hide()
        self.table.show_rows(())
        self._context.jobs.read(
            self, lambda desk: desk.read(to_come_back, officer_id), self._arrived, slot="back"
        )

    def begin(self) -> None:
        """Begin the return."""
        officer_id = self._officer
        if officer_id is None or not self.verb.isEnabled():
            return
        ids = [one.id for one in self.table.held.rows if one.id in self.table.held.ticked]
        typed, why = str(self.day.value() or ""), str(self.why.value() or "")
        try:
            day = day_given(typed, "back_on") if typed else None
        except Invalid as error:
            self._failed(error)
            return
        self.verb.setEnabled(False)
        self._context.jobs.write(
            self, lambda desk: desk.do(start_hand_back, officer_id, ids, back_on=day, why_others_stay=why),
            self._done, failed=self._failed,
        )  # fmt: skip

    def _done(self, begun: Begun) -> None:
        self.verb.setEnabled(True)
        self.begun.emit(begun)

    def _failed(self, error: CasefileError) -> None:
        self.verb.setEnabled(True)
        faults = error.faults if isinstance(error, Invalid) else (Fault("", error.sentence),)
        fields = {one.field for one in faults}
        self.day.set_wrong("back_on" in fields)
        self.why.set_wrong("why_others_stay" in fields)
        self.said.setText(" ".join(one.sentence for one in faults))
        self.said.show()
        if "back_on" in fields:
            self.day.setFocus()
        elif "why_others_stay" in fields:
            self.why.setFocus()

    def _arrived(self, rows: tuple[ItemRow, ...]) -> None:
        self.table.show_rows(rows)
        self.table.tick(one.id for one in rows)
        self.table.setFocus()

    def _show_count(self) -> None:
        there, back = len(self.table.held.rows), len(self.table.held.ticked)
        if not there:
            self._count.setText("No file is away: the return only ends the absence.")
            return
        left = there - back
        stay = f"; {left} {'stays where it is' if left == 1 else 'stay where they are'}" if left else ""
        self._count.setText(f"{back} of {there} come back{stay}. Space ticks, Ctrl+A all.")

    def _columns(self) -> tuple[Column, ...]:
        codes = self._context.desk.standards.codes
        risk: Any = codes("risk_level").label
        return (
            Column("", "Reference", lambda one: one.reference, width=132),
            Column("", "Family", lambda one: one.family_name or "Not named", width=0),
            Column("", "Held by", lambda one: one.holder, width=170),
            Column("", "Since", lambda one: long_date(one.since), width=150),
            Column(
                "", "Risk", lambda one: risk(one.risk_level) if one.risk_level else "Not assessed", width=110
            ),
            Column("", "Next due", lambda one: short_date(one.next_due), width=110),
        )
