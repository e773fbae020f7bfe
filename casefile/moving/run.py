"""The move itself: freeze, carry, prove, hand over. Stopped at any moment, the same move started again goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, delete, func, insert, select

from casefile.access.actions import reset_password
from casefile.access.rules import password_fault
from casefile.audit.anchor import Anchor
from casefile.audit.index import catch_up
from casefile.audit.model import LogHead, LogRow
from casefile.audit.verify import verify
from casefile.audit.write import Head, head
from casefile.desk import Desk
from casefile.errors import Damaged, Fault, Invalid, Unavailable
from casefile.moving.actions import begin_move, begun_move, move_away, take_in
from casefile.moving.ends import Target
from casefile.moving.tables import check_known, tables
from casefile.opening import anchor_of, heads_of
from casefile.store import standing, words
from casefile.store.engine import Store
from casefile.store.model import StoreFact
from casefile.store.standing import CameFrom, Standing
from casefile.store.transfer.fill import Filling, guards_up
from casefile.store.transfer.prove import summed
from casefile.store.transfer.rows import LOG, Row
from casefile.work.progress import Progress
from casefile.work.unit import Work

_PATIENCE = 20
"""How often the freeze is tried while others are in the middle of a change."""
_HEAD: Any = LogHead.__table__
_FACT: Any = StoreFact.__table__


@dataclass(frozen=True, slots=True)
class Source:
    """The store that is moved.

    Attributes:
        desk: Where an administrator is signed in.
        store: How its rows are reached: for an embedded store the same; for a shared one the database's owner.
        store_id: Its identity, which the record keeps.
        place: What people are told it is called.
    """

    desk: Desk
    store: Store
    store_id: UUID
    place: str

    def standing(self) -> Standing | None:
        """How it stands at this moment."""
        with self.store.reading() as session:
            return standing.read(session.connection())


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move came to.

    Attributes:
        place: Where the record is now.
        rows: Rows carried and proven equal, without the log.
        log_rows: Rows of the log, proven as a chain in the new place.
    """

    place: str
    rows: int
    log_rows: int


class Move:
    """One move of one record."""

    def __init__(self, source: Source, target: Target, password: str, progress: Progress) -> None:
        """Move *source* to *target*; *password* is the administrator's own in the new place."""
        self._source, self._target, self._password = source, target, password
        self._progress = progress
        self._tables = tables()
        self._move = ""
        self._done = self._all = 0

    def run(self) -> Moved:
        """Do it.

        Raises:
            Invalid: The password is too easily guessed.
            Refused: Nobody who administers is signed in, or the record was moved already.
            Conflict: The record is being moved to another place.
            Damaged: The log of the source is not sound, the target holds something, or what arrived is not equal.
            Unavailable: A disk or server is not there.
            Cancelled: A person stopped it.
        """
        desk = self._source.desk
        if sentence := password_fault(self._password, desk.actor.name):
            raise Invalid([Fault("password", sentence)], kept="Nothing was moved.")
        begun = self._own(None).read(begun_move, self._target.place)
        self._move = begun or uuid4().hex
        check_known(self._source.store)
        if begun is None:
            self._check_log(self._source.store, "The log of this store is not sound")
        elif (whole := self._whole()) is not None:
            return self._hand_over_again(*whole)
        store = self._target.ready(
            self._source.store_id, Standing("filling", self._source.place, desk.now(), self._move)
        )
        try:
            self._freeze()
            return self._carry(store)
        finally:
            self._target.leave(store)

    def _freeze(self) -> None:
        """Nothing more is changed in the source; on a server that waits for those in the middle of a change."""
        desk = self._own(self._heads())
        for left in reversed(range(_PATIENCE)):
            try:
                desk.do(begin_move, self._target.place, self._move)
            except Unavailable:
                if not left:
                    raise
            else:
                self._source.desk.store.standing = self._source.standing()
                return

    def _own(self, anchor: Anchor | None, store: Store | None = None) -> Desk:
        """A desk of the administrator on a store reached as this move reaches it."""
        seen = self._source.desk
        desk = Desk(store or self._source.store, seen.standards, anchor=anchor, clock=seen.now)
        desk.actor = seen.actor
        return desk

    def _heads(self) -> Anchor:
        """The heads kept of the record's log, wherever it is."""
        return Anchor(heads_of(self._source.store_id))

    def _whole(self) -> tuple[Store, CameFrom] | None:
        """The target, if this very move came so far that only the source was left to be marked."""
        store = self._target.finished()
        if store is None:
            return None
        with store.reading() as session:
            came = standing.came_from(session.connection())
        if came is not None and came.move == self._move:
            return store, came
        self._target.leave(store)
        return None

    def _carry(self, store: Store) -> Moved:
        counts = self._counts()
        self._all = 3 * sum(counts.values())
        filling = Filling(self._source.store, store, self._altered)
        filling.fill(self._tables, partial(self._counted, "Carrying"))
        self._set_head(store)
        rows = sum(self._prove(store, table) for table in self._tables if table.name not in LOG)
        self._check_log(store, "The log that arrived is not the log that was sent")
        said = self._own(None).do(
            move_away, self._target.place, self._move, partial(self._over, store, filling, rows)
        )
        self._keep_own_head(said.result)
        self._progress.step(self._all, self._all, "Moved")
        return Moved(self._target.place, rows, said.result.seq)

    def _over(self, store: Store, filling: Filling, rows: int, work: Work) -> Head:
        """The last moment: what came into the log meanwhile; then the target is a store, and the source is not."""
        catch_up(work.session)  # what the index of the log still lacked is carried with the rest
        last = head(work.session)
        finish = partial(self._finish, filling, work, last)
        desk = self._own(self._heads(), store)
        desk.do(take_in, self._source.place, rows, finish)
        self._target.settle(store)
        return last

    def _finish(self, filling: Filling, source: Work, last: Head, work: Work) -> None:
        connection = work.session.connection()
        for table in self._tables:
            if table.name in LOG:
                filling.carry_on(table, connection, source.session)
        _move_head(connection, last, indexed=last.seq)
        guards_up(connection, self._tables)
        words.catch_up(connection)
        connection.execute(delete(_FACT).where(_FACT.c.key.in_((standing.KEY, standing.FILLED))))
        standing.say_came(
            connection, CameFrom(self._source.place, work.now, self._move, last.seq, last.digest)
        )
        reset_password(work, work.officer_id, self._password)

    def _hand_over_again(self, whole: Store, came: CameFrom) -> Moved:
        """An earlier run filled the target and was stopped before it could say so in the source."""
        self._target.settle(whole)
        self._target.leave(whole)
        said = self._own(None).do(
            move_away, self._target.place, self._move, lambda _: Head(came.seq, came.digest)
        )
        self._keep_own_head(said.result)
        return Moved(self._target.place, 0, came.seq)

    def _keep_own_head(self, said: Standing) -> None:
        """From here the log of the source goes its own way; so do the heads kept of it."""
        self._source.store.standing = said
        self._source.desk.go_apart(anchor_of(self._source.store), said)
        with self._source.store.reading() as session:
            self._source.desk.keep_head(head(session))

    def _counts(self) -> dict[str, int]:
        with self._source.store.reading() as session:
            return {
                one.name: session.scalars(select(func.count()).select_from(one)).one() for one in self._tables
            }

    def _counted(self, what: str, rows: int) -> None:
        self._done += rows
        self._progress.step(min(self._done, self._all), self._all, what)

    def _altered(self, table: Table, row: Row) -> Row:
        """A row as it stands in the new place: nobody's password travels."""
        if table.name != "officer":
            return row
        return {**row, "password_hash": "", "failed": 0, "locked_until": None}

    def _set_head(self, store: Store) -> None:
        with store.writing() as session:
            last = session.execute(
                select(LogRow.seq, LogRow.digest).order_by(LogRow.seq.desc()).limit(1)
            ).one()
            _move_head(session.connection(), Head(last.seq, last.digest))

    def _prove(self, store: Store, table: Table) -> int:
        counted: Callable[[int], None] = partial(self._counted, "Proving")
        sent = summed(self._source.store, table, counted)
        came = summed(store, table, counted)
        if sent != came:
            raise Damaged(
                f"What arrived is not what was sent: {table.name} has {came.rows:,} rows there and {sent.rows:,} here, "
                f"and their digests {'differ' if came.rows == sent.rows else 'are not compared'}.",
                kept="The store that is moved stays as it is.",
                remedy="Take the half filled store away and start again; or take this store up again.",
            )
        return sent.rows

    def _check_log(self, store: Store, wrong: str) -> None:
        heads = self._heads().heads()
        with store.reading() as session:
            last = head(session)
            verdict = verify(session, (one for one in heads if one.seq <= last.seq), self._progress)
        if not verdict.intact:
            raise Damaged(f"{wrong}: {verdict.faults[0].sentence}", kept="Nothing was moved.")


def _move_head(connection: Connection, last: Head, indexed: int = 0) -> None:
    connection.execute(delete(_HEAD))
    connection.execute(insert(_HEAD), {"id": 1, "seq": last.seq, "digest": last.digest, "indexed": indexed})
