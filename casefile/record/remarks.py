"""What is said of a signed entry: returned, answered, amended, settled, endorsed, marked as significant.

Remarks stand beside an entry and never change it; nobody changes a remark either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Said(StrEnum):
    """What a remark does."""

    RETURNED = "returned"
    """A supervisor gives the entry back to its author, with what is wrong."""
    ANSWERED = "answered"
    """The author answers what was returned."""
    AMENDED = "amended"
    """A new version was signed: that answers it too."""
    SETTLED = "settled"
    """A supervisor is content with the answer."""
    ENDORSED = "endorsed"
    """A supervisor stands behind this version."""
    SIGNIFICANT = "significant"
    """Somebody marks the event as significant in the chronology, and says why."""
    NOT_SIGNIFICANT = "no longer significant"
    """Somebody takes that mark back, and says why."""


MARKS = (Said.SIGNIFICANT, Said.NOT_SIGNIFICANT)
STANDS_ALONE = (Said.RETURNED, Said.ENDORSED, *MARKS)
"""What answers nothing that was said before."""


@dataclass(frozen=True, slots=True)
class RemarkFact:
    """A remark as screens, paper and JSON see it.

    Attributes:
        version: Number of the version it speaks of.
        by: Who said it, as shown.
    """

    id: UUID
    file_id: UUID
    thread_id: UUID
    entry_id: UUID
    version: int
    what: Said
    says: str
    answers_id: UUID | None
    recorded_at: datetime
    by: str
    by_id: UUID


@dataclass(frozen=True, slots=True)
class Return:
    """Something returned, with what was said to it since.

    Attributes:
        state: ``to answer``, ``answered`` or ``settled``.
    """

    remark: RemarkFact
    replies: tuple[RemarkFact, ...]

    @property
    def state(self) -> str:
        """How it stands."""
        said = {one.what for one in self.replies}
        if Said.SETTLED in said:
            return "settled"
        return "answered" if said & {Said.ANSWERED, Said.AMENDED} else "to answer"


def returns(remarks: Iterable[RemarkFact]) -> tuple[Return, ...]:
    """Everything returned among *remarks*, each with its replies."""
    held = tuple(remarks)
    replies: dict[UUID | None, list[RemarkFact]] = defaultdict(list)
    for one in held:
        replies[one.answers_id].append(one)
    return tuple(Return(one, tuple(replies[one.id])) for one in held if one.what is Said.RETURNED)


def unanswered(remarks: Iterable[RemarkFact]) -> frozenset[UUID]:
    """Threads that were returned and wait for an answer."""
    return frozenset(one.remark.thread_id for one in returns(remarks) if one.state == "to answer")


def marked(remarks: Iterable[RemarkFact]) -> dict[UUID, RemarkFact]:
    """By thread, the mark that makes an event significant: the latest word, unless it takes the mark back."""
    latest: dict[UUID, RemarkFact] = {}
    for one in remarks:
        if one.what in MARKS:
            held = latest.get(one.thread_id)
            if held is None or (held.recorded_at, str(held.id)) <= (one.recorded_at, str(one.id)):
                latest[one.thread_id] = one
    return {thread: one for thread, one in latest.items() if one.what is Said.SIGNIFICANT}


def endorsed(remarks: Iterable[RemarkFact]) -> frozenset[UUID]:
    """Versions that a supervisor endorsed."""
    return frozenset(one.entry_id for one in remarks if one.what is Said.ENDORSED)
