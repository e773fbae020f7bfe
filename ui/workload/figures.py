"""A table of figures of which some can be typed over: a cell says by its ground and its tooltip that it takes typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme.fonts import in_columns
from ui.theme.theme import Theme
from ui.widgets.table import TONE, ChipDelegate

Index = QModelIndex | QPersistentModelIndex
_NOT_SET = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: What stands there.
        path: By what name the figure is changed; "" for one that is only read.
        tone: Drawn as a chip in this tone; "" for plain words.
    """

    text: str
    path: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its cells, the first being its name, and what is said of it while it is the current one."""

    cells: tuple[Cell, ...]
    explains: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table.

    Attributes:
        headings: One for each column.
        widths: Pixels at 100 % of each column; 0 takes what is left.
        words: Columns that hold words; in all others figures stand at the right.
    """

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    widths: tuple[int, ...]
    words: frozenset[int] = frozenset({0})


class _Figures(QAbstractTableModel):
    def __init__(self, view: FigureTable) -> None:
        super().__init__(view)
        self._view = view
        self.grid = Grid((), (), ())

    def show_grid(self, grid: Grid) -> None:
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        return self.grid.lines[index.row()].cells[index.column()]

    def rowCount(self, parent: Index = _NOT_SET) -> int:
        return 0 if parent.isValid() else len(self.grid.lines)

    def columnCount(self, parent: Index = _NOT_SET) -> int:
        return 0 if parent.isValid() else len(self.grid.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell, column = self.cell(index), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{cell.text} (type to change it)" if cell.path else cell.text or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            line = self.grid.lines[index.row()].cells[0].text
            return f"{line}, {self.grid.headings[column]}: {cell.text or 'nothing'}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column not in self.grid.words:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and self.grid.lines[index.row()].heading:
            font = in_columns(self._view.font())
            font.setBold(True)
            return font
        return cell.tone or None if role == TONE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what was typed; the table shows it once it has been kept."""
        cell = self.cell(index)
        if role == Qt.ItemDataRole.EditRole and cell.path and str(value).strip() != cell.text:
            self._view.typed.emit(cell.path, str(value))
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and self.cell(index).path else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.grid.headings[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.grid.headings[section] or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            words = section in self.grid.words
            side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Typing(ChipDelegate):
    """Chips as everywhere, a ground where typing is taken, and a line to type in, named for who cannot see where."""

    def __init__(self, theme: Theme, view: FigureTable) -> None:
        super().__init__(theme, view)
        self._colours = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, then what stands in the cell."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect.adjusted(2, 2, -2, -3), QColor(self._colours.colours.sunken))
        super().paint(painter, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = QLineEdit(parent)
        made.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setFrame(False)
        return made

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        QStyledItemDelegate.updateEditorGeometry(self, editor, option, index)


class FigureTable(QTableView):
    """The table as seen: arrows go about, typing or F2 or Enter changes a figure, Escape lets it be.

    Signals:
        typed: A figure was typed over; carries its path and what was typed.
        explained: Another line is the current one; carries what is said of it.
    """

    typed = Signal(str, str)
    explained = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.figures = _Figures(self)
        self.setModel(self.figures)
        self.setItemDelegate(_Typing(theme, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.EditKeyPressed
            | QTableView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.selectionModel().currentRowChanged.connect(self._moved)
        theme.changed.connect(self._fit)

    def show_grid(self, grid: Grid) -> None:
        """Show another table; the same place stays the current one where it can."""
        here = self.currentIndex()
        row, column = max(here.row(), 0), max(here.column(), 0)
        same = grid.headings == self.figures.grid.headings
        self.figures.show_grid(grid)
        self._fit()
        if grid.lines:
            rows, columns = len(grid.lines), len(grid.headings)
            at = (min(row, rows - 1), min(column, columns - 1)) if same else (0, self._first(grid))
            self.setCurrentIndex(self.figures.index(*at))
        else:
            self.explained.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter types over, as F2 does; Tab and what belongs to the page pass on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            here = self.currentIndex()
            if here.isValid() and self.figures.cell(here).path and self.state() != self.State.EditingState:
                self.edit(here)
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column that takes what is left is never too narrow to be read."""
        super().resizeEvent(event)
        self._spread()

    def _first(self, grid: Grid) -> int:
        """The first column whose figures can be typed over."""
        cells = grid.lines[0].cells if grid.lines else ()
        return next((place for place, one in enumerate(cells) if one.path), 0)

    def _moved(self, now: QModelIndex) -> None:
        lines: Sequence[Line] = self.figures.grid.lines
        self.explained.emit(lines[now.row()].explains if 0 <= now.row() < len(lines) else "")

    def _fit(self) -> None:
        self.setFont(in_columns(self.font()))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(29))
        self._spread()

    def _spread(self) -> None:
        widths = self.figures.grid.widths
        fixed = sum(self._theme.px(one) for one in widths)
        left = max(self.viewport().width() - fixed, self._theme.px(180))
        for place, wide in enumerate(widths):
            self.setColumnWidth(place, self._theme.px(wide) if wide else left)
