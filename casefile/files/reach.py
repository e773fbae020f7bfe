"""Reaching what an action or query is about, with a sentence when it is not there to be reached."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from casefile.errors import Missing, Refused
from casefile.record.model import CaseFile, Draft
from casefile.record.people import Involvement
from casefile.work.unit import Work


def case_file(work: Work, file_id: UUID) -> CaseFile:
    """The case file, if this officer may see it; the log row will name it."""
    found = work.session.scalars(select(CaseFile).where(CaseFile.id == file_id)).first()
    if found is None:
        raise Missing(
            "There is no such file, or it is restricted and you are not one of its named readers.",
            remedy="Ask its supervisor, or break the glass with a reason.",
        )
    work.about(files=[file_id])
    return found


def own_draft(work: Work, draft_id: UUID) -> Draft:
    """A draft of the officer at the desk; nobody writes in somebody else's."""
    found = work.session.scalars(select(Draft).where(Draft.id == draft_id)).first()
    if found is None:
        raise Missing("That draft is no longer there: it was signed or thrown away.")
    if found.officer_id != work.officer_id:
        raise Refused(
            "That draft belongs to another officer.", remedy="Ask them to sign it, or start your own."
        )
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
