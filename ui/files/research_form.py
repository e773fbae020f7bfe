"""The quick form of research about one person: a line for each check, its result by one key, what was found below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from casefile.files.research.actions import Found, status
from casefile.files.research.model import Researched, ResearchGrid
from casefile.record.dates import short_date
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.standards import Library
from ui.shell.context import Context
from ui.widgets.choice import Choice, code_choices
from ui.widgets.fields.dates import DateEditor
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.picks import PickOne
from ui.widgets.fields.text import LineEditor, ProseEditor
from ui.widgets.menu import Act, MenuButton
from ui.widgets.parts import LARGE, column, keys, label, readable, row, scale, scaled
from ui.widgets.table import Column, Table
from ui.widgets.typed import TypedForm

_KEY = "key:"
_NEAR = 300
"""Days within which nobody asks which year."""
TONES = {"trace": "late", "possible": "late", "no_trace": "done", "asked": "accent"}
GRADES = (
    ("graded_source", "intelligence_source", "Source"),
    ("graded_information", "intelligence_information", "Information"),
    ("graded_handling", "intelligence_handling", "Handling"),
)
MOST = 8
"""Lines of the table in view."""


@dataclass
class Line:
    """One check as it is typed; ``id`` is what the table knows it by."""

    id: str
    title: str
    systems: tuple[str, ...]
    system: str
    stands: str
    values: dict[str, str]

    @property
    def result(self) -> str:
        """Code of the result, "" while nobody said one."""
        return self.values.get("result", "")


class ChecksForm(TypedForm):
    """Day, reason and names once; then a line for each check."""

    def __init__(self, context: Context, told: ResearchGrid, person: Researched) -> None:
        super().__init__()
        self._library, self._told, self._person = context.desk.standards, told, person
        self._today = context.today
        self.description = describe(SECTIONS["research"])
        self._lines = _lines(told, person, self._library)
        self._keys = _keys(self._library)
        self._shown: Line | None = None
        body = column(self, gap=10)
        body.addLayout(self._top())
        self._legend = readable("", "small")
        body.addWidget(self._legend)
        self.table = Table(_columns(self._library), context.theme, "Checks")
        self.table.rows.show_rows(self._lines)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _: self.found.setFocus())
        self.table.installEventFilter(self)
        self.table.setFixedHeight(scaled(31) * (min(len(self._lines), MOST) + 1) + scaled(8))
        body.addWidget(self.table)
        body.addLayout(self._below())
        self.conclusion = ProseEditor("", 1)
        self.conclusion.call("What it means for the children", "Of all of it together.")
        body.addWidget(label("What it means for the children", "label"))
        body.addWidget(self.conclusion)
        for one in (self.on, self.why, self.by, self.tried, self.conclusion):
            one.changed.connect(self.changed)
        self._say_keys()
        self.table.choose(0)
        keys(self, "Ctrl+Shift+N", self.none_for_the_rest)

    def state(self) -> dict[str, Any]:
        """What is recorded: only lines with a result."""
        tried = str(self.tried.value() or "")
        rows = [
            {
                key: value
                for key, value in {**one.values, "system": one.system, "tried": tried}.items()
                if value
            }
            for one in self._lines
            if one.result
        ]
        found = [Found(one.system, one.result) for one in self._lines if one.result]
        state = {
            "happened_on": self.on.value(),
            "known_on": self.on.value(),
            "occasion": self.why.value(),
            "searched_by": self.by.value(),
            "concerns": [str(self._person.id)],
            "status": status(self._told, self._person, found, self._library) if found else None,
            "searches": rows,
            "conclusion": self.conclusion.value(),
        }
        return {key: value for key, value in state.items() if value}

    def bring_in(self, fields: Mapping[str, Any]) -> None:
        """Show what somebody else typed into the same draft."""
        editors: dict[str, Editor] = {
            "happened_on": self.on, "occasion": self.why, "searched_by": self.by, "conclusion": self.conclusion,
        }  # fmt: skip
        for key, value in fields.items():
            if key in editors:
                editors[key].bring_in(value)
            elif key == "searches":
                self._bring_in_rows(value or ())

    def knows(self, key: str) -> bool:
        """Every field of research that this form shows."""
        return key in (
            "happened_on",
            "known_on",
            "occasion",
            "searched_by",
            "concerns",
            "status",
            "searches",
            "conclusion",
        )

    @property
    def empty(self) -> bool:
        """Whether nothing was said of any check."""
        return not any(one.values for one in self._lines) and not self.conclusion.value()

    def choose(self, check: str) -> None:
        """Go to the line of a check."""
        place = next((at for at, one in enumerate(self._lines) if one.id == check), 0)
        self.table.choose(place)
        self.table.setFocus()

    def trouble(self) -> str | None:
        """A sentence on what cannot be signed as it stands."""
        if (wrong := self.on.trouble()) is not None:
            return wrong
        return (
            None if any(one.result for one in self._lines) else "Say of one check at least what came of it."
        )

    def none_for_the_rest(self) -> None:
        """No trace on every check that is wanted and has no result yet."""
        wanted = {one.check for one in self._person.wanted}
        for one in self._lines:
            if one.id in wanted and not one.result:
                one.values["result"] = "no_trace"
        self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One key says the result of the line, and goes on to the next."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            letter = event.text().upper()
            if letter in self._keys and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                self._result(self._keys[letter])
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._result("")
                return True
        return super().eventFilter(watched, event)

    def _result(self, code: str) -> None:
        line = self.table.current()
        if line is None:
            return
        line.values["result"] = code
        line.values = {key: value for key, value in line.values.items() if value}
        place = self.table.currentIndex().row()
        self._changed()
        if code and code not in ("trace", "possible"):
            self.table.choose(min(place + 1, len(self._lines) - 1))

    def _changed(self) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.table.rows.show_rows(self._lines)
        self.table.choose(place)
        self.changed.emit()

    def _top(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self.on = DateEditor(self._today)
        self.on.set_value(self._told.as_of.isoformat())
        reasons = code_choices(self._library.codes("research_reason"), self._today)
        self.why = PickOne(reasons)
        self.why.set_value(self._told.occasion(self._person))
        self.by = LineEditor()
        self.tried = LineEditor()
        self.tried.set_value(self._person.names)
        tried = QWidget()
        line = row(tried, gap=8)
        line.addWidget(self.tried, 1)
        line.addWidget(MenuButton("Spellings", self._spellings, hint="What else to try; picking one adds it"))
        fields: tuple[tuple[str, Editor, QWidget], ...] = (
            ("Searched on", self.on, self.on), ("Why", self.why, self.why), ("Searched by", self.by, self.by),
            ("Names tried", self.tried, tried),
        )  # fmt: skip
        for place, (name, editor, shown) in enumerate(fields):
            editor.call(name, "")
            _lay(grid, place, name, shown, wide=place >= 2)
        return grid

    def _below(self) -> QGridLayout:
        """What was found on the line that is chosen."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self._about = label("", "strong", wrap=True)
        grid.addWidget(self._about, 0, 0, 1, 4)
        self.system = PickOne(())
        self.reference = LineEditor()
        self.found = ProseEditor("", 2)
        self.grades = {key: PickOne(self._grades(codes)) for key, codes, _ in GRADES}
        graded = QWidget()
        line = row(graded, gap=8) if scale() < LARGE else column(graded, gap=4)
        for key, _, title in GRADES:
            self.grades[key].call(f"Intelligence: {title.lower()}", "Only of intelligence.")
            self.grades[key].box.line.setPlaceholderText(title)
            line.addWidget(self.grades[key])
        parts: tuple[tuple[str, QWidget], ...] = (
            ("System", self.system), ("Reference there", self.reference), ("What was found", self.found),
            ("If intelligence", graded),
        )  # fmt: skip
        for place, (name, shown) in enumerate(parts):
            if isinstance(shown, Editor):
                shown.call(name, "")
            _lay(grid, place, name, shown, wide=place >= 2, down=1)
        self.system.changed.connect(self._system)
        self.reference.changed.connect(lambda: self._said("found_ref", self.reference))
        self.found.changed.connect(lambda: self._said("found", self.found))
        for key, editor in self.grades.items():
            editor.changed.connect(lambda key=key, editor=editor: self._said(key, editor))
        return grid

    def _grades(self, codes: str) -> tuple[Choice, ...]:
        listed = self._library.codes(codes).in_use(self._told.as_of)
        return tuple(Choice(one.code, f"{one.code} {one.label}", one.group) for one in listed)

    def _said(self, key: str, editor: Editor) -> None:
        if self._shown is not None:
            self._shown.values[key] = str(editor.value() or "")
            self._shown.values = {name: value for name, value in self._shown.values.items() if value}
            self.table.viewport().update()
            self.changed.emit()

    def _system(self) -> None:
        if self._shown is not None and self.system.value():
            self._shown.system = str(self.system.value())
            self.table.viewport().update()
            self.changed.emit()

    def _show(self, line: Line | None) -> None:
        self._shown = line
        if line is None:
            return
        systems = self._library.codes("research_system")
        self._about.setText(f"{line.title}{f': {line.stands}' if line.stands else ''}")
        self.system.offer([Choice(one, systems.label(one)) for one in line.systems])
        self.system.set_value(line.system)
        self.reference.set_value(line.values.get("found_ref"))
        self.found.set_value(line.values.get("found"))
        for key, editor in self.grades.items():
            editor.set_value(line.values.get(key))

    def _bring_in_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        by_system = {str(one.get("system")): one for one in rows}
        for line in self._lines:
            found = next((by_system[one] for one in line.systems if one in by_system), None)
            line.values = (
                {key: str(value) for key, value in found.items() if key not in ("system", "tried") and value}
                if found is not None
                else {}
            )
        place = max(self.table.currentIndex().row(), 0)
        self.table.rows.show_rows(self._lines)
        self.table.choose(place)

    def _spellings(self) -> list[Act]:
        held = str(self.tried.value() or "")
        return [
            (f"{one.text}  ({one.why})", lambda text=one.text: self._add(text), "")
            for one in self._person.spellings
            if one.text.casefold() not in held.casefold()
        ] or [("Every spelling known here is tried", lambda: None, "")]

    def _add(self, text: str) -> None:
        held = str(self.tried.value() or "")
        self.tried.set_value(f"{held}; {text}" if held else text)
        self.changed.emit()

    def _say_keys(self) -> None:
        results = self._library.codes("research_result")
        said = ", ".join(f"{key} {results.label(code).lower()}" for key, code in self._keys.items())
        self._legend.setText(
            f"In the list: {said}; Delete clears; Enter goes to what was found. "
            "Ctrl+Shift+N: no trace on all that is wanted and left."
        )


def _lay(grid: QGridLayout, place: int, name: str, shown: QWidget, *, wide: bool, down: int = 0) -> None:
    """Two short fields beside one another, then long ones; below one another where type is large."""
    said = label(name, "label")
    said.setBuddy(shown)
    said.setContentsMargins(0, 5 if wide else 0, 0, 0)
    if scale() >= LARGE:
        grid.addWidget(said, down + place * 2, 0, 1, 4)
        grid.addWidget(shown, down + place * 2 + 1, 0, 1, 4)
        return
    line = down + (0 if place < 2 else place - 1)
    at = 2 if place == 1 else 0
    grid.addWidget(said, line, at, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(shown, line, at + 1, 1, 3 if wide else 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)


def brief(day: date, today: date) -> str:
    """A day in a narrow place: without its year where that goes without saying."""
    return f"{day.day} {day:%b}" if abs((day - today).days) < _NEAR else short_date(day)


def _keys(library: Library) -> dict[str, str]:
    """Which key says which result."""
    return {
        tag.removeprefix(_KEY): one.code
        for one in library.codes("research_result").codes
        for tag in one.tags
        if tag.startswith(_KEY)
    }


def _lines(told: ResearchGrid, person: Researched, library: Library) -> list[Line]:
    """What is wanted first, then what was made, then what is only offered, then every other system."""
    columns = (*told.columns, *told.more)
    cells = person.cells
    order = sorted(columns, key=lambda one: (not cells[one.key].state.wanted, not cells[one.key].searches))
    lines = [
        Line(
            one.key,
            one.title,
            _in_use(one.systems, library, told),
            one.system,
            _stands(person, one.key, told.as_of),
            {},
        )
        for one in order
    ]
    covered = {system for one in columns for system in one.systems}
    others = [one for one in library.systems(told.as_of) if one.code not in covered]
    return lines + [Line(one.code, one.label, (one.code,), one.code, "", {}) for one in others]


def _in_use(systems: tuple[str, ...], library: Library, told: ResearchGrid) -> tuple[str, ...]:
    listed = library.codes("research_system")
    return tuple(one for one in systems if (code := listed.get(one)) and code.used_on(told.as_of)) or systems


def _stands(person: Researched, check: str, today: date) -> str:
    cell = person.cells[check]
    if cell.state.open:
        due = f", by {brief(cell.due_on, today)}" if cell.due_on else ""
        return f"{cell.state.value}{due}"
    return f"{cell.state.value} {brief(cell.searches[0].on, today)}" if cell.searches else ""


def _columns(library: Library) -> tuple[Column, ...]:
    systems, results = library.codes("research_system"), library.codes("research_result")
    return (
        Column("", "Check", lambda one: one.title, width=180),
        Column("", "System", lambda one: systems.label(one.system), width=180),
        Column("", "Stands", lambda one: one.stands, width=140),
        Column(
            "", "Result", lambda one: results.label(one.result) if one.result else "",
            tone=lambda one: TONES.get(one.result, "plain") if one.result else None, width=130,
        ),
        Column("", "Found", lambda one: one.values.get("found", ""), width=0),
    )  # fmt: skip
