"""Planned strength: a scenario, what it comes to, and every figure that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.paper.strength import preview_strength, print_strength, strength_bars
from casefile.record.dates import long_date
from casefile.work.changed import Changed, Done
from casefile.work.names import Kind, Permission
from casefile.workload.strength.actions import set_figures
from casefile.workload.strength.queries import compare_scenarios, scenario, scenarios
from casefile.workload.strength.rows import Comparison, ScenarioPage, ScenarioRow
from ui.record.printing import Printable, PrintReport
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.page import scrolled
from ui.widgets.parts import LARGE, button, column, ground, keys, label, readable, scale
from ui.workload import strength_grids as grids
from ui.workload.chart import Chart
from ui.workload.figures import FigureTable, Grid
from ui.workload.strength_asks import Held, StrengthAsks

VIEWS = (
    ("Posts needed", "needed"),
    ("Volumes", "volumes"),
    ("Hours each", "hours"),
    ("What a post gives", "posts"),
    ("Establishment", "establishment"),
    ("Stated totals", "stated"),
    ("Beside another", "beside"),
)


def choice(context: Context, name: str, changed: Callable[[], object]) -> QComboBox:
    """A box to choose from, as wide as its longest words within reason."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(context.theme.px(240))
    made.activated.connect(lambda _: changed())
    return made


class StrengthPage(Screen):
    """The tab."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._may = context.may(Permission.ALLOCATE)
        self._rows: tuple[ScenarioRow, ...] = ()
        self._compared: Comparison | None = None
        self.asks = StrengthAsks(context, self)
        self.asks.copied.connect(self.choose_scenario)
        inner = QWidget()
        column(self).addWidget(scrolled(inner, "Planned strength"))
        body = column(inner, margins=(20, 12, 20, 12), gap=8)
        body.addWidget(self._bar(context))
        self._chip, self._about = Chip("", "plain", shape=False), readable("", "quiet")
        line = QWidget()
        flow = column(line, gap=4)
        flow.addWidget(self._chip)
        flow.addWidget(self._about)
        body.addWidget(line)
        self.table = FigureTable(context.theme, "Figures of the scenario")
        self.table.typed.connect(self._type)
        self.table.setMinimumHeight(context.theme.px(200))
        body.addWidget(self._beside_chart(context), 1)
        self._fault = label("", "fault", wrap=True)
        self._why = readable("", "")
        self._basis = readable("", "quiet")
        self.table.explained.connect(self._why.setText)
        for one in (self._fault, self._why, self._basis):
            body.addWidget(one)
        self._fault.hide()
        keys(self, "Alt+S", self.chosen.setFocus)
        keys(self, "Alt+V", self.view.setFocus)
        keys(self, "Ctrl+N", self.copy)
        keys(self, "Ctrl+P", self.print)

    def _beside_chart(self, context: Context) -> QWidget:
        """The table with the chart at its right; below it where type is large."""
        self.chart = Chart(context.theme, "Teams: posts needed against those there")
        inner = ground("surface")
        held = column(inner, margins=(16, 8, 16, 8))
        held.addWidget(self.chart)
        held.addStretch(1)
        self._charts = scrolled(inner, "Chart", surface=True)
        self._charts.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        split = QSplitter(Qt.Orientation.Vertical if scale() >= LARGE else Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        split.addWidget(self._charts)
        split.setSizes([context.theme.px(860), context.theme.px(340)])
        self._charts.hide()
        return split

    def _bar(self, context: Context) -> QWidget:
        made = QWidget()
        flow = Flow(made, gap=8)
        self.chosen = choice(context, "Scenario (Alt+S)", self._choose)
        self.view = choice(context, "What of it (Alt+V)", self._draw)
        for words, key in VIEWS:
            self.view.addItem(words, key)
        self.other = choice(context, "Beside which scenario", self._draw)
        self.other.hide()
        for one in (self.chosen, self.view, self.other):
            flow.addWidget(one)
        self._copy = button("Copy …", self.copy, hint="Ctrl+N")
        self._count = button("Count from the record …", self.asks.count)
        self._team = button("Teams …", self.asks.teams)
        self._adopt = button("Adopt …", self.asks.adopt)
        self._drop = button("Throw away …", self.asks.drop)
        self._print = button("Print …", self.print, hint="Ctrl+P")
        for one in (self._copy, self._count, self._team, self._adopt, self._drop, self._print):
            flow.addWidget(one)
        return made

    def shown(self, place: Any = None) -> None:
        """Read the scenarios and the one in view; *place* is the one wanted."""
        if isinstance(place, str) and place:
            self.asks.held = Held(place)
        self._read()
        self.table.setFocus()

    def place(self) -> Any:
        """The scenario in view."""
        return self.asks.held.which

    def on_changed(self, changed: Changed) -> None:
        """Scenarios or officers changed."""
        if changed.concerns(Kind.STRENGTH, Kind.OFFICER, Kind.STAFF):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [Command("Print this scenario", self.print, "Ctrl+P")]
        if self._may:
            found.insert(0, Command("Copy this scenario", self.copy, "Ctrl+N"))
        return tuple(found)

    def choose_scenario(self, which: str) -> None:
        """Open a scenario."""
        self.asks.held = Held(which)
        self._read()

    def choose_view(self, view: str) -> None:
        """Show one part of it."""
        self.view.setCurrentIndex(self.view.findData(view))
        self._draw()

    def copy(self) -> None:
        """Copy the scenario under a name of its own, and open the copy."""
        if self._may:
            self.asks.copy()

    def print(self) -> None:
        """Look at the pages, then make a copy."""
        if self.asks.page is None or not self._context.may(Permission.DISCLOSE):
            return
        row = self.asks.page.row
        other = str(self.other.currentData() or "") if self.view.currentData() == "beside" else ""
        others = (other,) if other else ()
        what = Printable(
            f"Print {row.name}",
            "planned-strength.pdf",
            lambda errand: errand.read(preview_strength, row.which, others),
            lambda errand, whom: errand.do(print_strength, row.which, whom, others),
        )
        PrintReport(self._context, what, self).open()

    def _type(self, path: str, text: str) -> None:
        """Keep a figure as typed; a figure that cannot be is said beside the table and not kept."""
        held = self.asks.held

        def go(desk: Desk) -> Done[int]:
            done = desk.do(set_figures, held.which, {path: text}, held.revision)
            held.revision = done.result
            return done

        self._say_fault("")
        self._context.jobs.write(self, go, failed=self._failed)

    def _failed(self, error: CasefileError) -> None:
        self._say_fault(f"{error.sentence} {error.kept} {error.remedy}".strip())
        self._read()

    def _say_fault(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.setVisible(bool(words))

    def _choose(self) -> None:
        self._say_fault("")
        self.choose_scenario(str(self.chosen.currentData()))

    def _read(self) -> None:
        wanted = self.asks.held.which

        def ask(desk: Desk) -> tuple[tuple[ScenarioRow, ...], ScenarioPage]:
            rows = desk.read(scenarios)
            known = wanted if any(one.which == wanted for one in rows) else rows[0].which
            return rows, desk.read(scenario, known)

        self._context.jobs.read(self, ask, lambda found: self._arrived(*found), slot="strength")

    def _arrived(self, rows: tuple[ScenarioRow, ...], page: ScenarioPage) -> None:
        self._rows, self.asks.page = rows, page
        if page.row.which != self.asks.held.which:
            self.asks.held = Held(page.row.which)
        self.asks.held.revision = page.row.revision
        for box, kept in ((self.chosen, page.row.which), (self.other, self.other.currentData())):
            box.clear()
            for one in rows:
                if box is self.chosen or one.which != page.row.which:
                    box.addItem(f"{one.name}{' (in force)' if one.in_force else ''}", one.which)
            box.setCurrentIndex(max(box.findData(kept), 0))
        self._tell(page)
        self._draw()

    def _tell(self, page: ScenarioPage) -> None:
        row = page.row
        draft = row.state == "draft"
        if row.state == "adopted":
            words = f"adopted {long_date(row.adopted_on)} by {row.adopted_by}"
            self._chip.say(f"in force, {words}" if row.in_force else words, "done")
        else:
            self._chip.say("worked on, not adopted" if draft else "ships with Casefile", "plain", shape=False)
        self._about.setText(row.reason or page.assumed.about)
        self._copy.setVisible(self._may)
        for one in (self._count, self._team, self._drop):
            one.setVisible(self._may and draft)
        self._adopt.setVisible(draft and self._context.may(Permission.SIGN_INSPECTION))
        self._print.setVisible(self._context.may(Permission.DISCLOSE))

    def _draw(self) -> None:
        page, view = self.asks.page, str(self.view.currentData())
        self.other.setVisible(view == "beside")
        if page is None:
            return
        if view == "beside":
            self._charts.hide()
            self._read_beside(page)
            return
        may = self._may and page.row.state == "draft"
        made: dict[str, Callable[[], Grid]] = {
            "needed": lambda: grids.needed(page),
            "volumes": lambda: grids.volumes(page, may=may),
            "hours": lambda: grids.hours(page, may=may),
            "posts": lambda: grids.posts(page, may=may),
            "establishment": lambda: grids.establishment(page, may=may),
            "stated": lambda: grids.stated(page, may=may),
        }
        self.table.show_grid(made[view]())
        self._charts.setVisible(view == "needed" and bool(page.lines))
        if view == "needed":
            self.chart.show_bars(strength_bars(page))
        self._basis.setText(grids.basis(page, view, may=may, allocates=self._may))

    def _read_beside(self, page: ScenarioPage) -> None:
        other = self.other.currentData()
        if other is None:
            return
        both = (page.row.which, str(other))
        self._context.jobs.read(
            self, lambda desk: desk.read(compare_scenarios, both), self._show_beside, slot="beside"
        )

    def _show_beside(self, found: Comparison) -> None:
        self.table.show_grid(grids.beside(found))
        same = sum(not one.differs for one in found.lines)
        self._basis.setText(f"{same} figures are the same in both and not shown.")
