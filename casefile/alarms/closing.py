"""What stands against closing a file: a child nobody has seen, live bail, something police still owe. Pure.

Signing a closure is refused while any of it stands; there is no reason that makes it right. What need not be
done is waived by a supervisor, with the reason, before. (Domain section 3, closure; later inspections of 2016 to 2018.)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casefile.alarms.rules.sight import concern, seen_since
from casefile.alarms.seen import Seen, day_of
from casefile.record.dates import long_date
from casefile.record.owed import TaskState
from casefile.sections.bail import NOT_BEFORE_CHARGE

GOES_WITH_THE_FILE = ("RISK-REVIEW", "SUPERVISION", "INSPECTOR-REVIEW", "BAIL-")
"""Always owed while a file is open, so no reason to keep it open; and bail, which is told as bail."""


def against_closing(seen: Seen, day: date, closed_on: date | None = None) -> tuple[str, ...]:
    """Everything that stands against closing on a day, each in a sentence without its full stop.

    Args:
        closed_on: The day on which it was closed all the same: what fell away with it counts as open.
    """
    return (*_unseen(seen, day), *_bail(seen, day), *_owed(seen, day, closed_on))


def _unseen(seen: Seen, day: date) -> Iterable[str]:
    """A child for whom significant harm was feared and whom nobody has seen since."""
    feared = [day_of(one) for one in seen.entries if concern(one) and day_of(one) <= day]
    if feared:
        for child in seen.children:
            if seen_since(seen, child.id, max(feared)) is None:
                yield f"{child.name} has not been seen since the concern of {long_date(max(feared))}"


def _bail(seen: Seen, day: date) -> Iterable[str]:
    for one in seen.of("bail"):
        ended = one.get("ended_on") if one.get("ended_how") else None
        live = not one.get("ended_how") or (ended is not None and ended > day)
        if live and day_of(one) <= day and one.get("kind") not in NOT_BEFORE_CHARGE:
            yield f"{one.get('suspect') or 'a suspect'} is on bail"


def _owed(seen: Seen, day: date, closed_on: date | None) -> Iterable[str]:
    for task in seen.owed:
        fell = task.state is TaskState.CEASED and task.ended_on == closed_on
        is_open = task.opened_on <= day and (task.ended_on is None or task.ended_on > day or fell)
        if is_open and task.owed_by == "police" and not task.timescale.startswith(GOES_WITH_THE_FILE):
            yield f"police still owe “{task.title}”"
