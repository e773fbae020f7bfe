"""A small dialog that asks for a few things, and one that says something is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QMessageBox, QWidget

from casefile.errors import CasefileError, Invalid
from ui.widgets.choice import Choice
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.picks import PickOne
from ui.widgets.fields.text import LineEditor, ProseEditor
from ui.widgets.parts import button, column, label, readable, row


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


class Ask(QDialog):
    """Asks; stays open until what was given has been done.

    Signals:
        given: The verb was pressed; carries the values by key, "" for what is empty.
    """

    given = Signal(dict)

    def __init__(self, title: str, about: str, fields: Sequence[Field], verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        body = column(self, margins=22, gap=10)
        body.addWidget(label(title, "section-title", wrap=True))
        if about:
            body.addWidget(readable(about, "quiet"))
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.editors: dict[str, Editor] = {}
        for field in fields:
            editor = self._editor(field)
            name = label(field.label, "label")
            name.setBuddy(editor)
            form.addRow(name, editor)
            self.editors[field.key] = editor
            if field.help:
                form.addRow(label(""), label(field.help, "small", wrap=True))
        body.addLayout(form)
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        body.addWidget(self._said)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button("Cancel", self.reject))
        self.verb = button(verb, self._give, name="primary")
        self.verb.setDefault(True)
        foot.addWidget(self.verb)
        body.addSpacing(4)
        body.addLayout(foot)

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
        self._said.setText(text)
        self._said.setVisible(bool(text))

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
