"""A diary as a calendar file (.ics). Giving it out is a disclosure: what leaves is as little as will do.

By default an event says what sort of thing it is and on which file, never a name of a child or family, and of an
absence never why (docs/decisions/019-a-calendar-outside-holds-references.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casefile.diary.conflicts import LASTS
from casefile.diary.queries import read_diary
from casefile.diary.rows import DiaryKind, DiaryRow, DiaryState, Wanted
from casefile.errors import Fault, Invalid
from casefile.exchange.calendars import Event, write_calendar
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import LONDON, Work

_STANDS = {
    DiaryState.DRAFT: ", not confirmed",
    DiaryState.DUE: ", due",
    DiaryState.LATE: ", late",
}


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def export_diary(work: Work, wanted: Wanted, recipient: str, *, with_names: bool = False) -> bytes:
    """Give a diary out as a calendar file, for somebody whom the log names.

    Args:
        work: The unit of work.
        wanted: Which diary, between which days.
        recipient: For whom it is.
        with_names: Whether events name the family and say in words what they are; without it they hold references.

    Raises:
        Invalid: Nobody is named to receive it, or the days make no diary.
        Missing: There is no such file, or not for this officer to see.
    """
    if not recipient.strip():
        raise Invalid(
            [Fault("recipient", "Say whom the calendar is for: the log must name them.")],
            kept="Nothing was given out.",
        )
    found = read_diary(work, wanted)
    events = events_of(found.rows, with_names=with_names)
    work.about(files={one.file_id for one in found.rows if one.file_id})
    work.disclosed_to(recipient.strip())
    work.note(whose=wanted.whose, found=len(events), names="yes" if with_names else "no")
    return write_calendar(events, f"Casefile {found.title}", made_at=work.now)


def events_of(rows: Iterable[DiaryRow], *, with_names: bool = False) -> tuple[Event, ...]:
    """The rows as events; the same row has the same identity in every calendar file."""
    return tuple(_event(one, with_names=with_names) for one in rows)


def _event(one: DiaryRow, *, with_names: bool) -> Event:
    starts = datetime.combine(one.on, one.at, LONDON) if one.at else one.on
    return Event(
        uid=f"{one.key}@casefile",
        title=_title(one, with_names=with_names),
        starts=starts,
        ends=starts + LASTS if isinstance(starts, datetime) else one.last,
        description="\n".join((one.title, *one.conflicts)) if with_names else "",
        private=True,
    )


def _title(one: DiaryRow, *, with_names: bool) -> str:
    if one.kind is DiaryKind.ABSENCE:
        return f"{one.officer} away"
    name = f" {one.family_name.upper()}" if with_names and one.family_name else ""
    return f"{one.kind.label}{name} {one.reference}{_STANDS.get(one.state, '')}"
