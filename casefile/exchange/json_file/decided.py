"""What officers decided of matches with other files, in the JSON of a case file: out, and back in as it was.

A decision speaks of two families, and a file as JSON is given to whoever may know the one. So a file tells only of
matches with files that everybody may see; of an open and a restricted file the restricted one alone tells, and of two
restricted ones neither.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from casefile.exchange.json_file.ground import Ground
from casefile.exchange.json_file.named import Named
from casefile.record.matches import TRACES, MatchDecision, PersonMatch, match_id
from casefile.record.model import CaseFile
from casefile.work.names import Kind
from casefile.work.unit import Work


def decisions_out(work: Work, named: Named, file_id: UUID) -> list[dict[str, Any]]:
    """Every decision on a match of this file with one that is not restricted, in the order they were made."""
    one, other = aliased(CaseFile), aliased(CaseFile)
    rows = work.session.execute(
        select(MatchDecision, PersonMatch)
        .join(PersonMatch, PersonMatch.id == MatchDecision.match_id)
        .join(one, one.id == PersonMatch.one_file_id)
        .join(other, other.id == PersonMatch.other_file_id)
        .where(
            or_(
                (one.id == file_id) & other.restricted.is_(False),
                (other.id == file_id) & one.restricted.is_(False),
            )
        )
        .order_by(MatchDecision.recorded_at, MatchDecision.id)
    )
    return [_out(made, match, named, file_id) for made, match in rows]


def _out(made: MatchDecision, match: PersonMatch, named: Named, file_id: UUID) -> dict[str, Any]:
    sides = [
        (match.one_person_id, match.one_file_id),
        (match.other_person_id, match.other_file_id),
    ]
    (person, _), (other_person, other_file) = sides if match.one_file_id == file_id else reversed(sides)
    people = {} if match.trace else {"person": str(person), "other_person": str(other_person)}
    return {
        "key": str(made.id),
        "kind": match.kind,
        **people,
        **({"trace": match.trace} if match.trace else {}),
        "other_file": str(other_file),
        "what": made.what,
        "reason": made.reason,
        "facts": made.facts,
        **named.said(made),
    }


def decisions_in(ground: Ground) -> int:
    """Write the decisions that the store does not hold, once the matches of the file are found; gives how many wait.

    One waits while the store finds no such match that the officer may see: the other file is not there yet, is not
    theirs to see, or tells otherwise of the person. Which of these it is, nobody is told.
    """
    waiting = 0
    for place, one in enumerate(ground.read.match_decisions):
        at = f"$.match_decisions[{place}]"
        of_people = one.kind not in TRACES.values()
        if of_people and not (one.person and one.other_person):
            ground.fault(f"{at}.person", "name the person here and the other one")
            continue
        if not of_people and not one.trace:
            ground.fault(f"{at}.trace", "say which trace the two files share")
            continue
        here = (ground.file_id, ground.keys.of(one.person) if one.person else ground.file_id)
        there = (one.other_file, one.other_person or one.other_file)
        match = match_id(one.kind, one.trace, here, there)
        if not _seen(ground.work, match):
            waiting += 1
            continue
        row = {
            "id": ground.keys.for_part(one, one.key, "match decision"),
            "match_id": match,
            "what": one.what,
            "reason": one.reason.replace("\x00", ""),
            "facts": one.facts,
            **ground.said(one, at),
        }
        ground.put(MatchDecision, "decisions on matches", row, at)
        ground.work.touch(Kind.MATCH, ground.file_id)
        ground.work.touch(Kind.MATCH, one.other_file)
    return waiting


def _seen(work: Work, match: UUID) -> bool:
    """Whether the store holds the match and both its files are the officer’s to see."""
    one, other = aliased(CaseFile), aliased(CaseFile)
    asked = (
        select(PersonMatch.id)
        .join(one, one.id == PersonMatch.one_file_id)
        .join(other, other.id == PersonMatch.other_file_id)
        .where(PersonMatch.id == match)
    )
    return work.session.execute(asked).first() is not None
