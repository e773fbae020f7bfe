"""Remarks on paper: what was said of an entry, in the order it was said."""

from __future__ import annotations

from collections.abc import Iterable

from casefile.paper.records import PrintedGroup
from casefile.paper.rows import Column
from casefile.paper.words import moment
from casefile.record.remarks import RemarkFact

_COLUMNS = (Column("When", 22), Column("By", 22), Column("What", 18), Column("Words", 38))


def remarks_group(remarks: Iterable[RemarkFact]) -> tuple[PrintedGroup, ...]:
    """The remarks on one entry as a table; nothing where there are none."""
    rows = tuple(
        (moment(one.recorded_at), one.by, f"{one.what.value.capitalize()} (version {one.version})", one.says)
        for one in remarks
    )
    return (PrintedGroup("Remarks", _COLUMNS, rows),) if rows else ()
