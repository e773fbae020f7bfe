"""When the server of a shared store is away: one bar that says so, waits for it, and asks again what was not answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.outbox import Sent
from ui.shell.bars import LONDON
from ui.shell.jobs import Jobs
from ui.shell.unsent import Unsent, ask_former_password
from ui.widgets.parts import button, label, restyle, row

SECOND = 1000
KEPT = "What you type is kept on this computer and sent later. Signing waits for the server."
MISSING = "What is missing on a page comes when the server answers."
AWAY = "Shared store, not connected"


class AwayBar(QWidget):
    """Not connected since when, when it is tried again, and a button that tries now; hidden while all is well.

    Signals:
        stood: How the store stands, for the line at the foot.
        back: The server answers again, and what was not answered is being asked.
    """

    stood = Signal(str)
    back = Signal()
    _heard = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("away")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs = jobs
        self._desk: Desk | None = None
        self._line: Any = None
        self._shown = ""
        self._since: datetime | None = None
        self._left = 0
        self._again: list[Callable[[], object]] = []
        line = row(self, margins=(14, 6, 14, 6), gap=14)
        self._state = label("", "strong")
        self._about = label(KEPT, wrap=True)
        line.addWidget(self._state)
        line.addWidget(self._about, 1)
        self._when = label("", "quiet")
        line.addWidget(self._when)
        self.now = button("Try now", self.try_now, hint="Ask the server at once")
        self.show_kept = button("Show", self._show_kept, hint="What is on this computer only")
        self.unlock = button("Unlock …", self._unlock, hint="With the password you had then")
        self.close_note = button("Close", self.hide)
        for one in (self.now, self.show_kept, self.unlock, self.close_note):
            line.addWidget(one)
        self._count = QTimer(self)
        self._count.setInterval(SECOND)
        self._count.timeout.connect(self._tick)
        jobs.unanswered.connect(self._keep)
        self._heard.connect(self._stands, Qt.ConnectionType.QueuedConnection)
        self.hide()

    @property
    def away(self) -> bool:
        """Whether the server does not answer."""
        return self._since is not None

    def watch(self, desk: Desk, shown: str) -> None:
        """An officer has signed in at this desk, whose store is *shown* like this: from now on hear how it stands."""
        self._desk, self._shown = desk, shown
        if (bound := desk.store.seal) is not None:
            self._say_copy(bound.taken_at, bound.until)
            return
        if desk.store.kind != "shared":
            self.stood.emit(shown)
            return
        if desk.store.line is not self._line:
            self._line = desk.store.line
            self._line.tell(self._heard.emit)
        self._line.take_up()
        self.stood.emit(shown)
        self._send()

    def leave(self) -> None:
        """The officer leaves: nothing of theirs is asked again, and nobody waits for the server."""
        self._again.clear()
        if self._jobs.outbox is not None:
            self._jobs.aside(self, self._jobs.outbox.close, lambda _: None)
            self._jobs.outbox = None
        if self._line is not None:
            self._line.give_up()
        self._show(None)

    def try_now(self) -> None:
        """Ask the server at once."""
        if self._line is not None:
            self._line.try_now()

    def _keep(self, ask: Callable[[], object]) -> None:
        """Somebody was not answered: they are asked for again when the server is back."""
        self._again.append(ask)
        self._about.setText(f"{MISSING} {KEPT}")
        if self._desk is not None and not self._desk.store.line.standing.away:
            self._ask_again()

    def _stands(self, standing: Any) -> None:
        if self._desk is None or not self._desk.store.line.standing.away:
            return
        if self._since is None:
            self._show(self._desk.now())
            self._jobs.wait_for_the_server(self, self._waited, self._not_let_in)
        self._left = round(standing.next_try)
        self._say_when()

    def _waited(self, answers: bool) -> None:
        if not answers:
            return
        self._show(None)
        self._ask_again()
        self._send()
        self.back.emit()

    def _not_let_in(self, error: CasefileError) -> None:
        """The server answers, and lets this officer in no more: said once, and nobody waits."""
        self._show(None)
        self._jobs.trouble.emit(error)

    def _send(self) -> None:
        """After the forms that are open have sent theirs: what else this officer typed while the server was away."""
        outbox = self._jobs.outbox
        if outbox is not None and outbox.anything:
            self._jobs.write(self, outbox.send_all, self._sent, failed=lambda _: None)

    def _sent(self, sent: Sent) -> None:
        words: list[str] = []
        if sent.forms:
            words.append(f"{_forms(sent.forms)} typed while the server was away {_was(sent.forms)} sent.")
        if sent.kept:
            words.append(
                f"{_forms(len(sent.kept))} could not be sent and {_is(len(sent.kept))} on this computer only."
            )
        if sent.locked:
            words.append("What you typed before your password changed is locked.")
        if not words or self.away:
            return
        self._colour("late" if sent.kept or sent.locked else "done")
        self._state.setText("◆ On this computer" if sent.kept or sent.locked else "✓ Connected again")
        self._state.setAccessibleName(self._state.text()[2:])
        self._about.setText(" ".join(words))
        self._when.clear()
        self.now.hide()
        self.show_kept.setVisible(bool(sent.kept))
        self.unlock.setVisible(bool(sent.locked))
        self.close_note.show()
        self.show()

    def _show_kept(self) -> None:
        if (outbox := self._jobs.outbox) is not None:
            sheet = Unsent(self._jobs, outbox, self.window())
            sheet.left.connect(lambda count: None if count else self.hide())
            sheet.open()

    def _unlock(self) -> None:
        if (outbox := self._jobs.outbox) is not None:
            ask_former_password(self._jobs, outbox, self.window(), self._send)

    def _ask_again(self) -> None:
        waiting, self._again = self._again, []
        for ask in waiting:
            ask()

    def _show(self, since: datetime | None) -> None:
        self._since = since
        if since is None:
            self._count.stop()
            self.hide()
            if self._desk is not None and self._desk.store.kind == "shared":
                self.stood.emit(self._shown)
            return
        words = f"Not connected since {since.astimezone(LONDON):%H:%M}"
        self._about.setText(f"{MISSING} {KEPT}" if self._again else KEPT)
        self._state.setText(f"◆ {words}")
        self._state.setAccessibleName(words)
        self._colour("late")
        self._count.start()
        self.now.show()
        for one in (self.show_kept, self.unlock, self.close_note):
            one.hide()
        self.show()
        self.stood.emit(f"{AWAY} since {since.astimezone(LONDON):%H:%M}")

    def _say_copy(self, taken: datetime, until: datetime) -> None:
        """It is a copy that was taken away: said above every page, for as long as it is open."""
        self._colour("late")
        self._state.setText(f"◆ Copy of {_moment(taken)}")
        self._state.setAccessibleName(f"Copy of {_moment(taken)}")
        self._about.setText(f"Valid until {_moment(until)}. Everything can be read, and nothing written.")
        for one in (self._when, self.now, self.show_kept, self.unlock, self.close_note):
            one.hide()
        self.stood.emit("Copy, encrypted")
        self.show()

    def _colour(self, tone: str) -> None:
        for part in (self, self._state):
            part.setProperty("tone", tone)
            restyle(part)

    def _tick(self) -> None:
        self._left = max(0, self._left - 1)
        self._say_when()

    def _say_when(self) -> None:
        self._when.setText(f"Trying again in {self._left} s" if self._left else "Trying now …")
        self.now.setEnabled(bool(self._left))


def _moment(moment: datetime) -> str:
    there = moment.astimezone(LONDON)
    return f"{there.day} {there:%b %H:%M}"


def _forms(count: int) -> str:
    return f"{count} form{'s' if count != 1 else ''}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
