"""Filing what was read: each document whole, once, its words beside it, and minutes prefilled to confirm."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.exchange.documents.form import form_of
from casefile.exchange.documents.report import DocumentsReport, FiledDocument
from casefile.exchange.minutes import propose_minutes
from casefile.exchange.minutes.propose import doubtful_dates
from casefile.exchange.minutes.who import surname
from casefile.exchange.readers import Part
from casefile.files.actions.documents import NewDocument, put_document
from casefile.files.actions.drafts import start_draft
from casefile.files.reach import case_file
from casefile.record.model import Document
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.IMPORT, logs=Logged.COLLECTION)
def file_documents(
    work: Work, file_id: UUID, parts: Sequence[Part], received_on: date | None = None
) -> DocumentsReport:
    """File a document and everything that came inside it; prefill minutes where it is the record of a meeting.

    What stands in the file already, byte for byte, is left alone.

    Args:
        parts: As :func:`casefile.exchange.readers.read_whole` gives them, read before the store is touched.
        received_on: When police received it; None is today.
    """
    case = case_file(work, file_id)
    day = received_on or work.today
    held = _held(work, file_id)
    officers = _officers(work)
    filed: list[FiledDocument] = []
    for place, part in enumerate(parts):
        work.progress.step(place, len(parts), "Filing the documents")
        parent = filed[part.parent].document_id if part.parent is not None else None
        here = held.get(hashlib.sha256(part.data).hexdigest())
        if here is not None:
            filed.append(_told(part, here, new=False))
            continue
        document_id = put_document(work, file_id, _new(part, day, parent))
        filed.append(_prefilled(work, file_id, part, document_id, day, officers))
    return DocumentsReport(case.reference, tuple(filed))


def _new(part: Part, day: date, parent: UUID | None) -> NewDocument:
    reading = part.reading
    origin = ", ".join(one for one in (reading.sender, reading.dated) if one)
    return NewDocument(
        part.name,
        reading.media_type,
        part.data,
        text=reading.text,
        received_on=day,
        origin=origin or None,
        warnings=reading.warnings,
        parent_id=parent,
    )


def _prefilled(
    work: Work, file_id: UUID, part: Part, document_id: UUID, day: date, officers: dict[str, UUID]
) -> FiledDocument:
    proposed = propose_minutes(part.reading.text)
    if proposed is None:
        return _told(part, document_id, doubts=doubtful_dates(part.reading.text))
    values = form_of(proposed, document_id, day, officers)
    draft = start_draft(work, file_id, "minutes", values=values)
    return _told(part, document_id, found=proposed.sentence, doubts=proposed.doubts, draft_id=draft.id)


def _told(
    part: Part,
    document_id: UUID,
    *,
    new: bool = True,
    found: str = "",
    doubts: tuple[str, ...] = (),
    draft_id: UUID | None = None,
) -> FiledDocument:
    reading = part.reading
    return FiledDocument(
        document_id=document_id,
        name=part.name,
        media_type=reading.media_type,
        size=len(part.data),
        inside=part.parent is not None,
        new=new,
        words=len(reading.text.split()),
        warnings=reading.warnings,
        found=found,
        doubts=doubts,
        draft_id=draft_id,
    )


def _held(work: Work, file_id: UUID) -> dict[str, UUID]:
    """The documents of the file by the digest of their bytes."""
    rows = work.session.execute(select(Document.sha256, Document.id).where(Document.file_id == file_id))
    return {row.sha256: row.id for row in rows}


def _officers(work: Work) -> dict[str, UUID]:
    """Officers by surname, those only who share it with nobody."""
    rows = [
        (surname(name), officer_id)
        for name, officer_id in work.session.execute(select(Officer.name, Officer.id))
    ]
    counted = Counter(name for name, _ in rows)
    return {name: officer_id for name, officer_id in rows if counted[name] == 1}
