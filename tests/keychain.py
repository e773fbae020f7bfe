"""A keychain that lives for one test: a real backend of the keyring library that keeps nothing in a file."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class InMemory(KeyringBackend):
    """What the library asks of a keychain, with what a real one may do instead of answering.

    Attributes:
        kept: What it holds.
        locked: It asks its owner to unlock it, and they do not.
        broken: The way to it is gone, as when its service is stopped.
        silent: It never answers while this is set.
    """

    priority = 1  # pyright: ignore[reportAssignmentType]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = self.broken = False
        self.silent: threading.Event | None = None

    def _answer(self) -> None:
        if self.silent is not None:
            self.silent.wait()
        if self.locked:
            raise KeyringLocked("Failed to unlock the collection!")
        if self.broken:
            raise ConnectionResetError("the bus is gone")

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("There is no such password.")


@contextmanager
def in_memory(monkeypatch: pytest.MonkeyPatch) -> Generator[InMemory]:
    """The keychain of this computer while the block runs, under a module name that the store trusts."""
    monkeypatch.setattr(InMemory, "__module__", "keyring.backends.SecretService")
    before, chain = keyring.get_keyring(), InMemory()
    keyring.set_keyring(chain)
    try:
        yield chain
    finally:
        keyring.set_keyring(before)
