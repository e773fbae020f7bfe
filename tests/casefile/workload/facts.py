"""Entries as rules see them, made short."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from casefile.record.facts import EntryFact
from casefile.sections.weights import Known
from casefile.standards import library
from casefile.work.ids import derived_id

TODAY = date(2026, 11, 2)
CHILDREN = tuple(derived_id("child", one) for one in range(6))


def day(after: int) -> date:
    """So many calendar days from today."""
    return TODAY + timedelta(days=after)


def fact(
    section: str, happened: int = -10, *, known: int | None = None, children: int = 1, **values: Any
) -> EntryFact:
    """A signed entry that happened and was known so many days from today, about the first children."""
    groups = {key: tuple(values.pop(key)) for key in [one for one in values if isinstance(values[one], list)]}
    thread = values.pop("thread", None) or derived_id(
        section, happened, repr(sorted(values.items())), children
    )
    version = values.pop("version", 1)
    known_on = day(happened if known is None else known)
    return EntryFact(
        id=derived_id(thread, version),
        file_id=UUID(int=1),
        thread_id=thread,
        section=section,
        version=version,
        versions=version,
        happened_on=day(happened),
        happened_at=None,
        known_on=known_on,
        recorded_at=datetime.combine(known_on, datetime.min.time(), UTC),
        author_id=UUID(int=2),
        author="DC 101 Marsh",
        reason=None,
        marking="OFFICIAL-SENSITIVE",
        origin=None,
        summary=f"{section} {values.get('offence') or values.get('suspect') or ''}".strip(),
        values=values,
        groups=groups,
        concerns=CHILDREN[:children],
    )


def known(*entries: EntryFact) -> Known:
    """What is known of a file with these entries."""
    return Known.of(entries, (), CHILDREN, library())
