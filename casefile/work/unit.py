"""The unit of work: one officer doing one thing at one moment.

Everything an action or query needs is handed to it here; nothing else knows the time,
the officer or the session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from casefile.work.progress import Progress, Quiet

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from casefile.standards import Library

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: an officer signed in, with the permissions of their role.

    Attributes:
        officer_id: The officer's identity; None for the store itself before anybody has signed in.
        name: Name and number as shown, e.g. ``DC 4471 Marsh``.
        role: Key of the role (``casefile.access.roles``).
        permissions: What the role allows.
    """

    officer_id: UUID | None
    name: str
    role: str
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        """Whether this officer's role allows *permission*."""
        return permission in self.permissions


NOBODY = Actor(None, "Casefile", "none", frozenset())
"""Acts before an officer has signed in: first run and the sign-in itself."""


@dataclass(slots=True)
class Work:
    """One unit of work: the session, the officer, the time and the standard.

    Attributes:
        session: The SQLAlchemy session; the desk commits or rolls it back.
        actor: Who acts.
        now: The moment of the work, in UTC.
        standards: The standards library; ask it by the date of the trigger.
        reason: Why, in the officer's words, where a reason was asked for.
        progress: Where a long action reports and learns that it was stopped.
    """

    session: Session
    actor: Actor
    now: datetime
    standards: Library
    reason: str | None = None
    progress: Progress = field(default_factory=Quiet)
    _kinds: set[Kind] = field(default_factory=set[Kind])
    _files: set[UUID] = field(default_factory=set[UUID])
    _people: set[UUID] = field(default_factory=set[UUID])
    _recipients: list[str] = field(default_factory=list[str])
    _details: dict[str, str | int] = field(default_factory=dict[str, str | int])
    _left: list[Callable[[], None]] = field(default_factory=list["Callable[[], None]"])

    @property
    def today(self) -> date:
        """The date in London at the moment of the work."""
        return self.now.astimezone(LONDON).date()

    @property
    def officer_id(self) -> UUID:
        """The acting officer's identity; only for work done by somebody signed in."""
        if self.actor.officer_id is None:
            raise RuntimeError("this work needs an officer signed in")
        return self.actor.officer_id

    def touch(self, kind: Kind, file_id: UUID | None = None) -> None:
        """Say that a record of *kind* (of one case file) was written."""
        self._kinds.add(kind)
        if file_id is not None:
            self._files.add(file_id)

    def about(self, *, files: Iterable[UUID] = (), people: Iterable[UUID] = ()) -> None:
        """Say whose record this work reads or writes: the log row names them."""
        self._files.update(files)
        self._people.update(people)

    def note(self, **details: str | int) -> None:
        """Add facts to the log row: counts, section keys, references; never case content."""
        self._details.update(details)

    def leave(self, write: Callable[[], None]) -> None:
        """Write something together with the log row, in its transaction: what a reading leaves behind."""
        self._left.append(write)

    def leave_behind(self) -> None:
        """Write what is left behind; the desk does so just before the log row."""
        while self._left:
            self._left.pop(0)()

    def disclosed_to(self, recipient: str) -> None:
        """Name who receives what is printed or exported (the log must show it: DPA 2018, s. 62)."""
        self._recipients.append(recipient)

    @property
    def changed(self) -> Changed:
        """What this work touched so far."""
        return Changed(frozenset(self._kinds), frozenset(self._files))

    @property
    def subjects(self) -> tuple[frozenset[UUID], frozenset[UUID]]:
        """Case files and people the log row will name."""
        return frozenset(self._files), frozenset(self._people)

    @property
    def details(self) -> dict[str, str | int]:
        """Facts for the log row."""
        found = dict(self._details)
        if self._recipients:
            found["recipient"] = "; ".join(self._recipients)
        return found
