"""Proving the log: every row's digest, its order, and the heads that were kept outside the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.audit.chain import GENESIS, LogEntry, digest
from casefile.audit.model import LogRow, LogSubject
from casefile.audit.write import Head, head
from casefile.work.progress import Progress, Quiet


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the log.

    Attributes:
        seq: Number of the row where it shows.
        sentence: What is wrong, for people.
    """

    seq: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found.

    Attributes:
        rows: How many rows were read.
        head: The end of the chain as computed.
        faults: What is wrong; empty when the log is intact.
    """

    rows: int
    head: Head
    faults: tuple[Fault, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(session: Session, anchors: Iterable[Head] = (), progress: Progress | None = None) -> Verdict:
    """Read the whole chain in order, in pieces, and hold it against the *anchors* kept outside.

    Finds rows edited, removed, inserted or moved, a cut tail, a chain that was rebuilt
    (its digests differ from an anchor's) and index rows that were taken away.
    """
    watched = progress or Quiet()
    stored = head(session)
    waiting = {one.seq: one.digest for one in anchors if one.seq > 0}
    faults: list[Fault] = []
    previous, expected, rows = GENESIS, 1, 0
    for row in session.execute(
        select(LogRow).order_by(LogRow.seq).execution_options(yield_per=500)
    ).scalars():
        if row.seq != expected:
            faults.append(Fault(row.seq, _gap(expected, row.seq)))
        if row.previous != previous:
            faults.append(Fault(row.seq, f"Row {row.seq} does not follow the row before it."))
        if digest(entry_of(row), row.seq, row.previous) != row.digest:
            faults.append(Fault(row.seq, f"Row {row.seq} was changed after it was written."))
        anchored = waiting.pop(row.seq, None)
        if anchored is not None and anchored != row.digest:
            faults.append(
                Fault(
                    row.seq,
                    f"Row {row.seq} is not the one that was anchored outside the store: the log was rebuilt.",
                )
            )
        previous, expected, rows = row.digest, row.seq + 1, rows + 1
        if rows % 1000 == 0:
            watched.step(rows, stored.seq, "Reading the log")
    computed = Head(expected - 1, previous)
    faults += _tail(computed, stored, waiting) + _index(session)
    return Verdict(rows, computed, tuple(faults))


def entry_of(row: LogRow) -> LogEntry:
    """The content that a stored row's digest covers."""
    return LogEntry(
        row.at,
        row.officer_id,
        row.officer,
        row.role,
        row.category,
        row.act,
        row.outcome,
        row.reason,
        tuple(UUID(one) for one in row.files),
        tuple(UUID(one) for one in row.people),
        row.details,
    )


def _gap(expected: int, found: int) -> str:
    if found < expected:
        return f"Row {found} stands where row {expected} should: the order was changed."
    if found == expected + 1:
        return f"Row {expected} was removed."
    return f"Rows {expected} to {found - 1} were removed."


def _tail(computed: Head, stored: Head, waiting: dict[int, str]) -> list[Fault]:
    faults: list[Fault] = []
    if stored != computed:
        faults.append(
            Fault(computed.seq, f"The log ends at row {computed.seq} but its head says row {stored.seq}.")
        )
    beyond = [seq for seq in waiting if seq > computed.seq]
    if beyond:
        faults.append(
            Fault(
                computed.seq,
                f"The log ends at row {computed.seq}, but row {max(beyond)} was seen on this computer: "
                "its tail was cut.",
            )
        )
    return faults


def _index(session: Session) -> list[Fault]:
    lost = session.execute(
        select(LogSubject.seq)
        .outerjoin(LogRow, LogRow.seq == LogSubject.seq)
        .where(LogRow.seq.is_(None))
        .order_by(LogSubject.seq)
        .limit(1)
    ).scalar()
    return (
        [] if lost is None else [Fault(lost, f"Row {lost} is missing, though the index of the log names it.")]
    )
