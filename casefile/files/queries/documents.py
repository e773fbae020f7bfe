"""Reading documents: listed, as text, and whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from casefile.access.lean import Lean
from casefile.errors import Missing
from casefile.files.reach import case_file
from casefile.record.model import BlobChunk, Document
from casefile.store.base import Identity
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as one line."""

    id: UUID
    file_id: UUID
    parent_id: UUID | None
    name: str
    media_type: str
    size: int
    sha256: str
    received_on: date | None
    recorded_at: datetime
    origin: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document opened: its text for reading, and its bytes for showing."""

    row: DocumentRow
    text: str
    data: bytes


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The words of a document, without its bytes."""

    name: str
    text: str


OF_FILE = Lean(
    select(
        Document.id, Document.file_id, Document.parent_id, Document.name, Document.media_type, Document.size,
        Document.sha256, Document.received_on, Document.recorded_at, Document.origin, Document.warnings,
    )
    .where(Document.file_id == bindparam("file", type_=Identity()))
    .order_by(Document.recorded_at.desc(), Document.id)
)  # fmt: skip
"""The documents of a file."""


def documents_of(work: Work, file_id: UUID) -> tuple[DocumentRow, ...]:
    """The documents of a file, newest first."""
    rows = OF_FILE.rows(work.session, file=file_id)
    return tuple(
        DocumentRow(
            row.id,
            row.file_id,
            row.parent_id,
            row.name,
            row.media_type,
            row.size,
            row.sha256,
            row.received_on,
            row.recorded_at,
            row.origin,
            tuple(row.warnings),
        )
        for row in rows
    )


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def documents(work: Work, file_id: UUID) -> tuple[DocumentRow, ...]:
    """List the documents of a file."""
    case_file(work, file_id)
    return documents_of(work, file_id)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def document(work: Work, document_id: UUID) -> DocumentView:
    """Open a document inside the app; its bytes never lie in a temporary folder."""
    found = work.session.scalars(select(Document).where(Document.id == document_id)).first()
    if found is None:
        raise Missing("That document is not there, or not yours to see.")
    work.about(files=[found.file_id])
    row = next(one for one in documents_of(work, found.file_id) if one.id == document_id)
    return DocumentView(row, found.text, b"".join(chunks(work, found.file_id, found.sha256)))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def document_text(work: Work, document_id: UUID) -> DocumentText:
    """Read the words of a document, to compare a form with them."""
    found = work.session.execute(
        select(Document.file_id, Document.name, Document.text).where(Document.id == document_id)
    ).first()
    if found is None:
        raise Missing("That document is not there, or not yours to see.")
    work.about(files=[found.file_id])
    return DocumentText(found.name, found.text)


def chunks(work: Work, file_id: UUID, sha256: str) -> Iterator[bytes]:
    """The bytes of a document of a file, a piece at a time."""
    yield from work.session.scalars(
        select(BlobChunk.data)
        .where(BlobChunk.file_id == file_id, BlobChunk.sha256 == sha256)
        .order_by(BlobChunk.position)
        .execution_options(yield_per=4)
    )
