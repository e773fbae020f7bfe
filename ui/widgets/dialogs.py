"""A small dialog that asks for a few things, and one that says something is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMessageBox, QWidget

from casefile.errors import CasefileError, Invalid
from ui.widgets.choice import Choice
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.picks import PickOne
from ui.widgets.fields.text import LineEditor, ProseEditor
from ui.widgets.parts import LARGE, button, keys, label, scale, scaled
from ui.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to ask for; a pick when there are *choices*, long text when *prose*."""

    key: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    secret: bool = False
    prose: bool = False
    help: str = ""


class Ask(Sheet):
    """Asks; stays open until what was given has been done.

    Signals:
        given: The verb was pressed; carries the values by key, "" for what is empty.
    """

    given = Signal(dict)

    def __init__(self, title: str, about: str, fields: Sequence[Field], verb: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.head(title, about)
        self.editors: dict[str, Editor] = {}
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        for place, field in enumerate(fields):
            self._lay(field, place * 3)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.verb = button(verb, self._give, name="primary")
        self.verb.setDefault(True)
        self.foot.addWidget(self.verb)
        keys(self, "Ctrl+Return", self._give)
        if self.editors:
            next(iter(self.editors.values())).setFocus()

    def say(self, error: CasefileError | str) -> None:
        """Say what is wrong; the dialog stays, with what was typed."""
        self.verb.setEnabled(True)
        if isinstance(error, Invalid):
            text = " ".join(one.sentence for one in error.faults)
            for one in error.faults:
                if one.field in self.editors:
                    self.editors[one.field].set_wrong(True)
        else:
            text = error if isinstance(error, str) else f"{error.sentence} {error.remedy}".strip()
        self.tell(text)

    def _lay(self, field: Field, line: int) -> None:
        """The name at the left and the field at the right; one above the other where type is large."""
        editor = self._editor(field)
        self.editors[field.key] = editor
        name = label(field.label, "label", wrap=True)
        name.setBuddy(editor)
        name.setContentsMargins(0, 5, 0, 0)
        if scale() >= LARGE:
            self._grid.addWidget(name, line, 0, 1, 2)
            self._grid.addWidget(editor, line + 1, 0, 1, 2)
        else:
            name.setMinimumWidth(scaled(110))
            self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(editor, line, 1, Qt.AlignmentFlag.AlignTop)
        if field.help:
            self._grid.addWidget(label(field.help, "small", wrap=True), line + 2, 1)

    def _editor(self, field: Field) -> Editor:
        editor: Editor
        if field.choices:
            editor = PickOne(field.choices)
        elif field.prose:
            editor = ProseEditor()
        else:
            editor = line = LineEditor()
            if field.secret:
                line.edit.setEchoMode(QLineEdit.EchoMode.Password)
        editor.set_value(field.value or None)
        editor.call(field.label, field.help)
        return editor

    def _give(self) -> None:
        if not self.verb.isEnabled():
            return
        for editor in self.editors.values():
            editor.set_wrong(False)
            if sentence := editor.trouble():
                self.say(sentence)
                editor.setFocus()
                return
        self.verb.setEnabled(False)
        self.given.emit({key: str(editor.value() or "") for key, editor in self.editors.items()})
        self.verb.setEnabled(True)


def say_done(parent: QWidget, title: str, words: str) -> None:
    """Say that something is done."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, words, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
