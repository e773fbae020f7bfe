"""Filing documents whole: in pieces, once in a file however often the same bytes are filed there."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.errors import Invalid
from casefile.files.reach import in_sight
from casefile.record.model import Blob, BlobChunk, Document
from casefile.record.worded import keep_words, of_document
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

PIECE = 1 << 20
MOST = 1 << 30
"""The largest document, in bytes."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to be filed, with the text that was read from it."""

    name: str
    media_type: str
    data: bytes
    text: str = ""
    received_on: date | None = None
    origin: str | None = None
    warnings: Sequence[str] = ()
    parent_id: UUID | None = None


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def add_document(work: Work, file_id: UUID, name: str, data: bytes, received_on: date | None = None) -> UUID:
    """File a document whole, as it came."""
    in_sight(work, file_id)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return put_document(
        work, file_id, NewDocument(name, media_type, data, received_on=received_on or work.today)
    )


def put_document(work: Work, file_id: UUID, new: NewDocument) -> UUID:
    """File a document inside work that is already under way."""
    if len(new.data) > MOST:
        raise Invalid(
            f"{new.name} is larger than 1 GB; it cannot be kept in the file.",
            kept="The document was not filed.",
        )
    sha256 = hashlib.sha256(new.data).hexdigest()
    held = select(Blob.sha256).where(Blob.file_id == file_id, Blob.sha256 == sha256)
    if work.session.execute(held).first() is None:
        _put_bytes(work, file_id, sha256, new.data)
    document = Document(
        file_id=file_id,
        parent_id=new.parent_id,
        name=new.name,
        media_type=new.media_type,
        size=len(new.data),
        sha256=sha256,
        received_on=new.received_on,
        origin=new.origin,
        recorded_at=work.now,
        recorded_by=work.officer_id,
        text=new.text.replace("\x00", ""),
        warnings=list(new.warnings),
    )
    work.session.add(document)
    work.session.flush()
    keep_words(work.session, [of_document(document)])
    work.note(documents=1)
    work.touch(Kind.DOCUMENT, file_id)
    return document.id


def _put_bytes(work: Work, file_id: UUID, sha256: str, data: bytes) -> None:
    work.session.add(Blob(file_id=file_id, sha256=sha256, size=len(data)))
    work.session.flush()
    pieces = range(0, max(len(data), 1), PIECE)
    for place, start in enumerate(pieces):
        work.progress.step(place, len(pieces), "Keeping the document")
        piece = data[start : start + PIECE]
        work.session.add(BlobChunk(file_id=file_id, sha256=sha256, position=place, data=piece))
        work.session.flush()
        work.session.expunge_all()
