"""What a move leaves in the log of either store, and what it does there in the same moment."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from casefile.audit.model import LogHead
from casefile.audit.write import Head
from casefile.errors import Conflict, Missing, Refused
from casefile.moving.tables import tables
from casefile.store import frozen, standing
from casefile.store.standing import Standing
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@query(needs=Permission.ADMINISTER, logs=Logged.NOT_PERSONAL)
def begun_move(work: Work, to: str) -> str | None:
    """See whether the record can be moved to another store, and whether that has begun already."""
    found = _begun(work, to)
    return found.move if found else None


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def begin_move(work: Work, to: str, move: str) -> None:
    """Begin to move the record to another store; from now on nothing can be changed here."""
    connection = work.session.connection()
    found = _begun(work, to)
    work.note(to=to, result="begun" if found is None else "taken up where it stopped")
    if found is None:
        standing.say(connection, Standing("moving", to, work.now, move))
        frozen.freeze(connection, tables())


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def take_in(work: Work, came: str, rows: int, finish: Callable[[Work], object]) -> None:
    """Take in the record of another store, carried and proven whole."""
    finish(work)
    work.note(came_from=came, rows=rows)


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def move_away(work: Work, to: str, move: str, hand_over: Callable[[Work], Head]) -> Standing:
    """Mark the store as moved: its record lives in another store from now on."""
    work.session.execute(select(LogHead.seq).where(LogHead.id == 1).with_for_update())
    last = hand_over(work)
    said = Standing("moved", to, work.now, move, last.seq)
    standing.say(work.session.connection(), said)
    frozen.close_log(work.session.connection())
    work.note(to=to, common_rows=last.seq, **{frozen.AFTER_MOVE: 1})
    return said


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION, asks_reason=True)
def take_up(work: Work) -> Standing:
    """Take up a store again that was moved away, or was to be: it can be changed once more."""
    connection = work.session.connection()
    found = standing.read(connection)
    if found is None:
        raise Missing("This store is in ordinary use: there is nothing to take up.")
    frozen.thaw(connection, tables())
    standing.say(connection, None)
    work.note(was=found.state, other=found.other)
    work.touch(Kind.SETTING)
    return found


def _begun(work: Work, to: str) -> Standing | None:
    found = standing.read(work.session.connection())
    if found is not None and found.state == "moved":
        raise Refused(found.sentence, remedy="Open the store it was moved to.")
    if found is not None and found.other != to:
        raise Conflict(f"{found.sentence} Finish that move, or take the store up again.")
    return found
