"""Signing in, and signing in again behind a lock."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.shell.gate_page import GatePage
from ui.widgets.parts import button


class SignInPage(GatePage):
    """Name and password.

    Signals:
        tried: Carries name and password.
        other: Somebody else wants to sign in, or another store is wanted.
    """

    tried = Signal(str, str)
    other = Signal()

    def __init__(self, *, locked_for: str = "", notice: str = "") -> None:
        title = "Locked" if locked_for else "Sign in"
        about = (
            "Nothing can be read here until you sign in again. What you typed is kept."
            if locked_for
            else "Sign in with your own name. What you read and do is in the log under it."
        )
        super().__init__(title, f"{about} {notice}".strip())
        self._name = self.field("name", "Name", value=locked_for)
        self._password = self.field("password", "Password", secret=True)
        self.foot.addWidget(
            button("Somebody else" if locked_for else "Another store", self.other.emit, name="link")
        )
        self.verb("Unlock" if locked_for else "Sign in", self._try)

    def forget(self) -> None:
        """Empty the password after a wrong one."""
        self._password.clear()
        self._password.setFocus()

    def _try(self) -> None:
        if not self._name.text().strip() or not self._password.text():
            self.say("Give your name and your password.")
            return
        self.say(None)
        self.tried.emit(self._name.text(), self._password.text())
