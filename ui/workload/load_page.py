"""What officers and teams carry: a table and charts side by side; then the files of one, and why each weighs what it does."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QWidget

from casefile.desk import Desk
from casefile.diary.queries import teams
from casefile.paper.workload import (
    PRINCIPLE,
    officer_bars,
    preview_workload,
    print_workload,
    team_bars,
)
from casefile.record.dates import long_date
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from casefile.workload.queries import workload
from casefile.workload.rows import OfficerLoad, TeamLoad, Workload, count
from ui.record.printing import Printable, PrintReport
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.fields.dates import DateEditor
from ui.widgets.flow import Flow
from ui.widgets.page import scrolled
from ui.widgets.parts import LARGE, button, column, keys, label, scale
from ui.widgets.table import Column, Table
from ui.workload.chart import Chart
from ui.workload.files_view import FilesView

MOST_BARS = 60
"""Officers drawn in one chart; the table lists them all."""
Row = OfficerLoad | TeamLoad


def _name(one: Row) -> str:
    return (one.team or "No team") if isinstance(one, TeamLoad) else f"    {one.officer}"


def _capacity(one: Row) -> int:
    return one.capacity if isinstance(one, TeamLoad) else one.capacity.points


def _points(one: Row) -> str:
    carries = isinstance(one, TeamLoad) or one.carries
    return f"{one.held.points:,} of {_capacity(one):,}" if carries else f"{one.held.points:,}"


def _tone(one: Row) -> str | None:
    over = one.over > 0 and (isinstance(one, TeamLoad) or one.carries)
    return "danger" if over else None


def _also(one: Row) -> str:
    if isinstance(one, TeamLoad):
        parts = [f"{one.unallocated.files:,} unallocated"] if one.unallocated.files else []
        return ", ".join([*parts, *_restricted(one)])
    parts = [f"supervises {one.supervises}"] if one.supervises else []
    parts += [f"researches {one.researches}"] if one.researches else []
    return ", ".join([*parts, *(f"lacks {lack}" for lack in one.lacks), *_restricted(one)])


def _restricted(one: Row) -> list[str]:
    """What counts and may not be named to whoever reads."""
    return [one.held.hidden] if one.held.hidden else []


COLUMNS = (
    Column("", "Team and officer", _name, width=0),
    Column("", "Points", _points, width=100, number=True),
    Column("", "In words", lambda one: one.said, _tone, 215),
    Column("", "Files", lambda one: f"{one.held.files:,}", width=52, number=True),
    Column("", "On plans", lambda one: f"{one.held.children:,}", width=76, number=True),
    Column("", "High risk", lambda one: f"{one.held.high:,}", width=78, number=True),
    Column("", "Also", _also, width=190),
)


class LoadPage(Screen):
    """The page: whose and which day; unallocated files first; the table and the charts; behind it the files of one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: Workload | None = None
        body = column(self, gap=0)
        self._nobody = button("", lambda: self.open_files(None), name="danger")
        self._nobody.hide()
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        self._top = QWidget()
        top = column(self._top, gap=0)
        top.addWidget(self._bar())
        around = column(margins=(20, 0, 16, 6), gap=6)
        around.addWidget(self._said)
        around.addWidget(self._nobody)
        top.addLayout(around)
        body.addWidget(self._top)
        self.files = FilesView(context)
        self.files.left.connect(self.close_files)
        self.files.wanted.connect(lambda place: self.go.emit("files", place))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._side_by_side())
        self._stack.addWidget(self.files)
        body.addWidget(self._stack, 1)
        keys(self, "Ctrl+P", self.print)
        keys(self, "Esc", self.close_files)
        context.theme.changed.connect(self._fit)
        self._fit()

    def shown(self, place: Any = None) -> None:
        """Read; *place* is an officer whose files are wanted, or ``unallocated``."""
        self._context.jobs.read(self, lambda desk: desk.read(teams), self._offer, slot="teams")
        self.read()
        if isinstance(place, UUID):
            self.open_files(place)
        elif place == "unallocated":
            self.open_files(None)
        elif self._stack.currentIndex() == 0:
            self.table.setFocus()

    def on_changed(self, changed: Changed) -> None:
        """Files, staff or absences changed."""
        if changed.concerns(Kind.CASE_FILE, Kind.ENTRY, Kind.TASK, Kind.STAFF, Kind.OFFICER):
            self.read()
            if self._stack.currentIndex() == 1:
                self.files.read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [Command("Files without a named person", lambda: self.open_files(None))]
        if self._context.may(Permission.DISCLOSE):
            found.append(Command("Print the workload", self.print, "Ctrl+P"))
        return tuple(found)

    def read(self) -> None:
        """Read again, for the team and the day chosen."""
        team, day = self.team.currentData() or "", self.day()
        if self.on.trouble():
            return

        def ask(desk: Desk) -> Workload:
            return desk.read(workload, team=team, as_of=day)

        self._context.jobs.read(self, ask, self._arrived, slot="load")

    def day(self) -> date | None:
        """The day looked at; None for today. What is no day is said."""
        trouble = self.on.trouble()
        self._said.setVisible(bool(trouble))
        self._said.setText(trouble or "")
        value = self.on.value()
        return date.fromisoformat(value) if value and not trouble else None

    def open_files(self, officer_id: UUID | None) -> None:
        """Show the files of an officer, or of nobody, with what each weighs."""
        held = next((one for one in self._officers() if one.officer_id == officer_id), None)
        self._turn(1)
        self.files.show_of(officer_id, self.day(), self.team.currentData() or "", held)

    def close_files(self) -> None:
        """Back to the table."""
        if self._stack.currentIndex() == 1:
            self._turn(0)
            self.table.setFocus()

    def _turn(self, page: int) -> None:
        """Show the table or the files of one; what chooses among officers stands over the table only."""
        self._stack.setCurrentIndex(page)
        self._top.setVisible(page == 0)

    def print(self) -> None:
        """Look at the pages, then make a copy."""
        if not self._context.may(Permission.DISCLOSE):
            return
        team, day = self.team.currentData() or "", self.day()
        what = Printable(
            "Print the workload",
            "workload.pdf",
            lambda errand: errand.read(preview_workload, team=team, as_of=day),
            lambda errand, whom: errand.do(print_workload, whom, team=team, as_of=day),
        )
        PrintReport(self._context, what, self).open()

    def _bar(self) -> QWidget:
        made = QWidget()
        line = Flow(gap=8)
        column(made, margins=(20, 8, 16, 6)).addLayout(line)
        self.team = QComboBox()
        self.team.setAccessibleName("Team")
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.team.addItem("All teams", "")
        self.team.activated.connect(lambda _: self.read())
        self.on = DateEditor(self._context.today)
        self.on.call(
            "As of (a day; empty is today)", "The workload as it was, or as it will be if nothing changes"
        )
        self.on.edit.setPlaceholderText("As of today")
        self.on.edit.editingFinished.connect(self.read)
        for one in (self.team, self.on):
            line.addWidget(one)
        if self._context.may(Permission.DISCLOSE):
            line.addWidget(button("Print …", self.print, hint="Ctrl+P"))
        return made

    def _side_by_side(self) -> QWidget:
        self.table = Table(COLUMNS, self._context.theme, "Teams and officers: points against capacity")
        self.table.opened.connect(self._open)
        self.teams_chart = Chart(self._context.theme, "Teams: points against capacity")
        self.officers_chart = Chart(self._context.theme, "Officers: points against capacity")
        charts = QWidget()
        inner = column(charts, margins=(16, 12, 16, 12), gap=14)
        inner.addWidget(self.teams_chart)
        inner.addWidget(self.officers_chart)
        inner.addWidget(label(PRINCIPLE, "small", wrap=True))
        inner.addStretch(1)
        area = scrolled(charts, "Charts", surface=True)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.table)
        self._split.addWidget(area)
        px = self._context.theme.px
        self._split.setSizes([px(880), px(360)])
        return self._split

    def _offer(self, found: tuple[str, ...]) -> None:
        held = {self.team.itemText(place) for place in range(self.team.count())}
        for one in found:
            if one not in held:
                self.team.addItem(one, one)

    def _officers(self) -> tuple[OfficerLoad, ...]:
        return self._found.officers if self._found else ()

    def _arrived(self, found: Workload) -> None:
        self._found = found
        place = max(self.table.currentIndex().row(), 0)
        rows = _rows(found)
        self.table.rows.show_rows(rows)
        self.table.choose(min(place, len(rows) - 1))
        one = found.unallocated
        self._nobody.setVisible(found.whole and one.files > 0)
        hidden = f" ({one.hidden})" if one.hidden else ""
        words = f"▲ Unallocated: {count(one.files, 'file')} without a named person, {count(one.points, 'point')}{hidden}"
        self._nobody.setText(words)
        self._nobody.setAccessibleName(words)
        day = "" if found.day == self._context.today else f", {long_date(found.day)}"
        self.teams_chart.show_bars(
            team_bars(found) if found.teams else (), f"Teams: points against capacity{day}"
        )
        bars = officer_bars(found.officers)
        more = f" (the first {MOST_BARS} of {len(bars)})" if len(bars) > MOST_BARS else ""
        title = f"Officers: points against capacity{day}{more}"
        self.officers_chart.show_bars(bars[:MOST_BARS], title)

    def _open(self, one: Row) -> None:
        if isinstance(one, OfficerLoad):
            self.open_files(one.officer_id)
        elif one.team:
            self.team.setCurrentIndex(max(self.team.findData(one.team), 0))
            self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The charts go below the table where type is large."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        large = scale() >= LARGE
        self._split.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)


def _rows(found: Workload) -> list[Row]:
    """Each team before its officers; officers alone where only one's own are seen."""
    if not found.teams:
        return list(found.officers)
    rows: list[Row] = []
    for team in found.teams:
        rows += [team, *(one for one in found.officers if one.team == team.team and _has_work(one))]
    return rows


def _has_work(one: OfficerLoad) -> bool:
    return one.carries or bool(one.held.files or one.researches or one.supervises)
