"""The index of the log by case file and person: filled in for many rows at a time, and always answered in full.

What it holds stands in the rows themselves, under their digests. On the embedded store it is not written
with each row: to name fifty files in it takes longer than all else that a reading must make durable. The
newest rows are asked themselves until it has caught up; nobody who saw a child is ever left out.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casefile.audit.model import LogHead, LogRow, LogSubject

MOST_BEHIND = 64
"""So many of the newest rows at most are not in the index yet."""
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def concerning(subject: UUID) -> Select[tuple[int]]:
    """Numbers of the rows that concern a case file or person: all of them, whether in the index yet or not."""
    indexed = select(LogHead.indexed).where(LogHead.id == 1).scalar_subquery()
    said = [cast(one, Text).contains(str(subject)) for one in (LogRow.files, LogRow.people)]
    newest = select(LogRow.seq).where(LogRow.seq > indexed, or_(*said))
    named = select(LogSubject.seq).where(LogSubject.subject == subject)
    return select(named.union(newest).subquery().c.seq)


def catch_up(session: Session) -> None:
    """Bring the index up to the newest row of the log; part of the transaction of a writing."""
    head = session.execute(select(LogHead.seq, LogHead.indexed).where(LogHead.id == 1)).first()
    if head is None or head.indexed >= head.seq:
        return
    wanted = (
        select(cast(LogRow.files, Text), cast(LogRow.people, Text), LogRow.seq)
        .where(LogRow.seq.between(head.indexed + 1, head.seq))
        .order_by(LogRow.seq)
    )
    named = {
        (one, seq)
        for files, people, seq in session.execute(wanted).all()
        for one in (*_names(files), *_names(people))
    }
    known = {one: _identity(one) for one in {one for one, _ in named}}
    rows = [{"subject": known[one], "seq": seq} for one, seq in sorted(named) if known[one] is not None]
    if rows:
        insert = _INSERT[session.get_bind().dialect.name]
        session.execute(insert(LogSubject.__table__).on_conflict_do_nothing(), rows)
    session.execute(update(LogHead).where(LogHead.id == 1).values(indexed=head.seq))


def _names(said: Any) -> list[str]:
    """What a row names; nobody where somebody wrote there what is no list, which the proof tells of."""
    try:
        return [one for one in json.loads(said) if isinstance(one, str)]
    except (ValueError, TypeError):
        return []


def _identity(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
