"""A table whose rows are ticked: with Space, with Ctrl+A all of them, or by a click on the box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent

from ui.theme.theme import Theme
from ui.widgets.table import Column, Rows, Table

Index = QModelIndex | QPersistentModelIndex


def tick_column() -> Column:
    """The column of the boxes."""
    return Column("", "✓", lambda _: "", width=44)


class TickRows(Rows):
    """Rows of which some are ticked, by their ``id``."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__((tick_column(), *columns))
        self.ticked: set[Any] = set()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The box in the first column, and what it says."""
        if index.isValid() and index.column() == 0:
            on = self._rows[index.row()].id in self.ticked
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return "ticked" if on else "not ticked"
        return super().data(index, role)

    def tick(self, ids: Iterable[Any], *, on: bool) -> None:
        """Tick these rows, or take their ticks away."""
        self.ticked = self.ticked | set(ids) if on else self.ticked - set(ids)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))


class TickTable(Table):
    """The table as seen; columns that only tell more are left out where there is hardly room.

    Signals:
        ticks: Other rows are ticked now.
    """

    ticks = Signal()

    def __init__(
        self, columns: Sequence[Column], theme: Theme, name: str, room: Mapping[str, int] | None = None
    ) -> None:
        """*room* says, by the title of a column, from how many pixels at 100 % on it is shown."""
        held = TickRows(columns)
        super().__init__(held.columns, theme, name, held)
        held.setParent(self)
        self.held = held
        self._room = {
            place: room[one.title] for place, one in enumerate(held.columns) if room and one.title in room
        }
        self.clicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows instead; the current one stays, and of the ticks those whose rows are still there."""
        held = self.current()
        self.held.ticked &= {one.id for one in rows}
        self.held.show_rows(rows)
        place = next((at for at, one in enumerate(rows) if held is not None and one.id == held.id), 0)
        self.choose(place)
        self.ticks.emit()

    def meant(self) -> tuple[Any, ...]:
        """The rows ticked, in order; the current one where none is."""
        found = tuple(one for one in self.held.rows if one.id in self.held.ticked)
        current = self.current()
        return found or ((current,) if current is not None else ())

    def tick_all(self) -> None:
        """Tick every row; where all are ticked, none."""
        ids = {one.id for one in self.held.rows}
        self.held.tick(ids, on=not ids <= self.held.ticked)
        self.ticks.emit()

    def tick(self, ids: Iterable[Any]) -> None:
        """Tick these rows and no others."""
        self.held.tick(tuple(self.held.ticked), on=False)
        self.held.tick(ids, on=True)
        self.ticks.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, with Shift an arrow ticks on the way, Ctrl+A ticks all."""
        row = self.current()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.tick_all()
        elif event.key() == Qt.Key.Key_Space and row is not None:
            self.held.tick([row.id], on=row.id not in self.held.ticked)
            self.ticks.emit()
        elif event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.key() in (
            Qt.Key.Key_Down,
            Qt.Key.Key_Up,
        ):
            self.held.tick([row.id] if row is not None else [], on=True)
            self.choose(self.currentIndex().row() + (1 if event.key() == Qt.Key.Key_Down else -1))
            self.ticks.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is hardly room, the columns that only tell more are left out."""
        for place, least in self._room.items():
            self.setColumnHidden(place, event.size().width() < self._theme.px(least))
        super().resizeEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0 and (row := self.current()) is not None:
            self.held.tick([row.id], on=row.id not in self.held.ticked)
            self.ticks.emit()
