"""Whether the words that are searched are those of the records, and putting them right: they can always be drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.record.looks import PersonLook
from casefile.record.model import CaseFile, Document, Entry, Task
from casefile.record.worded import (
    Of,
    WordRow,
    Words,
    keep_anew,
    numbers,
    of_document,
    of_file,
    of_look,
)
from casefile.sections import SECTIONS
from casefile.sections.keep import words_in
from casefile.sections.kept_tasks import words_of_task
from casefile.sections.load import entries
from casefile.sections.refresh import holder_names
from casefile.standards import Library
from casefile.store.words import make_anew, stand
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class Mended:
    """What was looked at, and what was put right.

    Attributes:
        files: Files whose words were looked at.
        rows: Rows of words that should stand.
        wrong: How many were missing, said something else or should not have been there.
    """

    files: int
    rows: int
    wrong: int


@action(needs=Permission.KEEP_FILES, logs=Logged.ADMINISTRATION)
def mend_words(work: Work) -> Mended:
    """Draw the words of every file one may see anew from its records, and put right what is not so."""
    files = list(work.session.scalars(select(CaseFile.id).order_by(CaseFile.id)))
    rows = wrong = 0
    for place, file_id in enumerate(files):
        work.progress.step(place, len(files), "Looking through the words")
        wanted = list(words_of_file(work.session, file_id, work.standards))
        held = work.session.scalars(select(WordRow.id).where(WordRow.file_id == file_id))
        wrong += keep_anew(work.session, wanted, set(held) - {one.number for one in wanted})
        rows += len(wanted)
    if not stand(work.session)[1]:
        make_anew(work.session.connection())
    work.note(files=len(files), wrong=wrong)
    return Mended(len(files), rows, wrong)


@dataclass(frozen=True, slots=True)
class Stand:
    """How the words stand, as far as whoever asks may see.

    Attributes:
        rows: Records whose words are kept.
        missing: Records that have none.
        indexed: Whether the engine's own index holds what is kept.
    """

    rows: int
    missing: int
    indexed: bool

    @property
    def sound(self) -> bool:
        """Whether everything is found."""
        return self.indexed and not self.missing

    @property
    def sentence(self) -> str:
        """What is wrong."""
        missing = f"{self.missing:,} records have no words and are not found." if self.missing else ""
        return f"{missing} {'' if self.indexed else 'The index does not hold what the records say.'}".strip()


def stands(session: Session) -> Stand:
    """Whether every record has its words; what each says is looked at by :func:`mend_words`."""
    rows, indexed = stand(session)
    missing = 0
    for of, record in (
        (Of.FILE, CaseFile.id),
        (Of.PERSON, PersonLook.person_id),
        (Of.ENTRY, Entry.id),
        (Of.DOCUMENT, Document.id),
        (Of.TASK, Task.id),
    ):
        low, high = numbers(of)
        kept = select(func.count(WordRow.id)).where(WordRow.id.between(low, high))
        missing += abs((session.scalar(select(func.count(record))) or 0) - (session.scalar(kept) or 0))
    return Stand(rows, missing, indexed)


def words_of_file(session: Session, file_id: UUID, library: Library) -> Iterator[Words]:
    """Everything of a file that is searched, drawn from its records."""
    case = session.get_one(CaseFile, file_id)
    yield of_file(file_id, case.reference, case.family_name, holder_names(session, case))
    for fact in entries(session, SECTIONS, file_id, all_versions=True):
        yield words_in(SECTIONS[fact.section], fact, library)
    for document in session.scalars(select(Document).where(Document.file_id == file_id)):
        yield of_document(document)
    for row in session.execute(select(Task.__table__).where(Task.file_id == file_id)).mappings():
        yield words_of_task(row, library)
    looks = select(PersonLook.person_id, PersonLook.said).where(PersonLook.file_id == file_id)
    for look in session.execute(looks):
        yield of_look(look.person_id, file_id, look.said)
