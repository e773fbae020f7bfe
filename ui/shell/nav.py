"""The rooms at the left, with what waits for me."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from ui.room import Room
from ui.theme.theme import Theme
from ui.widgets.page import scrolled
from ui.widgets.parts import PushButton, column, rule


class _RoomButton(PushButton):
    def __init__(self, room: Room) -> None:
        super().__init__(room.title)
        self.room = room
        self.count: int | None = None
        self.setObjectName("nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setToolTip(f"{room.title} ({room.shortcut})" if room.shortcut else room.title)
        self.say(None)

    def say(self, count: int | None) -> None:
        self.count = count
        self.setAccessibleName(f"{self.room.title}, {count} waiting" if count else self.room.title)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count:
            painter = QPainter(self)
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.setFont(self.font())
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -12, 0), right, f"{self.count:,}")
            painter.end()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(40, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class Navigation(QWidget):
    """The list of rooms; it scrolls where large type leaves no room for all of them.

    Signals:
        wanted: A room was chosen; carries its key.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Rooms")
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _RoomButton] = {}
        inner = QWidget()
        self._body = column(inner, margins=(8, 10, 8, 10), gap=2)
        self._area = scrolled(inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, gap=0).addWidget(self._area)
        theme.changed.connect(self._fit)
        self._fit()

    def show_rooms(self, rooms: Sequence[Room]) -> None:
        """List these rooms, a hairline between groups."""
        while (item := self._body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.clear()
        group = rooms[0].group if rooms else 0
        for room in rooms:
            if room.group != group:
                group = room.group
                self._body.addSpacing(6)
                self._body.addWidget(rule())
                self._body.addSpacing(6)
            made = _RoomButton(room)
            made.clicked.connect(lambda _, key=room.key: self.wanted.emit(key))
            self._group.addButton(made)
            self._buttons[room.key] = made
            self._body.addWidget(made)
        self._body.addStretch(1)

    def show_current(self, key: str) -> None:
        """Mark the room in which the person is."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._area.ensureWidgetVisible(self._buttons[key])

    def show_count(self, key: str, count: int) -> None:
        """Say how much waits in a room."""
        if key in self._buttons:
            self._buttons[key].say(count)

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(184 if self._theme.scale < 1.5 else 132))
