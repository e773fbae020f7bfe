"""Filters of the review queue that an officer keeps under a name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from casefile.errors import Fault, Invalid
from casefile.record.kept import QUEUE, KeptFilter
from casefile.supervision.queue import QueueFilter
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter and the name it was kept under."""

    name: str
    filter: QueueFilter


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def keep_filter(work: Work, name: str, wanted: QueueFilter) -> None:
    """Keep a filter of the queue under a name; the same name again replaces it."""
    called = " ".join(name.split())
    if not called:
        raise Invalid([Fault("name", "Give the filter a name.")], kept="Nothing was kept.")
    _forget(work, called)
    values: dict[str, Any] = asdict(wanted) | {"officer_id": wanted.officer_id and str(wanted.officer_id)}
    work.session.add(KeptFilter(officer_id=work.officer_id, room=QUEUE, name=called, wanted=values))
    work.touch(Kind.SETTING)


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def forget_filter(work: Work, name: str) -> None:
    """Forget a kept filter."""
    _forget(work, name)
    work.touch(Kind.SETTING)


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def kept_filters(work: Work) -> tuple[SavedFilter, ...]:
    """List the filters one has kept, by name."""
    rows = work.session.scalars(
        select(KeptFilter)
        .where(KeptFilter.officer_id == work.officer_id, KeptFilter.room == QUEUE)
        .order_by(KeptFilter.name)
    )
    return tuple(SavedFilter(one.name, _read(one.wanted)) for one in rows)


def _forget(work: Work, name: str) -> None:
    mine = (KeptFilter.officer_id == work.officer_id, KeptFilter.room == QUEUE)
    work.session.execute(delete(KeptFilter).where(*mine, KeptFilter.name == name))


def _read(values: dict[str, Any]) -> QueueFilter:
    held: Any = values.get("officer_id")
    kept: dict[str, Any] = {**values, "officer_id": UUID(held) if held else None}
    return QueueFilter(**kept)
