"""Finding the officer whom an index names: by number, or by surname and initials where only one fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.access.model import Officer
from casefile.exchange.docket.names import surname_key
from casefile.record.persons import folded

_NEAR = 88


@dataclass(frozen=True, slots=True)
class FoundOfficer:
    """Who is meant.

    Attributes:
        officer_id: None if nobody of that name is known, or several are.
        why: Why it is doubtful, in a sentence; "" if it is not.
        name: Their name, folded; the same in every store.
    """

    officer_id: UUID | None
    why: str = ""
    name: str = ""


class KnownOfficers:
    """The officers of the store, read once."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(select(Officer.id, Officer.name, Officer.number))
        self._officers = [(row[0], folded(row[1]), row[2]) for row in rows]

    def find(self, stated: str) -> FoundOfficer:
        """The officer whom these words mean."""
        wanted = surname_key(stated)
        numbers = set(re.findall(r"\d+", stated))
        numbered = [one for one in self._officers if one[2] and one[2] in numbers and _bears(one[1], wanted)]
        same = numbered or [one for one in self._officers if _bears(one[1], wanted)]
        if len(same) == 1:
            return FoundOfficer(same[0][0], name=same[0][1])
        if len(same) > 1:
            return FoundOfficer(None, "Several officers bear this name; none was allocated.")
        near = [one for one in self._officers if wanted and fuzz.ratio(one[1], wanted) >= _NEAR]
        if len(near) == 1:
            why = f"Read as officer {near[0][1].title()}: check the spelling."
            return FoundOfficer(near[0][0], why, near[0][1])
        return FoundOfficer(None, "No officer of this name is known to Casefile; kept as stated.")


def _bears(name: str, wanted: str) -> bool:
    """Whether an officer of this name may be meant: the same surname, and no other given name or initial."""
    mine, theirs = surname_key(name).split(), wanted.split()
    if not mine or not theirs:
        return False
    if mine[-1] != theirs[-1]:
        return len(theirs) > 1 and len(theirs[-1]) == 1 and mine[-1] == theirs[0]
    given, said = mine[:-1], theirs[:-1]
    return not given or not said or given[0].startswith(said[0]) or said[0].startswith(given[0])
