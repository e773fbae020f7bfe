"""Signing in, and signing in again behind a lock."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from ui.shell.gate_page import GatePage
from ui.widgets.parts import button


@dataclass(frozen=True, slots=True)
class At:
    """What a sign-in page knows of the store.

    Attributes:
        server: Its server, as people call it; "" for a store on this computer.
        name: Who signed in last, or has the window locked.
        password: What the keychain holds for them; "" for nothing.
        keychain: What this computer's keychain is called; None when there is none for a password.
        account: Whether the server knows officers by the account of their computer.
    """

    server: str = ""
    name: str = ""
    password: str = ""
    keychain: str | None = None
    account: bool = False


class SignInPage(GatePage):
    """Name and password; to a server also the account of this computer.

    Signals:
        tried: Carries name and password, which is None for the account of this computer.
        other: Somebody else wants to sign in, or another store is wanted.
    """

    tried = Signal(str, object)
    other = Signal()

    def __init__(self, at: At = At(), *, locked: bool = False, notice: str = "") -> None:
        about = (
            "Nothing can be read here until you sign in again. What you typed is kept."
            if locked
            else "Sign in with your own name. What you read and do is in the log under it."
        )
        where = f"The record is on {at.server}." if at.server else ""
        super().__init__(
            "Locked" if locked else "Sign in", " ".join(part for part in (where, about, notice) if part)
        )
        self._name = self.field("name", "Name", value=at.name)
        self._password = self.field("password", "Password", secret=True, value=at.password)
        self._keep = None
        if at.keychain is not None and not locked:
            self._keep = self.tick(f"Keep my password in {at.keychain}", on=bool(at.password))
        self.foot.addWidget(
            button("Somebody else" if locked else "Another store", self.other.emit, name="link")
        )
        self.verb("Unlock" if locked else "Sign in", self._try)
        self._account = None
        if at.server:
            self._account = self.beside("Sign in with this computer’s account", self._by_account)
        self._by_account_first = at.account

    @property
    def keeps(self) -> bool:
        """Whether the officer wants the password kept."""
        return self._keep is not None and self._keep.isChecked()

    def begin(self) -> None:
        """Put the keyboard where the officer goes on."""
        if self._account is not None and self._by_account_first:
            self._account.setFocus()
        else:
            super().begin()

    def forget(self) -> None:
        """Empty the password after a wrong one."""
        self._password.clear()
        self._password.setFocus()

    def _by_account(self) -> None:
        if not self._name.text().strip():
            self.say("Give your name.")
            return
        self.say(None)
        self.tried.emit(self._name.text(), None)

    def _try(self) -> None:
        if not self._name.text().strip() or not self._password.text():
            self.say("Give your name and your password.")
            return
        self.say(None)
        self.tried.emit(self._name.text(), self._password.text())
