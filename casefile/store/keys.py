"""The store's key: random, in the operating system's keychain, and wrapped under the recovery passphrase.

The key itself is 256 random bits. The keychain holds it for everyday use; ``recovery.json`` in
the store's folder holds a copy that only the recovery passphrase opens (Argon2id, then AES-GCM).
Keychains that keep secrets in the clear are never used.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import keyring
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casefile.errors import Damaged, NoKey, Refused

SERVICE = "casefile"
TRUSTED_KEYCHAINS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)
KEY_BYTES = 32
MINIMUM_PASSPHRASE = 12
PASSPHRASE_RULE = (
    f"At least {MINIMUM_PASSPHRASE} characters. Three random words make a good one. "
    "No digits or signs are asked for."
)
_WAIT_SECONDS = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The store's key as wrapped under the recovery passphrase: safe to lie in the open."""

    store_id: str
    salt: str
    nonce: str
    wrapped: str
    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4
    format: str = "casefile-recovery/1"


def new_key() -> bytes:
    """A fresh random key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def check_passphrase(passphrase: str) -> str | None:
    """A sentence that says what is wrong with a new recovery passphrase, or None."""
    if len(passphrase.strip()) < MINIMUM_PASSPHRASE:
        return f"The recovery passphrase is too short. {PASSPHRASE_RULE}"
    return None


def wrap(key: bytes, passphrase: str, store_id: UUID) -> Wrapped:
    """Wrap *key* so that only *passphrase* gives it back."""
    salt, nonce = os.urandom(16), os.urandom(12)
    shell = Wrapped(str(store_id), _text(salt), _text(nonce), "")
    sealed = AESGCM(_derive(passphrase, salt, shell)).encrypt(nonce, key, shell.store_id.encode())
    return Wrapped(shell.store_id, shell.salt, shell.nonce, _text(sealed))


def unwrap(wrapped: Wrapped, passphrase: str) -> bytes:
    """The key, given the right passphrase; Refused with a sentence otherwise."""
    derived = _derive(passphrase, _bytes(wrapped.salt), wrapped)
    try:
        return AESGCM(derived).decrypt(
            _bytes(wrapped.nonce), _bytes(wrapped.wrapped), wrapped.store_id.encode()
        )
    except InvalidTag:
        raise Refused(
            "That is not the recovery passphrase of this store.",
            kept="The store was not opened and nothing was changed.",
            remedy="Check the spelling and the spaces between the words, and try again.",
        ) from None


def write_wrapped(path: Path, wrapped: Wrapped) -> None:
    """Write ``recovery.json`` whole or not at all."""
    partial = path.with_suffix(".new")
    partial.write_text(json.dumps(asdict(wrapped), indent=2) + "\n", encoding="ascii")
    partial.replace(path)


def read_wrapped(path: Path) -> Wrapped:
    """Read ``recovery.json``; Damaged with a sentence when it cannot be one."""
    try:
        found = Wrapped(**json.loads(path.read_text(encoding="ascii")))
        UUID(found.store_id)
        return found
    except FileNotFoundError:
        raise Damaged(
            "This folder holds no Casefile store: its recovery.json is missing.",
            remedy="Choose the folder that was made when the store was created, or restore a backup.",
        ) from None
    except (ValueError, TypeError, UnicodeDecodeError):
        raise Damaged(
            "The store's recovery.json is damaged.",
            remedy="Restore that one file from a backup of the store.",
        ) from None


class Keychain:
    """The operating system's keychain, asked politely: with a limit, and never one that keeps clear text."""

    def name(self) -> str | None:
        """What the keychain is called, or None when there is no trustworthy one."""
        backend = keyring.get_keyring()
        module = type(backend).__module__
        chained = getattr(backend, "backends", None)
        if chained:
            trusted = [one for one in chained if type(one).__module__.startswith(TRUSTED_KEYCHAINS)]
            if not trusted:
                return None
            keyring.set_keyring(trusted[0])
            backend, module = trusted[0], type(trusted[0]).__module__
        return str(getattr(backend, "name", module)) if module.startswith(TRUSTED_KEYCHAINS) else None

    def get(self, store_id: UUID) -> bytes | None:
        """The key of this store, or None when the keychain has none or there is no keychain.

        Raises:
            NoKey: The keychain is locked, does not answer, or holds under this store's name what is no key.
        """
        found = self.word(str(store_id))
        if not found:
            return None
        if not re.fullmatch(f"[0-9a-fA-F]{{{2 * KEY_BYTES}}}", found):
            raise NoKey("What the keychain holds for this store is no key.")
        return bytes.fromhex(found)

    def put(self, store_id: UUID, key: bytes) -> bool:
        """Keep the key; False when there is no keychain to keep it in."""
        return self.keep(str(store_id), key.hex())

    def forget(self, store_id: UUID) -> None:
        """Take the key of this store out of the keychain."""
        self.drop(str(store_id))

    def word(self, entry: str) -> str | None:
        """What is kept under *entry*, or None when there is nothing or no keychain; NoKey when it is not given."""
        if self.name() is None:
            return None
        return self._ask(lambda: keyring.get_password(SERVICE, entry)) or None

    def keep(self, entry: str, word: str) -> bool:
        """Keep *word* under *entry*; False when there is no keychain to keep it in."""
        if self.name() is None:
            return False
        self._ask(lambda: keyring.set_password(SERVICE, entry, word))
        return True

    def drop(self, entry: str) -> None:
        """Take what is kept under *entry* out of the keychain."""
        if self.name() is not None:
            self._ask(lambda: keyring.delete_password(SERVICE, entry))

    def _ask(self, question: Callable[[], T]) -> T:
        """Ask on a thread of its own, which nobody waits for: a keychain that never answers must not keep us."""
        answer: Future[T] = Future()

        def ask() -> None:
            try:
                answer.set_result(question())
            except Exception as error:  # noqa: BLE001 (another's program: whatever it says, it gave no key)
                answer.set_exception(error)

        threading.Thread(target=ask, name="keychain", daemon=True).start()
        try:
            return answer.result(timeout=_WAIT_SECONDS)
        except Exception as error:
            raise NoKey("The keychain did not give the store's key.") from error


def _derive(passphrase: str, salt: bytes, how: Wrapped) -> bytes:
    return hash_secret_raw(
        " ".join(passphrase.split()).encode(),
        salt,
        time_cost=how.passes,
        memory_cost=how.memory_kib,
        parallelism=how.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
