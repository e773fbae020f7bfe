"""The weeks of a month, or one week: a square for each day, moved through with the arrows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from casefile.diary.rows import Diary, DiaryRow
from ui.diary.marks import brief, by_weight, day_words, shape, tone
from ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
DAY = Qt.ItemDataRole.UserRole + 1
ROWS = Qt.ItemDataRole.UserRole + 2
WEEK = 7
NARROW = 64
"""Pixels at 100 % of a square below which it says only how many dates it holds."""


class Days(QAbstractTableModel):
    """The days between two, in weeks."""

    def __init__(self) -> None:
        super().__init__()
        self._first = date(2000, 1, 3)
        self._weeks = 0
        self._by_day: dict[date, tuple[DiaryRow, ...]] = {}

    def show_days(self, first: date, weeks: int, found: Diary | None) -> None:
        """Show *weeks* weeks from Monday *first*."""
        self.beginResetModel()
        self._first, self._weeks = first, weeks
        days = (first + timedelta(days=place) for place in range(weeks * WEEK))
        self._by_day = {day: found.on(day) if found else () for day in days}
        self.endResetModel()

    def day(self, index: Index) -> date:
        """The day of a square."""
        return self._first + timedelta(days=index.row() * WEEK + index.column())

    def of(self, day: date) -> QModelIndex:
        """The square of a day; invalid when the day is not shown."""
        place = (day - self._first).days
        return self.index(place // WEEK, place % WEEK) if 0 <= place < self._weeks * WEEK else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Weeks."""
        return 0 if parent.isValid() else self._weeks

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Seven."""
        return 0 if parent.isValid() else WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The day, its dates, and both in words."""
        if not index.isValid():
            return None
        day = self.day(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == DAY:
            return day
        if role == ROWS:
            return self._by_day.get(day, ())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = day_words(day, self._by_day.get(day, ()))
            return (
                words.replace(". ", "\n", 1).replace("; ", "\n")
                if role == Qt.ItemDataRole.ToolTipRole
                else words
            )
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the days."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self._first + timedelta(days=section):%a}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Square(QStyledItemDelegate):
    """Draws a day: its number, then as many of its dates as there is room for, then how many more."""

    def __init__(self, theme: Theme, grid: DayGrid) -> None:
        super().__init__(grid)
        self._theme, self._grid = theme, grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, number, dates, and the mark of the day that is chosen."""
        colours, px = self._theme.colours, self._theme.px
        day: date = index.data(DAY)
        rows: tuple[DiaryRow, ...] = index.data(ROWS)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        outside = self._grid.month is not None and day.month != self._grid.month
        weekend = day.weekday() >= 5
        painter.save()
        ground = (
            colours.accent_ground if chosen else colours.sunken if outside or weekend else colours.surface
        )
        painter.fillRect(option.rect, QColor(ground))
        painter.setPen(QPen(QColor(colours.hairline)))
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inner: QRect = option.rect.adjusted(px(6), px(4), -px(6), -px(3))
        self._number(painter, option.font, inner, day, quiet=outside)
        self._dates(painter, option.font, inner, rows)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _number(self, painter: QPainter, font: QFont, inner: QRect, day: date, *, quiet: bool) -> None:
        colours = self._theme.colours
        heavy = QFont(font)
        today = day == self._grid.today
        heavy.setWeight(QFont.Weight.DemiBold if today else QFont.Weight.Normal)
        painter.setFont(heavy)
        painter.setPen(QColor(colours.accent if today else colours.quiet if quiet else colours.text))
        words = str(day.day) if day.day > 1 else f"{day.day} {day:%b}"
        words = f"{words}, today" if today and inner.width() > self._theme.px(NARROW) else words
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), words)

    def _dates(self, painter: QPainter, font: QFont, inner: QRect, rows: tuple[DiaryRow, ...]) -> None:
        if not rows:
            return
        rows = tuple(sorted(rows, key=by_weight))
        colours, px = self._theme.colours, self._theme.px
        small = QFont(font)
        small.setPixelSize(max(round(font.pixelSize() * 12 / 13), 10))
        metrics = QFontMetrics(small)
        high = metrics.height()
        top = inner.top() + QFontMetrics(font).height() + px(1)
        room = max((inner.bottom() - top + 1) // high, 0)
        painter.setFont(small)
        if inner.width() < px(NARROW) - px(12) or not room:
            clash = any(tone(one) == "late" for one in rows)
            painter.setPen(QColor(colours.late if clash else colours.text))
            place = Qt.AlignmentFlag.AlignRight | (
                Qt.AlignmentFlag.AlignBottom if room else Qt.AlignmentFlag.AlignTop
            )
            painter.drawText(inner, int(place), f"{'◆ ' if clash else ''}{len(rows)}")
            return
        shown = rows if len(rows) <= room else rows[: room - 1]
        for place, one in enumerate(shown):
            colour = (
                colours.late
                if tone(one) == "late"
                else colours.quiet
                if tone(one) == "plain"
                else colours.text
            )
            painter.setPen(QColor(colour))
            box = QRect(inner.left(), top + place * high, inner.width(), high)
            words = metrics.elidedText(
                f"{shape(one)}{brief(one)}", Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        if len(shown) < len(rows):
            box = QRect(inner.left(), top + len(shown) * high, inner.width(), high)
            hidden = rows[len(shown) :]
            mark = "◆ " if any(tone(one) == "late" for one in hidden) else ""
            painter.setPen(QColor(colours.late if mark else colours.quiet))
            words = f"{mark}+ {len(hidden)} more" if shown else f"{mark}{len(hidden)} dates"
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)


class DayGrid(QTableView):
    """The squares.

    Signals:
        reached: The keyboard or the mouse has come to another day; carries it, also when it is not shown yet.
        opened: Enter or a double click on a day.
    """

    reached = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.today, self.month = date(2000, 1, 1), None
        self.days = Days()
        self.setModel(self.days)
        self.setItemDelegate(_Square(theme, self))
        self.setAccessibleName("Days; arrows move, Enter goes to the dates of the day")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(theme.px(34))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(theme.px(30))
        head.setHighlightSections(False)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.clicked.connect(lambda index: self.reached.emit(self.days.day(index)))
        theme.changed.connect(self.viewport().update)

    month: int | None
    """The month whose days stand out; None when all do."""

    def show_days(self, first: date, weeks: int, found: Diary | None, chosen: date) -> None:
        """Show these weeks, with one day chosen."""
        self.days.show_days(first, weeks, found)
        self.setCurrentIndex(self.days.of(chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on into the next week or month; Enter opens; other keys stay for the page."""
        key = Qt.Key
        steps = {key.Key_Left: -1, key.Key_Right: 1, key.Key_Up: -WEEK, key.Key_Down: WEEK}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.currentIndex().isValid():
                self.reached.emit(self.days.day(self.currentIndex()) + timedelta(days=step))
            return
        if event.key() in (key.Key_Return, key.Key_Enter, key.Key_Space):
            self.opened.emit()
            return
        event.ignore()
