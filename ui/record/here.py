"""Who else has a file or a draft open now, shown as chips; and saying that one is there oneself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from casefile.files.actions.presence import be_here, leave, who_is_here
from casefile.record.presence import Here
from casefile.work.changed import Changed
from casefile.work.ids import new_id
from casefile.work.names import Kind
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.parts import clear, row

BEAT_MS = 20_000
"""Between two times of saying that one is there: three of them fit into the minute after which nobody believes it."""
STILL_MS = 30_000
"""After so long without a key nobody is writing any more."""


class Staying(QObject):
    """One page's being in a file, or in a draft of it: while the page is in view, and a minute longer if its program dies.

    Signals:
        seen: Who else is there; carries them.
    """

    seen = Signal(object)

    def __init__(self, context: Context, file_id: UUID, draft_id: UUID | None, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._file_id, self._draft_id = context, file_id, draft_id
        self.window = new_id()
        self._writing, self._gone = False, True
        self._beat = self._timer(BEAT_MS, self._say, again=True)
        self._still = self._timer(STILL_MS, self._rest)
        self._expiry = self._timer(0, self.look)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be there while the page is in view."""
        if event.type() == QEvent.Type.Show:
            self.come()
        elif event.type() == QEvent.Type.Hide:
            self.go()
        return super().eventFilter(watched, event)

    def come(self) -> None:
        """Say that one is there, and go on saying it."""
        if self._gone:
            self._gone = False
            self._context.jobs.places.add(self.window)
            self._say()
            self._beat.start()

    def typed(self) -> None:
        """Something was typed."""
        self._still.start()
        if not self._writing and not self._gone:
            self._writing = True
            self._say()

    def on_changed(self, changed: Changed) -> None:
        """Somebody came or went."""
        if changed.concerns(Kind.PRESENCE, file_id=self._file_id, restricted=True):
            self.look()

    def look(self) -> None:
        """See who is there."""
        file_id = self._file_id
        if not self._gone:
            self._context.jobs.quietly(self, lambda desk: desk.read(who_is_here, file_id), self._arrived)

    def go(self) -> None:
        """Say that one has left."""
        if self._gone:
            return
        self._gone, self._writing = True, False
        for one in (self._beat, self._still, self._expiry):
            one.stop()
        window = self.window
        self._context.jobs.places.discard(window)
        self._context.jobs.quietly(self, lambda desk: desk.do(leave, window), lambda _: None)

    def _timer(self, milliseconds: int, run: object, *, again: bool = False) -> QTimer:
        made = QTimer(self)
        made.setInterval(milliseconds)
        made.setSingleShot(not again)
        made.timeout.connect(run)
        return made

    def _rest(self) -> None:
        self._writing = False
        self._say()

    def _say(self) -> None:
        file_id, window, draft_id, writing = self._file_id, self.window, self._draft_id, self._writing
        self._context.jobs.quietly(
            self,
            lambda desk: desk.do(be_here, window, file_id, draft_id, writing=writing).result,
            self._arrived,
        )

    def _arrived(self, found: tuple[Here, ...]) -> None:
        if self._gone:
            return
        others = [one for one in found if one.window not in self._context.jobs.places]
        self.seen.emit(others)
        self._expiry.stop()
        if others:
            ends: datetime = min(one.until_at for one in others)
            left = (ends - self._context.desk.now()).total_seconds()
            self._expiry.start(max(round(left * 1000), 1_000) + 200)


class HereChips(QWidget):
    """The officers who have a file open beside oneself: initials, and the name where they write."""

    def __init__(self) -> None:
        super().__init__()
        self._line = row(self, gap=6)
        self._shown: tuple[tuple[str, bool], ...] = ()
        self.hide()

    def show_here(self, found: Sequence[Here], *, draft_id: UUID | None = None) -> None:
        """Show who is there; with *draft_id*, only who has that draft open."""
        there = [one for one in found if draft_id is None or one.draft_id == draft_id]
        names: dict[str, tuple[str, bool]] = {}
        for one in there:
            who = "You, in another window" if one.me else one.shown
            names[who] = (one.initials, names.get(who, ("", False))[1] or one.writing)
        shown = tuple((who, writes) for who, (_, writes) in names.items())
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._line)
        for who, (letters, writes) in names.items():
            self._line.addWidget(_chip(who, letters, writes=writes, in_form=draft_id is not None))
        self.setVisible(bool(shown))
        self.updateGeometry()


def _chip(who: str, letters: str, *, writes: bool, in_form: bool) -> Chip:
    verb = "are" if who.startswith("You") else "is"
    doing = "writing here" if writes and in_form else "writing in this file" if writes else "here"
    whole = f"{who} {verb} {doing}"
    brief = f"{letters} writes" if writes else letters
    made = Chip(whole if in_form else brief, "accent" if writes else "plain", shape=False)
    made.setToolTip(whole)
    made.setAccessibleName(whole)
    return made
