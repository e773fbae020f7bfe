"""Filters of the review queue that an officer keeps under a name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from casefile.errors import Fault, Invalid
from casefile.record.kept import QUEUE, forget, held, keep
from casefile.supervision.queue import QueueFilter
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

LONGEST_NAME = 80
"""Characters: it stands in a list of choices."""


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
    if len(called) > LONGEST_NAME:
        said = f"The name has {len(called):,} characters; the most is {LONGEST_NAME}."
        raise Invalid([Fault("name", said)], kept="Nothing was kept.")
    values: dict[str, Any] = asdict(wanted) | {"officer_id": wanted.officer_id and str(wanted.officer_id)}
    keep(work, QUEUE, called, values)


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def forget_filter(work: Work, name: str) -> None:
    """Forget a kept filter."""
    forget(work, QUEUE, name)


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.NOT_PERSONAL)
def kept_filters(work: Work) -> tuple[SavedFilter, ...]:
    """List the filters one has kept, by name."""
    return tuple(SavedFilter(one.name, _read(one.wanted)) for one in held(work, QUEUE))


def _read(values: dict[str, Any]) -> QueueFilter:
    held: Any = values.get("officer_id")
    kept: dict[str, Any] = {**values, "officer_id": UUID(held) if held else None}
    return QueueFilter(**kept)
