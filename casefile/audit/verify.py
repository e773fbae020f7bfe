"""Proving the log: every row's digest, its order, and the heads that were kept outside the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from casefile.audit.chain import GENESIS, LogEntry, digest
from casefile.audit.model import LogHead, LogRow, LogSubject
from casefile.audit.write import Head, head
from casefile.work.progress import Progress, Quiet

SET_BACK = timedelta(minutes=5)
"""Clocks of several computers differ by less; a row dated further back than this is remarked on."""
_PIECE = 500
_NOWHERE = 2**63
"""Stands for the number of an index row that bears none."""
_TELLS = {
    "store.changed": "Something was changed outside Casefile",
    "store.unanswered_reading": "Somebody opened the record and nothing says what they read",
}
_NAMED = 5
"""Rows that a remark names; of more it says how many."""
_UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)
"""What reading a row says whose columns hold what was never written there."""


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
        remarks: What a person should know though the log is intact: a clock set back, no head kept outside.
    """

    rows: int
    head: Head
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(session: Session, anchors: Iterable[Head] = (), progress: Progress | None = None) -> Verdict:
    """Read the whole chain in order, in pieces, and hold it against the *anchors* kept outside.

    Finds rows edited, removed, inserted or moved, a cut tail, a chain that was rebuilt
    (its digests differ from an anchor's) and index rows that were taken away, added or altered.
    """
    watched = progress or Quiet()
    stored = head(session)
    proof = _Proof(anchors)
    index = _Index(session)
    for row in _rows(session):
        proof.read(row)
        proof.faults += index.hold(row)
        if proof.rows % 1000 == 0:
            watched.step(proof.rows, stored.seq, "Reading the log")
    computed = Head(proof.expected - 1, proof.previous)
    faults = [*proof.faults, *index.rest(), *_tail(computed, stored, proof.waiting)]
    return Verdict(
        proof.rows, computed, tuple(faults), (*proof.remarks, *proof.told(), *proof.unanchored(computed))
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as read: without an entry when its columns cannot be understood; with the digest it ought to have."""

    seq: int
    entry: LogEntry | None
    previous: str
    digest: str
    due: str | None

    @property
    def subjects(self) -> set[str]:
        """Whom the index must name for it."""
        return {one.hex for one in (*self.entry.files, *self.entry.people)} if self.entry else set()


def _rows(session: Session) -> Iterator[_Read]:
    """Every row in order; one that cannot be understood never hides the others."""
    last = None
    while seqs := _next_seqs(session, last):
        last = seqs[-1]
        wanted = select(LogRow).where(LogRow.seq.between(seqs[0], seqs[-1])).order_by(LogRow.seq)
        try:
            found = [_read(row) for row in session.scalars(wanted)]
        except _UNREADABLE:
            found = [_one(session, seq) for seq in seqs]
        yield from found
        session.expunge_all()


def _next_seqs(session: Session, last: int | None) -> Sequence[int]:
    wanted = select(LogRow.seq).order_by(LogRow.seq).limit(_PIECE)
    return session.scalars(wanted if last is None else wanted.where(LogRow.seq > last)).all()


def _read(row: LogRow) -> _Read:
    entry = entry_of(row)
    return _Read(row.seq, entry, row.previous, row.digest, digest(entry, row.seq, row.previous))


def _one(session: Session, seq: int) -> _Read:
    try:
        return _read(session.scalars(select(LogRow).where(LogRow.seq == seq)).one())
    except _UNREADABLE:
        row = session.execute(select(LogRow.previous, LogRow.digest).where(LogRow.seq == seq)).one()
        return _Read(seq, None, row.previous, row.digest, None)


class _Proof:
    """What has been read of the chain so far, and what was wrong in it."""

    def __init__(self, anchors: Iterable[Head]) -> None:
        self.waiting: defaultdict[int, set[str]] = defaultdict(set)
        for one in anchors:
            if one.seq > 0:
                self.waiting[one.seq].add(one.digest)
        self.anchored = max(self.waiting, default=0)
        self.faults: list[Fault] = []
        self.remarks: list[str] = []
        self.previous: str = GENESIS
        self.expected, self.rows = 1, 0
        self._at: datetime | None = None
        self._told: defaultdict[str, list[int]] = defaultdict(list)

    def read(self, row: _Read) -> None:
        """Hold a row against the one before it, its own digest and the heads kept outside."""
        if row.seq != self.expected:
            self._wrong(row.seq, _gap(self.expected, row.seq))
        if row.previous != self.previous:
            self._wrong(row.seq, f"Row {row.seq} does not follow the row before it.")
        if row.due != row.digest:
            self._wrong(row.seq, f"Row {row.seq} was changed after it was written.")
        if self.waiting.pop(row.seq, {row.digest}) != {row.digest}:
            said = "is not the one that was anchored outside the store: the log was rebuilt."
            self._wrong(row.seq, f"Row {row.seq} {said}")
        self._hold_clock(row)
        if row.entry is not None and row.entry.act in _TELLS:
            self._told[row.entry.act].append(row.seq)
        self.previous, self.expected, self.rows = row.digest, row.seq + 1, self.rows + 1

    def told(self) -> list[str]:
        """What the database of a shared store wrote of officers who went past the program."""
        return [
            f"{_TELLS[act]}: {_numbered(rows)}." for act, rows in sorted(self._told.items(), reverse=True)
        ]

    def unanchored(self, end: Head) -> list[str]:
        """What the heads kept outside do not reach."""
        if self.anchored >= end.seq:
            return []
        if not self.anchored:
            return ["No end of this log is kept on this computer, so a tail cut off earlier would not show."]
        why = "later rows were written on another computer, or what was kept here was cut."
        return [f"The newest end kept on this computer is row {self.anchored}: {why}"]

    def _hold_clock(self, row: _Read) -> None:
        if row.entry is None:
            return
        if self._at is not None and row.entry.at < self._at - SET_BACK:
            self.remarks.append(
                f"Row {row.seq} is dated {row.entry.at:%Y-%m-%d %H:%M} UTC, before the row before it "
                f"({self._at:%Y-%m-%d %H:%M}): the clock was set back."
            )
        self._at = row.entry.at

    def _wrong(self, seq: int, sentence: str) -> None:
        self.faults.append(Fault(seq, sentence))


class _Index:
    """The index by file and person, read beside the rows: it says what they say, no more and no less.

    Rows beyond the number up to which it was brought need not be in it.
    """

    def __init__(self, session: Session) -> None:
        upto = session.execute(select(LogHead.indexed).where(LogHead.id == 1)).scalar()
        self._upto = upto if isinstance(upto, int) else 0
        # As the engine holds it: what somebody put there need not be an identity.
        subject = type_coerce(LogSubject.subject, NullType()).label("subject")
        wanted = select(LogSubject.seq, subject).order_by(LogSubject.seq)
        found = session.execute(wanted.execution_options(yield_per=1000))
        self._groups = groupby(found, key=lambda one: one.seq if isinstance(one.seq, int) else _NOWHERE)
        self._next = next(self._groups, None)

    def hold(self, row: _Read) -> list[Fault]:
        """Hold the index of one row against the row; index rows of lost rows come up on the way."""
        faults: list[Fault] = []
        while self._next is not None and self._next[0] < row.seq:
            faults.append(self._lost())
        named: set[str] = set()
        if self._next is not None and self._next[0] == row.seq:
            named = {str(one.subject).replace("-", "") for one in self._next[1]}
            self._next = next(self._groups, None)
        missing = row.subjects - named if row.seq <= self._upto else set[str]()
        if row.entry is None or not (missing or named - row.subjects):
            return faults
        said = "does not name everybody" if missing else "names somebody whom the row does not"
        return [*faults, Fault(row.seq, f"The index of the log was changed: for row {row.seq} it {said}.")]

    def rest(self) -> list[Fault]:
        """Index rows beyond the end of the log."""
        faults: list[Fault] = []
        while self._next is not None:
            faults.append(self._lost())
        return faults

    def _lost(self) -> Fault:
        assert self._next is not None
        seq = self._next[0]
        self._next = next(self._groups, None)
        named = f"Row {seq}" if seq != _NOWHERE else "A row without a number"
        return Fault(seq, f"{named} is missing, though the index of the log names it.")


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


def _numbered(rows: Sequence[int]) -> str:
    first = ", ".join(map(str, rows[:_NAMED]))
    more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
    return f"row {first}" if len(rows) == 1 else f"rows {first}{more}"


def _gap(expected: int, found: int) -> str:
    if found < expected:
        return f"Row {found} stands where row {expected} should: the order was changed."
    if found == expected + 1:
        return f"Row {expected} was removed."
    return f"Rows {expected} to {found - 1} were removed."


def _tail(computed: Head, stored: Head, waiting: Iterable[int]) -> list[Fault]:
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
