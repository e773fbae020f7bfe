"""Layouts that give way: parts run like words on a line, or stand in as many columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays its parts left to right and goes on below."""

    def __init__(
        self,
        parent: QWidget | None = None,
        gap: int = 8,
        *,
        right: bool = False,
        apart: int | None = None,
        between: int | None = None,
    ) -> None:
        """Parts *gap* pixels apart.

        Args:
            parent: The widget that it lays.
            gap: Pixels between parts, and between lines unless *between* says otherwise.
            right: Each line stands at the right.
            apart: So many parts stand at the left of their line, those after them at the right of theirs.
            between: Pixels between lines.
        """
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._right, self._apart = gap, right, apart
        self._between = gap if between is None else between
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def set_apart(self, apart: int | None) -> None:
        """From now on so many parts stand at the left, those after them at the right."""
        self._apart = apart

    def addItem(self, item: QLayoutItem) -> None:
        """Take one part more."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The part at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take every part out and delete it."""
        while (item := self.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def expandingDirections(self) -> Qt.Orientation:
        """Never asks for more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high at *width*."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay the parts."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """The size of the largest part."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The size of the largest part."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            high = max(size.height() for _, size in line)
            full = sum(size.width() for _, size in line) + self._gap * (len(line) - 1)
            x = rect.x() + (rect.width() - full if self._right else 0)
            for item, size in line:
                if self._apart is not None and item is self._first_apart(line):
                    x += rect.width() - full
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
                x += size.width() + self._gap
            y += high + self._between
        return max(y - self._between - rect.y(), 0)

    def _first_apart(self, line: list[tuple[QLayoutItem, QSize]]) -> QLayoutItem | None:
        """The first part of a line that stands at the right."""
        left = self._items[: self._apart]
        return next((item for item, _ in line if item not in left), None)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The parts in view, line by line, each with the size it gets."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            wide = min(hint.width(), width)
            tall = item.heightForWidth(wide) if item.hasHeightForWidth() else hint.height()
            if not lines or used + self._gap + wide > width:
                lines.append([])
                used = wide
            else:
                used += self._gap + wide
            lines[-1].append((item, QSize(wide, tall)))
        return lines


class Beside(QBoxLayout):
    """Something long with buttons at its right; below it where there is hardly room."""

    def __init__(self, first: QWidget, *, stacked: bool, gap: int = 8) -> None:
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        super().__init__(down if stacked else along)
        self.setSpacing(gap)
        self._flow = Flow(gap=gap, right=True)
        super().addWidget(first, 1)
        self._along = not stacked
        if stacked:
            super().addLayout(self._flow)

    def add(self, part: QWidget) -> None:
        """Put a button at the end."""
        if self._along:
            super().addWidget(part)
        else:
            self._flow.addWidget(part)


class Cells(QLayout):
    """Parts in columns of one width, as many as there is room for; a wide part has a line of its own.

    A part is wide when its widget says so by its property ``wide``.
    """

    def __init__(self, parent: QWidget | None = None, *, least: int, most: int = 4, gap: int = 8) -> None:
        """Columns at least *least* pixels wide, and no more than *most* of them."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._least, self._most, self._gap = least, most, gap
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        """Take one part more."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The part at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high at *width*."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay the parts."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """As many columns as may be."""
        return QSize(self._least * self._most, self.minimumSize().height())

    def minimumSize(self) -> QSize:
        """The size of the largest part."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        least = max(
            [self._least, *(item.minimumSize().width() for item in self._items if not _is_wide(item))]
        )
        across = max(1, min(self._most, (rect.width() + self._gap) // (least + self._gap)))
        wide = (rect.width() - self._gap * (across - 1)) // across
        y, place, high = rect.y(), 0, 0
        for item in self._items:
            whole = _is_wide(item)
            if place and (whole or place == across):
                y, place, high = y + high + self._gap, 0, 0
            width = rect.width() if whole else wide
            tall = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            if move:
                at = QPoint(rect.x() + place * (wide + self._gap), y)
                item.setGeometry(QRect(at, QSize(width, tall)))
            high, place = max(high, tall), across if whole else place + 1
        return y + high - rect.y()


def _is_wide(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and bool(widget.property("wide"))
