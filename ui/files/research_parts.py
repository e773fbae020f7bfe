"""What the quick form of research is made of: its lines, when and under which names, and what was found on one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from casefile.files.research.model import Researched, ResearchGrid
from casefile.record.dates import short_date
from casefile.standards import Library
from ui.widgets.choice import Choice, code_choices
from ui.widgets.fields.dates import DateEditor
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.picks import PickOne
from ui.widgets.fields.text import LineEditor, ProseEditor
from ui.widgets.menu import Act, MenuButton
from ui.widgets.parts import LARGE, column, label, row, scale
from ui.widgets.table import Column

_NEAR = 300
"""Days within which nobody asks which year."""
TONES = {"trace": "late", "possible": "late", "no_trace": "done", "asked": "accent"}
GRADES = (
    ("graded_source", "intelligence_source", "Source"),
    ("graded_information", "intelligence_information", "Information"),
    ("graded_handling", "intelligence_handling", "Handling"),
)


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

    def say(self, key: str, value: str) -> None:
        """Keep a value; an empty one is none."""
        self.values = {name: said for name, said in {**self.values, key: value}.items() if said}


def brief(day: date, today: date) -> str:
    """A day in a narrow place: without its year where that goes without saying."""
    return f"{day.day} {day:%b}" if abs((day - today).days) < _NEAR else short_date(day)


def lines_of(told: ResearchGrid, person: Researched, library: Library) -> list[Line]:
    """What is wanted first, then what was made, then what is only offered, then every other system."""
    columns = (*told.columns, *told.more)
    cells = person.cells
    order = sorted(columns, key=lambda one: (not cells[one.key].state.wanted, not cells[one.key].searches))
    lines = [
        Line(one.key, one.title, _in_use(one.systems, library, told), one.system,
             _stands(person, one.key, told.as_of), {})
        for one in order
    ]  # fmt: skip
    covered = {system for one in columns for system in one.systems}
    others = [one for one in library.systems(told.as_of) if one.code not in covered]
    return lines + [Line(one.code, one.label, (one.code,), one.code, "", {}) for one in others]


def _in_use(systems: tuple[str, ...], library: Library, told: ResearchGrid) -> tuple[str, ...]:
    listed = library.codes("research_system")
    return tuple(one for one in systems if (code := listed.get(one)) and code.used_on(told.as_of)) or systems


def _stands(person: Researched, check: str, today: date) -> str:
    cell = person.cells[check]
    if cell.state.open:
        due = f", {brief(cell.due_on, today)}" if cell.due_on else ""
        return f"{cell.state.value}{due}"
    return f"{cell.state.value} {brief(cell.searches[0].on, today)}" if cell.searches else ""


def columns_of(library: Library) -> tuple[Column, ...]:
    """The table of the lines."""
    systems, results = library.codes("research_system"), library.codes("research_result")
    return (
        Column("", "Check", lambda one: one.title, width=175),
        Column("", "System", lambda one: systems.label(one.system), width=165),
        Column("", "Stands", lambda one: one.stands, width=160),
        Column(
            "", "Result", lambda one: results.label(one.result) if one.result else "",
            tone=lambda one: TONES.get(one.result, "plain") if one.result else None, width=120,
        ),
        Column("", "Found", lambda one: one.values.get("found", ""), width=0),
    )  # fmt: skip


class SearchedHead(QWidget):
    """When was searched, why, by whom, and under which names: once for all checks.

    Signals:
        changed: A person changed one of them.
    """

    changed = Signal()

    def __init__(self, told: ResearchGrid, person: Researched, library: Library, today: date) -> None:
        super().__init__()
        self._person = person
        self.on = DateEditor(today)
        self.on.set_value(told.as_of.isoformat())
        self.why = PickOne(code_choices(library.codes("research_reason"), today))
        self.why.set_value(told.occasion(person))
        self.by, self.tried = LineEditor(), LineEditor()
        self.tried.set_value(person.names)
        tried = QWidget()
        line = row(tried, gap=8)
        line.addWidget(self.tried, 1)
        line.addWidget(MenuButton("Spellings", self.spellings, hint="What else to try; picking one adds it"))
        grid = _grid(self)
        fields: tuple[tuple[str, Editor, QWidget], ...] = (
            ("Searched on", self.on, self.on), ("Why", self.why, self.why), ("Searched by", self.by, self.by),
            ("Names tried", self.tried, tried),
        )  # fmt: skip
        for place, (name, editor, shown) in enumerate(fields):
            editor.call(name, "")
            editor.changed.connect(self.changed)
            _lay(grid, place, name, shown)

    def spellings(self) -> list[Act]:
        """What else to try, each with why; picking one adds it."""
        held = str(self.tried.value() or "")
        return [
            (f"{one.text}  ({one.why})", lambda text=one.text: self.add(text), "")
            for one in self._person.spellings
            if one.text.casefold() not in held.casefold()
        ] or [("Every spelling known here is tried", lambda: None, "")]

    def add(self, text: str) -> None:
        """Say that a spelling was tried too."""
        held = str(self.tried.value() or "")
        self.tried.set_value(f"{held}; {text}" if held else text)
        self.changed.emit()


class FoundPart(QWidget):
    """What was found on the line that is chosen: in which system, what, its reference, its grading.

    Signals:
        changed: A person changed something of the line.
    """

    changed = Signal()

    def __init__(self, told: ResearchGrid, library: Library) -> None:
        super().__init__()
        self._told, self._library = told, library
        self._line: Line | None = None
        grid = _grid(self)
        self._about = label("", "strong", wrap=True)
        grid.addWidget(self._about, 0, 0, 1, 4)
        self.system, self.reference, self.found = PickOne(()), LineEditor(), ProseEditor("", 2)
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
            _lay(grid, place, name, shown, down=1)
        self.system.changed.connect(self._another_system)
        editors: dict[str, Editor] = {"found_ref": self.reference, "found": self.found, **self.grades}
        for key, editor in editors.items():
            editor.changed.connect(lambda key=key, editor=editor: self._say(key, editor))

    def show_line(self, line: Line | None) -> None:
        """Show what was found on a line."""
        self._line = line
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

    def _grades(self, codes: str) -> tuple[Choice, ...]:
        listed = self._library.codes(codes).in_use(self._told.as_of)
        return tuple(Choice(one.code, f"{one.code} {one.label}", one.group) for one in listed)

    def _say(self, key: str, editor: Editor) -> None:
        if self._line is not None:
            self._line.say(key, str(editor.value() or ""))
            self.changed.emit()

    def _another_system(self) -> None:
        if self._line is not None and self.system.value():
            self._line.system = str(self.system.value())
            self.changed.emit()


def _grid(owner: QWidget) -> QGridLayout:
    grid = QGridLayout(owner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid


def _lay(grid: QGridLayout, place: int, name: str, shown: QWidget, *, down: int = 0) -> None:
    """Two short fields beside one another, then long ones; below one another where type is large."""
    wide = place >= 2
    said = label(name, "label")
    said.setBuddy(shown)
    said.setContentsMargins(0, 5 if wide else 0, 0, 0)
    if scale() >= LARGE:
        grid.addWidget(said, down + place * 2, 0, 1, 4)
        grid.addWidget(shown, down + place * 2 + 1, 0, 1, 4)
        return
    line = down + (place - 1 if wide else 0)
    at = 2 if place == 1 else 0
    grid.addWidget(said, line, at, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(shown, line, at + 1, 1, 3 if wide else 1)
