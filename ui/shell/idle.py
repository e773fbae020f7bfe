"""Locking when nobody is there: any key or movement counts as somebody."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

SOMEBODY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """Watches for stillness, as long as its window lives: everything that happens in the program passes by here.

    Signals:
        still: Nobody was there for so many minutes.
        left: Carries the whole minutes left.
    """

    still = Signal()
    left = Signal(int)

    def __init__(self, app: QApplication, minutes: int, window: QObject) -> None:
        super().__init__(window)
        self._minutes = minutes
        self._since = QElapsedTimer()
        self._beat = QTimer(self)
        self._beat.setInterval(5000)
        self._beat.timeout.connect(self.look)
        app.installEventFilter(self)

    def start(self, minutes: int | None = None) -> None:
        """Begin to watch, from now."""
        self._minutes = minutes or self._minutes
        self._since.start()
        self._beat.start()
        self.left.emit(self._minutes)

    def pause(self) -> None:
        """Watch no more."""
        self._beat.stop()

    def look(self, elapsed_ms: int | None = None) -> None:
        """Say how long is left, or that nobody is there."""
        gone = self._since.elapsed() if elapsed_ms is None else elapsed_ms
        left = self._minutes * 60_000 - gone
        if left <= 0:
            self._beat.stop()
            self.still.emit()
        else:
            self.left.emit(-(-left // 60_000))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice somebody; pass everything on."""
        if event.type() in SOMEBODY and self._beat.isActive():
            self._since.restart()
        return False
