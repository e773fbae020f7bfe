"""What was typed while the server was away and could not be sent: to be read, begun anew, or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.outbox import Outbox, Typed
from ui.shell.bars import LONDON
from ui.shell.jobs import Jobs
from ui.widgets.dialogs import Ask, Field
from ui.widgets.flow import Flow
from ui.widgets.parts import button, card, clear, column, label, readable
from ui.widgets.sheet import Sheet


class Unsent(Sheet):
    """The forms that stay on this computer, each with why, and what can be done with it.

    Signals:
        left: So many are left.
    """

    left = Signal(int)

    def __init__(self, jobs: Jobs, outbox: Outbox, parent: QWidget | None = None) -> None:
        super().__init__("Kept on this computer", parent, wide=620)
        self._jobs, self._outbox = jobs, outbox
        self.head(
            "What is on this computer only",
            "You typed this while the server did not answer, and it could not be sent. Nothing of it is lost: it stays "
            "here, encrypted, until you say what is to become of it.",
        )
        self._items = column(gap=10)
        self.body.addLayout(self._items)
        self.body.addStretch(1)
        self.foot.addWidget(button("Close", self.accept, name="primary"))
        self._read()

    def _read(self) -> None:
        self._jobs.aside(self, self._outbox.waiting, self._show)

    def _show(self, waiting: tuple[Typed, ...]) -> None:
        clear(self._items)
        self.left.emit(len(waiting))
        if not waiting:
            self.accept()
        for typed in waiting:
            frame = card()
            body = column(frame, margins=12, gap=6)
            body.addWidget(label(typed.place.title, "strong", wrap=True))
            moment = typed.at.astimezone(LONDON)
            why = typed.why_not or "It waits for the server."
            body.addWidget(label(f"Typed {moment.day} {moment:%B %Y, %H:%M}. {why}", "quiet", wrap=True))
            body.addWidget(readable(words_of(typed.values)))
            line = Flow(gap=8, right=True)
            line.addWidget(button("Throw away", lambda one=typed: self._drop(one), name="link"))
            if typed.place.file_id is not None:
                line.addWidget(
                    button(
                        "Begin a new form with it", lambda one=typed: self._begin(one), hint="As a new draft"
                    )
                )
            body.addLayout(line)
            self._items.addWidget(frame)
            frame.show()
        self.fit()

    def _drop(self, typed: Typed) -> None:
        self._jobs.aside(self, lambda: self._outbox.drop(typed.place), lambda _: self._read())

    def _begin(self, typed: Typed) -> None:
        self._jobs.write(
            self,
            lambda desk: self._outbox.begin_anew(desk, typed),
            lambda _: self._read(),
            failed=lambda error: self.tell(f"{error.sentence} {error.remedy}".strip()),
        )


def words_of(values: Any) -> str:
    """Everything written in a form, as plain words; the empty fields and the codes are left out."""
    if isinstance(values, dict):
        return "\n".join(filter(None, map(words_of, values.values())))
    if isinstance(values, list):
        return "\n".join(filter(None, map(words_of, values)))
    return values if isinstance(values, str) and " " in values else ""


def ask_former_password(jobs: Jobs, outbox: Outbox, parent: QWidget, then: Callable[[], object]) -> None:
    """Ask for the password the officer had when they typed what is locked."""
    ask = Ask(
        "Unlock what you typed",
        "You typed something on this computer while the server did not answer, and your password has changed since. "
        "It opens with the password you had then.",
        (Field("former", "The password you had then", secret=True),),
        "Unlock",
        parent,
    )

    def unlocked(_: object) -> None:
        ask.accept()
        then()

    ask.given.connect(
        lambda values: jobs.aside(ask, lambda: outbox.unlock(values["former"]), unlocked, failed=ask.say)
    )
    ask.open()
