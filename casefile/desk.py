"""The one door: officers do actions and read queries here, and nowhere else.

The desk opens the unit of work, checks the right, runs the function, writes the log and commits
as one thing, then hands back plain frozen data. The log row of a reading is durable before what
was read is handed over; the row of a change is in the same transaction as the change.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from casefile.access import actions as access
from casefile.access.queries import OfficerRow
from casefile.access.rules import sign_in_name
from casefile.access.visibility import limit
from casefile.alarms import actions as alarms
from casefile.audit.anchor import Anchor
from casefile.audit.chain import READING, LogEntry
from casefile.audit.verify import Verdict, verify
from casefile.audit.write import Head, append, stands
from casefile.errors import Away, CasefileError, Invalid, Refused, Unavailable, Unsure
from casefile.record.closed import any_stale
from casefile.standards import Library
from casefile.store.engine import Store
from casefile.store.frozen import AFTER_MOVE
from casefile.store.listening import Notice, Stop, heard, tell
from casefile.store.shared import readings
from casefile.store.shared.readings import Reading
from casefile.store.standing import Standing
from casefile.work.changed import Changed, Done
from casefile.work.door import Declared
from casefile.work.names import Kind, Logged, Permission
from casefile.work.progress import Progress, Quiet
from casefile.work.unit import NOBODY, Actor, Work

P = ParamSpec("P")
R = TypeVar("R")
_BY_NUMBER = attrgetter("int")
"""The order of identities, asked for in one step each."""
_LOGGER = logging.getLogger("casefile.desk")
CLOCKS_DIFFER = timedelta(seconds=90)
"""How far this computer's clock may be from the server's before a person is told."""
Anchors = Callable[[Store], Anchor | None]
"""Gives the place outside a store where its log's heads are kept, once the store is known."""


def real_clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (the one place that reads the clock)


class Desk:
    """One officer's door to one store.

    Attributes:
        actor: Who is signed in; nobody until :meth:`sign_in`.
    """

    def __init__(
        self,
        store: Store,
        standards: Library,
        *,
        anchor: Anchor | Anchors | None = None,
        clock: Callable[[], datetime] = real_clock,
    ) -> None:
        """A desk on *store*; *anchor* keeps the head of the log outside it."""
        self._home = self._store = store
        self._standards = standards
        self._anchor = anchor if isinstance(anchor, Anchor) else None
        self._anchors = anchor if not isinstance(anchor, Anchor) else None
        self._clock = clock
        self.actor: Actor = NOBODY

    @property
    def store(self) -> Store:
        """The open store, for what stands beside the desk (backup, doctor)."""
        return self._store

    @property
    def standards(self) -> Library:
        """The standards library, which holds nothing personal."""
        return self._standards

    def now(self) -> datetime:
        """The moment by this desk's clock: the server's, where the store is on one."""
        told = self._store.clock if self._clock is real_clock else None
        return told() if told else self._clock()

    def sign_in(self, name: str, password: str | None) -> OfficerRow:
        """Sign an officer in; Refused with a sentence when name or password is wrong.

        Args:
            name: The name they sign in with.
            password: None where a server knows the officer by the account of this computer or by a certificate.
        """
        before = self._store
        self._store = self._home.signed_in(sign_in_name(name), password)
        self._store.told_time = self.now
        try:
            self._find_anchor()
            tried = self.do(access.sign_in, name, password).result
            if tried.actor is None or tried.officer is None:
                raise Refused(tried.sentence, kept="Nobody was signed in.", remedy="")
        except BaseException:
            tried_store, self._store = self._store, before
            if tried_store is not before:
                tried_store.signed_out()
            raise
        if self._store is not before:
            before.signed_out()
        self.actor = tried.actor
        self.catch_up()
        return tried.officer

    def catch_up(self) -> None:
        """On a server: bring up to date what somebody changed who could not see it.

        Done at sign-in, and whenever the server tells that something changed.
        """
        if not self._store.by_role:
            return
        with self._store.writing(reads=False) as session:
            waiting = any_stale(session)
        if waiting and self._store.standing is None:
            self.do(alarms.catch_up)

    def sign_out(self, *, locked: bool = False) -> None:
        """Sign out (or lock), leaving a row in the log, unless the server is away; nothing when nobody is signed in."""
        if self.actor is not NOBODY:
            try:
                if not self._store.line.standing.away:
                    self.do(access.sign_out, locked=locked)
            except Away:
                _LOGGER.warning("the server was away when an officer signed out")
            finally:
                self.actor = NOBODY
                self._store = self._store.signed_out()

    def clock_remark(self) -> str:
        """What a person should know of this computer's clock, beside a store that has its own; "" when they agree."""
        told = self._store.clock
        if told is None or abs(ahead := self._clock() - told()) <= CLOCKS_DIFFER:
            return ""
        minutes = max(round(abs(ahead).total_seconds() / 60), 1)
        side = "ahead of" if ahead > timedelta(0) else "behind"
        return (
            f"This computer's clock is {minutes:,} minute{'s' if minutes != 1 else ''} {side} the server's. "
            "Casefile uses the server's."
        )

    def with_(self, *, reason: str | None = None, progress: Progress | None = None) -> Errand:
        """An errand at this desk with a reason for the log, or with progress that somebody watches."""
        return Errand(self, reason, progress or Quiet())

    def do(self, action: Declared[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Done[R]:
        """Do an action: all of it with its log row, or nothing."""
        return self.with_().do(action, *args, **kwargs)

    def read(self, query: Declared[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Read a query; its log row is durable before the answer is handed over."""
        return self.with_().read(query, *args, **kwargs)

    def keep_head(self, head: Head | None) -> None:
        """Keep the end of the log outside the store; a full disk there never loses the work itself."""
        if head is not None and self._anchor is not None:
            try:
                self._anchor.keep(head)
            except OSError:
                _LOGGER.warning("the head of the log could not be kept outside the store")

    def go_apart(self, anchor: Anchor | None, standing: Standing | None) -> None:
        """The record was moved from this store, or was taken up again: from here its log goes its own way."""
        self._anchor, self._store.standing = anchor, standing

    def verify_log(self, progress: Progress | None = None) -> Verdict:
        """Prove the log against itself and against the heads kept outside the store.

        Raises:
            Refused: On a server, which shows the log only to whoever has the right to read it.
        """
        if self._store.by_role and self.actor is not NOBODY and not self.actor.may(Permission.READ_LOG):
            raise Refused("Your role may not prove the log: it needs the right to read log.")
        with self._store.reading() as session:
            return verify(session, self._anchor.heads() if self._anchor else (), progress)

    def changes(self, stop: Stop) -> Iterator[Changed]:
        """What others write in the same store, as it is written, until it is time to stop; runs on a worker of its own.

        Only kinds and identities are told, and of restricted files not even those: whoever hears it reads again, and is
        shown what they may see.
        """
        for notices in heard(self._store, stop):
            changed = _heard(notices)
            if not changed.kinds <= {Kind.DRAFT, Kind.PRESENCE}:
                with suppress(CasefileError):  # the next notice, or the next sign-in, brings it
                    self.catch_up()
            yield changed

    def _find_anchor(self) -> None:
        if self._anchors is not None and self._store.identity is not None:
            self._anchor = self._anchors(self._store)

    def close(self) -> None:
        """Sign out and close the store."""
        try:
            self.sign_out()
        finally:
            self._store.close()


class Errand:
    """One call at the desk, with its reason and whoever watches its progress."""

    def __init__(self, desk: Desk, reason: str | None, progress: Progress) -> None:
        """Made by :meth:`Desk.with_`."""
        self._desk = desk
        self._reason = reason
        self._progress = progress

    def do(self, action: Declared[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Done[R]:
        """Do an action: all of it with its log row, or nothing."""
        began = time.perf_counter()
        self._allow(action)

        def attempt(session: Session) -> tuple[Done[R], Head | None]:
            work = self._work(session)
            result = action.function(work, *args, **kwargs)
            session.flush()
            tell(self._desk.store, session, work.changed.kinds, work.changed.files)
            return Done(result, work.changed), _log(work, action, readings.of(session))

        try:
            done = self._keep(attempt)
        except Refused:
            self._log_refusal(action)
            raise
        _timed(action, began)
        return done

    def read(self, query: Declared[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Read a query; its log row is durable before the answer is handed over."""
        began = time.perf_counter()
        self._allow(query)

        def attempt() -> tuple[R, Head | None]:
            head = None
            try:
                with self._desk.store.reading() as session:
                    work = self._work(session)
                    result = query.function(work, *args, **kwargs)
                    reading = readings.of(session)
                    if query.logs is not Logged.NOT_PERSONAL or (reading and reading.unanswered):
                        with self._desk.store.writing_after(session):
                            head = _log(work, query, reading)
            except Unsure as unsure:  # nothing was handed over: it is read, and logged, again
                raise Away("The server went away before this reading was logged.") from unsure
            return result, head

        result, head = self._desk.store.line.again(attempt)
        self._desk.keep_head(head)
        _timed(query, began)
        return result

    def _keep(self, attempt: Callable[[Session], tuple[R, Head | None]], *, reads: bool = True) -> R:
        """Commit what *attempt* does, again while the server is away and it is certain that nothing was saved."""
        result, head = self._desk.store.line.again(lambda: self._once(attempt, reads=reads))
        self._desk.keep_head(head)
        return result

    def _once(
        self, attempt: Callable[[Session], tuple[R, Head | None]], *, reads: bool
    ) -> tuple[R, Head | None]:
        written: list[tuple[R, Head | None]] = []
        try:
            with self._desk.store.writing(reads=reads) as session:
                written.append(attempt(session))
        except Unsure as unsure:
            lost, (result, head) = unsure, written[0]
            if head is None:
                raise
            unsure.ask = lambda: self._found(lost, head, result)
            self._became(unsure, head)
        return written[0]

    def _found(self, unsure: Unsure, head: Head, result: R) -> R:
        """What a commit gave whose answer was lost, once the server can say that it was saved."""
        self._became(unsure, head)
        self._desk.keep_head(head)
        return result

    def _became(self, unsure: Unsure, head: Head) -> None:
        """Find out what became of a commit whose answer was lost: its log row is there, or nothing of it is.

        Raises:
            Away: It was not saved.
            Unsure: It cannot be known yet.
        """
        store = self._desk.store

        def look() -> bool:
            store.settle(unsure)
            with store.writing(reads=False) as session:
                return stands(session, head)

        try:
            saved = store.line.again(look)
        except Unavailable:
            raise unsure from None
        if not saved:
            raise Away("The server went away before this was saved.", kept="It was not saved.")

    def _work(self, session: Session) -> Work:
        desk, now = self._desk, self._desk.now()
        limit(session, desk.actor.officer_id, now)
        work = Work(session, desk.actor, now, desk.standards, self._reason, self._progress)
        if desk.store.standing is not None and desk.store.standing.state == "moved":
            work.note(**{AFTER_MOVE: 1})
        return work

    def _allow(self, what: Declared[..., Any]) -> None:
        actor, seal = self._desk.actor, self._desk.store.seal
        if seal is not None:
            seal.allow(self._desk.now(), writes=what.writes and what.logs is not Logged.ACCESS)
        if what.needs is not None and not actor.may(what.needs):
            self._log_refusal(what)
            if actor is NOBODY:
                raise Refused("Nobody is signed in.", remedy="Sign in first.")
            raise Refused(f"Your role may not do this: it needs the right to {what.needs.value}.")
        if what.asks_reason and not (self._reason or "").strip():
            raise Invalid("Say why: the reason goes into the log.", kept="Nothing was done.")

    def _log_refusal(self, what: Declared[..., Any]) -> None:
        """A refusal is logged by itself: what was tried left nothing else behind."""
        refused = Logged.ACCESS, "refused"
        self._keep(
            lambda session: (None, append(session, _entry(self._work(session), what, *refused))), reads=False
        )


def _log(work: Work, what: Declared[..., Any], reading: Reading | None) -> Head | None:
    """The row of what was done or read. Where a reading stands open, one row at least says what it was for."""
    work.leave_behind()
    category = what.logs
    if category is Logged.NOT_PERSONAL:
        if reading is None or not reading.unanswered:
            return None
        category = Logged.CONSULTATION
    return append(work.session, _entry(work, what, category, "done", reading))


def _entry(
    work: Work, what: Declared[..., Any], category: Logged, outcome: str, reading: Reading | None = None
) -> LogEntry:
    files, people = work.subjects
    details = work.details
    if reading is not None and reading.seq is not None:
        details[READING] = reading.seq
        reading.answered = True
    return LogEntry(
        at=work.now,
        officer_id=work.actor.officer_id,
        officer=work.actor.name,
        role=work.actor.role,
        category=category.value,
        act=what.name,
        outcome=outcome,
        reason=work.reason,
        files=tuple(sorted(files, key=_BY_NUMBER)),
        people=tuple(sorted(people, key=_BY_NUMBER)),
        details=details,
    )


def _heard(notices: Iterable[Notice]) -> Changed:
    """Notices that came together, as one change; kinds that only a newer program knows are anybody's guess."""
    known = {kind.value for kind in Kind}
    found = list(notices)
    everything = any(one.everything or one.kinds - known for one in found)
    kinds = frozenset(Kind) if everything else frozenset(Kind(each) for one in found for each in one.kinds)
    return Changed(
        kinds,
        frozenset(each for one in found for each in one.files),
        elsewhere=True,
        unnamed=any(one.unnamed for one in found),
        anywhere=everything,
    )


def _timed(what: Declared[..., Any], began: float) -> None:
    """Name and milliseconds of every call, never its content."""
    _LOGGER.debug("%s %.1f ms", what.name, (time.perf_counter() - began) * 1000)
