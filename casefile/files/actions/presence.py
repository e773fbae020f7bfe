"""Saying that one has a file open, and that one has left it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete

from casefile.files.reach import in_sight
from casefile.record.presence import LASTS, Here, Presence, here
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def be_here(
    work: Work, window: UUID, file_id: UUID, draft_id: UUID | None = None, *, writing: bool = False
) -> tuple[Here, ...]:
    """Say that one has a file or a draft of it open, and see who else has; said again at least once a minute."""
    in_sight(work, file_id)
    work.session.execute(delete(Presence).where(Presence.until_at <= work.now))
    found = work.session.get(Presence, window)
    before = (found.file_id, found.draft_id, found.writing) if found is not None else None
    if found is None:
        found = Presence(id=window, officer_id=work.officer_id)
        work.session.add(found)
    found.file_id, found.draft_id, found.writing = file_id, draft_id, writing
    found.until_at = work.now + LASTS
    work.session.flush()
    if before != (file_id, draft_id, writing):
        work.touch(Kind.PRESENCE, file_id)
    return here(work, file_id, window)


@action(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def leave(work: Work, window: UUID) -> None:
    """Say that one has closed a file."""
    found = work.session.get(Presence, window)
    if found is not None:
        work.touch(Kind.PRESENCE, found.file_id)
        work.session.execute(delete(Presence).where(Presence.id == window))


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def who_is_here(work: Work, file_id: UUID, window: UUID | None = None) -> tuple[Here, ...]:
    """Say who has a file open now."""
    return here(work, file_id, window)
