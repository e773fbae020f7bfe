"""What an officer says for the parameters of a view: a field for each, those that every view has, and a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.ask.rows import Choices
from casefile.ask.said import ME, parameters, unsaid
from casefile.errors import Invalid
from casefile.standards import Library
from ui.widgets.choice import Choice, code_choices
from ui.widgets.fields.dates import DateEditor
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.picks import PickOne
from ui.widgets.fields.text import LineEditor
from ui.widgets.flow import Cells
from ui.widgets.parts import clear, column, keys, label, scaled

if TYPE_CHECKING:
    from casefile.ask.shape import Parameter, View

AS_OF = "as_of"
_EITHER = (Choice("yes", "Yes"), Choice("no", "No"))
_LEAST = 150
"""Pixels of a field at 100 %."""


class SaidForm(QWidget):
    """The fields of one view.

    Signals:
        asked: Enter was pressed in a field.
        changed: Something else is said now.
    """

    asked = Signal()
    changed = Signal()

    def __init__(self, standards: Library, today: date) -> None:
        super().__init__()
        self._standards, self._today = standards, today
        self.choices = Choices((), ())
        self.editors: dict[str, Editor] = {}
        self._asked: tuple[tuple[str, Parameter], ...] = ()
        self._cells = Cells(least=scaled(_LEAST), gap=10)
        body = column(self, gap=6)
        body.addLayout(self._cells)
        self._wrong = label("", "fault", wrap=True)
        self._wrong.hide()
        body.addWidget(self._wrong)
        for sequence in ("Return", "Enter"):
            keys(self, sequence, self.asked.emit)

    def show_for(self, view: View, *, dated: bool) -> None:
        """Fields for a view, with its defaults; a day only where the view can be told as of one."""
        clear(self._cells)
        self.editors = {}
        self._say("")
        self._asked = parameters(view)
        for key, one in self._asked:
            self._add(key, one.title, one.help, self._editor(one))
            default = "yes" if one.default is True else "no" if one.default is False else str(one.default)
            if default:
                self.editors[key].set_value(default)
        if dated:
            self._add(AS_OF, "As of", "By what police knew on a past day; empty is today", self._past_day())

    def said(self) -> dict[str, str]:
        """What is said, as text, by parameter; the day apart."""
        return {
            key: str(one.value() if one.value() is not None else "")
            for key, one in self.editors.items()
            if key != AS_OF
        }

    def words(self) -> Mapping[str, str]:
        """What is said, as it reads in the question."""
        return {
            key: _shown(self.editors[key]) or unsaid(one) for key, one in self._asked if key in self.editors
        }

    def day(self) -> date | None:
        """The day asked about; None is today, or a day that cannot be read."""
        editor = self.editors.get(AS_OF)
        value = editor.value() if editor is not None and not editor.trouble() else None
        return date.fromisoformat(value) if value else None

    def trouble(self) -> bool:
        """Whether something cannot be read as it was typed; it is said and marked."""
        found = [(key, sentence) for key, one in self.editors.items() if (sentence := one.trouble())]
        self._mark({key for key, _ in found}, " ".join(sentence for _, sentence in found))
        return bool(found)

    def refuse(self, error: Invalid) -> None:
        """Say what the desk could not read, and mark its fields."""
        self._mark({one.field for one in error.faults}, error.sentence)

    def _mark(self, wrong: set[str], words: str) -> None:
        for key, one in self.editors.items():
            one.set_wrong(key in wrong)
        self._say(words)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _add(self, key: str, title: str, about: str, editor: Editor) -> None:
        cell = QWidget()
        inside = column(cell, gap=2)
        name = label(title, "label", wrap=True)
        name.setBuddy(editor)
        inside.addWidget(name)
        inside.addWidget(editor)
        editor.call(title, about)
        editor.changed.connect(self.changed)
        self.editors[key] = editor
        self._cells.addWidget(cell)

    def _past_day(self) -> Editor:
        made = DateEditor(self._today)
        made.edit.setPlaceholderText("Today")
        return made

    def _editor(self, one: Parameter) -> Editor:
        if one.kind == "code":
            codes = self._standards.codes(one.codes)
            return PickOne(code_choices(codes, self._today), "Any")
        if one.kind == "officer":
            every = (Choice(key, shown) for shown, key in self.choices.officers)
            return PickOne((Choice(ME, "Me"), *every), "Anybody")
        if one.kind == "team":
            every = (Choice(one, one) for one in self.choices.teams)
            return PickOne((Choice(ME, "My team"), *every), "Every team")
        if one.kind == "yes_no":
            return PickOne(_EITHER, "Either")
        return DateEditor(self._today) if one.kind == "day" else LineEditor()


def _shown(editor: Editor) -> str:
    """What stands in a field."""
    inner = editor.box.currentText() if isinstance(editor, PickOne) else editor.value()
    return str(inner or "")
