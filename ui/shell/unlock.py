"""Opening a store whose key the keychain does not give: the recovery passphrase, or another store."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from casefile import opening
from casefile.errors import CasefileError
from casefile.opening.connections import Connection
from ui.shell.gate_page import GatePage
from ui.widgets.parts import breakable, button


class UnlockPage(GatePage):
    """The recovery passphrase.

    Signals:
        tried: Carries the passphrase.
        other: Another store is wanted.
    """

    tried = Signal(str)
    other = Signal()

    def __init__(self, folder: Path, why: str = "", *, is_copy: bool = False) -> None:
        what, which = ("copy", "Passphrase") if is_copy else ("store", "Recovery passphrase")
        place = breakable(str(folder))
        if is_copy:
            about = f"A copy of files that were taken away stands in {place}. Its passphrase opens it, to be read only."
        else:
            about = f"The store stands in {place}. {why or 'This computer’s keychain has no key for it.'}"
            about += " Its recovery passphrase opens it."
        super().__init__(f"Open the {what}", about)
        self._words = self.field("passphrase", which, secret=True)
        self._wanted = which.lower()
        self.foot.addWidget(button("Another store", self.other.emit, name="link"))
        self.verb(f"Open the {what}", self._try)

    def _try(self) -> None:
        if not self._words.text().strip():
            self.say(f"Give the {self._wanted}.")
            return
        self.say(None)
        self.tried.emit(self._words.text())


class WherePage(GatePage):
    """Which store: one that exists, a new one, or one on a server.

    Signals:
        opened: Carries what was given: a folder, the address of a server, or the name of a saved connection.
        new: A new store is wanted; carries the folder.
        server: A server is wanted that is not among the saved connections.
    """

    opened = Signal(str)
    new = Signal(Path)
    server = Signal()

    def __init__(self, place: str, connections: tuple[Connection, ...] = ()) -> None:
        super().__init__(
            "Where is the store?",
            "On this computer a store is a folder with one encrypted file. On the force’s server it is shared with "
            "everybody who may sign in there.",
        )
        self._place = self.field("place", "Folder or server", value=place)
        for one in connections:
            self.beside(f"Open {one.name}", partial(self.opened.emit, one.name), hint=one.address)
        self.beside("Choose a folder …", self._choose)
        self.beside("The force’s server …", self.server.emit)
        self.foot.addWidget(button("Make a new store here", self._new))
        self.verb("Open this store", lambda: self.opened.emit(self._place.text()))

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        if chosen := QFileDialog.getExistingDirectory(self, "Folder of the store", self._place.text()):
            self._place.setText(chosen)

    def _new(self) -> None:
        try:
            place = opening.place_of(self._place.text())
        except CasefileError as error:
            self.say(error)
            return
        if isinstance(place, Path):
            self.new.emit(place)
        else:
            self.server.emit()
