"""What forms and read views must know about the file around them."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.access.queries import OfficerRow
from casefile.files.queries.docket import Docket, EventRow
from casefile.record.dates import long_date
from ui.shell.context import Context
from ui.widgets.choice import Around, Choice

TWO_COLUMNS, ONE_COLUMN = 660, 430
"""Pixels at 100 % from which a form has room for two short fields, and for a name beside its field."""


def around_of(context: Context, docket: Docket, officers: Sequence[OfficerRow], room: int) -> Around:
    """What forms and read views must know about a file; *room* is how wide they stand, in pixels."""
    return Around(
        context.today,
        context.desk.standards.codes,
        tuple(Choice(str(one.id), one.name) for one in docket.people),
        tuple(Choice(str(one.id), one.shown) for one in officers if one.active),
        tuple(Choice(str(one.id), one.name) for one in docket.documents),
        tuple(_entry_choice(one) for one in docket.chronology),
        room < context.theme.px(TWO_COLUMNS),
        room < context.theme.px(ONE_COLUMN),
        {str(one.id): one.shown for one in officers},
    )


def _entry_choice(one: EventRow) -> Choice:
    day = long_date(one.happened_on) or "day not known"
    return Choice(str(one.thread_id), f"{one.summary} ({day})", one.title)
