"""Moving many files: what is asked for, what the solver proposes and why; only what is ticked moves, once it is approved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSplitter, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.desk import Desk
from casefile.diary.queries import teams
from casefile.errors import CasefileError
from casefile.paper.moves import preview_moves, print_moves
from casefile.work.changed import Done
from casefile.work.names import Permission
from casefile.workload.allocate.apply import Applied, apply_moves, approved
from casefile.workload.allocate.plan import Asked, plan_moves
from casefile.workload.allocate.rows import Balance, Move, Plan
from casefile.workload.rows import count
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.dialogs import Ask, Field, say_done
from ui.widgets.flow import Flow
from ui.widgets.page import scrolled
from ui.widgets.parts import LARGE, button, clear, column, label, readable, scale
from ui.widgets.progress import ProgressView
from ui.widgets.table import Column, Table


class MovesView(QWidget):
    """The page behind "Move many".

    Signals:
        left: Back to the files that wait.
    """

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked = Asked()
        self.plan: Plan | None = None
        self._out: set[UUID] = set()
        inner = QWidget()
        column(self).addWidget(scrolled(inner, "Moving many files"))
        body = column(inner, margins=(16, 10, 16, 10), gap=8)
        body.addWidget(self._bar())
        self._busy = column(gap=0)
        body.addLayout(self._busy)
        self._said = readable(
            "Choose whose files are to move, then propose. Nothing moves until you approve it."
        )
        self._fault = label("", "fault", wrap=True)
        self._fault.hide()
        body.addWidget(self._said)
        body.addWidget(self._fault)
        self.table = Table(self._columns(), context.theme, "Files that would move; Enter leaves one out")
        self.table.opened.connect(self._turn)
        self.balances = Table(_BALANCES, context.theme, "What each officer would carry")
        self.table.setMinimumHeight(context.theme.px(160))
        self.balances.setMinimumHeight(context.theme.px(120))
        split = QSplitter(Qt.Orientation.Vertical if scale() >= LARGE else Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        split.addWidget(self.balances)
        split.setSizes([context.theme.px(800), context.theme.px(400)])
        body.addWidget(split, 1)
        self._why = readable("", "quiet")
        self.table.chosen.connect(lambda one: self._why.setText(one.why if one is not None else ""))
        body.addWidget(self._why)

    def begin(self) -> None:
        """Offer officers and teams, and put the keyboard there."""
        self._context.jobs.read(
            self, lambda desk: (desk.read(officers), desk.read(teams)), lambda found: self._offer(*found),
            slot="choices",
        )  # fmt: skip
        self.whose.setFocus()

    def asked(self) -> Asked:
        """What is chosen."""
        whose, into = self.whose.currentData(), str(self.into.currentData() or "")
        leaving = (whose,) if isinstance(whose, UUID) else ()
        of = (whose,) if isinstance(whose, str) and whose else ()
        return Asked(leaving, of, self.nobody.isChecked(), (into,) if into else ())

    def propose(self) -> None:
        """Ask the solver; it says how far it is and can be stopped."""
        asked = self._asked = self.asked()
        self._fault.hide()
        clear(self._busy)
        shown = ProgressView("Weighing moves")
        self._busy.addWidget(shown)
        desk = self._context.desk

        def ask(job: Job) -> Plan:
            return desk.with_(progress=job).read(plan_moves, asked)

        def failed(error: CasefileError) -> None:
            clear(self._busy)
            self._fault.setText(f"{error.sentence} {error.remedy}".strip())
            self._fault.show()

        def arrived(plan: Plan) -> None:
            clear(self._busy)
            self._show(plan)

        job = self._context.jobs.long(self, "Weighing moves", ask, arrived, failed=failed)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

    def ask_approve(self) -> None:
        """Ask why, and move what is not left out."""
        moves = self._chosen()
        if not moves:
            self._fault.setText("No file is chosen to move.")
            self._fault.show()
            return
        ask = Ask(
            f"Move {count(len(moves), 'file')}",
            "Each is moved by itself. One that changed hands meanwhile stays where it is and is named.",
            (Field("reason", "Why", prose=True, help="It stays with every file that moves."),),
            "Move them",
            self,
        )

        def go(values: dict[str, str]) -> None:
            def move(desk: Desk) -> Done[Applied]:
                return desk.do(apply_moves, approved(moves), values["reason"])

            def moved(done: Applied) -> None:
                ask.accept()
                self._moved(done)

            self._context.jobs.write(ask, move, moved, failed=ask.say)

        ask.given.connect(go)
        ask.open()

    def print(self) -> None:
        """Look at the pages of the plan, then make a copy."""
        if self.plan is None or not self._context.may(Permission.DISCLOSE):
            return
        asked = self._asked
        what = Printable(
            "Print the plan",
            "moves.pdf",
            lambda errand: errand.read(preview_moves, asked),
            lambda errand, whom: errand.do(print_moves, asked, whom),
        )
        PrintReport(self._context, what, self).open()

    def _bar(self) -> QWidget:
        made = QWidget()
        flow = Flow(made, gap=8)
        flow.addWidget(button("‹ Back", self.left.emit, hint="Esc"))
        self.whose, self.into = QComboBox(), QComboBox()
        for box, name in ((self.whose, "Whose files move"), (self.into, "Who may take them")):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMaximumWidth(self._context.theme.px(300))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.whose.addItem("Whose files move", None)
        self.into.addItem("To officers of the same team", "")
        self.nobody = QCheckBox("And files of nobody")
        self._propose = button("Propose", self.propose, name="primary")
        self._approve = button("Approve …", self.ask_approve)
        self._print = button("Print …", self.print)
        self._approve.setEnabled(False)
        self._print.setEnabled(False)
        for one in (self.whose, self.into, self.nobody, self._propose, self._approve, self._print):
            flow.addWidget(one)
        return made

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("", "Moves", self._mark, self._tone, width=96),
            Column("", "File", lambda one: f"{one.family_name.upper()} {one.reference}".strip(), width=190),
            Column("", "Points", lambda one: str(one.points), width=60, number=True),
            Column("", "From", lambda one: one.from_officer or "Nobody", width=140),
            Column("", "To", lambda one: one.to_officer or "nobody can", width=140),
            Column("", "Why", lambda one: one.why, width=0),
        )

    def _mark(self, one: Move) -> str:
        if one.to_id is None:
            return "cannot"
        if one.stays:
            return "stays"
        return "left out" if one.file_id in self._out else "moves"

    def _tone(self, one: Move) -> str | None:
        if one.to_id is None:
            return "danger"
        return None if one.stays else ("plain" if one.file_id in self._out else "done")

    def _turn(self, one: Move) -> None:
        """Leave a file out of what is approved, or take it in again."""
        if one.to_id is not None and not one.stays:
            self._out ^= {one.file_id}
            self.table.viewport().update()
            self._tell()

    def _offer(self, everyone: tuple[OfficerRow, ...], found: tuple[str, ...]) -> None:
        for box in (self.whose, self.into):
            kept: Any = box.currentData()
            while box.count() > 1:
                box.removeItem(1)
            for one in found:
                box.addItem(f"Even out {one}" if box is self.whose else f"To officers of {one}", one)
            if box is self.whose:
                for officer in everyone:
                    if officer.role != "administrator":
                        box.addItem(f"All files of {officer.shown}", officer.id)
            box.setCurrentIndex(max(box.findData(kept), 0))

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self._out = set()
        self.table.rows.show_rows(plan.moves)
        self.table.choose(0)
        self.balances.rows.show_rows(plan.balances)
        self._approve.setEnabled(bool(plan.moving))
        self._print.setEnabled(self._context.may(Permission.DISCLOSE))
        self._tell()
        self.table.setFocus()

    def _tell(self) -> None:
        plan = self.plan
        if plan is None:
            return
        chosen = len(self._chosen())
        hidden = f" {count(plan.hidden, 'restricted file')} left out." if plan.hidden else ""
        self._said.setText(
            f"{plan.asked}. {plan.said}{hidden} {count(chosen, 'file')} would move; Enter on a file leaves it out."
        )

    def _chosen(self) -> list[Move]:
        return [one for one in self.plan.moving if one.file_id not in self._out] if self.plan else []

    def _moved(self, done: Applied) -> None:
        refused = "\n".join(f"{reference} stays: {said}" for reference, said in done.refused)
        say_done(
            self,
            f"{done.plan}: {count(done.moved, 'file')} moved",
            refused or "Every file that was approved has moved.",
        )
        self.table.rows.show_rows(())
        self.balances.rows.show_rows(())
        self.plan = None
        self._approve.setEnabled(False)
        self._print.setEnabled(False)
        self._said.setText(
            f"{done.plan}: {count(done.moved, 'file')} moved. Propose anew to see what is left."
        )


def _over(one: Balance) -> str | None:
    return "danger" if one.over > 0 else None


_BALANCES = (
    Column("", "Officer", lambda one: one.officer, width=0),
    Column("", "Points", lambda one: f"{one.before} → {one.after} of {one.capacity}", width=150, number=True),
    Column("", "", lambda one: f"{one.over} over" if one.over > 0 else "", _over, 90),
)
