"""An open store, whatever kind it is: what the window and the command line hold while they work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from platformdirs import user_data_path, user_state_path

from casefile.access.actions import add_first_administrator
from casefile.access.queries import anybody
from casefile.desk import Desk
from casefile.errors import Damaged
from casefile.store.engine import sound, translated

APPLICATION = "casefile"


@dataclass(frozen=True, slots=True)
class OpenStore:
    """A store that is open, with the desk to work at.

    Attributes:
        desk: The one door; nobody is signed in yet.
        place: What opens it again: the folder, or the address of the server.
    """

    desk: Desk
    place: str

    @property
    def asks_first(self) -> bool:
        """Whether nothing of it can be read before an officer has signed in."""
        return self.desk.store.by_role

    @property
    def shown(self) -> str:
        """What kind of store it is and where, in a few words; with what is wrong with this computer's clock."""
        if not self.asks_first:
            return "Embedded store, encrypted"
        return " · ".join(
            filter(None, (f"Shared store on {self.desk.store.place}", self.desk.clock_remark()))
        )

    @property
    def identity(self) -> UUID | None:
        """The store's identity, as far as it is known by now."""
        return self.desk.store.identity

    def has_officers(self) -> bool:
        """Whether somebody can sign in already; if not, the first administrator is made."""
        return self.asks_first or self.desk.read(anybody)

    def first_administrator(self, name: str, password: str) -> None:
        """Make the first administrator of a new store, and sign them in.

        Raises:
            Invalid: The name or the password cannot stand.
            Refused: The store has officers already.
        """
        self.desk.do(add_first_administrator, name, password)
        self.desk.sign_in(name, password)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the store's pages and references, in sentences; nothing when it is sound."""
        try:
            with translated():
                return tuple(sound(self.desk.store))
        except Damaged as damaged:
            return (damaged.sentence,)

    def close(self) -> None:
        """Sign out and close."""
        self.desk.close()


def default_folder() -> Path:
    """Where a store stands when nobody chose another place."""
    return user_data_path(APPLICATION, appauthor=False) / "store"


def heads_of(store_id: UUID) -> Path:
    """Where the end of this store's log is kept, outside the store."""
    return user_state_path(APPLICATION, appauthor=False) / "log-heads" / f"{store_id}.jsonl"
