"""What the minutes of a meeting say, proposed for a person to confirm: kind, day, who was there, what was decided.

Nothing is made up: what the document does not say stays empty, a date that cannot exist is kept as stated, and
every proposal names the line it stands on.
"""

from casefile.exchange.minutes.proposal import ProposedAction, ProposedAttendee, ProposedMinutes, StatedDate
from casefile.exchange.minutes.propose import propose_minutes

__all__ = ["ProposedAction", "ProposedAttendee", "ProposedMinutes", "StatedDate", "propose_minutes"]
