"""What forms and read views must know about the file around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

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
        Entries(docket.chronology),
        room < context.theme.px(TWO_COLUMNS),
        room < context.theme.px(ONE_COLUMN),
        {str(one.id): one.shown for one in officers},
    )


class Entries(Sequence[Choice]):
    """The entries of a file as something to pick, put into words when asked for: few forms ask, a file may have thousands."""

    def __init__(self, events: Sequence[EventRow]) -> None:
        self._events = events

    def __len__(self) -> int:
        return len(self._events)

    @overload
    def __getitem__(self, place: int) -> Choice: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Choice]: ...
    def __getitem__(self, place: int | slice) -> Choice | Sequence[Choice]:
        if isinstance(place, slice):
            return Entries(self._events[place])
        return _entry_choice(self._events[place])


def _entry_choice(one: EventRow) -> Choice:
    day = long_date(one.happened_on) or "day not known"
    return Choice(str(one.thread_id), f"{one.summary} ({day})", one.title)
