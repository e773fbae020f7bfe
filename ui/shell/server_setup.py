"""Setting a server up from the window: who its administrator is, how it is set, and the first administrator."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from casefile.access.rules import PASSWORD_RULE, password_fault
from casefile.errors import Fault, Invalid
from casefile.opening.findings import Finding
from casefile.opening.setup import Choices
from ui.shell.gate_page import GatePage
from ui.widgets.parts import breakable, button, readable


class KeeperPage(GatePage):
    """Who looks after the server.

    Signals:
        given: Carries the name of the server's administrator and their password, None for none.
        back: Another way in is wanted.
    """

    given = Signal(str, object)
    back = Signal()

    def __init__(self, server: str, database: str) -> None:
        super().__init__(
            "Set up a new database",
            f"The database “{database}” on {breakable(server)} becomes the record that officers share. That takes the "
            "server’s administrator, who may make roles and databases; nothing of their password is kept.",
        )
        self._name = self.field("name", "Server’s administrator", value="postgres")
        self._password = self.field("password", "Their password", secret=True)
        self.foot.addWidget(button("Back", self.back.emit))
        self.verb("Look at the server", self._go)

    def _go(self) -> None:
        if not self._name.text().strip():
            self.say("Give the name of the server’s administrator.")
            return
        self.say(None)
        self.given.emit(self._name.text().strip(), self._password.text() or None)


class FoundPage(GatePage):
    """How the server is set, and the first administrator of Casefile.

    Signals:
        given: The person has answered; :meth:`choices` and :meth:`administrator` say what.
        back: Another way in is wanted.
    """

    given = Signal()
    back = Signal()

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        amiss = [one for one in findings if not one.sound]
        sound = len(findings) - len(amiss)
        super().__init__(
            "How the server is set",
            f"{sound} of {len(findings)} settings that matter are as they should be. What is marked ◆ is better mended."
            if amiss
            else f"All {len(findings)} settings that matter are as they should be.",
        )
        self._dangers = tuple(one.what for one in findings if one.endangers)
        self._all_the_same = self._told(amiss)
        self.told.addWidget(
            readable(
                "The first administrator of Casefile keeps officers and reads no case. Where the store has one already, "
                "they stay.",
                "quiet",
            )
        )
        self._name = self.field("name", "First administrator")
        self._password = self.field("password", "Password", secret=True)
        self._again = self.field("again", "Password again", secret=True)
        self._keep = self.tick("Passwords may be kept in keychains", on=True)
        self.more.addWidget(readable(PASSWORD_RULE, "small"))
        self.foot.addWidget(button("Back", self.back.emit))
        self.verb("Set up the server", self._go)

    def choices(self) -> Choices:
        """What the person decides for the store."""
        return Choices(keep_passwords=self._keep.isChecked(), accepted=self._dangers)

    def administrator(self) -> tuple[str, str]:
        """The first administrator, where the store needs one.

        Raises:
            Invalid: The name or the password cannot stand.
        """
        name, password = self._name.text().strip(), self._password.text()
        if not name:
            raise Invalid([Fault("name", "Give the first administrator a name to sign in with.")])
        if sentence := password_fault(password, name):
            raise Invalid([Fault("password", sentence)])
        if password != self._again.text():
            raise Invalid([Fault("again", "The two passwords are not the same.")])
        return name, password

    def _told(self, amiss: list[Finding]) -> QCheckBox | None:
        """What is amiss, dangers first, with a box to take the dangers on oneself."""
        for one in sorted(amiss, key=lambda one: not one.endangers):
            mark = "▲" if one.endangers else "◆"
            said = readable(f"{mark} {one.what}: {one.says}. {one.why} {one.remedy}")
            said.setObjectName("fault" if one.endangers else "small")
            self.told.addWidget(said)
        if not self._dangers:
            return None
        made = QCheckBox("The force answers for what is marked ▲")
        made.setAccessibleName(made.text())
        self.told.addWidget(made)
        return made

    def _go(self) -> None:
        if self._all_the_same is not None and not self._all_the_same.isChecked():
            self.say(
                "The record would not be safe on this server. Mend what is marked ▲, or take it on the force."
            )
            return
        try:
            self.administrator()
        except Invalid as error:
            self.say(error)
            return
        self.say(None)
        self.given.emit()
