"""Reaching the force's server: its address, the file that proves it, and a name for the connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from casefile import opening
from casefile.errors import CasefileError
from casefile.opening import Address
from casefile.opening.connections import Connection
from ui.shell.gate_page import GatePage
from ui.widgets.parts import button


@dataclass(frozen=True, slots=True)
class Reached:
    """What a person said of a server: the connection to keep, and the address it means."""

    connection: Connection
    address: Address


class ServerPage(GatePage):
    """Where the server is.

    Signals:
        reached: Carries a :class:`Reached` that may be tried.
        prepares: The server has no store yet; carries the same.
        back: Another way in is wanted.
    """

    reached = Signal(object)
    prepares = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__(
            "The force’s server",
            "The people who look after the server give you its name and the file of the certificate authority that "
            "proves it, which is checked before anything is sent to it. Each officer then signs in as themselves.",
        )
        self.server = self.field("address", "Server")
        self.database = self.field("database", "Database", value="casefile")
        self.authority = self.field("authority", "Authority’s file")
        self.name = self.field("name", "Call it")
        self.server.setPlaceholderText("records.force.example")
        self.authority.setPlaceholderText("none, if known already")
        self.name.setPlaceholderText("as you like")
        self.beside("Choose the file …", self._choose)
        self.account = self.tick("Officers sign in by computer account")
        self.foot.addWidget(button("Back", self.back.emit))
        self.verb("Go on", lambda: self._go(self.reached.emit))
        self.beside("Set up a new database …", lambda: self._go(self.prepares.emit))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "File of the certificate authority")
        if chosen:
            self.authority.setText(chosen)

    def _go(self, then: Callable[[Reached], object]) -> None:
        try:
            text = opening.address_text(
                self.server.text(), self.database.text().strip(), self.authority.text().strip()
            )
            address = opening.parse(text)
        except CasefileError as error:
            self.say(error)
            return
        self.say(None)
        called = self.name.text().strip() or address.shown
        then(Reached(Connection(called, text, self.account.isChecked()), address))
