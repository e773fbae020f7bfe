"""The line above the days: back, today, on; month, week or list; whose dates, and of which kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from casefile.diary.rows import DiaryKind, Whose
from ui.shell.context import Context
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column

VIEWS = (("Month", "month"), ("Week", "week"), ("List", "list"))


@dataclass(frozen=True, slots=True)
class Of:
    """Whose dates: one's own, a team's, or a file's."""

    whose: Whose = "me"
    team: str = ""
    file_id: UUID | None = None


class Bar(QWidget):
    """One line of choices.

    Signals:
        stepped: -1 for back, 1 for on, 0 for today.
        changed: Something else is wanted.
    """

    stepped = Signal(int)
    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        line = QWidget()
        column(self, margins=(20, 8, 16, 8)).addWidget(line)
        flow = Flow(line, gap=8)
        flow.addWidget(button("‹ Back", lambda: self.stepped.emit(-1), hint="Page up"))
        flow.addWidget(button("Today", lambda: self.stepped.emit(0), hint="Alt+T"))
        flow.addWidget(button("On ›", lambda: self.stepped.emit(1), hint="Page down"))
        self.view = self._choice("Month, week or list (Alt+M, Alt+W, Alt+L)", VIEWS)
        self.whose = self._choice("Whose dates", (("My dates", Of()), ("My team", Of("team"))))
        kinds = [(one.label, one) for one in DiaryKind]
        self.kind = self._choice("Kind of date", (("All kinds", None), *kinds))
        for one in (self.view, self.whose, self.kind):
            flow.addWidget(one)

    def chosen_view(self) -> str:
        """``month``, ``week`` or ``list``."""
        return str(self.view.currentData())

    def chosen_of(self) -> Of:
        """Whose dates are wanted."""
        found: Of = self.whose.currentData()
        return found

    def chosen_kinds(self) -> frozenset[DiaryKind]:
        """Only these kinds; none for all."""
        kind: DiaryKind | None = self.kind.currentData()
        return frozenset() if kind is None else frozenset({kind})

    def choose_view(self, view: str) -> None:
        """Show a month, a week or a list."""
        self.view.setCurrentIndex(self.view.findData(view))
        self.changed.emit()

    def choose_of(self, of: Of, called: str = "") -> None:
        """Choose whose dates; what is not offered yet is offered from now on."""
        place = next((at for at in range(self.whose.count()) if self.whose.itemData(at) == of), -1)
        if place < 0:
            self.whose.addItem(called or (of.team if of.whose == "team" else "One file"), of)
            place = self.whose.count() - 1
        self.whose.setCurrentIndex(place)

    def call_file(self, of: Of, called: str) -> None:
        """Say which file it is, once that is known."""
        for place in range(self.whose.count()):
            if self.whose.itemData(place) == of:
                self.whose.setItemText(place, called)

    def show_teams(self, teams: tuple[str, ...]) -> None:
        """Offer the other teams."""
        offered = {self.whose.itemText(place) for place in range(self.whose.count())}
        for one in teams:
            if one not in offered:
                self.whose.addItem(one, Of("team", one))

    def _choice(self, name: str, rows: tuple[tuple[str, Any], ...]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.setMaximumWidth(self._context.theme.px(190))
        for words, key in rows:
            made.addItem(words, key)
        made.activated.connect(lambda _: self.changed.emit())
        return made
