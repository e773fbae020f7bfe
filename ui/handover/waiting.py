"""How many hand-overs wait for the officer, for the list of rooms: asked before the room itself is loaded."""

from __future__ import annotations

from casefile.desk import Desk
from casefile.handover.outstanding import outstanding_late
from casefile.handover.queries import handovers_waiting
from casefile.work.names import Permission


def count_handover(desk: Desk) -> int:
    """What waits for the officer who is signed in; for a supervisor with what is outstanding in the team and red."""
    late = desk.read(outstanding_late) if desk.actor.may(Permission.ALLOCATE) else 0
    return desk.read(handovers_waiting) + late
