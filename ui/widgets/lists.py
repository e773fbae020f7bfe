"""Lists of things told in two lines: what, and why it is here; and the timeline."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.icons import SHAPES
from ui.theme.theme import Theme
from ui.widgets import marked
from ui.widgets.items import ITEM, Item, Items

LAID_AT_ONCE = 40
"""Items that are measured in one go."""


class _Lines(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: ItemList) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._heights: dict[tuple[str | bool | int, ...], int] = {}
        self._guess = theme.px(24)
        self._widths: set[int] = set()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        wide = max(self._view.viewport().width(), 80)
        guessed = index.row() >= self._view.measured
        if guessed and wide not in self._widths:
            return QSize(wide, self._guess)
        item = self._view.items()[index.row()]
        known = (option.font.key(), item.title, item.why, item.mark, item.heavy, bool(item.hits), wide)
        high = self._heights.get(known)
        if high is None and guessed:
            return QSize(wide, self._guess)
        if high is None:
            high = self._guess = self._heights[known] = self._measure(option.font, item, wide)[2]
        return QSize(wide, high)

    def know_width(self) -> None:
        """Whole lists were measured at the width of now: what is shown again need not be guessed."""
        self._widths.add(max(self._view.viewport().width(), 80))

    def _measure(self, font: QFont, item: Item, wide: int) -> tuple[QRect, QRect, int]:
        """Where what and why stand, and how high both are; beneath the mark where a word has no room beside it."""
        px = self._theme.px
        left = px(22) if self._view.timeline else px(12)
        heaviest = QFont(font)
        if item.heavy or self._view.bold_choice:
            heaviest.setWeight(QFont.Weight.DemiBold)
        metrics, small = QFontMetrics(heaviest), QFontMetrics(_small(font))
        mark = (
            small.horizontalAdvance(_mark(item)) + px(20 if self._view.grounds else 8)
            if item.mark and not self._view.timeline
            else 0
        )
        room = max(wide - left - px(10) - mark, 40)
        below = room + mark if item.heavy else room
        flag = Qt.TextFlag.TextWordWrap
        longest = max((metrics.horizontalAdvance(word) for word in item.title.split()), default=0)
        lowered = small.height() + px(6) if item.heavy and mark and longest > room else 0
        beside = below if lowered else room
        one = metrics.boundingRect(QRect(0, 0, beside, 4000), flag, item.title)
        two = small.boundingRect(QRect(0, 0, below, 4000), flag, item.why) if item.why else QRect()
        if item.hits:
            two.setHeight(marked.laid(item.why, item.hits, _small(font), below)[1])
        high = lowered + one.height() + (two.height() + px(1) if item.why else 0)
        pad = px(5) if item.why else px(6)
        title = QRect(left, pad + lowered, beside, one.height())
        why = QRect(left, pad + lowered + one.height() + px(1), below, two.height())
        return title, why, max(high + 2 * pad, px(24))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: Item = index.data(ITEM)
        colours, px = self._theme.colours, self._theme.px
        title, why, _ = self._measure(option.font, item, option.rect.width())
        at = option.rect.topLeft()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(option.rect, QColor(self._view.chosen_ground(colours)))
            painter.fillRect(QRect(at, QSize(px(3), option.rect.height())), QColor(colours.accent))
        if self._view.timeline:
            self._dot(painter, item, option.rect, index.row(), colours)
        elif item.why:
            painter.setPen(QPen(QColor(colours.sunken)))
            painter.drawLine(
                option.rect.bottomLeft() + QPoint(px(12), 0), option.rect.bottomRight() - QPoint(px(10), 0)
            )
        font = _small(option.font) if item.heading else QFont(option.font)
        font.setWeight(
            QFont.Weight.DemiBold
            if item.heavy or item.heading or (chosen and self._view.bold_choice)
            else QFont.Weight.Normal
        )
        painter.setFont(font)
        painter.setPen(QColor(colours.quiet if item.heading else colours.text))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WordWrap)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        if not item.why:
            title = QRect(title.x(), 0, title.width(), option.rect.height())
            flags |= int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(title.translated(at), flags, item.title)
        if item.why:
            painter.setFont(_small(option.font))
            painter.setPen(QColor(colours.quiet))
            if item.hits:
                marked.draw(
                    painter, why.translated(at), item.why, item.hits, _small(option.font), self._theme
                )
            else:
                painter.drawText(why.translated(at), flags, item.why)
        if item.mark and not self._view.timeline:
            self._chip(painter, item, option, colours)
        if option.state & QStyle.StateFlag.State_HasFocus and chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 3, 3)
        painter.restore()

    def _chip(self, painter: QPainter, item: Item, option: QStyleOptionViewItem, colours: Any) -> None:
        px = self._theme.px
        font = _small(option.font)
        metrics, text = QFontMetrics(font), _mark(item)
        front, ground = colours.tone("plain" if item.tone == "due" else item.tone)
        wide, high = metrics.horizontalAdvance(text) + px(14), metrics.height() + px(4)
        top = option.rect.top() + px(3) if item.heavy else option.rect.center().y() - high // 2 + 1
        box = QRect(option.rect.right() - px(8) - wide, top, wide, high)
        if self._view.grounds:
            painter.setPen(QColor(front) if ground == colours.surface else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, px(4), px(4))
        painter.setFont(font)
        painter.setPen(QColor(front))
        painter.drawText(
            box,
            Qt.AlignmentFlag.AlignCenter
            if self._view.grounds
            else Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            text,
        )

    def _dot(self, painter: QPainter, item: Item, rect: QRect, place: int, colours: Any) -> None:
        px = self._theme.px
        x, y = rect.left() + px(9), rect.top() + px(13)
        painter.setPen(QPen(QColor(colours.hairline), px(1) + 1))
        last = place == self._view.model().rowCount() - 1
        painter.drawLine(x, rect.top() if place else y, x, y if last else rect.bottom() + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        front = colours.edge if item.tone == "plain" else colours.tone(item.tone)[0]
        painter.setBrush(QColor(front))
        if item.tone == "danger":
            painter.drawPolygon(
                [QPoint(x, y - px(5)), QPoint(x - px(5), y + px(4)), QPoint(x + px(5), y + px(4))]
            )
        elif item.tone in ("late", "accent"):
            size = px(5)
            painter.drawPolygon(
                [QPoint(x, y - size), QPoint(x + size, y), QPoint(x, y + size), QPoint(x - size, y)]
            )
        else:
            painter.drawEllipse(QPoint(x, y), px(4), px(4))


def _identity(item: Item) -> object:
    """What an item is of, whatever is said of it now."""
    data: object = getattr(item.data, "task", item.data)
    if (thread := getattr(data, "thread_id", None)) is not None:
        return thread
    found = tuple(getattr(data, name, None) for name in ("id", "file_id", "key", "about"))
    return found if any(found) else data if data is not None else item.title


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(max(round(font.pixelSize() * 12 / 13), 10) if font.pixelSize() > 0 else 12)
    return made


def _mark(item: Item) -> str:
    shape = SHAPES.get(item.tone, "")
    return f"{shape} {item.mark}" if shape and item.mark not in SHAPES.values() else item.mark


class ItemList(QListView):
    """The list.

    Attributes:
        measured: How many items have their own height by now; those below stand as high as is guessed.

    Signals:
        opened: Enter, Space or a click on an item; carries its ``data``. With *browse* a click only chooses
            and a double click opens.
        chosen: Another item is the current one; carries its ``data``.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, theme: Theme, name: str, *, timeline: bool = False, grounds: bool = True, browse: bool = False
    ) -> None:
        super().__init__()
        self.timeline, self.grounds, self.bold_choice = timeline, grounds, not grounds
        self._theme = theme
        self._most: int | None = 0
        self.measured = LAID_AT_ONCE
        self._measuring = QTimer(self)
        self._measuring.timeout.connect(self._measure_more)
        self._model = Items(self)
        self.setModel(self._model)
        self._lines = _Lines(theme, self)
        self.setItemDelegate(self._lines)
        self.setAccessibleName(name)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        press = self.doubleClicked if browse else self.clicked
        press.connect(lambda index: self.opened.emit(index.data(ITEM).data))
        self.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self._measure_anew)

    def chosen_ground(self, colours: Any) -> str:
        """The ground of the chosen item."""
        return colours.surface if self.bold_choice else colours.accent_ground

    def show_items(self, items: list[Item] | tuple[Item, ...]) -> None:
        """Show these instead; the item chosen stays chosen, and what is in view stays where it is."""
        if tuple(items) == self.items():
            return
        place, top = self.currentIndex().row(), self._top()
        held = _identity(self.items()[place]) if place >= 0 else None
        self._model.show_items(items)
        self._measure_anew()
        if place >= 0 and items:
            known = next((at for at, one in enumerate(items) if _identity(one) == held), None)
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self._model.index(min(place, len(items) - 1) if known is None else known, 0))
            self.selectionModel().blockSignals(False)
        self._keep_top(top)

    def _measure_anew(self) -> None:
        """Measure what stands first, and guess how high the rest is: a chronology has thousands of lines."""
        self.measured = LAID_AT_ONCE
        self.scheduleDelayedItemsLayout()
        if self._model.rowCount() > LAID_AT_ONCE and self.isVisible():
            self._measuring.start(0)
        else:
            self._measuring.stop()

    def _measure_more(self) -> None:
        """Measure a few more, keys are answered in between; once all are, what is in view stays where it is."""
        first, self.measured = self.measured, self.measured + LAID_AT_ONCE
        for place in range(first, min(self.measured, self._model.rowCount())):
            self.sizeHintForRow(place)
        if self.measured < self._model.rowCount():
            return
        self._measuring.stop()
        self._lines.know_width()
        now, top = self.currentIndex(), self._top()
        seen = now.isValid() and self.viewport().rect().intersects(self.visualRect(now))
        if top is None:
            self.doItemsLayout()
        self._keep_top(top)
        if seen:
            self.scrollTo(now)

    def _top(self) -> tuple[object, int] | None:
        """The item at the upper edge and how far it is above it; None at the very top, where new items are to be seen."""
        index = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        if not self.verticalScrollBar().value() or not index.isValid():
            return None
        return _identity(index.data(ITEM)), self.visualRect(index).top()

    def _keep_top(self, top: tuple[object, int] | None) -> None:
        bar = self.verticalScrollBar()
        if top is None:
            return
        place = next((at for at, one in enumerate(self.items()) if _identity(one) == top[0]), None)
        self.doItemsLayout()
        if place is not None and (rect := self.visualRect(self._model.index(place, 0))).isValid():
            bar.setValue(bar.value() + rect.top() - top[1])

    def items(self) -> tuple[Item, ...]:
        """What is shown."""
        return self._model.held

    def choose_first(self) -> None:
        """Make the first item that can be chosen the current one."""
        place = next((at for at, item in enumerate(self.items()) if not item.heading), None)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))

    def choose_none(self) -> None:
        """No item is the current one any more."""
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(QModelIndex())
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def choose(self, data: object) -> None:
        """Make the item with this data the current one, without opening it."""
        for place, item in enumerate(self.items()):
            if item.data == data:
                self.setCurrentIndex(self._model.index(place, 0))

    def keep_whole(self, most: int | None = None) -> None:
        """Be as high as all of it, at any width, and never higher than *most* pixels."""
        self._most = most
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The narrower, the higher; lines break anew, also where its own scroll bar takes room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure_anew()
        self._grow()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as it must be, at the width that it has now."""
        super().showEvent(event)
        self._measure_anew()
        self._grow()

    def full_height(self) -> int:
        """How high the list is when nothing needs scrolling."""
        return self._whole_lines(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self.currentIndex().isValid()
        ):
            self.opened.emit(self.currentIndex().data(ITEM).data)
            return
        super().keyPressEvent(event)

    def _grow(self) -> None:
        if self._most != 0 and self.isVisible():  # how wide it is, is known from then on
            self.setFixedHeight(self._whole_lines(self._most))

    def _whole_lines(self, most: int | None) -> int:
        """As high as all items, or as so many whole ones as fit into *most* pixels; at least one.

        Only those are measured that come to stand in it.
        """
        high = 2
        for place in range(self._model.rowCount()):
            self.measured = max(self.measured, place + 1)
            more = self.sizeHintForRow(place)
            if most is not None and place and high + more > most:
                break
            high += more
        return high

    def _moved(self, now: QModelIndex) -> None:
        self.chosen.emit(now.data(ITEM).data if now.isValid() else None)
