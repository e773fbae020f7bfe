"""Moving the record from this computer to the force's server."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casefile.access.rules import PASSWORD_RULE, password_fault
from casefile.errors import CasefileError
from casefile.moving.ends import OnServer
from casefile.moving.run import Move, Moved
from casefile.moving.sources import of_folder
from casefile.opening import OpenFolder, parse
from casefile.opening.setup import look, weigh
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field, say_done
from ui.widgets.parts import button, card, column, label, readable, row
from ui.widgets.progress import ProgressView

ABOUT = (
    "The whole record, with its log, moves to a database of the force. Meanwhile and afterwards this store can be read, "
    "not changed. Stopped, the move goes on when it is asked for again. Passwords do not move."
)


class MoveCard(QWidget):
    """Asks where to, moves with progress, and says where the record is; stopped, it goes on when asked again."""

    def __init__(self, context: Context, opened: OpenFolder) -> None:
        super().__init__()
        self._context, self._opened = context, opened
        frame = card()
        column(self).addWidget(frame)
        self._inner = column(frame, margins=16, gap=8)
        self._inner.addWidget(label("Move to a server", "section-title"))
        self._about = readable()
        self._inner.addWidget(self._about)
        line = row()
        self.begin = button("Move the record …", self.ask)
        line.addWidget(self.begin)
        line.addStretch(1)
        self._inner.addLayout(line)
        self._stand()

    def ask(self) -> None:
        """Ask where to; what was typed stays until the server has been found fit."""
        ask = Ask(
            "Move the record to a server",
            "The people who look after the server give you its address and password; see docs/shared-store.md.",
            (
                Field("address", "Address", help="postgresql://administrator@server.name/casefile"),
                Field("server", "Password of the server’s administrator", secret=True),
                Field("password", "Your own password there", secret=True, help=PASSWORD_RULE),
                Field("again", "The same again", secret=True),
            ),
            "Move the record",
            self,
        )

        def fit(target: OnServer, password: str) -> None:
            ask.accept()
            self._carry(target, password)

        def go(values: dict[str, str]) -> None:
            password = values["password"]
            if fault := password_fault(password, self._context.desk.actor.name):
                ask.say(fault)
            elif password != values["again"]:
                ask.say("The two passwords are not the same. Type them again.")
            else:
                ask.tell("Asking the server …")
                self._context.jobs.long(
                    ask,
                    "Asking the server",
                    lambda _: _target(values["address"], values["server"] or None),
                    lambda target: fit(target, password),
                    failed=ask.say,
                )

        ask.given.connect(go)
        ask.open()

    def _stand(self) -> None:
        """Say how the store stands: to be moved, on its way, or gone."""
        standing = self._context.desk.store.standing
        gone = standing is not None and standing.state == "moved"
        self._about.setText(ABOUT if standing is None else standing.sentence)
        self.begin.setText("Move the record …" if standing is None else "Go on with the move …")
        self.begin.setVisible(not gone)

    def _carry(self, target: OnServer, password: str) -> None:
        """Move the record, with progress."""
        shown = ProgressView("Move")
        self._inner.addWidget(shown)
        self.begin.setEnabled(False)
        source = of_folder(self._opened)

        def over() -> None:
            shown.hide()
            shown.deleteLater()
            self.begin.setEnabled(True)
            self._stand()

        def moved(what: Moved) -> None:
            over()
            say_done(
                self,
                "The record has moved",
                f"It is in {what.place}, proven row by row. Open it there. Only you can sign in so far: give each officer "
                "a password. This store can be read, not changed.",
            )

        def failed(error: CasefileError) -> None:
            over()
            self._context.jobs.trouble.emit(error)

        job = self._context.jobs.long(
            self, "Move", lambda job: Move(source, target, password, job).run(), moved, failed=failed
        )
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)


def _target(said: str, server_password: str | None) -> OnServer:
    """The server that an address names, if the record would be safe there."""
    address = parse(said, naming=True)
    weigh(look(address, server_password), ())
    return OnServer(address, server_password)
