"""Keeping what is typed in a form: a moment after the last key, one save at a time, never over somebody else's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.work.changed import Done
from ui.record.entry_form import TYPING
from ui.shell.context import Context
from ui.widgets.words import LONDON

Save = Callable[[Desk, Mapping[str, Any], int], Done[Any]]


class Saving(QObject):
    """Saves the state of one form; what it gets back has a ``revision`` and a ``saved_at``.

    Signals:
        said: How it stands, in a few words, and the tone of them.
        kept: It was saved; carries what came back.
        failed: It could not be saved; carries the error. What was typed stays in the form.
    """

    said = Signal(str, str)
    kept = Signal(object)
    failed = Signal(object)

    def __init__(
        self, context: Context, state: Callable[[], dict[str, Any]], save: Save, revision: int
    ) -> None:
        """*revision* is how often the form was saved when it was read."""
        super().__init__()
        self._context, self._state, self._save = context, state, save
        self.revision = revision
        self._dirty = self._saving = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self.keep)

    @property
    def clean(self) -> bool:
        """Whether everything typed is kept."""
        return not self._dirty and not self._saving

    def typed(self) -> None:
        """Something was typed."""
        self._dirty = True
        self.said.emit("Saving …", "accent")
        self._wait.start()

    def keep(self) -> None:
        """Save at once what was typed since the last save."""
        self._wait.stop()
        if not self._dirty or self._saving:
            return
        self._dirty, self._saving = False, True
        values, revision = self._state(), self.revision
        self._context.jobs.write(
            self, lambda desk: self._save(desk, values, revision), self._kept, failed=self._not_kept
        )

    def _kept(self, kept: Any) -> None:
        self._saving, self.revision = False, kept.revision
        self.kept.emit(kept)
        if self._dirty:
            self.keep()
        else:
            self.said.emit(f"Kept {kept.saved_at.astimezone(LONDON):%H:%M}", "accent")

    def _not_kept(self, error: CasefileError) -> None:
        self._saving, self._dirty = False, True
        self.said.emit("Not saved", "danger")
        self.failed.emit(error)
