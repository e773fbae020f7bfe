"""A table over frozen rows, fetched by page; nothing loads a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme.fonts import in_columns
from ui.theme.icons import SHAPES
from ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
TONE = Qt.ItemDataRole.UserRole + 1
_TOLD = frozenset(
    int(one)
    for one in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
        TONE,
    )
)
"""What a cell answers; drawing one asks for nine things, and most are answered at once."""
LEAST = 160
"""Pixels at 100 % of the column that takes what is left."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: What sorting by it is called; "" when it cannot be sorted by.
        title: Its heading.
        text: The words of a row in it.
        tone: The tone of a row in it, drawn as a chip; None for plain words.
        width: Pixels at 100 %; 0 takes what is left.
        number: Figures stand at the right.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    tone: Callable[[Any], str | None] | None = None
    width: int = 120
    number: bool = False


class Rows(QAbstractTableModel):
    """Frozen rows under columns.

    Signals:
        wants_more: The view has come to the end of what is here; carries how many rows there are.
    """

    wants_more = Signal(int)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Any] = []
        self._total = 0
        self._asked = False

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows fetched so far."""
        return tuple(self._rows)

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return self._total

    def show_rows(self, rows: Sequence[Any], total: int | None = None) -> None:
        """Show these rows instead, the first of *total*."""
        self.beginResetModel()
        self._rows = list(rows)
        self._total = len(self._rows) if total is None else total
        self._asked = False
        self.endResetModel()

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows after the others."""
        self._asked = False
        if not rows:
            self._total = len(self._rows)
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Rows fetched so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether rows are still to come."""
        return not parent.isValid() and not self._asked and len(self._rows) < self._total

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page, once."""
        self._asked = True
        self.wants_more.emit(len(self._rows))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, tone and side of one cell."""
        if role not in _TOLD or not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(row) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(row) or 'nothing'}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column.number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == TONE and column.tone is not None:
            return column.tone(row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class ChipDelegate(QStyledItemDelegate):
    """Draws a cell that has a tone as a chip, with its shape before the word."""

    def __init__(self, theme: Theme, parent: QWidget, *, apart: int = 8) -> None:
        """*apart* pixels stay free at either side of a chip."""
        super().__init__(parent)
        self._theme, self._apart = theme, apart

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the row, then the chip."""
        tone, words = index.data(TONE), index.data()
        if not tone or not words:
            super().paint(painter, option, index)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        bare.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        colours = self._theme.colours
        front, ground = colours.tone("plain" if tone == "due" else tone)
        mark = SHAPES.get(tone, "")
        text = f"{mark} {words}" if mark else str(words)
        metrics = QFontMetrics(option.font)
        room: QRect = option.rect.adjusted(self._apart, 0, -self._apart, 0)
        wide = min(metrics.horizontalAdvance(text) + 14, room.width())
        box = QRect(room.left(), room.center().y() - metrics.height() // 2 - 2, wide, metrics.height() + 4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(front) if ground == colours.surface else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(front))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide - 12)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for a chip."""
        return super().sizeHint(option, index).expandedTo(QSize(0, self._theme.px(30)))


class Table(QTableView):
    """The table as seen.

    Signals:
        opened: A row was opened by Enter or double click; carries the row.
        chosen: The current row is another one now; carries the row, or None.
        sorted_by: A heading was pressed; carries the column's key and whether downwards.
    """

    opened = Signal(object)
    chosen = Signal(object)
    sorted_by = Signal(str, bool)

    def __init__(self, columns: Sequence[Column], theme: Theme, name: str, rows: Rows | None = None) -> None:
        """*rows* is a model of one's own over the same columns."""
        super().__init__()
        self.rows = rows or Rows(columns, self)
        self._theme = theme
        self._sorted: tuple[str, bool] = ("", False)
        self.setModel(self.rows)
        self.setItemDelegate(ChipDelegate(theme, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._heading)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.chosen.emit(self._row(now.row())))
        theme.changed.connect(self._fit)
        self._fit()

    def current(self) -> Any:
        """The current row, or None."""
        return self._row(self.currentIndex().row())

    def show_again(self, rows: Sequence[Any], total: int | None = None) -> None:
        """Show rows read again: the row chosen stays chosen, and what is in view stays where it is.

        Rows are known by their ``id``. At the very top new rows are to be seen.
        """
        held, bar = self.current(), self.verticalScrollBar()
        top = self._row(bar.value()) if bar.value() else None
        self.rows.show_rows(rows, total)
        places = {one.id: place for place, one in enumerate(rows)}
        self.choose(places.get(held.id, 0) if held is not None else 0)
        bar.setValue(places.get(top.id, 0) if top is not None else 0)

    def choose(self, place: int) -> None:
        """Make a row the current one."""
        if 0 <= place < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters stay for shortcuts of the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _open(self, place: int) -> None:
        if (row := self._row(place)) is not None:
            self.opened.emit(row)

    def _row(self, place: int) -> Any:
        return self.rows.rows[place] if 0 <= place < self.rows.rowCount() else None

    def _heading(self, section: int) -> None:
        key = self.rows.columns[section].key
        if key:
            down = self._sorted == (key, False)
            self._sorted = (key, down)
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            self.horizontalHeader().setSortIndicator(section, order)
            self.horizontalHeader().setSortIndicatorShown(True)
            self.sorted_by.emit(key, down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column that takes what is left is never too narrow to be read."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        seen = [one for place, one in enumerate(self.rows.columns) if not self.isColumnHidden(place)]
        fixed = sum(self._theme.px(one.width) for one in seen)
        least = self._theme.px(LEAST)
        left = max(self.viewport().width() - fixed, least)
        for place, column in enumerate(self.rows.columns):
            if not column.width:
                self.setColumnWidth(place, left)

    def _fit(self) -> None:
        head = self.horizontalHeader()
        self.setFont(in_columns(self.font()))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(31))
        for place, column in enumerate(self.rows.columns):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            if column.width:
                self.setColumnWidth(place, self._theme.px(column.width))
        self._spread()
