"""The register of challenges across the team: what is open, at which stage and how late; how the others ended.

The report of June 2009 found too little challenge of partners (paragraph 30). A register shows whether
disagreements are taken up in time, and whether taking them up changed anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, Entry, Task
from casefile.record.owed import Owed
from casefile.record.persons import folded
from casefile.sections import SECTIONS
from casefile.sections.challenge import CLOCKS, Challenge, ended_on, number_of, stage_now
from casefile.sections.kept_tasks import cached
from casefile.sections.load import latest
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

State = Literal["open", "ended", "all"]
MOST = 2_000
"""Challenges in one register; nobody reads more."""


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which challenges the register shows.

    Attributes:
        mine: Only of files that the officer holds or supervises.
        agency: Only to this agency (a code).
        text: Words of the file's reference or family, the counterpart, or the disagreement.
        raised_from: Only challenges raised on this day or later.
    """

    state: State = "open"
    mine: bool = False
    agency: str | None = None
    text: str = ""
    raised_from: date | None = None


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """One challenge, as far as it has come.

    Attributes:
        response: What the counterpart of that stage answered; empty while they have not.
        stage: Number of the stage it has come to; 0 where none was begun.
        due_on: When that stage is to be settled or taken further; None if no clock of it runs.
        days_late: *Working* days past that day; 0 if it is not late.
        answered: The counterpart has answered and the matter is not settled.
        outcome: How it ended, in words; empty while it is open.
    """

    file_id: UUID
    reference: str
    family_name: str
    thread_id: UUID
    raised_on: date | None
    agency: str
    about: str
    disagreement: str
    asked_for: str
    immediate_danger: bool
    stage: int
    counterpart: str
    our_officer: str
    due_on: date | None
    days_late: int
    answered: bool
    outcome: str
    ended_on: date | None
    learning: str
    supervisor: str
    evidence: str = ""
    interim_safety: str = ""
    response: str = ""
    skip_reason: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The challenges found, open ones first and the latest of them on top; and how those that ended came out.

    Attributes:
        ended: How many ended in each way, in words, the most frequent first.
    """

    rows: tuple[ChallengeRow, ...]
    open: int
    late: int
    ended: tuple[tuple[str, int], ...]


def standing(one: ChallengeRow) -> str:
    """How far an open challenge is, in words: stage, with whom, by when."""
    if not one.stage:
        return "No stage is begun."
    whom = f" with {one.counterpart}" if one.counterpart else ""
    if one.answered:
        return f"Stage {one.stage}{whom}: answered, not settled; take it further or end it."
    if one.days_late:
        unit = "working day" if one.days_late == 1 else "working days"
        return f"Stage {one.stage}{whom}: {one.days_late} {unit} late; due {long_date(one.due_on)}."
    due = f"due {long_date(one.due_on)}" if one.due_on else "no clock runs"
    return f"Stage {one.stage}{whom}: {due}."


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def challenge_register(work: Work, wanted: RegisterFilter | None = None) -> Register:
    """List the challenges of every file one may read: open or ended, to whom, how far, how late, with what result."""
    chosen = wanted or RegisterFilter()
    where: list[ColumnElement[bool]] = [Entry.section == Challenge.key]
    if chosen.mine:
        mine = select(CaseFile.id).where(_mine(work))
        where.append(Entry.file_id.in_(mine))
    facts = latest(work.session, SECTIONS, *where)
    files = _files(work, {one.file_id for one in facts})
    clocks = _clocks(work, [one.id for one in facts])
    rows = [_row(work, one, files[one.file_id], clocks.get(one.id)) for one in facts]
    agency = work.standards.codes("agency").label(chosen.agency) if chosen.agency else ""
    found = sorted((one for one in rows if _fits(one, chosen, agency)), key=_order)[:MOST]
    work.about(files=list({one.file_id for one in found}))
    work.note(found=len(found))
    ended = Counter(one.outcome for one in found if one.outcome)
    return Register(
        tuple(found),
        sum(not one.outcome for one in found),
        sum(one.days_late > 0 for one in found),
        tuple(ended.most_common()),
    )


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def late_challenges(work: Work) -> int:
    """Count the stages of challenges past their day in files one holds or supervises; a number only."""
    late = (
        select(func.count(Task.id))
        .join(CaseFile, CaseFile.id == Task.file_id)
        .where(Task.timescale.in_(CLOCKS), Task.state == "due", Task.due_on < work.today, _mine(work))
    )
    return work.session.execute(late).scalar_one()


def _mine(work: Work) -> Any:
    me = work.officer_id
    return or_(CaseFile.officer_id == me, CaseFile.supervisor_id == me)


def _files(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Any]:
    """Reference, family and supervisor of each file."""
    found: dict[UUID, Any] = {}
    for some in in_pieces(ids):
        for one in work.session.execute(
            select(CaseFile.id, CaseFile.reference, CaseFile.family_name, Officer.name, Officer.role, Officer.number)
            .outerjoin(Officer, Officer.id == CaseFile.supervisor_id)
            .where(CaseFile.id.in_(some))
        ):  # fmt: skip
            found[one.id] = one
    return found


def _clocks(work: Work, entry_ids: Sequence[UUID]) -> Mapping[UUID, Owed]:
    """The clock of each challenge that runs: of the highest stage, should more than one."""
    found: dict[UUID, Owed] = {}
    for some in in_pieces(entry_ids):
        running = select(Task).where(Task.entry_id.in_(some), Task.timescale.in_(CLOCKS), Task.state == "due")
        for task in work.session.scalars(running.order_by(Task.timescale)):
            if task.entry_id is not None:
                found[task.entry_id] = cached(work, task)
    return found


def _row(work: Work, entry: EntryFact, file: Any, clock: Owed | None) -> ChallengeRow:
    def words(codes: str, key: str) -> str:
        return work.standards.codes(codes).label(str(entry.get(key))) if entry.get(key) else ""

    now = stage_now(entry) or {}
    over = bool(entry.get("outcome"))
    return ChallengeRow(
        file_id=entry.file_id,
        reference=file.reference,
        family_name=file.family_name,
        thread_id=entry.thread_id,
        raised_on=entry.happened_on,
        agency=words("agency", "agency"),
        about=words("challenge_about", "about"),
        disagreement=entry.get("disagreement") or "",
        asked_for=entry.get("asked_for") or "",
        immediate_danger=bool(entry.get("immediate_danger")),
        stage=number_of(now),
        counterpart=now.get("counterpart") or "",
        our_officer=now.get("our_officer") or "",
        due_on=clock.due_on if clock and not over else None,
        days_late=clock.days_late if clock and not over else 0,
        answered=bool(now.get("responded_on")) and not over,
        outcome=words("challenge_outcome", "outcome"),
        ended_on=ended_on(entry),
        learning=entry.get("learning") or "",
        supervisor=shown(file.name, file.role, file.number) if file.name else "",
        evidence=entry.get("evidence") or "",
        interim_safety=entry.get("interim_safety") or "",
        response=now.get("response") or "",
        skip_reason=entry.get("skip_reason") or "",
    )


def _fits(row: ChallengeRow, chosen: RegisterFilter, agency: str) -> bool:
    if chosen.state != "all" and bool(row.outcome) is not (chosen.state == "ended"):
        return False
    if agency and row.agency != agency:
        return False
    if chosen.raised_from and (row.raised_on is None or row.raised_on < chosen.raised_from):
        return False
    held = folded(f"{row.reference} {row.family_name} {row.counterpart} {row.our_officer} {row.disagreement}")
    return all(word in held for word in folded(chosen.text).split())


def _order(row: ChallengeRow) -> tuple[Any, ...]:
    """Open before ended; among the open immediate danger, then the latest, then the soonest due; the newest end first."""
    if row.outcome:
        return (1, -(row.ended_on or date.min).toordinal(), row.reference)
    due = (row.due_on or date.max).toordinal()
    return (0, not row.immediate_danger, -row.days_late, due, row.reference)
