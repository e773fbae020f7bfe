"""The quick form of research about one person: a line for each check, its result by one key, what was found below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from casefile.files.research.actions import Found, status
from casefile.files.research.model import Researched, ResearchGrid
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.standards import Library
from ui.files.research_parts import FoundPart, Line, SearchedHead, columns_of, lines_of
from ui.shell.context import Context
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.text import ProseEditor
from ui.widgets.parts import column, keys, label, readable, scaled
from ui.widgets.table import Table
from ui.widgets.typed import TypedForm

_KEY = "key:"
_FIELDS = frozenset(
    {"happened_on", "known_on", "occasion", "searched_by", "concerns", "status", "searches", "conclusion"}
)
MOST = 8
"""Lines of the table in view."""


class ChecksForm(TypedForm):
    """Day, reason and names once; then a line for each check."""

    def __init__(self, context: Context, told: ResearchGrid, person: Researched) -> None:
        super().__init__()
        self._library, self._told, self._person = context.desk.standards, told, person
        self.description = describe(SECTIONS["research"])
        self._lines = lines_of(told, person, self._library)
        self._keys = _keys(self._library)
        body = column(self, gap=10)
        self.head = SearchedHead(told, person, self._library, context.today)
        self.head.changed.connect(self.changed)
        body.addWidget(self.head)
        body.addWidget(readable(_legend(self._keys, self._library), "small"))
        self.table = Table(columns_of(self._library), context.theme, "Checks")
        self.table.rows.show_rows(self._lines)
        self.table.installEventFilter(self)
        self.table.setFixedHeight(scaled(31) * (min(len(self._lines), MOST) + 1) + scaled(8))
        body.addWidget(self.table)
        self.below = FoundPart(told, self._library)
        self.below.changed.connect(self._written)
        body.addWidget(self.below)
        self.table.chosen.connect(self.below.show_line)
        self.table.opened.connect(lambda _: self.below.found.setFocus())
        self.conclusion = ProseEditor("", 1)
        self.conclusion.call("What it means for the children", "Of all of it together.")
        self.conclusion.changed.connect(self.changed)
        body.addWidget(label("What it means for the children", "label"))
        body.addWidget(self.conclusion)
        self.table.choose(0)
        keys(self, "Ctrl+Shift+N", self.none_for_the_rest)

    def state(self) -> dict[str, Any]:
        """What is recorded: only lines with a result."""
        tried = str(self.head.tried.value() or "")
        said = [one for one in self._lines if one.result]
        rows = [
            {
                key: value
                for key, value in {**one.values, "system": one.system, "tried": tried}.items()
                if value
            }
            for one in said
        ]
        found = [Found(one.system, one.result) for one in said]
        state = {
            "happened_on": self.head.on.value(),
            "known_on": self.head.on.value(),
            "occasion": self.head.why.value(),
            "searched_by": self.head.by.value(),
            "concerns": [str(self._person.id)],
            "status": status(self._told, self._person, found, self._library) if found else None,
            "searches": rows,
            "conclusion": self.conclusion.value(),
        }
        return {key: value for key, value in state.items() if value}

    def bring_in(self, fields: Mapping[str, Any]) -> None:
        """Show what somebody else typed into the same draft."""
        editors: dict[str, Editor] = {
            "happened_on": self.head.on, "occasion": self.head.why, "searched_by": self.head.by,
            "conclusion": self.conclusion,
        }  # fmt: skip
        for key, value in fields.items():
            if key in editors:
                editors[key].bring_in(value)
            elif key == "searches":
                self._bring_in_rows(value or ())

    def knows(self, key: str) -> bool:
        """Every field of research that this form shows."""
        return key in _FIELDS

    @property
    def empty(self) -> bool:
        """Whether nothing was said of any check."""
        return not any(one.values for one in self._lines) and not self.conclusion.value()

    def choose(self, check: str) -> None:
        """Go to the line of a check."""
        self.table.choose(next((at for at, one in enumerate(self._lines) if one.id == check), 0))
        self.table.setFocus()

    def trouble(self) -> str | None:
        """A sentence on what cannot be signed as it stands."""
        if (wrong := self.head.on.trouble()) is not None:
            return wrong
        return (
            None if any(one.result for one in self._lines) else "Say of one check at least what came of it."
        )

    def none_for_the_rest(self) -> None:
        """No trace on every check that is wanted and has no result yet."""
        wanted = {one.check for one in self._person.wanted}
        for one in self._lines:
            if one.id in wanted and not one.result:
                one.say("result", "no_trace")
        self._drawn_anew()
        self.changed.emit()

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
        line: Line | None = self.table.current()
        if line is None:
            return
        line.say("result", code)
        place = self.table.currentIndex().row()
        self._drawn_anew()
        self.changed.emit()
        if code and code not in ("trace", "possible"):
            self.table.choose(min(place + 1, len(self._lines) - 1))

    def _written(self) -> None:
        self.table.viewport().update()
        self.changed.emit()

    def _drawn_anew(self) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.table.rows.show_rows(self._lines)
        self.table.choose(place)

    def _bring_in_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        by_system = {str(one.get("system")): one for one in rows}
        for line in self._lines:
            found = next((by_system[one] for one in line.systems if one in by_system), {})
            line.values = {
                key: str(value) for key, value in found.items() if key not in ("system", "tried") and value
            }
        self._drawn_anew()


def _keys(library: Library) -> dict[str, str]:
    """Which key says which result."""
    return {
        tag.removeprefix(_KEY): one.code
        for one in library.codes("research_result").codes
        for tag in one.tags
        if tag.startswith(_KEY)
    }


def _legend(by_key: Mapping[str, str], library: Library) -> str:
    results = library.codes("research_result")
    said = ", ".join(f"{key} {results.label(code).lower()}" for key, code in by_key.items())
    return (
        f"In the list: {said}; Delete clears; Enter goes to what was found. "
        "Ctrl+Shift+N: no trace on all that is wanted and left."
    )
