"""How a store stands while its record is moved: being filled, being moved away, or moved.

A store of which nothing is said here is an ordinary store. What is said is a fact of the store itself, so
every computer that opens it reads the same.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select, update

from casefile.errors import Conflict, Damaged
from casefile.store.model import StoreFact

State = Literal["filling", "moving", "moved"]
KEY, FILLED, CAME = "standing", "filled", "came_from"
OWN_FACTS = ("store_id", KEY, FILLED, CAME, "local_socket", "keep_passwords", "accepted_settings")
"""Facts that are written when a store is made ready, or belong to it alone: they do not travel with the rows."""
_FACT: Any = StoreFact.__table__
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is happening, or has happened, to a store.

    Attributes:
        state: ``filling``: a record is being moved into it, and only half of it is there. ``moving``: its record
            is being moved away. ``moved``: its record lives elsewhere.
        other: The other store, as people are told of it.
        since: When it began; for a moved store, when it was done.
        move: The identity of the move: the same in both stores.
        seq: For a moved store, the last row of the log that the other store has too.
    """

    state: State
    other: str
    since: datetime
    move: str
    seq: int = 0

    @property
    def sentence(self) -> str:
        """What whoever opens the store is told."""
        local = self.since.astimezone(_LONDON)
        day = f"{local.day} {local:%B %Y}"
        if self.state == "filling":
            return (
                f"This store is only half filled: moving a record into it from {self.other} was begun on {day} "
                "and is not finished."
            )
        if self.state == "moving":
            return f"This store is being moved to {self.other} since {day}. It can be read, not changed."
        return f"This store was moved to {self.other} on {day}. It can be read, not changed."


@dataclass(frozen=True, slots=True)
class CameFrom:
    """Where the record of a store was moved from, and the end of the log at that moment.

    Attributes:
        other: The store it came from, as people are told of it.
        at: When the move was done.
        move: The identity of the move.
        seq, digest: The last row of the log that both stores have.
    """

    other: str
    at: datetime
    move: str
    seq: int
    digest: str


def read(connection: Connection) -> Standing | None:
    """How the store stands; None for an ordinary store."""
    found = fact(connection, KEY)
    return None if found is None else Standing(**_dated(found, "since"))


def came_from(connection: Connection) -> CameFrom | None:
    """Where the store's record was moved from; None when it was never moved."""
    found = fact(connection, CAME)
    return None if found is None else CameFrom(**_dated(found, "at"))


def check_filled(found: Standing | None) -> None:
    """Refuse to open a store that holds half a record; the sentence says from where."""
    if found is not None and found.state == "filling":
        raise Damaged(found.sentence, remedy="Start the move again: it goes on where it stopped.")


def say(connection: Connection, said: Standing | None) -> None:
    """Write how the store stands; None for an ordinary store."""
    connection.execute(delete(_FACT).where(_FACT.c.key == KEY))
    if said is not None:
        put(connection, KEY, _plain(asdict(said), "since"))


def say_came(connection: Connection, came: CameFrom) -> None:
    """Write where the record came from."""
    connection.execute(delete(_FACT).where(_FACT.c.key == CAME))
    put(connection, CAME, _plain(asdict(came), "at"))


def fact(connection: Connection, key: str) -> str | None:
    """One fact of the store about itself."""
    return connection.execute(select(_FACT.c.value).where(_FACT.c.key == key)).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Write a fact that is not there yet."""
    connection.execute(insert(_FACT), {"key": key, "value": value})


def replace(connection: Connection, key: str, before: str, after: str) -> None:
    """Write a fact anew, if it still says what was read; Conflict when another program was first."""
    done = connection.execute(
        update(_FACT).where(_FACT.c.key == key, _FACT.c.value == before).values(value=after)
    )
    if done.rowcount != 1:
        raise Conflict("Another program is moving this record at the same moment.")


def starting(said: Standing) -> dict[str, str]:
    """The facts of a store that begins to be filled."""
    return {KEY: _plain(asdict(said), "since"), FILLED: "{}"}


def _plain(said: dict[str, Any], moment: str) -> str:
    return json.dumps({**said, moment: said[moment].isoformat()}, sort_keys=True)


def _dated(found: str, moment: str) -> dict[str, Any]:
    said = json.loads(found)
    return {**said, moment: datetime.fromisoformat(said[moment])}
