"""Deciding who takes a file: the supervisor chooses, and the suggestion, the choice and the reason are kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.alarms.refresh import refresh_file
from casefile.errors import Conflict, Fault, Invalid, Missing
from casefile.record.allocating import AllocationDecision
from casefile.record.holding import give, give_task
from casefile.record.model import CaseFile, Task
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work
from casefile.workload.allocate.ground import FileFacts, Officers, facts_of_file, offer_of, officers_now
from casefile.workload.allocate.rows import Candidate, DecisionRow, Suggestion
from casefile.workload.allocate.rules import barred
from casefile.workload.allocate.suggest import case_called, suggestion_for

NOT_GIVEN = "The file was not given to anybody."


@action(needs=Permission.ALLOCATE, logs=Logged.ALTERATION)
def decide_allocation(
    work: Work, file_id: UUID, role: str, officer_id: UUID, reason: str, seen: str | None = None
) -> UUID:
    """Give a file to an officer in a role, and keep what was suggested, who was chosen and why.

    Args:
        file_id: The file.
        role: Code of ``allocation_role``.
        officer_id: To whom: anybody who may hold it so, suggested or not.
        reason: Why, in the supervisor's words.
        seen: Digest of the suggestion looked at; one that has changed since is a conflict.

    Raises:
        Conflict: The suggestion is another one now, or somebody else gave the file away first.
        Invalid: No reason is given, or something stands against the officer.
    """
    case = case_called(work, file_id)
    held(work, file_id)
    work.about(files=[file_id])
    suggestion = suggestion_for(work, case, role)
    if seen is not None and seen != suggestion.digest:
        raise Conflict(
            f"What was suggested for {case.reference} has changed since you looked: somebody was given a file, went "
            "away, or the file itself changed. Look again. Nothing was given."
        )
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why: it stays with the file.")], kept=NOT_GIVEN)
    check_officer(work, officers_now(work), facts_of_file(work, case), officer_id, role)
    return hand(work, suggestion, officer_id, reason.strip())


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def allocation_decisions(work: Work, file_id: UUID) -> tuple[DecisionRow, ...]:
    """Read who was given a file, when and why, with what was suggested then; the latest first."""
    work.about(files=[file_id])
    return decisions_of(work, file_id)


def held(work: Work, file_id: UUID) -> None:
    """Let nobody else give the file away until this work is done."""
    table = CaseFile.__table__
    work.session.execute(select(table.c.id).where(table.c.id == file_id).with_for_update())


def check_officer(work: Work, everybody: Officers, file: FileFacts, officer_id: UUID, role: str) -> None:
    """Refuse an officer who may not take the file, in words.

    Raises:
        Missing: There is no such officer.
        Invalid: Something stands against them.
    """
    officer = work.session.get(Officer, officer_id)
    if officer is None:
        raise Missing("There is no such officer.", kept=NOT_GIVEN)
    name = shown(officer.name, officer.role, officer.number)
    if officer_id == file.holders.get(role):
        raise Invalid([Fault("officer", f"{name} holds it already.")], kept=NOT_GIVEN)
    if officer_id not in everybody.loads:
        raise Invalid([Fault("officer", f"{name} may no longer sign in, or keeps no files.")], kept=NOT_GIVEN)
    if said := barred(offer_of(work, everybody, file, officer_id, role)[1]):
        raise Invalid([Fault("officer", said)], kept=NOT_GIVEN)


def hand(work: Work, suggestion: Suggestion, officer_id: UUID, reason: str, plan: str = "") -> UUID:
    """Give the file, take what the former holder owes in it along, and write down why."""
    file_id, role = suggestion.file_id, suggestion.role
    chosen = next((one for one in suggestion.candidates if one.officer_id == officer_id), None)
    give(work, file_id, role, officer_id, work.today)
    if role == "officer" and suggestion.holder_id is not None:
        _give_tasks(work, file_id, suggestion.holder_id, officer_id, reason)
    row = AllocationDecision(
        file_id=file_id,
        role=role,
        officer_id=officer_id,
        from_officer_id=suggestion.holder_id,
        place=chosen.place if chosen else None,
        suggested=_kept(suggestion),
        plan=plan,
        reason=reason,
        decided_on=work.today,
        decided_at=work.now,
        decided_by=work.officer_id,
    )
    work.session.add(row)
    work.session.flush()
    refresh_file(work, file_id, work.today)
    work.touch(Kind.CASE_FILE, file_id)
    work.note(role=role, suggested=len(suggestion.suggested))
    return row.id


def decisions_of(work: Work, file_id: UUID) -> tuple[DecisionRow, ...]:
    """The same inside work that is under way."""
    rows = work.session.execute(
        select(AllocationDecision, CaseFile.reference)
        .join(CaseFile, CaseFile.id == AllocationDecision.file_id)
        .where(AllocationDecision.file_id == file_id)
        .order_by(AllocationDecision.decided_at.desc(), AllocationDecision.id.desc())
    ).all()
    names = {one.id: shown(one.name, one.role, one.number) for one in work.session.scalars(select(Officer))}
    label = work.standards.codes("allocation_role").label
    return tuple(
        DecisionRow(
            one.id,
            reference,
            label(one.role),
            names[one.officer_id],
            names.get(one.from_officer_id, "") if one.from_officer_id else "",
            one.place,
            told[0].split(":", 1)[0] if (told := _told(one.suggested)) else "",
            told,
            one.plan,
            one.reason,
            one.decided_on,
            one.decided_at,
            names[one.decided_by],
        )
        for one, reference in rows
    )


def _give_tasks(work: Work, file_id: UUID, giver: UUID, taker: UUID, reason: str) -> None:
    owed = work.session.scalars(
        select(Task.id)
        .where(Task.file_id == file_id, Task.officer_id == giver, Task.state == "due")
        .order_by(Task.id)
    ).all()
    for task_id in owed:
        give_task(work, file_id, task_id, taker, f"With the file: {reason}")


def _kept(suggestion: Suggestion) -> dict[str, Any]:
    """The suggestion as plain data: it must be readable when officers and standards have changed."""
    return {
        "digest": suggestion.digest,
        "points": suggestion.points,
        "candidates": [_candidate(one) for one in suggestion.candidates],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "officer_id": str(one.officer_id),
        "officer": one.officer,
        "place": one.place,
        "score": one.score,
        "before": one.before,
        "after": one.after,
        "capacity": one.capacity,
        "against": one.against,
        "parts": [{"key": part.key, "said": part.said, "points": part.points} for part in one.parts],
    }


def _told(suggested: dict[str, Any]) -> tuple[str, ...]:
    told: list[str] = []
    for one in suggested.get("candidates", ()):
        if one["place"] is not None:
            of = f" of {one['capacity']}" if one["capacity"] is not None else ""
            why = "; ".join(part["said"] for part in one["parts"])
            told.append(
                f"{one['officer']}: score {one['score']}, {one['before']} → {one['after']}{of}; {why}"
            )
    return tuple(told)
