"""The staff record of the training team, kept by the inspector as in a real one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.sample.days import day_of
from casefile.sample.told import Team, Told, wrong
from casefile.workload.keep import (
    NewAccreditation,
    NewTerms,
    declare_conflict,
    grant_accreditation,
    record_terms,
)

KEEPER, OF_KEEPER = "Prior", "Strand"
"""Who keeps everybody's record, and who keeps theirs: nobody keeps their own."""
_WHERE = "team.toml"
_TOLD = re.compile(r"(?P<kind>\w+) (?P<granted>\S+)(?: (?P<expires>\S+))?: (?P<evidence>.+)")
"""How an accreditation is told."""
_KEYS = {"note", "post", "fte", "areas", "probation_until", "accreditations", "conflicts"}


def write_staff(desk: Desk, staff: Team, ids: Mapping[str, UUID], password: str, today: date) -> None:
    """Keep the record of each officer of the team; whoever was signed in signs in again afterwards.

    Raises:
        Damaged: The team tells something that a staff record does not have.
    """
    for keeper in (KEEPER, OF_KEEPER):
        desk.sign_in(keeper, password)
        for name, told in staff.staff.items():
            if (name == KEEPER) is (keeper == OF_KEEPER):
                _write(desk, name, ids[name], told, today)
        desk.sign_out()


def _write(desk: Desk, name: str, officer_id: UUID, told: Told, today: date) -> None:
    if unknown := sorted(set(told) - _KEYS):
        raise wrong(_WHERE, f"staff {name}", f"there is nothing called “{unknown[0]}” in a staff record")
    probation = told.get("probation_until")
    terms = NewTerms(
        today,
        told.get("fte"),
        day_of(probation, today) if probation else None,
        told.get("post"),
        told.get("areas"),
        told.get("note", ""),
    )
    try:
        desk.do(record_terms, officer_id, terms)
        for line in told.get("accreditations", ()):
            desk.do(grant_accreditation, officer_id, _accreditation(name, line, today))
        for words in told.get("conflicts", ()):
            desk.do(declare_conflict, officer_id, words)
    except CasefileError as error:
        raise wrong(_WHERE, f"staff {name}", error.sentence) from error


def _accreditation(name: str, line: str, today: date) -> NewAccreditation:
    found = _TOLD.fullmatch(line)
    if found is None:
        raise wrong(_WHERE, f"staff {name}", f"“{line}” is no accreditation")
    expires = day_of(found["expires"], today) if found["expires"] else None
    return NewAccreditation(found["kind"], day_of(found["granted"], today), expires, found["evidence"])
