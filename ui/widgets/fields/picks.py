"""Picking one or several of what is offered, found by typing any part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ui.widgets.choice import Choice
from ui.widgets.fields.editor import Editor
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, row, scaled

FEW = 7
"""Up to so many choices stand as boxes to tick; more are picked from a list."""


class SearchBox(QComboBox):
    """A combo box that finds by any part of the words; the wheel never changes it by accident."""

    def __init__(self, choices: Sequence[Choice], hint: str = "Type to find") -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        completer, line = self.completer(), self.lineEdit()
        assert completer is not None
        assert line is not None
        self.line = line
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        line.setPlaceholderText(hint)
        self.offer(choices)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these, and nothing picked."""
        blocker = QSignalBlocker(self)
        self.clear()
        for place, one in enumerate(choices):
            self.addItem(one.label, one.key)
            self.setItemData(place, one.note or one.label, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(-1)
        self.setEditText("")
        blocker.unblock()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class PickOne(Editor):
    """One of what is offered: a code, a person, an officer, a document."""

    def __init__(self, choices: Sequence[Choice], hint: str = "Type to find") -> None:
        super().__init__()
        self._known = {one.key: one.label for one in choices}
        self.box = SearchBox(choices, hint)
        self.box.activated.connect(lambda _: self.changed.emit())
        self.box.line.textEdited.connect(lambda _: self.changed.emit())
        self.box.line.editingFinished.connect(self._settle)
        column(self).addWidget(self.box)
        self.setFocusProxy(self.box)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these instead; nothing is picked."""
        self._known = {one.key: one.label for one in choices}
        self.box.offer(choices)

    def value(self) -> Any:
        """The key picked; what was typed when it is none of them; None when empty."""
        text = self.box.currentText().strip()
        if not text:
            return None
        for place in range(self.box.count()):
            if self.box.itemText(place).casefold() == text.casefold():
                return self.box.itemData(place)
        keys = [key for key in self._known if key.casefold() == text.casefold()]
        return keys[0] if keys else text

    def set_value(self, raw: Any) -> None:
        """Show what has this key."""
        place = self.box.findData(raw) if raw is not None else -1
        self.box.setCurrentIndex(place)
        if place < 0:
            self.box.setEditText("" if raw is None else str(raw))
        self.box.line.setCursorPosition(0)

    def trouble(self) -> str | None:
        """A sentence when what was typed is not offered."""
        value = self.value()
        if value is None or value in self._known:
            return None
        return f"“{str(value)[:60]}” is not one of those offered. Pick one from the list."

    def inner(self) -> QWidget:
        """The box."""
        return self.box

    def call(self, name: str, about: str) -> None:
        """Name the box and its line."""
        super().call(name, about)
        self.box.line.setAccessibleName(name)

    def _settle(self) -> None:
        value = self.value()
        if value in self._known and self.box.currentText() != self._known[value]:
            self.set_value(value)
        self.left.emit()


class YesNo(Editor):
    """Yes, no, or not said."""

    def __init__(self) -> None:
        super().__init__()
        line = row(self, gap=0)
        self._keys: dict[bool, QPushButton] = {}
        for value, words in ((True, "Yes"), (False, "No")):
            key = button(words, name="choice")
            key.setCheckable(True)
            key.setProperty("end", "first" if value else "last")
            key.clicked.connect(lambda on, v=value: self._pressed(v, on))
            self._keys[value] = key
            line.addWidget(key)
        line.addStretch(1)
        self.setFocusProxy(self._keys[True])

    def value(self) -> Any:
        """True, False or None."""
        return next((value for value, key in self._keys.items() if key.isChecked()), None)

    def set_value(self, raw: Any) -> None:
        """Show True, False or None."""
        for value, key in self._keys.items():
            key.setChecked(raw is value)

    def call(self, name: str, about: str) -> None:
        """Name both keys."""
        for value, key in self._keys.items():
            key.setAccessibleName(f"{name}: {'yes' if value else 'no'}")
            key.setAccessibleDescription(about)
            key.setToolTip(about)

    def set_wrong(self, wrong: bool) -> None:
        """The sentence below says it; keys keep their look."""

    def _pressed(self, value: bool, on: bool) -> None:
        for other, key in self._keys.items():
            key.setChecked(on and other is value)
        self.changed.emit()
        self.left.emit()


class Tick(QCheckBox):
    """A box to tick whose words give way: cut with an ellipsis where there is no room, whole in the tooltip."""

    def __init__(self, words: str, note: str) -> None:
        super().__init__(words)
        self.words, self._note = words, note
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        self.setToolTip(note)

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        metrics, hint = self.fontMetrics(), super().sizeHint()
        more = metrics.horizontalAdvance(self.words) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + more + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for the box and a few words."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), scaled(160)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        lacking = self.sizeHint().width() - self.width()
        room = metrics.horizontalAdvance(self.words) - lacking
        cut_short = metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, room)
        shown = cut_short if lacking > 0 else self.words
        if shown != self.text():
            self.setText(shown)
            cut = "" if shown == self.words else self.words
            self.setToolTip("\n".join(one for one in (cut, self._note) if one))


class TickMany(Editor):
    """Several of a few: one box to tick for each."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._boxes: dict[str, QCheckBox] = {}
        flow = Flow(gap=14, between=4)
        self.setLayout(flow)
        for one in choices:
            box = Tick(one.label, one.note)
            box.clicked.connect(lambda _: self.changed.emit())
            self._boxes[one.key] = box
            flow.addWidget(box)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> Any:
        """The keys ticked, in the order offered; None when there is none."""
        return [key for key, box in self._boxes.items() if box.isChecked()] or None

    def set_value(self, raw: Any) -> None:
        """Tick these."""
        for key, box in self._boxes.items():
            box.setChecked(key in (raw or ()))

    def call(self, name: str, about: str) -> None:
        """Name every box after the field and itself."""
        for one in self._choices:
            self._boxes[one.key].setAccessibleName(f"{name}: {one.label}")
            self._boxes[one.key].setAccessibleDescription(one.note or about)

    def set_wrong(self, wrong: bool) -> None:
        """The sentence below says it."""


class PickMany(Editor):
    """Several of many: found by typing, shown as chips; Delete on a chip takes it out."""

    def __init__(self, choices: Sequence[Choice], hint: str = "Type to add") -> None:
        super().__init__()
        self._known = {one.key: one for one in choices}
        self._picked: list[str] = []
        body = column(self, gap=4)
        self._flow = Flow(gap=4)
        body.addLayout(self._flow)
        self.box = SearchBox(choices, hint)
        self.box.activated.connect(self._add)
        self.box.line.editingFinished.connect(self.left)
        body.addWidget(self.box)
        self.setFocusProxy(self.box)

    def value(self) -> Any:
        """The keys picked, in order; None when there is none."""
        return list(self._picked) or None

    def set_value(self, raw: Any) -> None:
        """Show these as picked."""
        self._picked = (
            [str(one) for one in raw] if isinstance(raw, list | tuple) else ([str(raw)] if raw else [])
        )
        self._draw()

    def inner(self) -> QWidget:
        """The box."""
        return self.box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete and Backspace on a chip take it out."""
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):  # type: ignore[attr-defined]
            self._remove(str(watched.property("key")))
            return True
        return super().eventFilter(watched, event)

    def _add(self, place: int) -> None:
        key = str(self.box.itemData(place))
        if key not in self._picked:
            self._picked.append(key)
            self._draw()
            self.changed.emit()
        self.box.setCurrentIndex(-1)
        self.box.setEditText("")

    def _remove(self, key: str) -> None:
        self._picked.remove(key)
        self._draw()
        self.box.setFocus()
        self.changed.emit()

    def _draw(self) -> None:
        self._flow.clear()
        for key in self._picked:
            shown = self._known[key].label if key in self._known else "not offered here"
            chip = button(f"{shown}  ✕", lambda one=key: self._remove(one))
            chip.setAccessibleName(f"{shown}: take out")
            chip.setProperty("key", key)
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
        self.updateGeometry()
