"""Who took which files away and for how long. The log is the register: these acts are its rows.

That personal data leave the store is a disclosure, to be logged with the recipient (Data Protection Act 2018, section 62).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from casefile.access.visibility import RestrictedFile
from casefile.audit.chain import LogEntry
from casefile.audit.model import LogRow
from casefile.audit.write import append
from casefile.errors import Fault, Invalid, Refused
from casefile.exchange.copies.rows import Sink, pour
from casefile.files.reach import case_file
from casefile.record.model import CaseFile
from casefile.work.door import action, query
from casefile.work.ids import new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

LIMIT = "COPY"
"""The timescale that says for how many hours at most."""
KEPT_DAYS = 90
"""How long a copy stands in the list after it was taken, in calendar days; the log has it for good."""


@dataclass(frozen=True, slots=True)
class CopyTaken:
    """A copy as it was taken.

    Attributes:
        references: Of the files in it.
        recipient: Who reads it.
        until: When it stops opening.
        officer_id, officer: Who took it and answers for it.
    """

    id: UUID
    references: tuple[str, ...]
    recipient: str
    reason: str
    taken_at: datetime
    until: datetime
    officer_id: UUID
    officer: str


@dataclass(frozen=True, slots=True)
class CopyReading:
    """One row of the log inside a copy: what was read in it, and when by the clock of that computer."""

    at: datetime
    act: str
    files: tuple[UUID, ...]
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class CopyOut:
    """A copy in the list for supervisors.

    Attributes:
        ended_at, ended: When and how it came to an end; None and "" while it is out.
        late: It should be back and is not.
    """

    id: UUID
    references: tuple[str, ...]
    recipient: str
    reason: str
    officer: str
    taken_at: datetime
    until: datetime
    ended_at: datetime | None
    ended: str
    late: bool


def most_hours(work: Work) -> int:
    """For how many hours a copy may be taken at most, by the standard in force today."""
    scale = work.standards.timescale(LIMIT, work.today)
    return scale.limit if scale is not None and scale.limit else 0


@query(needs=Permission.DISCLOSE, logs=Logged.NOT_PERSONAL)
def longest_copy(work: Work) -> int:
    """For how many hours a copy may be taken at most; 0 where the force allows none."""
    return most_hours(work)


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE, asks_reason=True)
def take_copy(work: Work, files: Sequence[UUID], recipient: str, hours: int, into: Sink) -> CopyTaken:
    """Take an encrypted copy of chosen files away for a number of hours, to be read only.

    Raises:
        Invalid: No file, no recipient, or longer than the standard allows.
        Missing: A file is not there, or not for this officer to see.
        Refused: A file is restricted, and this officer has no right to restrict files.
    """
    chosen = tuple(dict.fromkeys(files))
    most = most_hours(work)
    faults = [
        Fault("files", "Choose at least one file.") if not chosen else None,
        Fault("recipient", "Say who will read the copy.") if not recipient.strip() else None,
        Fault("hours", f"A copy may be taken for 1 to {most} hours.") if not 0 < hours <= most else None,
    ]
    if found := [one for one in faults if one]:
        raise Invalid(found, kept="No copy was taken.")
    references = tuple(case_file(work, one).reference for one in chosen)
    _restricted_only_with_the_right(work, chosen)
    people = pour(work, chosen, into)
    taken = CopyTaken(
        new_id(),
        references,
        " ".join(recipient.split()),
        (work.reason or "").strip(),
        work.now,
        work.now + timedelta(hours=hours),
        work.officer_id,
        work.actor.name,
    )
    work.about(files=chosen, people=people)
    work.disclosed_to(taken.recipient)
    work.note(copy=str(taken.id), until=taken.until.isoformat(), files=len(chosen))
    return taken


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def end_copy(work: Work, copy_id: UUID, how: str, readings: Sequence[CopyReading] = ()) -> int:
    """Say that a copy was returned or deleted, and log what was read in it; gives how many readings that is."""
    for one in readings:
        append(
            work.session,
            LogEntry(
                at=work.now,
                officer_id=work.actor.officer_id,
                officer=work.actor.name,
                role=work.actor.role,
                category=Logged.CONSULTATION.value,
                act=one.act,
                outcome="done",
                files=one.files,
                people=one.people,
                details={"copy": str(copy_id), "read_at": one.at.isoformat()},
            ),
        )
        work.about(files=one.files, people=one.people)
    work.note(copy=str(copy_id), result=how, readings=len(readings))
    return len(readings)


@query(needs=Permission.READ_LOG, logs=Logged.ADMINISTRATION)
def copies_out(work: Work) -> tuple[CopyOut, ...]:
    """List the copies taken in the last 90 days: who has what until when, and what is not back; newest first."""
    since = work.now - timedelta(days=KEPT_DAYS)
    rows = work.session.scalars(
        select(LogRow)
        .where(LogRow.act.in_((take_copy.name, end_copy.name)), LogRow.outcome == "done", LogRow.at >= since)
        .order_by(LogRow.seq.desc())
    ).all()
    ends = {row.details.get("copy"): row for row in rows if row.act == end_copy.name}
    taken = [row for row in rows if row.act == take_copy.name]
    ids = {UUID(one) for row in taken for one in row.files}
    found = work.session.execute(select(CaseFile.id, CaseFile.reference).where(CaseFile.id.in_(ids)))
    references = {row.id: row.reference for row in found}
    return tuple(_out(row, ends.get(row.details["copy"]), references, work.now) for row in taken)


def _out(row: LogRow, end: LogRow | None, references: dict[UUID, str], now: datetime) -> CopyOut:
    until = datetime.fromisoformat(row.details["until"])
    return CopyOut(
        UUID(row.details["copy"]),
        tuple(sorted(references.get(UUID(one), "a file not for you to see") for one in row.files)),
        str(row.details.get("recipient", "")),
        row.reason or "",
        row.officer,
        row.at,
        until,
        end.at if end is not None else None,
        str(end.details.get("result", "")) if end is not None else "",
        end is None and until < now,
    )


def _restricted_only_with_the_right(work: Work, files: Sequence[UUID]) -> None:
    if work.actor.may(Permission.RESTRICT_FILES):
        return
    if work.session.scalars(select(RestrictedFile.file_id).where(RestrictedFile.file_id.in_(files))).first():
        raise Refused(
            "One of these files is restricted, so its copy may be taken by a supervisor only.",
            kept="No copy was taken.",
            remedy="Ask a supervisor who may read it.",
        )
