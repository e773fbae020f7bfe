"""Returned work and endorsement: a supervisor gives an entry back, its author answers or amends, it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.errors import Fault, Invalid, Missing, Refused
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, Entry
from casefile.record.remark_rows import Remark, remark, remarks_of, remarks_where
from casefile.record.remarks import RemarkFact, Return, Said, endorsed, returns
from casefile.sections import SECTIONS
from casefile.sections.hands import who_instead
from casefile.sections.load import thread
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_UNSAID = "Nothing was recorded."


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """Something returned, as My work lists it.

    Attributes:
        mine: What I have to do: ``answer`` it, or ``settle`` it.
        returned: What was returned and what was said to it.
    """

    mine: str
    file_id: UUID
    reference: str
    family_name: str
    divider: str
    title: str
    summary: str
    happened_on: date | None
    author: str
    returned: Return


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def return_entry(work: Work, thread_id: UUID, comment: str) -> UUID:
    """Return an entry to its author, saying what is wrong; the author finds it in My work."""
    entry = _latest(work, thread_id)
    if not comment.strip():
        raise Invalid([Fault("comment", "Say what is to be put right.")], kept=_UNSAID)
    if entry.author_id == work.officer_id:
        raise Invalid("You recorded this yourself: amend it.", kept=_UNSAID)
    return remark(work, entry, Said.RETURNED, comment)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def answer_return(work: Work, remark_id: UUID, answer: str) -> UUID:
    """Answer what a supervisor returned; amending the entry answers it too."""
    found = _returned(work, remark_id)
    if not answer.strip():
        raise Invalid([Fault("answer", "Say what you answer.")], kept=_UNSAID)
    if found.state == "settled":
        raise Invalid("This is settled already.", kept=_UNSAID)
    if found.remark.by_id == work.officer_id:
        raise Refused(
            "You returned this yourself: its author answers.", kept=_UNSAID, remedy="Settle it instead."
        )
    return remark(work, _latest(work, found.remark.thread_id), Said.ANSWERED, answer, found.remark)


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def settle_return(work: Work, remark_id: UUID, comment: str = "") -> UUID:
    """Say that what was returned is answered well enough, or why it need not be."""
    found = _returned(work, remark_id)
    entry = _latest(work, found.remark.thread_id)
    if found.state == "settled":
        raise Invalid("This is settled already.", kept=_UNSAID)
    if found.state == "to answer" and not comment.strip():
        raise Invalid(
            [Fault("comment", "Nobody has answered yet: say why that is not needed.")], kept=_UNSAID
        )
    _not_own(work, entry, "You cannot settle what was returned of your own work.")
    return remark(work, entry, Said.SETTLED, comment, found.remark)


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def endorse_entry(work: Work, thread_id: UUID, comment: str = "") -> UUID:
    """Endorse a risk assessment as it stands; a new version is endorsed anew."""
    entry = _latest(work, thread_id)
    section = SECTIONS[entry.section]
    if not section.endorsed:
        raise Invalid(f"{section.title}: there is nothing to endorse here.", kept=_UNSAID)
    _not_own(work, entry, f"You cannot endorse your own {section.title.lower()}.")
    held = remarks_where(work.session, Remark.thread_id == thread_id)
    if entry.id in endorsed(held):
        raise Invalid("This version is endorsed already.", kept=_UNSAID)
    if any(one.state != "settled" for one in returns(held)):
        raise Invalid("Something was returned and is not settled. Settle it first.", kept=_UNSAID)
    return remark(work, entry, Said.ENDORSED, comment)


@query(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def my_returned(work: Work) -> tuple[ReturnedRow, ...]:
    """List what was returned to me and waits for my answer, and what I returned and waits to be settled."""
    found = _open_for(work, work.officer_id)
    rows = tuple(_row(work, one, mine) for one, mine in found)
    work.about(files=[one.file_id for one in rows])
    return rows


@query(needs=Permission.KEEP_FILES, logs=Logged.NOT_PERSONAL)
def returned_waiting(work: Work) -> int:
    """Count what was returned and waits for the officer; a number only."""
    return len(_open_for(work, work.officer_id))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def remarks_in_file(work: Work, file_id: UUID) -> tuple[RemarkFact, ...]:
    """Read every remark on the entries of a file, oldest first."""
    held = work.session.scalars(select(CaseFile.id).where(CaseFile.id == file_id)).first()
    if held is None:
        raise Missing("There is no such file, or it is not yours to see.")
    work.about(files=[file_id])
    return remarks_of(work.session, file_id)


def _open_for(work: Work, officer_id: UUID) -> list[tuple[Return, str]]:
    """What waits for one officer, oldest first, with what they have to do."""
    mine = select(Remark.thread_id).join(Entry, Entry.id == Remark.entry_id)
    mine = mine.where(
        Remark.what == Said.RETURNED, or_(Entry.author_id == officer_id, Remark.recorded_by == officer_id)
    )
    threads = set(work.session.scalars(mine))
    held = remarks_where(work.session, Remark.thread_id.in_(threads)) if threads else ()
    authors = _authors(work, {one.entry_id for one in held})
    found: list[tuple[Return, str]] = []
    for one in returns(held):
        if one.state == "to answer" and authors.get(one.remark.entry_id) == officer_id:
            found.append((one, "answer"))
        elif one.state == "answered" and one.remark.by_id == officer_id:
            found.append((one, "settle"))
    return found


def _authors(work: Work, entry_ids: set[UUID]) -> dict[UUID, UUID]:
    if not entry_ids:
        return {}
    rows = work.session.execute(select(Entry.id, Entry.author_id).where(Entry.id.in_(entry_ids)))
    return {row.id: row.author_id for row in rows}


def _row(work: Work, found: Return, mine: str) -> ReturnedRow:
    entry = work.session.execute(
        select(
            Entry.file_id, Entry.section, Entry.summary, Entry.happened_on, Officer.name, Officer.role,
            Officer.number, CaseFile.reference, CaseFile.family_name,
        )
        .join(CaseFile, CaseFile.id == Entry.file_id)
        .join(Officer, Officer.id == Entry.author_id)
        .where(Entry.id == found.remark.entry_id)
    ).one()  # fmt: skip
    section = SECTIONS[entry.section]
    return ReturnedRow(
        mine,
        entry.file_id,
        entry.reference,
        entry.family_name,
        section.divider,
        section.title,
        entry.summary,
        entry.happened_on,
        shown(entry.name, entry.role, entry.number),
        found,
    )


def _latest(work: Work, thread_id: UUID) -> EntryFact:
    versions = thread(work.session, SECTIONS, thread_id)
    if not versions:
        raise Missing("That entry is not there, or not yours to see.")
    return max(versions, key=lambda one: one.version)


def _returned(work: Work, remark_id: UUID) -> Return:
    one = work.session.scalars(
        select(Remark).where(Remark.id == remark_id, Remark.what == Said.RETURNED)
    ).first()
    if one is None:
        raise Missing("Nothing was returned under that identity, or it is not yours to see.")
    held = remarks_where(work.session, Remark.thread_id == one.thread_id)
    return next(found for found in returns(held) if found.remark.id == remark_id)


def _not_own(work: Work, entry: EntryFact, sentence: str) -> None:
    """Refuse the author of any version, naming who may instead."""
    authors = {one.author_id for one in thread(work.session, SECTIONS, entry.thread_id)}
    if work.officer_id in authors:
        others = who_instead(
            work,
            entry.file_id,
            Permission.SIGN_SUPERVISION,
            lambda one, _: sentence if one in authors else None,
        )
        raise Refused(sentence, kept=_UNSAID, remedy=others)
