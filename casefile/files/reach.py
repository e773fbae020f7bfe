"""Reaching what an action or query is about, with a sentence when it is not there to be reached."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, select

from casefile.access.lean import Lean
from casefile.errors import Missing, Refused
from casefile.record.model import CaseFile, Draft
from casefile.record.people import Involvement
from casefile.sections import SECTIONS
from casefile.store.base import Identity
from casefile.work.unit import Work

_THERE = Lean(select(CaseFile.id).where(CaseFile.id == bindparam("file", type_=Identity())))


def case_file(work: Work, file_id: UUID) -> CaseFile:
    """The case file, if this officer may see it; the log row will name it."""
    found = work.session.scalars(select(CaseFile).where(CaseFile.id == file_id)).first()
    if found is None:
        raise _missing()
    work.about(files=[file_id])
    return found


def in_sight(work: Work, file_id: UUID) -> None:
    """Make sure that this officer may see the case file; the log row will name it.

    Raises:
        Missing: There is no such file for them.
    """
    if not _THERE.rows(work.session, file=file_id):
        raise _missing()
    work.about(files=[file_id])


def _missing() -> Missing:
    return Missing(
        "There is no such file, or it is restricted and you are not one of its named readers.",
        remedy="Ask its supervisor, or break the glass with a reason.",
    )


GONE = "That draft is no longer there: it was signed or thrown away."
"""What is said to whoever still has a form open of which nothing is kept any more."""


def draft_to_write(work: Work, draft_id: UUID) -> Draft:
    """A draft in which this officer may write, held until the work ends.

    Whoever keeps the file may write in a draft of it. A judgement for which one officer answers alone is written by them
    alone.
    """
    found = _held(work, draft_id)
    if found.officer_id != work.officer_id and SECTIONS[found.record].own_hand:
        raise Refused(
            "That draft belongs to another officer, who alone answers for it.", remedy="Start your own."
        )
    return found


def own_draft(work: Work, draft_id: UUID) -> Draft:
    """A draft that is this officer's to sign or to throw away, held until the work ends."""
    found = _held(work, draft_id)
    if found.officer_id != work.officer_id:
        raise Refused(
            "That draft belongs to another officer.", remedy="Ask them to sign it, or take it over first."
        )
    return found


def _held(work: Work, draft_id: UUID) -> Draft:
    wanted = select(Draft).where(Draft.id == draft_id).with_for_update()
    found = work.session.scalars(wanted.execution_options(populate_existing=True)).first()
    if found is None:
        raise Missing(GONE)
    work.about(files=[found.file_id])
    return found


def involved(work: Work, file_id: UUID, person_id: UUID) -> None:
    """Refuse a person who is nobody in this file."""
    found = work.session.execute(
        select(Involvement.id)
        .where(Involvement.file_id == file_id, Involvement.person_id == person_id)
        .limit(1)
    ).first()
    if found is None:
        raise Missing("That person is not involved in this file.", remedy="Add them to the file first.")
    work.about(people=[person_id])
