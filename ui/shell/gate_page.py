"""A page before the record: a card in the middle with a few fields and one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from casefile.errors import CasefileError, Invalid
from ui.widgets.page import scrolled
from ui.widgets.parts import button, card, column, label, readable, restyle, row, scaled


class GatePage(QWidget):
    """Title, what it is about, fields, a sentence when something is wrong, and the verb."""

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        inner = QWidget()
        column(self).addWidget(scrolled(inner, title))
        outer = column(inner, margins=24)
        outer.addStretch(2)
        self._card = card()
        self._card.setMinimumWidth(480)
        self._card.setMaximumWidth(scaled(720))
        body = column(self._card, margins=28, gap=12)
        self._title, self._about = label(title, "page-title"), readable(about, "quiet")
        body.addWidget(self._title)
        body.addWidget(self._about)
        self.told: QVBoxLayout = column(gap=8)
        body.addLayout(self.told)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(8)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        body.addLayout(self.form)
        self.more: QVBoxLayout = column(gap=8)
        body.addLayout(self.more)
        self._said = label("", "fault", wrap=True)
        self._said.setAccessibleName("What is wrong")
        self._said.hide()
        body.addWidget(self._said)
        self.foot = row()
        body.addSpacing(6)
        body.addLayout(self.foot)
        line = row()
        line.addStretch(1)
        line.addWidget(self._card, 3)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addStretch(3)
        self._fields: dict[str, QLineEdit] = {}

    def field(self, key: str, words: str, *, secret: bool = False, value: str = "") -> QLineEdit:
        """Add a line; *secret* shows dots."""
        edit = QLineEdit(value)
        edit.setAccessibleName(words)
        if secret:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        name = label(words, "label")
        name.setBuddy(edit)
        self.form.addRow(name, edit)
        self._fields[key] = edit
        return edit

    def tick(self, words: str, *, on: bool = False) -> QCheckBox:
        """Add a box to tick."""
        made = QCheckBox(words)
        made.setAccessibleName(words)
        made.setChecked(on)
        self.more.addWidget(made)
        return made

    def verb(self, words: str, pressed: Callable[[], object]) -> None:
        """The one thing to do here; Enter in any field does it."""
        self.foot.addStretch(1)
        self.primary = button(words, pressed, name="primary")
        self.foot.addWidget(self.primary)
        for edit in self._fields.values():
            edit.returnPressed.connect(self.primary.click)

    def beside(self, words: str, pressed: Callable[[], object], *, hint: str = "") -> QPushButton:
        """Another thing to do, above the foot, where there is room for it at any size of type."""
        made = button(words, pressed, hint=hint)
        self.more.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def say(self, error: CasefileError | str | None) -> None:
        """Say what is wrong, by the field if it is one field's."""
        for edit in self._fields.values():
            edit.setProperty("wrong", None)
            restyle(edit)
        sentence = error if isinstance(error, str) else ""
        if isinstance(error, Invalid):
            sentence = " ".join(one.sentence for one in error.faults)
            named = [self._fields[one.field] for one in error.faults if one.field in self._fields]
            for edit in named:
                edit.setProperty("wrong", "true")
                restyle(edit)
            if named:
                named[0].setFocus()
        elif isinstance(error, CasefileError):
            sentence = f"{error.sentence} {error.remedy}".strip()
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def busy(self, on: bool) -> None:
        """While something is under way the verb waits."""
        self.primary.setEnabled(not on)
        self.setCursor(Qt.CursorShape.BusyCursor if on else Qt.CursorShape.ArrowCursor)

    def begin(self) -> None:
        """Put the keyboard on the first empty field."""
        empty = [one for one in self._fields.values() if not one.text() and one.isEnabled()]
        (empty[0] if empty else self.primary).setFocus()
