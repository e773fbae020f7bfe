"""Opening a store: making one, unlocking it by keychain or passphrase, keeping a copy, bringing it back.

What the window and the command line do before an officer can sign in. Here a desk is wired to its
store, its standards and the place outside the store where the end of the log is kept.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from casefile.audit.anchor import Anchor
from casefile.desk import Desk, real_clock
from casefile.errors import Damaged, Fault, Invalid, Missing, NoKey, Unavailable, WrongKey
from casefile.opening.opened import APPLICATION, OpenStore, anchor_of, default_folder, heads_of
from casefile.opening.places import Place, place_of
from casefile.opening.served import OpenServer, open_server, see_whether_it_is_there
from casefile.standards import library
from casefile.store import embedded
from casefile.store.keys import PASSPHRASE_RULE, Keychain, check_passphrase
from casefile.store.shared.address import Address, parse
from casefile.store.shared.address import text_of as address_text
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.progress import Progress, Quiet
from casefile.work.unit import Work

__all__ = [
    "APPLICATION",
    "PASSPHRASE_RULE",
    "Address",
    "OpenFolder",
    "OpenServer",
    "OpenStore",
    "Place",
    "address_text",
    "anchor_of",
    "check_passphrase",
    "default_folder",
    "heads_of",
    "open_server",
    "parse",
    "place_of",
    "see_whether_it_is_there",
]

SUGGESTED_WORDS = 4
_WORDS = Path(__file__).resolve().parents[2] / "resources" / "words.txt"
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class OpenFolder(OpenStore):
    """An embedded store that is open.

    Attributes:
        folder: Where the store is.
        store_id: The store's identity.
        kept_in: The keychain that holds the key from now on, as people call it; None when the recovery
            passphrase will be asked for each time.
    """

    folder: Path
    store_id: UUID
    kept_in: str | None
    _key: bytes = field(repr=False)

    def backup(self, target: Path, progress: Progress | None = None) -> None:
        """Copy the whole store, still encrypted, to the new folder *target* while it is in use.

        The copy opens with the same recovery passphrase. Needs an administrator signed in.

        Raises:
            Damaged: *target* is not empty.
            Unavailable: *target* cannot be written to.
        """
        watched = progress or Quiet()
        watched.step(0, 1, "Copying the store")
        self.desk.do(keep_copy, target.name)
        embedded.copy_to(self.desk.store, self._key, self.folder, target)
        watched.step(1, 1, "Copying the store")

    def change_passphrase(self, passphrase: str) -> None:
        """Set a new recovery passphrase; the old one stops working. Needs an administrator signed in."""
        self.desk.do(renew_passphrase)
        embedded.change_passphrase(self.folder, self._key, passphrase)


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def keep_copy(work: Work, name: str) -> None:
    """Keep a copy of the whole store."""
    work.note(copy=name)


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def renew_passphrase(work: Work) -> None:
    """Set a new recovery passphrase."""
    work.note(result="changed")


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def bring_back(work: Work, name: str) -> None:
    """Bring a store back from a copy."""
    work.note(copy=name)


def exists(folder: Path) -> bool:
    """Whether *folder* looks like a store."""
    return embedded.exists(folder)


def suggest_passphrase() -> str:
    """Words chosen by chance for a new recovery passphrase, from a list of short English words."""
    try:
        words = _WORDS.read_text("ascii").split()
    except OSError as error:
        raise Unavailable("The list of words that comes with Casefile is missing.") from error
    return " ".join(secrets.choice(words) for _ in range(SUGGESTED_WORDS))


def keychain_name() -> str | None:
    """What this computer's keychain is called, or None when there is no trustworthy one."""
    return Keychain().name()


def create(folder: Path, passphrase: str, *, clock: Clock = real_clock, keychain: bool = True) -> OpenFolder:
    """Make a new, empty store in *folder*, which must be new or empty; its key goes into the keychain.

    Raises:
        Invalid: The passphrase is too short.
        Damaged: The folder holds something.
        Unavailable: The folder cannot be written to.
    """
    if sentence := check_passphrase(passphrase):
        raise Invalid([Fault("passphrase", sentence)], kept="No store was made.")
    opened, key = embedded.create(folder, passphrase)
    return _ready(folder, opened, key, clock, _keep(opened.store_id, key) if keychain else None)


def open_with_keychain(folder: Path, *, clock: Clock = real_clock) -> OpenFolder | None:
    """Open the store with the key that the keychain holds; None when it holds none.

    Raises:
        Damaged: There is no store in *folder*, it is damaged, or it was made by a newer Casefile.
        NoKey: The keychain refused, did not answer, or holds another key: the recovery passphrase opens it.
        Unavailable: The folder cannot be written to.
    """
    _must_exist(folder)
    chain = Keychain()
    key = chain.get(embedded.store_id(folder))
    if key is None:
        return None
    try:
        opened = embedded.open_with_key(folder, key)
    except WrongKey as error:
        raise NoKey("The key in the keychain does not open this store.") from error
    return _ready(folder, opened, key, clock, chain.name())


def open_with_passphrase(
    folder: Path, passphrase: str, *, clock: Clock = real_clock, remember: bool = True
) -> OpenFolder:
    """Open the store with its recovery passphrase.

    Args:
        folder: Where the store is.
        passphrase: The recovery passphrase.
        clock: What tells the moment.
        remember: Give the key to the keychain, where there is one.

    Raises:
        Refused: It is not the passphrase of this store.
        Damaged: There is no store in *folder*, it is damaged, or it was made by a newer Casefile.
        Unavailable: The folder cannot be written to.
    """
    _must_exist(folder)
    key = embedded.key_from_passphrase(folder, passphrase)
    opened = embedded.open_with_key(folder, key)
    return _ready(folder, opened, key, clock, _keep(opened.store_id, key) if remember else None)


def restore(
    copy: Path, target: Path, passphrase: str, sign_in: Callable[[Desk], object], *, clock: Clock = real_clock
) -> OpenFolder:
    """Bring a store back from a copy into the new folder *target*; all or nothing.

    The copy is opened, checked page by page, and its log proven against itself, before anything of it counts.
    From then on its log is the store's log: the heads kept outside begin again at its end.

    Args:
        copy: The folder that a backup made.
        target: A new or empty folder.
        passphrase: The copy's recovery passphrase.
        sign_in: Signs an administrator of the copy in at the desk it is handed.
        clock: What tells the moment.

    Raises:
        Damaged: The copy is no store, is damaged, or *target* is not empty.
        Refused: Wrong passphrase, or not an administrator.
        Unavailable: *target* cannot be written to.
    """
    _must_exist(copy)
    embedded.key_from_passphrase(copy, passphrase)
    fresh = not target.exists()
    if not fresh and any(target.iterdir()):
        raise Damaged(f"The folder {target.name} is not empty.", remedy="Choose a new folder.")
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        for part in (embedded.DATABASE, embedded.RECOVERY):
            shutil.copy2(copy / part, target / part)
        opened = open_with_passphrase(target, passphrase, clock=clock)
        try:
            _prove(opened, copy, sign_in)
        except BaseException:
            opened.close()
            raise
    except OSError as error:
        _empty(target, whole=fresh)
        raise Unavailable(
            f"Casefile cannot write to {target}.", remedy="Choose a place with free space."
        ) from error
    except BaseException:
        _empty(target, whole=fresh)
        raise
    return opened


def _prove(opened: OpenFolder, copy: Path, sign_in: Callable[[Desk], object]) -> None:
    if faults := opened.faults():
        raise Damaged(f"The copy is damaged: {faults[0]}", kept="Nothing was brought back.")
    # A desk without heads: until all has gone well, the heads belong to the store that was copied.
    trial = Desk(opened.desk.store, opened.desk.standards, clock=opened.desk.now)
    verdict = trial.verify_log()
    if not verdict.intact:
        raise Damaged(
            f"The log of the copy is not sound: {verdict.faults[0].sentence}",
            kept="Nothing was brought back.",
        )
    sign_in(trial)
    trial.do(bring_back, copy.name)
    Anchor(heads_of(opened.store_id)).start_again(trial.verify_log().head)
    opened.desk.actor = trial.actor


def _ready(
    folder: Path, opened: embedded.Opened, key: bytes, clock: Clock, kept_in: str | None
) -> OpenFolder:
    opened.store.identity, opened.store.standing = opened.store_id, opened.standing
    desk = Desk(opened.store, library(), anchor=anchor_of(opened.store), clock=clock)
    return OpenFolder(desk, str(folder), folder, opened.store_id, kept_in, key)


def _keep(store_id: UUID, key: bytes) -> str | None:
    """Give the key to the keychain; a keychain that refuses is an ordinary thing, not an error."""
    chain = Keychain()
    try:
        return chain.name() if chain.put(store_id, key) else None
    except NoKey:
        return None


def _must_exist(folder: Path) -> None:
    if not folder.is_dir():
        raise Missing(f"There is no store at {folder}.", remedy="Check the place, or make a new store there.")


def _empty(folder: Path, *, whole: bool) -> None:
    for part in folder.glob("*"):
        part.unlink(missing_ok=True)
    if whole and folder.is_dir():
        folder.rmdir()
