"""The seal of a copy that was taken away: it can be read until its time is over, and never written in.

The facts of the seal are inside the encrypted file. How late it has been is the newest moment in the copy's own log, which
is chained: a clock that was moved back is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import column, func, select, table

from casefile.errors import Damaged, Refused
from casefile.store.base import Moment
from casefile.store.model import StoreFact

if TYPE_CHECKING:
    from casefile.store.engine import Store

COPY, TAKEN, UNTIL, READER = "copy", "copy_taken_at", "copy_until", "copy_reader"
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far two readings of a clock may lie apart the wrong way before it counts as moved back."""


class SealBroken(Refused):
    """The time of a copy is over: it does not open any more."""

    remedy = "Take a new copy if you still need it, and return this one."


@dataclass(slots=True)
class Seal:
    """What binds one copy.

    Attributes:
        copy_id: Its identity, as in the log of the store it was taken from.
        reader: Who reads it, as people call them.
        seen: The latest moment at which it was in use.
    """

    copy_id: UUID
    reader: str
    taken_at: datetime
    until: datetime
    seen: datetime
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def allow(self, now: datetime, *, writes: bool) -> None:
        """Let something be done in it at this moment.

        Raises:
            SealBroken: Its time is over.
            Refused: It is to be written in, or the clock was moved back.
        """
        if now < self.seen - CLOCKS_DIFFER:
            raise Refused(
                "The clock of this computer was moved back since the copy was last in use.",
                kept="The copy was not opened.",
                remedy="Put the clock right.",
            )
        if now >= self.until:
            raise SealBroken("The time of this copy is over.", kept="Nothing of it is shown any more.")
        if writes:
            raise Refused(
                "This is a copy: everything in it can be read, and nothing written.",
                remedy="Write in the store itself when you are back.",
            )
        self.seen = max(self.seen, now)


def read(store: Store) -> Seal | None:
    """The seal of an open store; None when it is no copy."""
    with store.reading() as session:
        facts = {row.key: row.value for row in session.execute(select(StoreFact.key, StoreFact.value))}
        if COPY not in facts:
            return None
        last = session.execute(
            select(func.max(column("at", Moment()))).select_from(table("log_row"))
        ).scalar()
    try:
        taken, until = datetime.fromisoformat(facts[TAKEN]), datetime.fromisoformat(facts[UNTIL])
        seen = max(taken, last) if last is not None else taken
        return Seal(UUID(facts[COPY]), facts[READER], taken, until, seen, facts)
    except (KeyError, ValueError) as error:
        raise Damaged("The seal of this copy is damaged, so it is not opened.") from error
