"""The outbox: what an officer types while the server of a shared store is away, kept on this computer until it is sent.

One encrypted file for each officer and store, in the officer's own data folder. Its random key is in the keychain; where
there is no keychain to trust, it is wrapped under the officer's password. Nothing of it is ever in clear text on the disk,
and nobody but that officer, signed in, opens it. What is sent goes through the same action as every saving of a form, with
what the form held when it was read, so that the words of others are never overwritten.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from platformdirs import user_data_path

from casefile.desk import Desk
from casefile.errors import Away, CasefileError, Conflict, NoKey, Refused, Unsure
from casefile.files.actions.drafts import save_begun, start_draft
from casefile.files.queries.drafts import DraftRow
from casefile.record.drafting import Typing
from casefile.store import keys
from casefile.store.keys import Keychain
from casefile.store.outbox import OutboxFile
from casefile.work.changed import Changed, Done
from casefile.work.door import registry
from casefile.work.ids import derived_id, new_id
from casefile.work.names import Kind

APPLICATION = "casefile"
OWN = "-own"
"""In the name of an outbox whose key is wrapped under a password, beside one whose key is in the keychain."""
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Which form it is: the action that saves it, and of what.

    Attributes:
        act: Name of the action, as in the log; it is handed *of*, the values, the revision and the typing.
        of: Identity of the draft, or of what the form is about; None where there is only one.
        title: What people call it: the section and the reference of the file.
        file_id, record: Where a new form can be begun with what was typed when the old one is gone; else empty.
    """

    act: str
    of: UUID | None
    title: str
    file_id: UUID | None = None
    record: str = ""

    @property
    def key(self) -> str:
        """The place in the outbox."""
        return f"{self.act} {self.of or ''}".strip()

    @property
    def begins(self) -> Mapping[str, Any]:
        """What the action is handed besides, where the form was begun here and the server has never heard of it."""
        return {"file_id": self.file_id, "record": self.record} if self.act == save_begun.name else {}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in one form.

    Attributes:
        values: The state of the form.
        revision: How often it had been saved when it was read.
        typing: What it held before anything was typed that is not sent yet, and in which window.
        at: When it was typed.
        why_not: Why it could not be sent, in a sentence; "" while it waits for the server.
    """

    place: FormPlace
    values: Mapping[str, Any]
    revision: int
    typing: Typing
    at: datetime
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class KeptHere:
    """What was typed is on this computer only; it will be sent."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: how many forms are on the server now, what could not be sent, what is locked.

    Attributes:
        locked: How many older outboxes are locked with a password that the officer had before.
    """

    forms: int
    kept: tuple[Typed, ...]
    locked: int


class Outbox:
    """What one officer typed on this computer and the server does not have yet."""

    def __init__(self, folder: Path, identity: UUID, password: str | None) -> None:
        """Open the outbox of *identity* in *folder*, or make it.

        Raises:
            NoKey: There is neither a keychain nor a password to keep its key under.
            Unavailable: The folder cannot be written to.
        """
        self._folder, self._identity = folder, identity
        self._lock = threading.Lock()
        self._gone = 0
        self._secret, self._chained = self._key(password)
        self._file = OutboxFile(folder / f"{identity}{'' if self._chained else OWN}.db", self._secret)
        self._places = set(self._file.rows())
        if self._chained and password is not None:
            with suppress(Refused):
                self.unlock(password)

    @property
    def locked(self) -> int:
        """How many older outboxes are locked with a password that the officer had before."""
        return len(self._older())

    @property
    def anything(self) -> bool:
        """Whether anything is kept here, locked or not."""
        return bool(self._places) or self.locked > 0

    def keep(self, typed: Typed) -> None:
        """Keep what was typed; it is on this computer's disk, encrypted, when this returns."""
        with self._lock:
            self._file.put(typed.place.key, _plain(typed))
            self._places.add(typed.place.key)

    def drop(self, place: FormPlace) -> None:
        """Keep nothing more of a form: it is on the server, or the officer threw it away."""
        with self._lock:
            if place.key in self._places:
                self._file.take_out(place.key)
                self._places.discard(place.key)
                self._gone += 1

    def gone(self) -> int:
        """How many forms have left since this was asked last: sent, or thrown away."""
        with self._lock:
            gone, self._gone = self._gone, 0
        return gone

    def waiting(self) -> tuple[Typed, ...]:
        """Everything that the server does not have yet, oldest first."""
        with self._lock:
            return tuple(
                sorted((_typed(said) for said in self._file.rows().values()), key=lambda one: one.at)
            )

    def send_all(self, desk: Desk) -> Done[Sent]:
        """Send everything, one form after the other; what cannot be sent stays here and says why.

        Raises:
            Away: The server went away again; what was not sent yet stays.
        """
        kinds, files = set[Kind](), set[UUID]()
        for typed in self.waiting():
            try:
                done: Done[Any] = desk.do(
                    registry()[typed.place.act],
                    typed.place.of,
                    dict(typed.values),
                    typed.revision,
                    typed.typing,
                    **typed.place.begins,
                )
            except (Away, Unsure):
                raise
            except CasefileError as error:
                self.keep(_because(typed, error))
            else:
                self.drop(typed.place)
                kinds |= done.changed.kinds
                files |= done.changed.files
        sent = Sent(self.gone(), self.waiting(), self.locked)
        return Done(sent, Changed(frozenset(kinds), frozenset(files)))

    def begin_anew(self, desk: Desk, typed: Typed) -> Done[DraftRow]:
        """Begin a new form with what was typed, where the old one was signed or thrown away meanwhile.

        Raises:
            Refused: The form was of a kind that cannot be begun like this.
        """
        if typed.place.file_id is None:
            raise Refused("A new form of this kind cannot be begun here.", remedy="Copy the words you need.")
        done = desk.do(start_draft, typed.place.file_id, typed.place.record, values=dict(typed.values))
        self.drop(typed.place)
        return done

    def renew(self, password: str) -> None:
        """The officer has a new password: it opens the outbox from now on, where no keychain does."""
        if not self._chained:
            keys.write_wrapped(self._wrapped, keys.wrap(self._secret, password, self._identity))

    def unlock(self, former: str) -> int:
        """Take in what is locked with a password that the officer had before; gives how many forms it was.

        Raises:
            Refused: It is not that password.
        """
        forms = 0
        for wrapped in self._older():
            key = keys.unwrap(keys.read_wrapped(wrapped), former)
            older = OutboxFile(wrapped.with_suffix(".db"), key)
            try:
                newer = self._file.rows()
                for place, said in older.rows().items():
                    if place not in newer:
                        self._file.put(place, said)
                        self._places.add(place)
                        forms += 1
            finally:
                older.close()
            for part in (wrapped, wrapped.with_suffix(".db")):
                part.unlink(missing_ok=True)
        return forms

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def _wrapped(self) -> Path:
        return self._folder / f"{self._identity}{OWN}.json"

    def _older(self) -> list[Path]:
        """What is wrapped under a password and is not the file in use."""
        found = sorted(self._folder.glob(f"{self._identity}-*.json"))
        return [one for one in found if self._chained or one != self._wrapped]

    def _key(self, password: str | None) -> tuple[bytes, bool]:
        """The key, and whether the keychain holds it."""
        chain = Keychain()
        with suppress(NoKey):
            key = chain.get(self._identity) or keys.new_key()
            if chain.put(self._identity, key):
                return key, True
        if password is None:
            raise NoKey(
                "This computer has no keychain that can be trusted, so nothing typed while the server is away can be "
                "kept here.",
                kept="What you type stays in the window.",
                remedy="",
            )
        return self._under(password), False

    def _under(self, password: str) -> bytes:
        """The key as wrapped under the officer's password; what a former password locks is put aside."""
        if self._wrapped.exists():
            try:
                return keys.unwrap(keys.read_wrapped(self._wrapped), password)
            except Refused:
                aside = self._folder / f"{self._identity}-{new_id()}"
                for part in (self._wrapped, self._wrapped.with_suffix(".db")):
                    part.rename(aside.with_suffix(part.suffix))
        key = keys.new_key()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys.write_wrapped(self._wrapped, keys.wrap(key, password, self._identity))
        return key


def open_outbox(desk: Desk, password: str | None) -> Outbox | None:
    """The outbox of the officer who has just signed in; None for an embedded store, or where none can be kept.

    Args:
        desk: The desk they signed in at.
        password: What they signed in with; None for single sign-on.
    """
    if desk.store.kind != "shared" or desk.actor.officer_id is None:
        return None
    store = desk.store.identity or desk.store.place
    folder = user_data_path(APPLICATION, appauthor=False) / "outbox"
    try:
        return Outbox(folder, derived_id("outbox", store, desk.actor.officer_id), password)
    except CasefileError:
        return None


def save_or_keep(
    desk: Desk, outbox: Outbox | None, typed: Typed, save: Callable[[Desk], Done[R]]
) -> Done[R] | KeptHere:
    """Save a form on the server; while that is away, keep what was typed on this computer.

    Raises:
        CasefileError: What the server says against it, or that it is away where nothing can be kept here.
    """
    try:
        done = save(desk)
    except (Away, Unsure):
        if outbox is None:
            raise
        outbox.keep(typed)
        return KeptHere(typed.at)
    if outbox is not None:
        outbox.drop(typed.place)
    return done


def _because(typed: Typed, error: CasefileError) -> Typed:
    why = "Somebody else saved the form meanwhile." if isinstance(error, Conflict) else error.sentence
    return Typed(typed.place, typed.values, typed.revision, typed.typing, typed.at, why)


def _plain(typed: Typed) -> dict[str, Any]:
    place = typed.place
    return {
        "act": place.act,
        "of": str(place.of) if place.of else None,
        "title": place.title,
        "file": str(place.file_id) if place.file_id else None,
        "record": place.record,
        "values": dict(typed.values),
        "revision": typed.revision,
        "base": dict(typed.typing.base),
        "window": str(typed.typing.window),
        "at": typed.at.isoformat(),
        "why_not": typed.why_not,
    }


def _typed(said: Mapping[str, Any]) -> Typed:
    place = FormPlace(
        said["act"],
        UUID(said["of"]) if said["of"] else None,
        said["title"],
        UUID(said["file"]) if said["file"] else None,
        said["record"],
    )
    return Typed(
        place,
        said["values"],
        said["revision"],
        Typing(said["base"], UUID(said["window"])),
        datetime.fromisoformat(said["at"]),
        said["why_not"],
    )
