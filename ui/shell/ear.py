"""What other programs write in the same store is heard on a thread of its own, and told in the window."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from casefile.desk import Desk
from casefile.errors import as_bug
from casefile.work.changed import Changed

GATHER_MS = 150
"""Milliseconds in which what others wrote is gathered before pages are told of it."""


class _Listening(QRunnable):
    """Listens on its worker until it is told to stop; a mistake of ours ends the listening and nothing else."""

    def __init__(self, hear: Callable[[], None]) -> None:
        super().__init__()
        self._hear = hear

    def run(self) -> None:
        """On a worker: hear."""
        try:
            self._hear()
        except Exception as unknown:  # noqa: BLE001 (the last fence: the window works on, and reads when it is asked to)
            as_bug(unknown)


class Ear(QObject):
    """Hears what other programs write in the same store; what comes shortly after one another is told at once.

    Signals:
        told: What was written meanwhile.
    """

    told = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._deaf = threading.Event()
        self._heard: Changed | None = None
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._tell)
        self._posted.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def listen(self, desk: Desk) -> None:
        """Listen until :meth:`stop`, and no longer to where it listened before."""
        self._deaf.set()
        deaf = self._deaf = threading.Event()

        def hear() -> None:
            for changed in desk.changes(deaf):
                self._posted.emit(changed)

        self._pool.start(_Listening(hear))

    def stop(self) -> None:
        """Hear nothing more, and forget what was heard and not told."""
        self._deaf.set()
        self._heard = None
        self._pool.waitForDone()

    def _hear(self, changed: Changed) -> None:
        self._heard = changed if self._heard is None else self._heard.with_(changed)
        if not self._gather.isActive():
            self._gather.start()

    def _tell(self) -> None:
        changed, self._heard = self._heard, None
        if changed is not None and changed.kinds and not self._deaf.is_set():
            self.told.emit(changed)
