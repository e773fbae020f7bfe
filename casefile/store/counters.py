"""Numbers that must never be given twice."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.store.model import Counter


def next_number(session: Session, series: str) -> int:
    """The next number of *series*, from 1; the row is locked until the transaction ends."""
    last = session.execute(select(Counter.last).where(Counter.key == series).with_for_update()).scalar()
    if last is None:
        session.add(Counter(key=series, last=1))
        session.flush()
        return 1
    session.execute(update(Counter).where(Counter.key == series).values(last=last + 1))
    return last + 1


def last_number(session: Session, series: str) -> int:
    """The last number given in *series*; 0 when none was."""
    return session.execute(select(Counter.last).where(Counter.key == series)).scalar() or 0
