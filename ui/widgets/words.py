"""Typed values in words, for read views and comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from casefile.record.dates import long_date
from casefile.record.described import FieldKind, FieldSpec
from ui.widgets.choice import Around

LONDON = ZoneInfo("Europe/London")


def moment_words(moment: datetime) -> str:
    """``12 November 2026, 14:02`` in London."""
    there = moment.astimezone(LONDON)
    return f"{long_date(there.date())}, {there:%H:%M}"


def value_words(spec: FieldSpec, value: Any, around: Around) -> str:
    """A value as people read it; empty when there is none."""
    if value is None or value == "" or (isinstance(value, Sequence) and not value):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    match spec.kind:
        case FieldKind.CODE:
            return around.codes(str(spec.codes)).label(str(value))
        case FieldKind.CODES:
            labels = around.codes(str(spec.codes)).label
            return "; ".join(labels(str(one)) for one in value)
        case FieldKind.PERSON | FieldKind.OFFICER | FieldKind.DOCUMENT | FieldKind.ENTRY:
            return around.name(value)
        case FieldKind.PEOPLE:
            return ", ".join(around.name(one) for one in value)
        case _:
            return str(value)


def row_words(specs: Sequence[FieldSpec], row: Mapping[str, Any], around: Around) -> tuple[str, ...]:
    """A row of a group, a word for each of its fields."""
    return tuple(value_words(spec, row.get(spec.key), around) for spec in specs)
