"""What keeps the window answering while Python works in other threads."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

TURN_S = 0.0005
"""How long a thread that computes may keep the others waiting; Python's own is ten times that."""
COLLECT = (5_000, 10, 100)
"""Objects made, and rounds, between collections: a walk through everything stops every thread for a tenth of a second."""
SWEEP_MS = 500
"""Between looks for what nobody holds any more."""


def keep_steady() -> None:
    """Let the window's thread have its turn soon, and spare it long walks through memory.

    Called once everything is loaded: what is there now stays, and is never walked through again.
    """
    sys.setswitchinterval(TURN_S)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)


_sweeping: list[int] = []
"""One for each window that is open."""


class Sweeper(QObject):
    """Clears away what nobody holds any more, on the window's thread only.

    Python clears where it happens to be counting, and that may be a thread that works for the desk. A page left
    behind would then be destroyed away from the window's thread, which Qt answers by ending the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        _sweeping.append(id(self))
        self.destroyed.connect(_leave)
        self._timer = QTimer(self)
        self._timer.timeout.connect(sweep)
        self._timer.start(SWEEP_MS)


def _leave() -> None:
    """When the last window is gone, Python may clear by itself again."""
    _sweeping.pop()
    if not _sweeping:
        gc.enable()


def sweep() -> None:
    """Clear the oldest generation whose turn it is, by the same counts as Python itself."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
