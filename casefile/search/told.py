"""A search that meets a restricted file: compared where the policy says so, told to the file's supervisor and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.visibility import hidden_files
from casefile.errors import Fault, Invalid, Missing
from casefile.record.model import CaseFile
from casefile.record.restricted import RestrictedMark
from casefile.search.asked import read_text
from casefile.search.narrowed import Narrowed
from casefile.store.compared import Compared, Met, compare, met
from casefile.store.frozen import AFTER_MOVE
from casefile.words.asked import Asked
from casefile.words.engines import ENGINES, said
from casefile.work.door import action, query
from casefile.work.ids import derived_id, new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import LONDON, Work

_OF = ("person", "file")
"""Whose words are compared: who and what is looked for. A word of a record would be met by every other search."""
_LINES = 5
"""How many different searches of a day are shown."""


class What(StrEnum):
    """What a supervisor did about a search that met a restricted file."""

    TALKED = "talked"
    NO_RIGHT = "no_right"
    MADE_READER = "made_reader"


WHAT = {
    What.TALKED: "Talked to the officer",
    What.NO_RIGHT: "Gave no right to read it",
    What.MADE_READER: "Made the officer a reader",
}
"""In words."""
KINDS = {"words": "in the search box", "people": "looking for a person"}
"""How was searched, in words."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was done about it, by whom, and when."""

    what: What
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RestrictedRow:
    """The searches of one officer on one day that met one restricted file.

    Attributes:
        id: The same for the same file, officer and day.
        officer: Who searched, as written in a file.
        lines: What was searched for, the newest first; at most five.
        kinds: How was searched (keys of ``KINDS``).
        times: How often.
        last_at: When last.
        marked: What was done last about it; None while nothing was.
    """

    id: UUID
    file_id: UUID
    reference: str
    family_name: str
    officer_id: UUID
    officer: str
    day: date
    lines: tuple[str, ...]
    kinds: tuple[str, ...]
    times: int
    last_at: datetime
    marked: Marked | None

    @property
    def open(self) -> bool:
        """Whether it was searched since the supervisor last said what was done."""
        return self.marked is None or self.last_at > self.marked.at


def words_compared(work: Work, asked: Asked, to: Narrowed, line: str) -> None:
    """Have a search of the one box compared, where the policy says so: by who and what it looks for."""
    if not work.standards.restricted.tell_supervisor:
        return
    kinds = [one for one in _OF if one in to.kinds and to.files is None]
    words, keys = "", frozenset[str]()
    if asked.wanted and kinds:
        words = said(ENGINES[work.session.get_bind().dialect.name], asked)
        if "person" in kinds and asked.plain and not asked.unwanted:
            keys = read_text(asked.plain, work.today).keys()
    states = None if to.states is None else tuple(sorted(to.states))
    ranges = tuple((one.low, one.high) for one in (to.within(kind, older=False) for kind in kinds))
    _leave(work, "words", line, words, ranges, keys, states)


def people_compared(work: Work, keys: Iterable[str], line: str) -> None:
    """Have a person looked for, or about to be added, compared, where the policy says so."""
    if work.standards.restricted.tell_supervisor:
        _leave(work, "people", line, "", (), keys, None)


def _leave(
    work: Work,
    kind: str,
    line: str,
    words: str,
    ranges: tuple[tuple[int, int], ...],
    keys: Iterable[str],
    states: tuple[str, ...] | None,
) -> None:
    if AFTER_MOVE in work.details:  # nothing is written where the record no longer lives
        return
    search = Compared(
        new_id(), work.officer_id, work.now, kind, " ".join(line.replace("\x00", "").split()), words, ranges, tuple(sorted(keys)),
        states, work.standards.restricted.most_files,
    )  # fmt: skip
    work.leave(lambda: compare(work.session, search, hidden_files(work.session)))


@query(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def restricted_matches(work: Work, *, marked: bool = False) -> tuple[RestrictedRow, ...]:
    """List the searches that met restricted files which one supervises and may see, the newest first.

    Args:
        marked: Also those of which it is said already what was done.
    """
    rows = tuple(one for one in _rows(work) if marked or one.open)
    work.about(files=[one.file_id for one in rows])
    return rows


@query(needs=Permission.KEEP_FILES, logs=Logged.NOT_PERSONAL)
def restricted_waiting(work: Work) -> int:
    """Count the searches that met restricted files of the officer’s and wait to be looked at; a number only."""
    return sum(1 for one in _rows(work) if one.open)


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def mark_restricted_match(work: Work, match_id: UUID, what: str, note: str) -> UUID:
    """Say what was done about a search that met a restricted file; a later search of the officer’s opens it again."""
    if what not in [one.value for one in What]:
        raise Invalid([Fault("what", "Say what was done.")], kept="Nothing was recorded.")
    if not note.strip():
        raise Invalid([Fault("note", "Say why, in a sentence or two.")], kept="Nothing was recorded.")
    found = next((one for one in _rows(work) if one.id == match_id), None)
    if found is None:
        raise Missing("There is no such match of a file that you supervise and may see.")
    made = RestrictedMark(
        file_id=found.file_id,
        searcher_id=found.officer_id,
        day=found.day,
        what=what,
        note=note.strip(),
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )
    work.session.add(made)
    work.session.flush()
    work.about(files=[found.file_id])
    return made.id


def _rows(work: Work) -> list[RestrictedRow]:
    found = met(work.session, work.officer_id)
    if not found:
        return []
    files = {
        row.id: row
        for row in work.session.execute(
            select(CaseFile.id, CaseFile.reference, CaseFile.family_name).where(
                CaseFile.supervisor_id == work.officer_id, CaseFile.id.in_({one.file_id for one in found})
            )
        )
    }
    days: dict[tuple[UUID, UUID, date], list[Met]] = {}
    for one in sorted(found, key=lambda one: one.at, reverse=True):
        if one.file_id in files:
            day = one.at.astimezone(LONDON).date()
            days.setdefault((one.file_id, one.officer_id, day), []).append(one)
    officers = {
        row.id: shown(row.name, row.role, row.number)
        for row in work.session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
    }
    marks = {
        (one.file_id, one.searcher_id, one.day): Marked(
            What(one.what), one.note, officers[one.recorded_by], one.recorded_at
        )
        for one in work.session.scalars(
            select(RestrictedMark)
            .where(RestrictedMark.file_id.in_(files))
            .order_by(RestrictedMark.recorded_at, RestrictedMark.id)
        )
    }
    return [
        RestrictedRow(
            derived_id("restricted match", *key), key[0], files[key[0]].reference, files[key[0]].family_name, key[1],
            officers[key[1]], key[2], tuple(dict.fromkeys(one.line for one in held))[:_LINES],
            tuple(sorted({one.kind for one in held})), len(held), held[0].at, marks.get(key),
        )
        for key, held in days.items()
    ]  # fmt: skip
