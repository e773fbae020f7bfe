"""What the review queue shows: whose files, which officer, alarm, risk and plan; kept under a name for next time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from casefile.access.queries import OfficerRow
from casefile.supervision.queue import QueueFilter, default_whose
from casefile.supervision.saved import SavedFilter
from ui.shell.context import Context
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column

_WHOSE = (("My files", "mine"), ("Gone up to me", "told"), ("All files", "all"))
TYPED = 250
"""Milliseconds after the last key until what is typed narrows the queue."""
_PLANS = (("Any plan", None), ("On a plan", True), ("No plan", False))


class Filters(QWidget):
    """One line of choices.

    Signals:
        changed: Something else is wanted.
        keep: The filter should be kept under a name.
        drop: The kept filter should be forgotten; carries its name.
    """

    changed = Signal()
    keep = Signal()
    drop = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        line = QWidget()
        column(self, margins=(20, 8, 16, 8)).addWidget(line)
        flow = Flow(line, gap=8)
        standards = context.desk.standards
        first = default_whose(context.desk.actor.role)
        whose = [one for one in _WHOSE if one[1] != "told" or first == "told"]
        self.whose = self._choice("Whose files", tuple(whose))
        self.whose.setCurrentIndex([key for _, key in whose].index(first))
        self.officer = self._choice("Officer", (("Any officer", None),))
        alarms = sorted((one.title, one.key) for one in standards.alarms.values())
        self.officer.setMaximumWidth(context.theme.px(140))
        self.alarm = self._choice("Alarm", (("Any alarm", None), *alarms))
        levels = [(one.label, one.code) for one in standards.codes("risk_level").codes]
        self.risk = self._choice("Risk", (("Any risk", None), *levels))
        self.plan = self._choice("Plan", _PLANS)
        self.text = QLineEdit()
        self.text.setPlaceholderText("Reference, name …")
        self.text.setAccessibleName("Filter the queue by reference, name or address")
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(context.theme.px(140))
        self.text.setMaximumWidth(context.theme.px(140))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPED)
        self._wait.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda _: self._wait.start())
        self.saved = self._choice("Kept filters", (("Kept filters", None),))
        self.saved.activated.disconnect()
        self.saved.activated.connect(lambda _: self._take())
        for one in (self.whose, self.officer, self.alarm, self.risk, self.plan, self.text, self.saved):
            flow.addWidget(one)
        flow.addWidget(button("Keep this filter …", self.keep.emit, name="link"))
        self._forget = button("Forget it", lambda: self.drop.emit(self.saved.currentText()), name="link")
        self._forget.hide()
        flow.addWidget(self._forget)

    def chosen(self) -> QueueFilter:
        """What is wanted now."""
        return QueueFilter(
            self.whose.currentData(),
            self.officer.currentData(),
            self.alarm.currentData(),
            self.risk.currentData(),
            self.plan.currentData(),
            self.text.text().strip(),
        )

    def show_officers(self, officers: tuple[OfficerRow, ...]) -> None:
        """Offer these officers."""
        held = self.officer.currentData()
        self._fill(self.officer, (("Any officer", None), *((one.shown, one.id) for one in officers)), held)

    def show_saved(self, kept: tuple[SavedFilter, ...], choose: str | None = None) -> None:
        """Offer the filters this officer has kept."""
        rows = (("Kept filters", None), *((one.name, one.filter) for one in kept))
        self._fill(self.saved, rows, next((one.filter for one in kept if one.name == choose), None))
        self._forget.setVisible(self.saved.currentIndex() > 0)

    def _take(self) -> None:
        wanted: QueueFilter | None = self.saved.currentData()
        self._forget.setVisible(wanted is not None)
        self._show(wanted or QueueFilter(default_whose(self._context.desk.actor.role)))

    def narrowed(self) -> bool:
        """Whether anything but whose files they are is asked for."""
        wanted = self.chosen()
        return wanted != QueueFilter(wanted.whose)

    def clear(self) -> None:
        """Ask for nothing any more but whose files they are."""
        self.saved.setCurrentIndex(0)
        self._forget.hide()
        self._show(QueueFilter(self.chosen().whose))

    def _show(self, wanted: QueueFilter) -> None:
        for box, value in (
            (self.whose, wanted.whose),
            (self.officer, wanted.officer_id),
            (self.alarm, wanted.alarm),
            (self.risk, wanted.risk),
            (self.plan, wanted.plan),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self.text.setText(wanted.text)
        self._wait.stop()
        self.changed.emit()

    def _choice(self, name: str, rows: tuple[tuple[str, Any], ...]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.setMaximumWidth(self._context.theme.px(190))
        self._fill(made, rows, None)
        made.activated.connect(lambda _: self.changed.emit())
        return made

    def _fill(self, box: QComboBox, rows: tuple[tuple[str, Any], ...], held: Any) -> None:
        box.clear()
        for words, key in rows:
            box.addItem(words, key)
        box.setCurrentIndex(max(next((at for at, row in enumerate(rows) if row[1] == held), 0), 0))
