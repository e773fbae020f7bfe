"""What takes long to show is shown a step at a time, and keys are answered in between."""

from __future__ import annotations

import weakref
from collections.abc import Generator, Iterator
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

Key = tuple[int, str]
_OVER = object()


class Turns(QObject):
    """Goes through steps on the window's thread, one in each turn of its event loop.

    Signals:
        rested: No step is left of anything.
    """

    rested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: dict[Key, tuple[weakref.ref[QObject], Iterator[object]]] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether steps are left."""
        return bool(self._steps)

    def take(self, owner: QObject, key: Key, shown: Any) -> None:
        """Show an answer: its first step now, the others in later turns; anything else than steps is shown already.

        Steps left of an older answer under the same *key* are left out, and all of an owner that is gone.
        """
        if isinstance(shown, Generator):
            self._steps[key] = weakref.ref(owner), shown
            self._step(key)

    def stop(self) -> None:
        """Leave out every step that is left."""
        self._timer.stop()
        self._steps.clear()

    def _go_on(self) -> None:
        try:
            if self._steps:
                self._step(next(iter(self._steps)))
        finally:  # a page that fails over a step leaves nobody waiting
            if not self._steps:
                self._timer.stop()
                self.rested.emit()

    def _step(self, key: Key) -> None:
        alive, steps = self._steps[key]
        owner, left = alive(), False
        try:
            if owner is not None and shiboken6.isValid(owner):
                left = next(steps, _OVER) is not _OVER
        finally:
            if not left and self._steps.get(key, (None, None))[1] is steps:
                del self._steps[key]
        if self._steps and not self._timer.isActive():
            self._timer.start(0)
