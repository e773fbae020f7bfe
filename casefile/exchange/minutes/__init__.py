"""From the words of minutes to what an officer would type: which meeting, when, who was there, who does what.

Nothing here writes: what is found is proposed, each thing with the line it was read from, and a person confirms it.
"""

from casefile.exchange.minutes.propose import propose_minutes
from casefile.exchange.minutes.proposed import (
    Found,
    Known,
    ProposedAction,
    ProposedAttendee,
    ProposedMinutes,
    StatedDate,
)

__all__ = [
    "Found",
    "Known",
    "ProposedAction",
    "ProposedAttendee",
    "ProposedMinutes",
    "StatedDate",
    "propose_minutes",
]
