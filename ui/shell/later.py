"""What later pages need is loaded while the officer looks at the first one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

BETWEEN_MS = 20
"""Between two modules, so that keys and paint events come first."""


class Later(QObject):
    """Loads modules one at a time whenever the window has nothing else to do.

    Only on the window's thread: modules that two threads load at once can see each other half made.
    """

    def __init__(self, modules: Sequence[str], then: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._modules, self._then = list(modules), then
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start(BETWEEN_MS)

    def _next(self) -> None:
        if self._modules:
            import_module(self._modules.pop(0))
            return
        self._timer.stop()
        self._then()
