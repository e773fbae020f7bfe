"""The staff record: everybody with what they lack at the left; one record, and what can be recorded in it, at the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSplitter, QWidget

from casefile.desk import Desk
from casefile.diary.queries import teams
from casefile.record.dates import short_date
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from casefile.workload.record import staff, staff_record
from casefile.workload.record_rows import StaffRecord, StaffRow
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.flow import Flow
from ui.widgets.page import scrolled
from ui.widgets.parts import LARGE, column, keys, scale
from ui.widgets.table import Column, Table
from ui.workload.record_view import RecordView


def _hours(one: StaffRow) -> str:
    parts = [f"{one.fte}%"] if one.fte != 100 else ["full time"]  # hundredths of full time
    parts += [f"probation to {short_date(one.probation_until)}"] if one.probation_until else []
    parts += [f"away: {one.away}"] if one.away else []
    return ", ".join(parts)


def _lacks(one: StaffRow) -> str:
    now = sum(1 for gap in one.gaps if gap.now)
    soon = len(one.gaps) - now
    return ", ".join([*([f"{now} lacking"] if now else []), *([f"{soon} expiring"] if soon else [])])


def _tone(one: StaffRow) -> str | None:
    if not one.gaps:
        return None
    return "late" if any(gap.now for gap in one.gaps) else "due"


COLUMNS = (
    Column("", "Officer", lambda one: one.officer, width=0),
    Column("", "Accreditations", _lacks, _tone, 160),
    Column("", "Team", lambda one: one.team, width=120),
    Column("", "Role", lambda one: one.role_title, width=190),
    Column("", "Hours", _hours, width=220),
    Column("", "Number", lambda one: one.number, width=80),
    Column("", "Covers", lambda one: ", ".join(one.areas), width=180),
)


class StaffPage(Screen):
    """The page."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chosen: UUID | None = None
        body = column(self, gap=0)
        body.addWidget(self._bar())
        self.table = Table(COLUMNS, context.theme, "Staff")
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.record.take_focus())
        self.record = RecordView(context)
        self.record.changed.connect(self.read)
        self.record.wanted.connect(lambda file_id: self.go.emit("files", file_id))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.table)
        self._split.addWidget(scrolled(self.record, "The staff record"))
        self._split.setSizes([context.theme.px(620), context.theme.px(560)])
        body.addWidget(self._split, 1)
        keys(self, "Esc", self.table.setFocus)
        context.theme.changed.connect(self._fit)
        self._fit()

    def shown(self, place: Any = None) -> None:
        """Read; *place* is the officer to choose."""
        if isinstance(place, UUID):
            self._chosen = place
        self._context.jobs.read(self, lambda desk: desk.read(teams), self._offer, slot="teams")
        self.read()
        self.table.setFocus()

    def place(self) -> Any:
        """The officer chosen."""
        return self._chosen

    def on_changed(self, changed: Changed) -> None:
        """Staff records, officers or absences changed."""
        if changed.concerns(Kind.STAFF, Kind.OFFICER):
            self.read()

    def commands(self) -> tuple[Command, ...]:
        """What can be recorded in the record in view."""
        return self.record.commands()

    def read(self) -> None:
        """Read the list again, and the record chosen."""
        team, lacking = self.team.currentData() or "", self.lacking.isChecked()

        def ask(desk: Desk) -> tuple[StaffRow, ...]:
            return desk.read(staff, team=team, only_gaps=lacking)

        self._context.jobs.read(self, ask, self._arrived, slot="staff")

    def _bar(self) -> QWidget:
        made = QWidget()
        line = Flow(gap=8)
        column(made, margins=(20, 8, 16, 8)).addLayout(line)
        self.team = QComboBox()
        self.team.setAccessibleName("Team")
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.team.addItem("All teams", "")
        self.team.activated.connect(lambda _: self.read())
        self.lacking = QCheckBox("Only who lacks something, or soon will")
        self.lacking.clicked.connect(lambda _: self.read())
        for one in (self.team, self.lacking):
            line.addWidget(one)
        alone = not (self._context.may(Permission.ALLOCATE) or self._context.may(Permission.READ_LOG))
        if alone:
            made.hide()
        return made

    def _offer(self, found: tuple[str, ...]) -> None:
        held = {self.team.itemText(place) for place in range(self.team.count())}
        for one in found:
            if one not in held:
                self.team.addItem(one, one)

    def _arrived(self, rows: tuple[StaffRow, ...]) -> None:
        self.table.blockSignals(True)
        self.table.rows.show_rows(rows)
        place = next((at for at, one in enumerate(rows) if one.officer_id == self._chosen), 0)
        self.table.choose(place)
        self.table.blockSignals(False)
        self._choose(rows[place] if rows else None)

    def _choose(self, one: StaffRow | None) -> None:
        self._chosen = one.officer_id if one else None
        which = self._chosen
        if which is None:
            self.record.show_record(None)
            return
        self._context.jobs.read(
            self, lambda desk: desk.read(staff_record, which), self._show_record, slot="record"
        )

    def _show_record(self, found: StaffRecord) -> None:
        if found.row.officer_id == self._chosen:
            self.record.show_record(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The record goes below the list where type is large."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        large = scale() >= LARGE
        self._split.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)
