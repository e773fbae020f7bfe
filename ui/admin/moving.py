"""Moving the record from this computer to the force's server, and back: one card, which knows either way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from casefile.access.rules import PASSWORD_RULE, password_fault
from casefile.errors import Away, Cancelled, CasefileError
from casefile.moving.ends import NewFolder, OnServer
from casefile.moving.run import Move, Moved
from casefile.moving.sources import of_desk, of_folder
from casefile.opening import (
    PASSPHRASE_RULE,
    OpenFolder,
    OpenServer,
    check_passphrase,
    default_folder,
    parse,
    suggest_passphrase,
)
from casefile.opening.setup import look, weigh
from casefile.work.progress import Progress
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field, say_done
from ui.widgets.parts import breakable, button, card, column, label, readable, row
from ui.widgets.progress import ProgressView

Values = Mapping[str, Any]
GIVE_UP = "To give it up: casefile take-up, as docs/shared-store.md says."


class Way(Protocol):
    """One of the two ways that a record moves.

    Attributes:
        title, about, verb: What the card is called, what the move means, and what begins it.
    """

    title: str
    about: str
    verb: str

    def sheet(self, parent: QWidget) -> Ask:
        """What asks for all that the move needs."""
        ...

    def fault(self, values: Values) -> str | None:
        """What is wrong with what was typed, in a sentence, before anybody is asked."""
        ...

    def look(self, values: Values) -> Callable[[Progress], Moved]:
        """See whether both ends are fit; off the UI thread. Gives what moves the record."""
        ...

    def told(self, moved: Moved) -> str:
        """What stands where now, and how one goes on."""
        ...


class MoveCard(QWidget):
    """Asks what a move needs, moves with progress, and says where the record is; stopped, it goes on when asked again."""

    def __init__(self, context: Context, way: Way) -> None:
        super().__init__()
        self._context, self._way = context, way
        frame = card()
        column(self).addWidget(frame)
        self._inner = column(frame, margins=16, gap=8)
        self._inner.addWidget(label(way.title, "section-title"))
        self._about = readable()
        self._inner.addWidget(self._about)
        line = row()
        self.begin = button(way.verb, self.ask)
        line.addWidget(self.begin)
        line.addStretch(1)
        self._inner.addLayout(line)
        self._stand()

    def ask(self) -> None:
        """Ask what the move needs; what was typed stays until both ends have been found fit."""
        ask = self._way.sheet(self)

        def fit(move: Callable[[Progress], Moved]) -> None:
            if self.begin.isEnabled():  # asked twice in a hurry, it is moved once
                ask.accept()
                self._carry(move)

        def go(values: dict[str, str]) -> None:
            if fault := self._way.fault(values):
                ask.say(fault)
                return
            ask.tell("Asking the server …")
            self._context.jobs.long(
                ask, "Asking the server", lambda _: self._way.look(values), fit, failed=ask.say
            )

        ask.given.connect(go)
        ask.open()

    def _stand(self) -> None:
        """Say how the store stands: to be moved, on its way, or gone."""
        standing = self._context.desk.store.standing
        gone = standing is not None and standing.state == "moved"
        if standing is None:
            self._about.setText(self._way.about)
        else:
            said = breakable(standing.sentence)
            self._about.setText(said if gone else f"{said} Stopped, the move goes on when asked. {GIVE_UP}")
        verb = self._way.verb if standing is None else "Go on with the move …"
        self.begin.setText(verb)
        self.begin.setAccessibleName(verb)
        self.begin.setVisible(not gone)

    def _carry(self, move: Callable[[Progress], Moved]) -> None:
        """Move the record, with progress."""
        shown = ProgressView("Move")
        self._inner.addWidget(shown)
        self.begin.setEnabled(False)

        def over() -> None:
            shown.hide()
            shown.deleteLater()
            self.begin.setEnabled(True)
            self._stand()

        def moved(what: Moved) -> None:
            over()
            say_done(self, "The record has moved", self._way.told(what))

        def failed(error: CasefileError) -> None:
            over()
            standing = self._context.desk.store.standing
            if standing is not None and isinstance(error, Away | Cancelled):
                error.kept = breakable(standing.sentence)
                error.remedy = "Ask for the move again when you are ready: it goes on where it stopped."
            self._context.jobs.trouble.emit(error)

        job = self._context.jobs.long(self, "Move", move, moved, failed=failed)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)


class There:
    """From this computer to the force's server."""

    title = "Move to a server"
    about = (
        "The whole record, with its log, moves to a database of the force. Meanwhile and afterwards this store can be "
        "read, not changed. Stopped, the move goes on when it is asked for again. Passwords do not move."
    )
    verb = "Move the record …"

    def __init__(self, context: Context, opened: OpenFolder) -> None:
        self._context, self._opened = context, opened

    def sheet(self, parent: QWidget) -> Ask:
        """Which server, who keeps it, and the administrator's own password there."""
        return Ask(
            "Move the record to a server",
            "The people who look after the server give you its address and password; see docs/shared-store.md.",
            (
                Field("address", "Address", help="postgresql://administrator@server.name/casefile"),
                Field("server", "Password of the server’s administrator", secret=True),
                Field("password", "Your own password there", secret=True, help=PASSWORD_RULE),
                Field("again", "The same again", secret=True),
            ),
            "Move the record",
            parent,
        )

    def fault(self, values: Values) -> str | None:
        """The password cannot stand, or was typed otherwise the second time."""
        return _password_fault(values, self._context)

    def look(self, values: Values) -> Callable[[Progress], Moved]:
        """The server that the address names, if the record would be safe there."""
        address, server = parse(values["address"], naming=True), values["server"] or None
        weigh(look(address, server), ())
        source, target = of_folder(self._opened), OnServer(address, server)
        return lambda progress: Move(source, target, values["password"], progress).run()

    def told(self, moved: Moved) -> str:
        """Where it is, and who can sign in."""
        return (
            f"It is in {moved.place}, proven row by row. Open it there. Only you can sign in so far: give each officer "
            "a password. This store can be read, not changed."
        )


class Back:
    """From the force's server to a new store on this computer."""

    title = "Move back to this computer"
    about = (
        "The whole record, with its log, moves into a new encrypted store on this computer. Meanwhile nobody can change the "
        "record on the server; when every row is proven equal, it is marked as moved and can only be read. Stopped, the "
        "move goes on when it is asked for again. Passwords do not move: at first only you can sign in."
    )
    verb = "Move the record back to this computer …"

    def __init__(self, context: Context, opened: OpenServer) -> None:
        self._context, self._opened = context, opened

    def sheet(self, parent: QWidget) -> Ask:
        """Where to, the new store's passphrase, who keeps the server, and the administrator's own password there."""
        begun = self._context.desk.store.standing
        words = (
            (Field("passphrase", "Passphrase", help="The recovery passphrase that was given when the move began."),)
            if begun
            else (
                Field("passphrase", "Passphrase", value=suggest_passphrase(),
                      help=f"For recovery: write it down and keep it in a safe. {PASSPHRASE_RULE}"),
                Field("same", "Type it again"),
            )
        )  # fmt: skip
        return Ask(
            "Move the record back to this computer",
            "It takes you, an administrator of Casefile, and the server’s administrator, who reaches every row. Nobody "
            "can change the record from the moment it begins: let officers finish first.",
            (
                Field("folder", "Folder", value=begun.other if begun else str(self._free_folder()),
                      help="Where the move was begun." if begun else "New or empty, on a disk that is backed up."),
                *words,
                Field("keeper", "Server’s administrator", value="postgres"),
                Field("server", "Their password", secret=True),
                Field("password", "Your password there", secret=True, help=PASSWORD_RULE),
                Field("again", "The same again", secret=True),
            ),
            "Move the record",
            parent,
        )  # fmt: skip

    def fault(self, values: Values) -> str | None:
        """Something is left out, cannot stand, or was typed otherwise the second time."""
        if not Path(values["folder"]).expanduser().is_absolute():
            return "Give the whole path of the folder."
        if sentence := check_passphrase(values["passphrase"]):
            return sentence
        if "same" in values and values["passphrase"].split() != values["same"].split():
            return "The two passphrases are not the same. Type it again, as you wrote it down."
        if not values["keeper"].strip():
            return "Give the name of the server’s administrator."
        return _password_fault(values, self._context)

    def look(self, values: Values) -> Callable[[Progress], Moved]:
        """The folder is free, and the server lets its administrator reach the record."""
        desk, password = self._context.desk, values["password"]
        address, server = self._opened.address.by(values["keeper"].strip()), values["server"] or None
        target = NewFolder(Path(values["folder"]).expanduser(), values["passphrase"])
        if desk.store.standing is None:
            target.check()
        elif (begun := target.finished()) is not None:  # its passphrase opens what was begun
            target.leave(begun)
        with of_desk(desk, address, server):
            pass

        def move(progress: Progress) -> Moved:
            with of_desk(desk, address, server) as source:
                return Move(source, target, password, progress).run()

        return move

    def told(self, moved: Moved) -> str:
        """Where it is, how the window opens it, and who can sign in."""
        return (
            f"It stands in {breakable(moved.place)}, proven row by row. The record on the server can be read, not changed.\n\n"
            "To work in it, lock the window, choose Somebody else, then Another store, and give that folder.\n\n"
            "Only you can sign in so far: give each officer a password, with New password above the list of officers."
        )

    def _free_folder(self) -> Path:
        """Where a store stands when nobody chose another place; beside it, where something stands there."""
        usual = default_folder()
        with suppress(OSError):
            if usual.exists() and any(usual.iterdir()):
                return usual.with_name(f"{usual.name}-{self._context.today:%Y-%m-%d}")
        return usual


def _password_fault(values: Values, context: Context) -> str | None:
    if fault := password_fault(values["password"], context.desk.actor.name):
        return fault
    if values["password"] != values["again"]:
        return "The two passwords are not the same. Type them again."
    return None
