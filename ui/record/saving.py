"""Keeping what is typed in a form: a moment after the last key, one save at a time, never over somebody else's words."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.outbox import FormPlace, KeptHere, Typed, save_or_keep
from casefile.work.changed import Done
from ui.shell.context import Context
from ui.widgets.words import LONDON

TYPING = 400
"""Milliseconds after the last key until a form is saved."""
Save = Callable[[Desk, Mapping[str, Any], int], Done[Any]]


def kept_here(kept: KeptHere) -> str:
    """What is said of a form that is on this computer only."""
    return f"Saved on this computer only, {kept.at.astimezone(LONDON):%H:%M}; will be sent"


def saved_where(context: Context, moment: datetime) -> str:
    """What is said of a form that is where it belongs."""
    where = "on the server " if context.desk.store.kind == "shared" else ""
    return f"Saved {where}{moment.astimezone(LONDON):%H:%M}"


class Saving(QObject):
    """Saves the state of one form; what it gets back has a ``revision`` and a ``saved_at``.

    Signals:
        said: How it stands, in a few words, and the tone of them.
        kept: It was saved; carries what came back.
        here: It is on this computer only, because the server is away; it will be sent.
        failed: It could not be saved; carries the error. What was typed stays in the form.
    """

    said = Signal(str, str)
    kept = Signal(object)
    here = Signal()
    failed = Signal(object)

    def __init__(
        self,
        context: Context,
        place: FormPlace,
        state: Callable[[], dict[str, Any]],
        save: Save,
        revision: int,
    ) -> None:
        """*revision* is how often the form was saved when it was read."""
        super().__init__()
        self._place, self._base = place, state()
        self._context, self._state, self._save = context, state, save
        self.revision = revision
        self._dirty = self._saving = self._waits = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self.keep)

    def forget(self) -> None:
        """Save nothing more: the form is thrown away."""
        self._wait.stop()
        self._dirty = False

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
        values, revision, outbox, save = self._state(), self.revision, self._context.jobs.outbox, self._save
        typed = Typed(self._place, values, revision, self._base, self._context.desk.now())
        self._context.jobs.write(
            self,
            lambda desk: save_or_keep(desk, outbox, typed, lambda at: save(at, values, revision)),
            lambda kept: self._kept(kept, values),
            failed=self._not_kept,
        )

    def _kept(self, kept: Any, values: dict[str, Any]) -> None:
        self._saving = False
        if isinstance(kept, KeptHere):
            self._kept_here(kept)
            return
        self.revision, self._base = kept.revision, values
        self.kept.emit(kept)
        if self._dirty:
            self.keep()
        else:
            self.said.emit(saved_where(self._context, kept.saved_at), "accent")

    def _kept_here(self, kept: KeptHere) -> None:
        """The server is away: it is sent from here when that is back, or by the outbox when this form is gone."""
        self.said.emit(kept_here(kept), "late")
        self.here.emit()
        if self._dirty:
            self.keep()
            return
        self._dirty = True
        if not self._waits:
            self._waits, here = True, weakref.ref(self)
            self._context.jobs.unanswered.emit(lambda: _send(here()))

    def send(self) -> None:
        """The server is back."""
        self._waits = False
        self.keep()

    def _not_kept(self, error: CasefileError) -> None:
        self._saving, self._dirty = False, True
        self.said.emit("Not saved", "danger")
        self.failed.emit(error)


def _send(saving: Saving | None) -> None:
    """Unless the form is gone: then the outbox sends what it kept."""
    if saving is not None and shiboken6.isValid(saving):
        saving.send()
