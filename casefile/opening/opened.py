"""An open store, whatever kind it is: what the window and the command line hold while they work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from platformdirs import user_data_path, user_state_path

from casefile.access.actions import add_first_administrator
from casefile.access.queries import anybody
from casefile.audit.anchor import Anchor
from casefile.audit.verify import Verdict, verify
from casefile.audit.write import head
from casefile.desk import Desk
from casefile.errors import Damaged, Missing
from casefile.store.engine import Store, sound, translated
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

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
        """What kind of store it is and where; with what is wrong with this computer's clock, and where the record went."""
        if not self.asks_first:
            return " · ".join(filter(None, ("Embedded store, encrypted", self.notice)))
        return " · ".join(
            filter(None, (f"Shared store on {self.desk.store.place}", self.desk.clock_remark(), self.notice))
        )

    @property
    def notice(self) -> str:
        """What whoever opens the store must be told first, as far as it is known by now; "" for an ordinary store."""
        said = self.desk.store.standing
        return said.sentence if said else ""

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

    def accept_log(self, reason: str) -> Verdict:
        """Take the log as it stands for the whole log, though more of it was seen on this computer.

        After a server was brought back to an earlier moment, what came after that moment is gone, and the heads kept here
        say so for ever. Whoever answers for the loss says why, and from there the heads begin again. What the log itself
        says must still be sound. Needs an administrator signed in.

        Returns:
            What proving the log finds from now on.

        Raises:
            Missing: The heads kept here agree with the log: there is nothing to accept.
            Damaged: The log is not sound in itself.
            Invalid: No reason was given.
        """
        found = self.desk.verify_log()
        if found.intact:
            raise Missing("The log agrees with all that this computer has seen: there is nothing to accept.")
        with self.desk.store.reading() as session:
            alone = verify(session)
        if not alone.intact:
            raise Damaged(
                f"The log is not sound in itself: {alone.faults[0].sentence}",
                remedy="Bring back another backup: this cannot be accepted.",
            )
        seen = found.faults[-1].sentence
        self.desk.with_(reason=reason).do(take_log_as_it_stands, alone.head.seq, seen)
        anchor = anchor_of(self.desk.store)
        if anchor is not None:
            with self.desk.store.reading() as session:
                anchor.start_again(head(session))
        return self.desk.verify_log()

    def close(self) -> None:
        """Sign out and close."""
        self.desk.close()


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION, asks_reason=True)
def take_log_as_it_stands(work: Work, ends_at: int, seen: str) -> None:
    """Take the log as it stands for the whole log, though more of it was seen before."""
    work.note(ends_at=ends_at, seen=seen)


def default_folder() -> Path:
    """Where a store stands when nobody chose another place."""
    return user_data_path(APPLICATION, appauthor=False) / "store"


def heads_of(store_id: UUID) -> Path:
    """Where the end of this store's log is kept, outside the store."""
    return user_state_path(APPLICATION, appauthor=False) / "log-heads" / f"{store_id}.jsonl"


def anchor_of(store: Store) -> Anchor | None:
    """The heads kept outside a store whose identity is known.

    A store whose record was moved away has its own: up to the move its log and that of the other store are one, and
    from there each goes its own way.
    """
    if store.identity is None:
        return None
    heads, said = heads_of(store.identity), store.standing
    if said is None or said.state != "moved":
        return Anchor(heads)
    own = Anchor(heads.with_name(f"{store.identity}.moved-{said.seq}.jsonl"))
    if not own.path.exists():
        own.begin_with(one for one in Anchor(heads).heads() if one.seq <= said.seq)
    return own
