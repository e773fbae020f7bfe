"""Reading who may read a restricted file."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Reader
from casefile.files.reach import case_file
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def readers(work: Work, file_id: UUID) -> tuple[UUID, ...]:
    """Name the officers who may read a restricted file."""
    case_file(work, file_id)
    return tuple(
        work.session.scalars(
            select(Reader.officer_id).where(Reader.file_id == file_id, Reader.until_at.is_(None))
        )
    )
