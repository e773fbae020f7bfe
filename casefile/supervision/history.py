"""How a file was supervised over its life: reviews, directions, challenges, work returned, alarms accepted.

Inspectors of 2016 to 2018 found files with no robust supervision. This is what such an inspector, or a review
after a death, asks for first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.alarms.model import AlarmAcceptance
from casefile.errors import Missing
from casefile.record.allocating import AllocationDecision
from casefile.record.facts import EntryFact
from casefile.record.groups import owner_named
from casefile.record.model import CaseFile
from casefile.record.owed import Owed
from casefile.record.remark_rows import remarks_of
from casefile.record.remarks import Return, returns
from casefile.sections import SECTIONS
from casefile.sections.challenge import ended_on
from casefile.sections.load import entries
from casefile.sections.refresh import owed_by_file
from casefile.sections.supervision import by_inspector, is_review
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class ReviewHeld:
    """One supervision note.

    Attributes:
        kind, level: In words.
        risk_right: Whether the supervisor held the level to be right; None where it is not said.
        due_on: When a review was due that this one settled; None if none was owed.
        next_by: When the next was to be held.
    """

    thread_id: UUID
    on: date | None
    kind: str
    by: str
    level: str
    risk_right: bool | None
    risk_why: str
    safety: str
    voice: str
    decision: str
    due_on: date | None
    next_by: date | None


@dataclass(frozen=True, slots=True)
class DirectionGiven:
    """What a supervisor directed, and what became of it. *days_late* counts calendar days."""

    given_on: date | None
    by: str
    what: str
    owner: str
    due_on: date | None
    state: str
    ended_on: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class ChallengeMade:
    """A challenge to a partner in one line; *ended_on* is None while it is open."""

    raised_on: date | None
    summary: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class WorkReturned:
    """An entry given back to its author, with what was said since."""

    entry: str
    returned: Return


@dataclass(frozen=True, slots=True)
class AlarmAccepted:
    """An alarm that a supervisor let stand until a day, and why."""

    title: str
    from_on: date
    until_on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A supervisor gave the file to somebody, and why.

    Attributes:
        role: As what, in words.
        place: Their place among those suggested; None where they were not.
    """

    on: date
    role: str
    to: str
    was_with: str
    place: int | None
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    """The supervision of one file, each list oldest first.

    Attributes:
        owed: Reviews that are owed now, with how late they are.
    """

    file_id: UUID
    reference: str
    family_name: str
    reviews: tuple[ReviewHeld, ...]
    owed: tuple[Owed, ...]
    directions: tuple[DirectionGiven, ...]
    challenges: tuple[ChallengeMade, ...]
    returned: tuple[WorkReturned, ...]
    accepted: tuple[AlarmAccepted, ...]
    given: tuple[FileGiven, ...] = ()


_REVIEWS = ("SUPERVISION", "INSPECTOR-REVIEW")


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def supervision_history(work: Work, file_id: UUID) -> History:
    """Read how a file was supervised.

    Raises:
        Missing: There is no such file, or the officer may not see it.
    """
    file = work.session.get(CaseFile, file_id)
    if file is None:
        raise Missing("There is no such file, or it is not yours to see.")
    held = entries(work.session, SECTIONS, file_id)
    notes = [one for one in held if one.section == "supervision"]
    owed = owed_by_file(work, file_id, work.today)
    summaries = {one.thread_id: one.summary for one in held}
    work.about(files=[file_id])
    return History(
        file_id=file_id,
        reference=file.reference,
        family_name=file.family_name,
        reviews=tuple(_review(work, one, owed) for one in notes if is_review(one)),
        owed=tuple(one for one in owed if one.timescale in _REVIEWS and one.state.outstanding),
        directions=_directions(work, notes, owed),
        challenges=tuple(
            ChallengeMade(one.happened_on, one.summary, ended_on(one))
            for one in held
            if one.section == "challenge"
        ),
        returned=tuple(
            WorkReturned(summaries.get(one.remark.thread_id, ""), one)
            for one in returns(remarks_of(work.session, file_id))
        ),
        accepted=_accepted(work, file_id),
        given=_given(work, file_id),
    )


def _review(work: Work, note: EntryFact, owed: Iterable[Owed]) -> ReviewHeld:
    def words(codes: str, code: str | None) -> str:
        return work.standards.codes(codes).label(code) if code else ""

    clock = "INSPECTOR-REVIEW" if by_inspector(note) else "SUPERVISION"
    settled = [one.due_on for one in owed if one.timescale == clock and one.ended_on == note.happened_on]
    return ReviewHeld(
        thread_id=note.thread_id,
        on=note.happened_on,
        kind=words("supervision_kind", note.get("kind")),
        by=note.get("supervisor") or note.author,
        level=words("risk_level", note.get("level")),
        risk_right=note.get("risk_right"),
        risk_why=note.get("risk_why") or "",
        safety=note.get("safety") or "",
        voice=note.get("voice") or "",
        decision=note.get("note") or "",
        due_on=min((one for one in settled if one), default=None),
        next_by=note.get("review_on"),
    )


def _directions(work: Work, notes: Sequence[EntryFact], owed: Iterable[Owed]) -> tuple[DirectionGiven, ...]:
    given = {one.id: one for one in notes}
    owed = tuple(owed)
    agencies = work.standards.codes("agency")
    asked = {one.officer_id for one in owed if one.officer_id and one.entry_id in given}
    held = work.session.scalars(select(Officer).where(Officer.id.in_(asked))) if asked else ()
    names: dict[UUID | None, str] = {one.id: shown(one.name, one.role, one.number) for one in held}
    found: list[DirectionGiven] = []
    for task in owed:
        note = given.get(task.entry_id) if task.entry_id else None
        if note is None or task.timescale in _REVIEWS:
            continue
        agency = agencies.label(task.owed_by) if task.owed_by in agencies else task.owed_by
        owner = names.get(task.officer_id, "") or owner_named(note, task.title) or agency
        over = (task.ended_on - task.due_on).days if task.ended_on and task.due_on else task.days_late
        found.append(
            DirectionGiven(
                note.happened_on, note.get("supervisor") or note.author, task.title, owner, task.due_on,
                task.state.value, task.ended_on, max(over, 0),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.given_on or date.min, one.due_on or date.max, one.what)))


def _accepted(work: Work, file_id: UUID) -> tuple[AlarmAccepted, ...]:
    rows = work.session.execute(
        select(AlarmAcceptance, Officer.name, Officer.role, Officer.number)
        .join(Officer, Officer.id == AlarmAcceptance.recorded_by)
        .where(AlarmAcceptance.file_id == file_id)
        .order_by(AlarmAcceptance.recorded_at, AlarmAcceptance.id)
    ).all()
    alarms = work.standards.alarms
    return tuple(
        AlarmAccepted(
            alarms[row.alarm].title if row.alarm in alarms else row.alarm,
            row.from_on,
            row.until_on,
            shown(name, role, number),
            row.reason,
        )
        for row, name, role, number in rows
    )


def _given(work: Work, file_id: UUID) -> tuple[FileGiven, ...]:
    rows = work.session.scalars(
        select(AllocationDecision)
        .where(AllocationDecision.file_id == file_id)
        .order_by(AllocationDecision.decided_at, AllocationDecision.id)
    ).all()
    asked = {key for one in rows for key in (one.officer_id, one.from_officer_id, one.decided_by) if key}
    people = work.session.scalars(select(Officer).where(Officer.id.in_(asked)))
    names = {one.id: shown(one.name, one.role, one.number) for one in people}
    role = work.standards.codes("allocation_role").label
    return tuple(
        FileGiven(
            one.decided_on, role(one.role), names[one.officer_id],
            names.get(one.from_officer_id, "") if one.from_officer_id else "", one.place, names[one.decided_by],
            one.reason,
        )
        for one in rows
    )  # fmt: skip
