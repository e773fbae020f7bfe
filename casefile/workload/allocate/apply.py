"""Approving moves of a plan: each file by itself, whole or not at all, and what was refused is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casefile.errors import Fault, Invalid
from casefile.record.model import CaseFile
from casefile.store.counters import next_number
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from casefile.workload.allocate.decide import hand, held
from casefile.workload.allocate.ground import FileFacts, Officers, facts_of_file, offer_of, officers_now
from casefile.workload.allocate.rows import Applied, Move, Suggestion
from casefile.workload.allocate.rules import against
from casefile.workload.allocate.suggest import candidate_of, digest_of


@dataclass(frozen=True, slots=True)
class Approved:
    """A move that a supervisor approves.

    Attributes:
        from_id: Who held the file when the plan was made; None for nobody. Held by another now, it is refused.
        why: What the plan said speaks for it.
    """

    file_id: UUID
    reference: str
    from_id: UUID | None
    to_id: UUID
    why: str


def approved(moves: Sequence[Move]) -> tuple[Approved, ...]:
    """Moves of a plan as approved: those that change hands."""
    return tuple(
        Approved(one.file_id, one.reference, one.from_id, one.to_id, one.why)
        for one in moves
        if one.to_id is not None and not one.stays
    )


@action(needs=Permission.ALLOCATE, logs=Logged.ALTERATION)
def apply_moves(work: Work, moves: Sequence[Approved], reason: str) -> Applied:
    """Move the files that were approved; each with its reason, and each refused in words that cannot move any more.

    A file that changed hands since the plan was made, was closed, or whose receiver went away meanwhile stays where
    it is; the others move.

    Raises:
        Invalid: No reason is given, or nothing is approved.
    """
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why: it stays with every file.")], kept="Nothing has moved.")
    if not moves:
        raise Invalid("No file is approved to move.", kept="Nothing has moved.")
    everybody = officers_now(work)
    plan = f"P-{work.today.year}-{next_number(work.session, f'plan/{work.today.year}'):03}"
    refused: list[tuple[str, str]] = []
    moved = 0
    for number, move in enumerate(sorted(moves, key=lambda one: (one.reference, str(one.file_id)))):
        work.progress.step(number, len(moves), "Moving files")
        said = _move(work, everybody, move, plan, reason.strip())
        if said:
            refused.append((move.reference, said))
        else:
            moved += 1
    work.about(files=[one.file_id for one in moves])
    work.note(plan=plan, moved=moved, refused=len(refused))
    return Applied(plan, moved, tuple(refused))


def _move(work: Work, everybody: Officers, move: Approved, plan: str, reason: str) -> str:
    """Move one file; why not, in a sentence, or ""."""
    held(work, move.file_id)
    case = work.session.scalars(
        select(CaseFile).where(CaseFile.id == move.file_id).execution_options(populate_existing=True)
    ).first()
    if case is None:
        return "It is not there any more, or it is restricted now and you are not one of its named readers."
    if case.state != "open":
        return "It was closed meanwhile."
    if case.officer_id != move.from_id:
        now = everybody.staff.name(case.officer_id) or "nobody"
        return f"It changed hands since the plan was made: {now} holds it now."
    if move.to_id not in everybody.loads:
        return "Whoever was to take it may no longer sign in."
    file = facts_of_file(work, case)
    if said := against(offer_of(work, everybody, file, move.to_id, "officer")[1]):
        return said
    hand(work, _suggestion(work, everybody, file, case, move), move.to_id, f"{reason} ({move.why})", plan)
    return ""


def _suggestion(
    work: Work, everybody: Officers, file: FileFacts, case: CaseFile, move: Approved
) -> Suggestion:
    """What is kept of a move of a plan: its one candidate as planned, with points."""
    one = candidate_of(work, everybody, file, move.to_id, "officer")
    return Suggestion(
        case.id, case.reference, case.family_name, case.restricted, "officer", "", file.points, move.from_id,
        everybody.staff.name(move.from_id), work.today, (one,), (), digest_of(move.from_id, [one]),
    )  # fmt: skip
