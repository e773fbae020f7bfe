"""What stands against closing a file: a child nobody has seen, live bail, something police still owe. Pure.

Signing a closure is refused while any of it stands; there is no reason that makes it right. What need not be
done is waived by a supervisor, with the reason, before. (Domain section 3, closure; later inspections of 2016 to 2018.)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casefile.alarms.rules.base import bears_on
from casefile.alarms.rules.sight import TELLS_OF_CONCERN, concern, counts_since
from casefile.alarms.seen import Seen
from casefile.alarms.sightings import seen_since
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.owed import TaskState
from casefile.sections.bail import is_live

GOES_WITH_THE_FILE = ("RISK-REVIEW", "SUPERVISION", "INSPECTOR-REVIEW", "BAIL-")
"""Always owed while a file is open, so no reason to keep it open; and bail, which is told as bail."""


def against_closing(seen: Seen, day: date, closed_on: date | None = None) -> tuple[str, ...]:
    """Everything that stands against closing on a day, each in a sentence without its full stop.

    Args:
        closed_on: The day on which it was closed all the same: what fell away with it counts as open, and what came
            after it does not.
    """
    until = closed_on or day
    return (*_unseen(seen, until), *_bail(seen, until, day), *_owed(seen, until, day, closed_on))


def _unseen(seen: Seen, day: date) -> Iterable[str]:
    """A child for whom significant harm was feared and whom nobody has seen since."""
    feared = [one for one in seen.of(*TELLS_OF_CONCERN) if concern(one) and day_of(one) <= day]
    for child in seen.children:
        last = next((one for one in reversed(feared) if bears_on(seen, one, child.id)), None)
        if last and seen_since(seen, child.id, counts_since(seen, last)) is None:
            yield f"{child.name} has not been seen since the concern of {long_date(day_of(last))}"


def _bail(seen: Seen, until: date, day: date) -> Iterable[str]:
    bail = seen.of("bail")
    for one in bail:
        if day_of(one) <= until and is_live(one, bail, day):
            yield f"{one.get('suspect') or 'a suspect'} is on bail"


def _owed(seen: Seen, until: date, day: date, closed_on: date | None) -> Iterable[str]:
    for task in seen.owed():
        fell = task.state is TaskState.CEASED and task.ended_on == closed_on
        is_open = task.opened_on <= until and (task.ended_on is None or task.ended_on > day or fell)
        if is_open and task.owed_by == "police" and not task.timescale.startswith(GOES_WITH_THE_FILE):
            yield f"police still owe “{task.title}”"
