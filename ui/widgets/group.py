"""A repeated group in a form: rows of fields that are added and taken out by keyboard."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from casefile.record.described import FieldKind, FieldSpec, GroupSpec
from ui.widgets.choice import Around
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.make import make_editor
from ui.widgets.flow import Cells
from ui.widgets.order import bring
from ui.widgets.parts import button, column, label, row, scaled

WIDE = frozenset({FieldKind.PROSE, FieldKind.PEOPLE, FieldKind.CODES})


class GroupRow(QFrame):
    """One row: its fields side by side under small labels, long ones on a line of their own.

    Signals:
        changed: A value changed.
        unwanted: The row is to be taken out.
    """

    changed = Signal()
    unwanted = Signal()

    def __init__(self, spec: GroupSpec, around: Around) -> None:
        super().__init__()
        self.setObjectName("group-row")
        self.editors: dict[str, Editor] = {}
        self._faults: dict[str, Any] = {}
        line = row(self, margins=(0, 4, 0, 6))
        cells = QWidget()
        grid = Cells(cells, least=scaled(150), most=min(4, len(spec.fields)))
        for field in spec.fields:
            grid.addWidget(self._cell(field, around))
        line.addWidget(cells, 1)
        out = button("✕", self.unwanted.emit, hint="Take this row out (Ctrl+Delete)")
        out.setAccessibleName(f"Take this row out of {spec.label}")
        beside = column(gap=2)
        beside.addSpacing(scaled(19))
        beside.addWidget(out)
        beside.addStretch(1)
        line.addLayout(beside)
        away = QShortcut(QKeySequence("Ctrl+Delete"), self)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(self.unwanted)

    def _cell(self, field: FieldSpec, around: Around) -> QWidget:
        """One field under its small label, with room below for what is wrong."""
        made = QWidget()
        made.setProperty("wide", field.kind in WIDE)
        body = column(made, gap=2)
        body.addWidget(label(field.label + (" *" if field.needed else ""), "small", wrap=True))
        editor = make_editor(field, around, in_row=True)
        editor.changed.connect(self.changed)
        body.addWidget(editor)
        said = label("", "fault", wrap=True)
        said.hide()
        body.addWidget(said)
        body.addStretch(1)
        self.editors[field.key] = editor
        self._faults[field.key] = said
        return made

    def state(self) -> dict[str, Any]:
        """What is filled in, by field."""
        values = {key: editor.value() for key, editor in self.editors.items()}
        return {key: value for key, value in values.items() if value is not None}

    def set_state(self, values: dict[str, Any]) -> None:
        """Fill the fields."""
        for key, editor in self.editors.items():
            editor.set_value(values.get(key))

    def say(self, key: str, sentence: str | None) -> None:
        """Say under a field what is wrong with it, or nothing."""
        self._faults[key].setText(sentence or "")
        self._faults[key].setVisible(bool(sentence))
        self.editors[key].set_wrong(bool(sentence))


class GroupEditor(QWidget):
    """The rows of one group under its heading.

    Signals:
        changed: A value changed, or a row came or went.
    """

    changed = Signal()

    def __init__(self, spec: GroupSpec, around: Around) -> None:
        super().__init__()
        self.spec = spec
        self._around = around
        self.rows: list[GroupRow] = []
        body = column(self, gap=4)
        head = row(gap=8)
        head.addWidget(label(spec.label + (" *" if spec.needed else ""), "strong", wrap=True), 1)
        if spec.help:
            head.addWidget(label(spec.help, "small", wrap=True), 1)
        head.addStretch(0 if spec.help else 1)
        self.add_button = button(
            "Add row", self._added, hint=f"Add a row to {spec.label} (Ctrl+Shift+Enter inside it)"
        )
        self.add_button.setAccessibleName(f"Add a row to {spec.label}")
        head.addWidget(self.add_button)
        body.addLayout(head)
        self._list = column(gap=0)
        body.addLayout(self._list)
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        body.addWidget(self._said)
        more = QShortcut(QKeySequence("Ctrl+Shift+Return"), self)
        more.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        more.activated.connect(self._added)

    def state(self) -> list[dict[str, Any]]:
        """The rows as filled in; rows without anything are left out."""
        return [state for one in self.rows if (state := one.state())]

    def set_state(self, rows: list[dict[str, Any]]) -> None:
        """Show these rows and no others."""
        while self.rows:
            self._take(self.rows[-1])
        for values in rows:
            self.add().set_state(values)

    def bring_in(self, rows: list[dict[str, Any]]) -> None:
        """Show these rows as they came from elsewhere: a row that stays as it was keeps the keyboard."""
        filled = [one for one in self.rows if one.state()]
        old, new = (
            [repr(sorted(one.state().items())) for one in filled],
            [repr(sorted(one.items())) for one in rows],
        )
        for tag, low, high, start, end in reversed(
            SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        ):
            if tag == "equal":
                continue
            for one in filled[low:high]:
                self._take(one)
            place = self.rows.index(filled[low - 1]) + 1 if low else 0
            for values in reversed(rows[start:end]):
                self.add(place).set_state(values)

    def add(self, place: int | None = None) -> GroupRow:
        """Add an empty row, at the end or at a place."""
        made = GroupRow(self.spec, self._around)
        made.changed.connect(self.changed)
        made.unwanted.connect(lambda: self._removed(made))
        at = len(self.rows) if place is None else place
        self.rows.insert(at, made)
        self._list.insertWidget(at, made)
        return made

    def say(self, path: str, sentence: str | None) -> None:
        """Say what is wrong with the group (*path* empty) or with ``row.field``."""
        if not path:
            self._said.setText(sentence or "")
            self._said.setVisible(bool(sentence))
            return
        if (found := self._row_of(path)) is not None:
            found.say(path.partition(".")[2], sentence)

    def place_of(self, path: str) -> QWidget:
        """Where the keyboard goes to mend ``row.field``; the button that adds a row where no row is meant."""
        found = self._row_of(path)
        return self.add_button if found is None else found.editors[path.partition(".")[2]]

    def _row_of(self, path: str) -> GroupRow | None:
        """The row that ``row.field`` means, counted among those with something in them."""
        number, _, key = path.partition(".")
        filled = [one for one in self.rows if one.state()]
        known = number.isdecimal() and int(number) < len(filled) and key in filled[int(number)].editors
        return filled[int(number)] if known else None

    def clear_faults(self) -> None:
        """Say nothing any more."""
        self.say("", None)
        for one in self.rows:
            for key in one.editors:
                one.say(key, None)

    def _added(self) -> None:
        bring(next(iter(self.add().editors.values())))
        self.changed.emit()

    def _removed(self, gone: GroupRow) -> None:
        place = self.rows.index(gone)
        self._take(gone)
        if self.rows:
            next(iter(self.rows[min(place, len(self.rows) - 1)].editors.values())).setFocus()
        else:
            self.add_button.setFocus()
        self.changed.emit()

    def _take(self, gone: GroupRow) -> None:
        self.rows.remove(gone)
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
