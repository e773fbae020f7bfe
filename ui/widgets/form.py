"""A form drawn from a description: label left and quiet, field right, what is wrong said under the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from casefile.errors import Fault
from casefile.record.described import Description, FieldKind, FieldSpec
from casefile.record.merging import DOUBTS, doubt_of, is_doubted
from ui.widgets.choice import Around
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.make import SHORT, make_editor
from ui.widgets.fields.text import ProseEditor
from ui.widgets.group import GroupEditor
from ui.widgets.order import bring
from ui.widgets.parts import button, clear, column, label, row, scaled
from ui.widgets.typed import TypedForm

SOURCE = "_source"
"""Where, in the state of a form, stands the document it was prefilled from."""
DATED = frozenset({FieldKind.DATE, FieldKind.MOMENT, FieldKind.TIME})


class Form(TypedForm):
    """The fields and groups of one record."""

    def __init__(self, description: Description, around: Around) -> None:
        super().__init__()
        self.description = description
        self.editors: dict[str, Editor] = {}
        self.groups: dict[str, GroupEditor] = {}
        self._under: dict[str, _Under] = {}
        self._doubts: dict[str, dict[str, str]] = {}
        self._source: Any = None
        body = column(self, gap=14)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        body.addLayout(self._grid)
        self._lay(description.fields, around)
        for spec in description.groups:
            group = GroupEditor(spec, around)
            group.changed.connect(self.changed)
            self.groups[spec.key] = group
            body.addWidget(group)

    def state(self) -> dict[str, Any]:
        """The form as it stands, as plain data: exactly what is to be kept as a draft."""
        found = {key: editor.value() for key, editor in self.editors.items()}
        state = {key: value for key, value in found.items() if value is not None and key not in self._doubts}
        state |= {key: rows for key, group in self.groups.items() if (rows := group.state())}
        state |= {DOUBTS: dict(self._doubts)} if self._doubts else {}
        return state | ({SOURCE: self._source} if self._source else {})

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Fill the form from what was kept."""
        self._doubts = {key: dict(one) for key, one in (state.get(DOUBTS) or {}).items()}
        self._source = state.get(SOURCE)
        for key, editor in self.editors.items():
            editor.set_value(state.get(key))
            self._show_doubt(key)
        for key, group in self.groups.items():
            group.set_state(list(state.get(key) or ()))

    def bring_in(self, fields: Mapping[str, Any]) -> None:
        """Show other values in some fields, as they came from elsewhere: what is being typed keeps its caret.

        Args:
            fields: Value by field (``casefile.record.merging.fields_of``); None empties a field.
        """
        for key, value in fields.items():
            if key in self.groups:
                self.groups[key].bring_in(list(value or ()))
            elif key == SOURCE:
                self._source = value
            elif key in self.editors:
                before = self._doubts.pop(key, None)
                if is_doubted(value):
                    self._doubts[key] = doubt_of(value)
                else:
                    self.editors[key].bring_in(value)
                if before is not None or is_doubted(value):
                    self._show_doubt(key)

    def knows(self, key: str) -> bool:
        """Whether the form shows a field or group of this key."""
        return key in self.editors or key in self.groups or key == SOURCE

    @property
    def source(self) -> Mapping[str, Any] | None:
        """The document that the form was prefilled from, with the line of each field; None when typed."""
        return self._source if isinstance(self._source, dict) else None

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Say each fault under its field and go to the first; what belongs to no field stays unsaid here."""
        self.clear_faults()
        first: QWidget | None = None
        for fault in faults:
            key, _, rest = fault.field.partition(".")
            if key in self.editors:
                self._say(key, fault.sentence)
                first = first or self.editors[key]
            elif key in self.groups:
                self.groups[key].say(rest, fault.sentence)
                first = first or self.groups[key].place_of(rest)
        if first is not None:
            bring(first)

    def clear_faults(self) -> None:
        """Say nothing any more."""
        for key in self.editors:
            self._say(key, None)
        for group in self.groups.values():
            group.clear_faults()

    def begin(self) -> None:
        """Put the keyboard on the first field that is empty."""
        empty = [one for one in self.editors.values() if one.value() is None]
        bring((empty or list(self.editors.values()))[0], Qt.FocusReason.TabFocusReason)

    def _lay(self, fields: tuple[FieldSpec, ...], around: Around) -> None:
        line, beside = 0, False
        left = list(fields)
        while left:
            spec = left.pop(0)
            following = left[0] if left else None
            if following is not None and spec.beside == following.key and not around.stacked:
                self._add_with_words(spec, left.pop(0), around, line)
                line += 3
                continue
            pair = not around.short and spec.kind in SHORT
            if beside:
                at, span, beside = 2, 1, False
            elif pair and following is not None and following.kind in SHORT and following.beside is None:
                at, span, beside = 0, 1, True
            else:
                at, span = 0, 3
            self._add(spec, around, line, at, span)
            if not beside:
                line += 3

    def _add(self, spec: FieldSpec, around: Around, line: int, at: int, span: int) -> None:
        said, editor = self._made(spec, around, at)
        if around.stacked:
            self._grid.addWidget(said, line, 0, 1, 4)
            self._grid.addWidget(editor, line + 1, 0, 1, 4)
            self._grid.addWidget(self._under[spec.key], line + 2, 0, 1, 4)
        else:
            self._grid.addWidget(said, line, at, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(editor, line, at + 1, 1, span, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._under[spec.key], line + 1 + (at > 0), 1, 1, 3)

    def _add_with_words(self, spec: FieldSpec, words: FieldSpec, around: Around, line: int) -> None:
        """A yes or no, and beside it the words that say more; these are named where they are to be written."""
        said, editor = self._made(spec, around, 0)
        self._grid.addWidget(said, line, 0, Qt.AlignmentFlag.AlignTop)
        both = QWidget()
        side_by_side = row(both, gap=8)
        side_by_side.addWidget(editor, 0, Qt.AlignmentFlag.AlignTop)
        more = self._editor(words, around)
        if isinstance(more, ProseEditor):
            more.edit.setPlaceholderText(_marked(words))
        side_by_side.addWidget(more, 1)
        self._grid.addWidget(both, line, 1, 1, 3, Qt.AlignmentFlag.AlignTop)
        for place, one in enumerate((spec, words), start=1):
            self._grid.addWidget(self._under[one.key], line + place, 1, 1, 3)

    def _made(self, spec: FieldSpec, around: Around, at: int) -> tuple[QLabel, Editor]:
        """The label and the editor of a field."""
        said = label(_marked(spec), "label", wrap=True)
        said.setMinimumWidth(scaled(132 if at == 0 else 60))
        said.setContentsMargins(0, 5, 0, 0)
        said.setToolTip(" ".join(part for part in (spec.help, _hint(spec)) if part))
        editor = self._editor(spec, around)
        said.setBuddy(editor)
        return said, editor

    def _editor(self, spec: FieldSpec, around: Around) -> Editor:
        editor = make_editor(spec, around)
        editor.changed.connect(lambda: self._edited(spec.key))
        editor.left.connect(lambda: self._left(spec.key))
        under = _Under(spec)
        under.kept.connect(lambda why: self._keep_as_stated(spec.key, why))
        under.undone.connect(lambda: self._undo_doubt(spec.key))
        self.editors[spec.key] = editor
        self._under[spec.key] = under
        return editor

    def _edited(self, key: str) -> None:
        if self.editors[key].trouble() is None:
            self._say(key, None)
        self.changed.emit()

    def _left(self, key: str) -> None:
        if (trouble := self.editors[key].trouble()) is not None:
            self._say(key, trouble)

    def _say(self, key: str, sentence: str | None) -> None:
        typed = self.editors[key].value()
        can_keep = bool(sentence and self.editors[key].trouble() and typed)
        self._under[key].say(sentence, can_keep=can_keep)
        self.editors[key].set_wrong(bool(sentence))

    def _keep_as_stated(self, key: str, why: str) -> None:
        self._doubts[key] = {"stated": str(self.editors[key].value() or ""), "why": why}
        self._say(key, None)
        self._show_doubt(key)
        self.changed.emit()

    def _undo_doubt(self, key: str) -> None:
        stated = self._doubts.pop(key, {}).get("stated", "")
        self.editors[key].set_value(stated or None)
        self._show_doubt(key)
        self._left(key)
        self.editors[key].setFocus()
        self.changed.emit()

    def _show_doubt(self, key: str) -> None:
        doubt = self._doubts.get(key)
        self.editors[key].setVisible(doubt is None)
        self._under[key].show_doubt(doubt)


def _marked(spec: FieldSpec) -> str:
    """The name of a field, marked where it is needed or asked for."""
    return spec.label + (" *" if spec.needed else " ◦" if spec.asked else "")


def _hint(spec: FieldSpec) -> str:
    """What the mark beside a name means."""
    return "Needed before signing." if spec.needed else "The standard asks for this." if spec.asked else ""


class _Under(QWidget):
    """What stands under a field: the sentence on what is wrong, or what the source stated.

    Signals:
        kept: Keep what was typed as stated by the source; carries why it is doubtful.
        undone: Take that back.
    """

    kept = Signal(str)
    undone = Signal()

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self._spec = spec
        self._line = row(self, gap=8)
        self.said: QLabel | None = None
        self.hide()

    def say(self, sentence: str | None, *, can_keep: bool) -> None:
        """Say what is wrong, and offer to keep it as stated where it is a date that cannot be."""
        if self.property("doubt"):
            return
        clear(self._line)
        if sentence:
            self.said = label(sentence, "fault", wrap=True)
            self._line.addWidget(self.said, 1)
            if can_keep and self._spec.kind in DATED:
                keep = button("Keep as stated by the source", lambda: self.kept.emit(sentence), name="link")
                keep.setAccessibleDescription(
                    f"{self._spec.label} stays empty and what the source says is kept"
                )
                self._line.addWidget(keep)
        self.setVisible(bool(sentence))

    def show_doubt(self, doubt: Mapping[str, str] | None) -> None:
        """Show what the source stated."""
        self.setProperty("doubt", doubt is not None)
        clear(self._line)
        if doubt is not None:
            stated = doubt.get("stated") or "nothing"
            said = label(f"◆ As stated by the source: {stated}. {doubt.get('why', '')}", "quiet", wrap=True)
            self._line.addWidget(said, 1)
            self._line.addWidget(button("Correct", self.undone.emit, name="link"))
        self.setVisible(doubt is not None)
