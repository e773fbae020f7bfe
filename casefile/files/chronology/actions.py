"""Marking an event as significant by hand, and taking the mark back: words beside the entry, which stays as signed."""

from __future__ import annotations

from uuid import UUID

from casefile.errors import Fault, Invalid, Missing
from casefile.record.remark_rows import Remark, remark, remarks_where
from casefile.record.remarks import Said, marked
from casefile.sections import SECTIONS
from casefile.sections.load import thread
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_UNSAID = "Nothing was recorded."


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def mark_event(work: Work, thread_id: UUID, why: str, *, significant: bool = True) -> UUID:
    """Mark an event as significant in the chronology, or take the mark back; the signed entry stays as it is.

    Args:
        work: The unit of work.
        thread_id: The entry, whichever of its versions.
        why: Why it is, or is no longer, significant.
        significant: False takes the mark back by a later row; the earlier one stays.

    Raises:
        Missing: There is no such entry for this officer.
        Invalid: No reason is given, or it is marked, or not marked, already.
    """
    versions = thread(work.session, SECTIONS, thread_id)
    if not versions:
        raise Missing("That entry is not there, or not yours to see.")
    if not why.strip():
        raise Invalid([Fault("why", "Say why.")], kept=_UNSAID)
    held = marked(remarks_where(work.session, Remark.thread_id == thread_id))
    if significant and thread_id in held:
        raise Invalid("It is marked as significant already.", kept=_UNSAID)
    if not significant and thread_id not in held:
        raise Invalid("Nobody has marked it by hand: what its section says of it stays.", kept=_UNSAID)
    entry = max(versions, key=lambda one: one.version)
    return remark(work, entry, Said.SIGNIFICANT if significant else Said.NOT_SIGNIFICANT, why)
