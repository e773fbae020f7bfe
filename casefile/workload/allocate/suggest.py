"""Who might take a file: ranked with reasons, beside who cannot; and the files that wait to be given."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casefile.errors import Invalid, Missing
from casefile.record.model import CaseFile
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work
from casefile.workload.allocate.ground import (
    RIGHTS,
    SUGGESTED,
    FileFacts,
    Officers,
    facts_of_file,
    files_held,
    handed_over_in,
    offer_of,
    officers_now,
)
from casefile.workload.allocate.rows import Candidate, Suggestion, ToAllocate, Waiting
from casefile.workload.allocate.rules import Offer, Reach, against, parts_of, score_of

NOT_READ = "There is no such file, or it is restricted and you are not one of its named readers."


@query(needs=Permission.ALLOCATE, logs=Logged.CONSULTATION)
def suggest_officers(work: Work, which: UUID | str, role: str = "officer") -> Suggestion:
    """Suggest who might take a file, with reasons and with what each would carry; a supervisor decides."""
    case = case_called(work, which)
    work.about(files=[case.id])
    return suggestion_for(work, case, role)


@query(needs=Permission.ALLOCATE, logs=Logged.CONSULTATION)
def files_to_allocate(work: Work, team: str = "") -> Waiting:
    """List the files that wait to be given: those that nobody is named for first, then those whose holder is away."""
    everybody = officers_now(work)
    away = [key for key in everybody.away if key not in everybody.staff.gone]
    found, hidden = files_held(work, {None, *everybody.staff.gone, *away})
    opened = _opened(work, [one.file_id for one in found])
    rows: list[ToAllocate] = []
    for one in found:
        supervisor = one.supervisor_id
        if team and everybody.staff.team(supervisor) not in ("", team):
            continue
        nobody = one.officer_id is None or one.officer_id in everybody.staff.gone
        rows.append(
            ToAllocate(
                one.file_id, one.reference, one.family_name, one.points(work.standards.workload), one.high,
                opened[one.file_id], _why(everybody, one.officer_id), nobody, everybody.staff.name(supervisor),
            )
        )  # fmt: skip
    rows.sort(key=lambda one: (not one.nobody, not one.high, -one.points, one.reference))
    work.about(files=[one.file_id for one in rows])
    return Waiting(tuple(rows), hidden)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def file_called(work: Work, reference: str) -> UUID:
    """Find a file by its reference, open or closed."""
    found = work.session.scalars(
        select(CaseFile.id).where(func.lower(CaseFile.reference) == reference.strip().lower())
    ).first()
    if found is None:
        raise Missing(NOT_READ, remedy="Ask its supervisor, or break the glass with a reason.")
    work.about(files=[found])
    return found


def case_called(work: Work, which: UUID | str) -> CaseFile:
    """An open file by identity or reference, which this officer may read.

    Raises:
        Missing: There is none, or it may not be read.
        Invalid: It is closed.
    """
    wanted = select(CaseFile)
    if isinstance(which, UUID):
        wanted = wanted.where(CaseFile.id == which)
    else:
        wanted = wanted.where(func.lower(CaseFile.reference) == which.strip().lower())
    case = work.session.scalars(wanted).first()
    if case is None:
        raise Missing(NOT_READ, remedy="Ask its supervisor, or break the glass with a reason.")
    if case.state != "open":
        raise Invalid(f"{case.reference} is closed: nobody need hold it.", kept="Nothing was changed.")
    return case


def suggestion_for(work: Work, case: CaseFile, role: str) -> Suggestion:
    """The suggestion, inside work that is under way."""
    codes = work.standards.codes("allocation_role")
    if role not in RIGHTS:
        known = ", ".join(RIGHTS)
        raise Invalid(f"A file is held as one of: {known}; not as {role}.", kept="Nothing was read.")
    everybody, file = officers_now(work), facts_of_file(work, case)
    holder = file.holders.get(role)
    candidates = _ranked(
        [
            candidate_of(work, everybody, file, officer_id, role)
            for officer_id, load in everybody.loads.items()
            if officer_id != holder and _worth_telling(load.role, load.carries, role)
        ]
    )
    return Suggestion(
        case.id,
        case.reference,
        case.family_name,
        case.restricted,
        role,
        codes.label(role),
        file.points,
        holder,
        everybody.staff.name(holder),
        work.today,
        candidates,
        tuple(_notes(work, everybody, file, holder, candidates)),
        digest_of(holder, candidates),
    )


def candidate_of(work: Work, everybody: Officers, file: FileFacts, officer_id: UUID, role: str) -> Candidate:
    """One officer for one file; the place among others is not known yet."""
    offer, reach = offer_of(work, everybody, file, officer_id, role)
    parts = parts_of(offer, work.standards.allocation)
    load = everybody.loads[officer_id]
    points = role == "officer"
    before = offer.before if points else offer.files
    return Candidate(
        officer_id,
        load.officer,
        load.role_title,
        load.team,
        None,
        score_of(parts),
        parts,
        before,
        before + (file.points if points else 1),
        offer.capacity,
        _warnings(file, offer, reach),
        against(reach),
    )


def digest_of(holder: UUID | None, candidates: Sequence[Candidate]) -> str:
    """The same as long as holder, order, scores, points and reasons are."""
    told = [str(holder)]
    for one in candidates:
        told.append(
            f"{one.officer_id} {one.place} {one.score} {one.before} {one.after} {one.capacity} {one.against}"
        )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]


def _worth_telling(rank: str, carries: bool, role: str) -> bool:
    """Whose role is suggested for it; anybody with the right may be chosen all the same."""
    return carries if role == "officer" else rank in SUGGESTED[role]


def _ranked(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    can = sorted((one for one in found if not one.against), key=lambda one: (-one.score, one.officer))
    cannot = sorted((one for one in found if one.against), key=lambda one: one.officer)
    return (*(replace(one, place=place) for place, one in enumerate(can, start=1)), *cannot)


def _warnings(file: FileFacts, offer: Offer, reach: Reach) -> tuple[str, ...]:
    found: list[str] = []
    if offer.capacity is not None and offer.before + offer.points > offer.capacity:
        found.append(f"{reach.name} would be over capacity.")
    if offer.lacks:
        found.append(f"{reach.name} lacks what this file’s work needs: {'; '.join(offer.lacks)}.")
    if offer.protected:
        found.append(f"{reach.name} is on probation, and the file is grave.")
    name = file.family_name.casefold()
    for words in offer.declared:
        near = " It names this family." if name and name in words.casefold() else ""
        found.append(f"{reach.name} declared: “{words}”.{near} Ask whether it touches this file.")
    return tuple(found)


def _notes(
    work: Work, everybody: Officers, file: FileFacts, holder: UUID | None, candidates: Sequence[Candidate]
) -> list[str]:
    found: list[str] = []
    if file.readers is not None:
        found.append("The file is restricted: only its named readers can take it.")
    if reference := handed_over_in(work, file.file_id):
        found.append(
            f"It stands in the hand-over {reference}: giving it here goes past whoever was to accept it."
        )
    if holder is not None and (away := everybody.away.get(holder)):
        found.append(f"{everybody.staff.name(holder)} holds it and is away {away}.")
    if not any(one.place for one in candidates):
        found.append("Nobody can be suggested: everybody who might take it is kept from it, as said below.")
    return found


def _opened(work: Work, ids: Sequence[UUID]) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    for some in in_pieces(ids):
        rows = work.session.execute(select(CaseFile.id, CaseFile.opened_on).where(CaseFile.id.in_(some)))
        found |= {row[0]: row[1] for row in rows}
    return found


def _why(everybody: Officers, holder: UUID | None) -> str:
    if holder is None:
        return "Nobody is named for it."
    if holder in everybody.staff.gone:
        return f"Was with {everybody.staff.name(holder)}, who is there no more."
    return f"{everybody.staff.name(holder)} is away {everybody.away[holder]}."
