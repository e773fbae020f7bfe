"""How officers of a store prove who they are: a password in their row, or a role of the server.

Embedded, the row holds an argon2id hash and counts wrong guesses. Shared, each officer is a role of the server: it checks
the password before Casefile is connected at all, so the row holds none, and guesses are the server's to slow down.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, text

from casefile.access import rules
from casefile.access.model import Officer
from casefile.errors import Fault, Invalid
from casefile.store.engine import STORE, Store
from casefile.store.shared import logins as roles
from casefile.store.shared.served import SignedStore, verifier
from casefile.work.unit import Work

HASHER = PasswordHasher()
"""Slow on purpose: whoever steals the store pays this for every guess."""
NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$eW3oKtigWxfvBXTO6ceRew$TbJtM/fsGCVdqpFEEqunnR9AfVHU79n4JLYqHa02IRg"
)
"""An unknown name takes as long to refuse as a known one."""
WRONG = "The name or the password is wrong."
NO_LONGER = "This name may no longer sign in. Ask your administrator."
NOT_YOURS = "That is not your present password."


class Logins(Protocol):
    """What a store does about its officers' passwords."""

    def name_fault(self, name: str) -> str | None:
        """A sentence that says why nobody can sign in under this name, or None."""
        ...

    def add(self, work: Work, officer: Officer, password: str) -> None:
        """Let an officer sign in whose row is about to be added."""
        ...

    def renew(self, work: Work, officer: Officer, password: str) -> None:
        """Give an officer a new password, at an administrator's word; they can sign in again at once."""
        ...

    def allow(self, work: Work, officer: Officer, active: bool) -> None:
        """Let an officer sign in, or no more."""
        ...

    def change_own(self, work: Work, officer: Officer, old: str, new: str) -> str:
        """Change one's own password; why not, in a sentence, or ""."""
        ...

    def sign_in(self, work: Work, name: str, password: str | None) -> tuple[Officer | None, str]:
        """The officer who signs in, or why they do not; both when the name is known and turned away."""
        ...


def of(work: Work) -> Logins:
    """How the store of this work knows its officers."""
    store = cast("Store", work.session.info[STORE])
    return InRoles(store) if store.by_role else InRows()


class InRows:
    """Passwords as hashes in the officers' rows; wrong guesses are counted there and limited."""

    def name_fault(self, name: str) -> str | None:
        """Any name will do."""
        return None

    def add(self, work: Work, officer: Officer, password: str) -> None:
        """Keep the hash of the password."""
        officer.password_hash = HASHER.hash(password)
        work.session.add(officer)
        work.session.flush()

    def renew(self, work: Work, officer: Officer, password: str) -> None:
        """Keep the hash of another one, and forget the guesses."""
        officer.password_hash = HASHER.hash(password)
        officer.failed, officer.locked_until = 0, None

    def allow(self, work: Work, officer: Officer, active: bool) -> None:
        """The row says it."""
        officer.active = active

    def change_own(self, work: Work, officer: Officer, old: str, new: str) -> str:
        """A wrong old password is counted as a guess at signing in is."""
        if officer.locked_until is not None and officer.locked_until > work.now:
            work.note(result="too many guesses")
            return rules.waiting_sentence(officer.locked_until)
        if not _matches(officer.password_hash, old):
            until = _count_guess(officer, work)
            work.note(result="turned away")
            return rules.waiting_sentence(until) if until else NOT_YOURS
        self.renew(work, officer, new)
        return ""

    def sign_in(self, work: Work, name: str, password: str | None) -> tuple[Officer | None, str]:
        """By name and password; guesses are counted and limited."""
        officer = work.session.scalars(
            select(Officer).where(Officer.sign_in_name == rules.sign_in_name(name)).with_for_update()
        ).first()
        if officer is not None and officer.locked_until is not None and officer.locked_until > work.now:
            work.note(result="too many guesses")
            return officer, rules.waiting_sentence(officer.locked_until)
        matches = _matches(officer.password_hash if officer else NOBODYS_HASH, password or "")
        if officer is not None and matches and officer.active:
            officer.failed, officer.locked_until = 0, None
            return officer, ""
        work.note(result="turned away")
        if officer is None:
            return None, WRONG
        if until := _count_guess(officer, work):
            return officer, rules.waiting_sentence(until)
        return officer, WRONG if officer.active else NO_LONGER


class InRoles:
    """Officers as roles of the server, which checks passwords itself."""

    def __init__(self, store: Store) -> None:
        """The store that the work is done in."""
        self._store = store

    def name_fault(self, name: str) -> str | None:
        """What the server cannot take as the name of a role."""
        return roles.name_fault(rules.sign_in_name(name))

    def add(self, work: Work, officer: Officer, password: str) -> None:
        """Make the role, in one transaction with the row."""
        officer.password_hash = ""
        work.session.add(officer)
        work.session.flush()
        roles.add(work.session.connection(), officer.id, self._verifier(work, officer, password))

    def renew(self, work: Work, officer: Officer, password: str) -> None:
        """Give the role another password."""
        roles.reset(work.session.connection(), officer.id, self._verifier(work, officer, password))

    def allow(self, work: Work, officer: Officer, active: bool) -> None:
        """Let the role sign in, or end what it has open."""
        if officer.active != active:
            officer.active = active
            work.session.flush()
            roles.allow(work.session.connection(), officer.id, active)

    def change_own(self, work: Work, officer: Officer, old: str, new: str) -> str:
        """The server is asked whether the old one is right."""
        if not isinstance(self._store, SignedStore) or not self._store.proves(old):
            work.note(result="turned away")
            return NOT_YOURS
        roles.change_own(work.session.connection(), self._verifier(work, officer, new))
        self._store.renew(new)
        return ""

    def sign_in(self, work: Work, name: str, password: str | None) -> tuple[Officer | None, str]:
        """The server has let them in: whether the role is an officer of this store."""
        who = work.session.execute(text("SELECT session_user")).scalar_one()
        officer = work.session.scalars(select(Officer).where(Officer.sign_in_name == who)).first()
        if officer is None:
            work.note(result="turned away")
            return None, "The server knows you, but you are no officer of this store. Ask your administrator."
        if not officer.active:
            work.note(result="turned away")
            return officer, NO_LONGER
        return officer, ""

    @staticmethod
    def _verifier(work: Work, officer: Officer, password: str) -> str:
        return verifier(work.session.connection(), officer.sign_in_name, password)


def checked(officer_name: str, password: str, *, kept: str) -> None:
    """Refuse a new password that is too easily guessed.

    Raises:
        Invalid: With what is wrong with it.
    """
    if sentence := rules.password_fault(password, officer_name):
        raise Invalid([Fault("password", sentence)], kept=kept)


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _count_guess(officer: Officer, work: Work) -> datetime | None:
    """Count a wrong password; gives until when no more are taken, if that is so now."""
    officer.failed += 1
    officer.locked_until = rules.waits_until(officer.failed, work.now)
    return officer.locked_until
