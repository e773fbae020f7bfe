"""Opening a shared store: nothing is asked of the server until an officer signs in, as themselves."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from casefile.access.rules import sign_in_name
from casefile.desk import Desk, real_clock
from casefile.errors import CasefileError, NoKey
from casefile.opening import connections
from casefile.opening.opened import OpenStore, anchor_of
from casefile.standards import library
from casefile.store.keys import Keychain
from casefile.store.shared.address import Address, parse
from casefile.store.shared.served import Server, SignedStore
from casefile.store.shared.trouble import look

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class OpenServer(OpenStore):
    """A shared store: open, as far as it can be before somebody has signed in.

    Attributes:
        address: Where it is.
        account: Whether the server knows officers by the account of their computer.
    """

    address: Address
    account: bool

    @property
    def officer(self) -> str:
        """Who signed in there last from this computer, else whose account it is where the server knows accounts; or ""."""
        try:
            known = connections.to(self.place)
        except CasefileError:  # said when the connections are written or listed
            known = None
        return (known.officer if known else "") or (own_account() if self.account else "")

    def kept_password(self, name: str) -> str | None:
        """The password that this computer's keychain holds for that officer there; None when it holds or gives none."""
        try:
            return Keychain().word(self._entry(name))
        except NoKey:
            return None

    def keep_password(self, name: str, password: str) -> bool:
        """Keep the password of the officer who has just signed in; False when the force or the keychain does not."""
        store = self.desk.store
        if not isinstance(store, SignedStore) or not store.may_keep_password:
            self.forget_password(name)
            return False
        try:
            return Keychain().keep(self._entry(name), password)
        except NoKey:
            return False

    def forget_password(self, name: str) -> None:
        """Take the password of that officer out of the keychain, if it is there."""
        if self.kept_password(name) is not None:
            Keychain().drop(self._entry(name))

    def signed_in_as(self, name: str, password: str | None) -> None:
        """Remember who has just signed in; keep the password they want kept, or forget the one that was."""
        self._remember(name)
        if password is None:
            self.forget_password(name)
        else:
            self.keep_password(name, password)

    def _remember(self, name: str) -> None:
        known = connections.to(self.place)
        if known is not None and known.officer != name:
            connections.keep(connections.Connection(known.name, known.address, known.account, name))

    def _entry(self, name: str) -> str:
        return f"{self.address.text} {sign_in_name(name)}"


def open_server(address: Address | str, *, clock: Clock = real_clock) -> OpenServer:
    """The store at *address*, at which nobody is signed in; the server is asked when somebody does.

    Raises:
        Invalid: It is no address.
    """
    found = parse(address) if isinstance(address, str) else address
    known = connections.to(found.text)
    desk = Desk(Server(found), library(), anchor=anchor_of, clock=clock)
    return OpenServer(desk, found.text, found, bool(known and known.account))


def own_account() -> str:
    """The name of this computer's account, which a server with single sign-on knows; "" when it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def see_whether_it_is_there(address: Address) -> None:
    """Ask the server who it is, without a name and without a password, before anybody types one.

    Raises:
        Unavailable: It is not there, not PostgreSQL, or does not prove who it is.
    """
    look(address)
