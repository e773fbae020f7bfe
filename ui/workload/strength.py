"""Planned strength: a scenario, what it comes to, and every figure that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QWidget

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.paper.strength import preview_strength, print_strength
from casefile.record.dates import long_date
from casefile.work.changed import Changed, Done
from casefile.work.names import Kind, Permission
from casefile.workload.strength.actions import (
    add_planned_team,
    adopt_scenario,
    copy_scenario,
    count_volumes,
    drop_scenario,
    remove_planned_team,
    set_figures,
)
from casefile.workload.strength.queries import compare_scenarios, scenario, scenarios
from casefile.workload.strength.rows import Comparison, ScenarioPage, ScenarioRow
from ui.record.printing import Printable, PrintReport
from ui.room import Command
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, label, readable
from ui.workload import strength_grids as grids
from ui.workload.figures import FigureTable, Grid

VIEWS = (
    ("Posts needed", "needed"),
    ("Volumes", "volumes"),
    ("Hours each", "hours"),
    ("What a post gives", "posts"),
    ("Establishment", "establishment"),
    ("Stated totals", "stated"),
    ("Beside another", "beside"),
)
_TYPE = "Figures on a grey ground can be typed over: type, or press Enter or F2."


@dataclass(slots=True)
class _Held:
    """The scenario in view and the revision that is being changed; the write lane moves it on."""

    which: str
    revision: int


class StrengthPage(QWidget):
    """The tab."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._may = context.may(Permission.ALLOCATE)
        self._rows: tuple[ScenarioRow, ...] = ()
        self._page: ScenarioPage | None = None
        self._compared: Comparison | None = None
        self._held = _Held("", 0)
        body = column(self, margins=(20, 12, 20, 12), gap=8)
        body.addWidget(self._bar())
        self._chip, self._about = Chip("", "plain", shape=False), readable("", "quiet")
        line = QWidget()
        flow = column(line, gap=4)
        flow.addWidget(self._chip)
        flow.addWidget(self._about)
        body.addWidget(line)
        self.table = FigureTable(context.theme, "Figures of the scenario")
        self.table.typed.connect(self._type)
        body.addWidget(self.table, 1)
        self._fault = label("", "fault", wrap=True)
        self._why = readable("", "")
        self._basis = readable("", "quiet")
        self.table.explained.connect(self._why.setText)
        for one in (self._fault, self._why, self._basis):
            body.addWidget(one)
        self._fault.hide()

    def _bar(self) -> QWidget:
        made = QWidget()
        flow = Flow(made, gap=8)
        self.chosen = self._choice("Scenario (Alt+S)", self._choose)
        self.view = self._choice("What of it (Alt+V)", self._draw)
        for words, key in VIEWS:
            self.view.addItem(words, key)
        self.other = self._choice("Beside which scenario", self._draw)
        self.other.hide()
        for one in (self.chosen, self.view, self.other):
            flow.addWidget(one)
        self._copy = button("Copy …", self.ask_copy, hint="Ctrl+N")
        self._count = button("Count from the record …", self.ask_count)
        self._team = button("Teams …", self.ask_team)
        self._adopt = button("Adopt …", self.ask_adopt)
        self._drop = button("Throw away …", self.ask_drop)
        self._print = button("Print …", self.print, hint="Ctrl+P")
        for one in (self._copy, self._count, self._team, self._adopt, self._drop, self._print):
            flow.addWidget(one)
        return made

    def _choice(self, name: str, changed: Callable[[], object]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.setMaximumWidth(self._context.theme.px(240))
        made.activated.connect(lambda _: changed())
        return made

    def shown(self) -> None:
        """Read the scenarios and the one in view."""
        self._read()

    def begin(self) -> None:
        """Put the keyboard where work begins."""
        self.table.setFocus()

    def on_changed(self, changed: Changed) -> None:
        """Scenarios or officers changed."""
        if changed.concerns(Kind.STRENGTH, Kind.OFFICER):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [Command("Print this scenario", self.print, "Ctrl+P")]
        if self._may:
            found.insert(0, Command("Copy this scenario", self.ask_copy, "Ctrl+N"))
        return tuple(found)

    def choose_scenario(self, which: str) -> None:
        """Open a scenario."""
        self._held = _Held(which, 0)
        self._read()

    def choose_view(self, view: str) -> None:
        """Show one part of it."""
        self.view.setCurrentIndex(self.view.findData(view))
        self._draw()

    def ask_copy(self) -> None:
        """Ask under which name the scenario is copied, and open the copy."""
        row = self._row()
        if row is None or not self._may:
            return
        ask = Ask(
            f"Copy {row.name}",
            "Change the copy; the original stays as it is.",
            (Field("name", "Name of the copy"),),
            "Copy",
            self,
        )

        def made(which: object) -> None:
            ask.accept()
            self.choose_scenario(str(which))

        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: desk.do(copy_scenario, row.which, values["name"]), made, failed=ask.say
            )
        )
        ask.open()

    def ask_count(self) -> None:
        """Say what counting does, and count."""
        self._ask(
            "Count from the record",
            "A year’s referrals, conferences, enquiries and the rest, up to today, by the team of whoever has each "
            "file today; restricted files are counted too. Volumes typed before are replaced.",
            (),
            "Count",
            lambda desk, _: desk.do(count_volumes, self._held.which, None, self._held.revision),
        )

    def ask_team(self) -> None:
        """Add a team, or take one out."""
        page = self._page
        if page is None:
            return
        teams = tuple(Choice(one.name, one.name) for one in page.assumed.teams)

        def go(desk: Desk, values: dict[str, str]) -> Done[int]:
            if values["gone"]:
                return desk.do(remove_planned_team, self._held.which, values["gone"], self._held.revision)
            return desk.do(add_planned_team, self._held.which, values["name"], self._held.revision)

        fields = [Field("name", "Add a team")]
        fields.append(Field("gone", "Or take one out", choices=teams or (Choice("", "There is none"),)))
        self._ask("Teams of the scenario", "", tuple(fields), "Change", go)

    def ask_adopt(self) -> None:
        """Ask why, and adopt the scenario."""
        row = self._row()
        if row is not None:
            self._ask(
                f"Adopt {row.name}",
                "It becomes the planned strength in force and is never changed again; a copy can be.",
                (Field("reason", "Why, by which decision", prose=True),),
                "Adopt",
                lambda desk, values: desk.do(
                    adopt_scenario, self._held.which, values["reason"], self._held.revision
                ),
            )

    def ask_drop(self) -> None:
        """Ask, and throw the scenario away."""
        row = self._row()
        if row is not None:
            self._ask(
                f"Throw away {row.name}",
                "It was never adopted. Its figures are gone for good.",
                (),
                "Throw it away",
                lambda desk, _: desk.do(drop_scenario, self._held.which, self._held.revision),
            )

    def print(self) -> None:
        """Look at the pages, then make a copy."""
        row = self._row()
        if row is None or not self._context.may(Permission.DISCLOSE):
            return
        other = str(self.other.currentData() or "") if self.view.currentData() == "beside" else ""
        others = (other,) if other else ()
        what = Printable(
            f"Print {row.name}",
            "planned-strength.pdf",
            lambda errand: errand.read(preview_strength, row.which, others),
            lambda errand, whom: errand.do(print_strength, row.which, whom, others),
        )
        PrintReport(self._context, what, self).open()

    def _ask(
        self,
        title: str,
        about: str,
        fields: tuple[Field, ...],
        verb: str,
        go: Callable[[Desk, dict[str, str]], Done[int] | Done[None]],
    ) -> None:
        ask = Ask(title, about, fields, verb, self)
        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: go(desk, values), lambda _: ask.accept(), failed=ask.say
            )
        )
        ask.open()

    def _type(self, path: str, text: str) -> None:
        """Keep a figure as typed; a figure that cannot be is said beside the table and not kept."""
        held = self._held

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

    def _row(self) -> ScenarioRow | None:
        return self._page.row if self._page is not None else None

    def _choose(self) -> None:
        self._say_fault("")
        self.choose_scenario(str(self.chosen.currentData()))

    def _read(self) -> None:
        wanted = self._held.which

        def ask(desk: Desk) -> tuple[tuple[ScenarioRow, ...], ScenarioPage]:
            rows = desk.read(scenarios)
            known = wanted if any(one.which == wanted for one in rows) else rows[0].which
            return rows, desk.read(scenario, known)

        self._context.jobs.read(self, ask, lambda found: self._arrived(*found), slot="strength")

    def _arrived(self, rows: tuple[ScenarioRow, ...], page: ScenarioPage) -> None:
        self._rows, self._page = rows, page
        if page.row.which != self._held.which:
            self._held = _Held(page.row.which, page.row.revision)
        self._held.revision = page.row.revision
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
        page, view = self._page, str(self.view.currentData())
        self.other.setVisible(view == "beside")
        if page is None:
            return
        if view == "beside":
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
        self._basis.setText(self._basis_words(page, view, may=may))

    def _basis_words(self, page: ScenarioPage, view: str, *, may: bool) -> str:
        if view == "needed":
            return " ".join(page.basis) or "The scenario has no team with volumes: no posts follow from it."
        if view == "stated":
            wrong = sum(not one.agrees for one in page.checks)
            return (
                f"{wrong} of {len(page.checks)} stated totals do not add up."
                if page.checks
                else "Nothing is stated."
            )
        if view in ("volumes", "establishment") and not page.assumed.teams:
            return "The scenario has no team yet. Count from the record, or add teams."
        if may:
            return _TYPE
        return "Copy the scenario to change its figures." if self._may else ""

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
