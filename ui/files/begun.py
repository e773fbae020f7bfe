"""Beginning a form: at the desk, or on this computer while the server is away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject

from casefile.errors import Away, CasefileError
from casefile.files.actions.drafts import start_draft
from casefile.files.queries.drafts import DraftRow
from casefile.record.drafting import FormState
from casefile.work.ids import new_id
from ui.shell.context import Context


@dataclass(frozen=True, slots=True)
class NewForm:
    """The form that is wanted: of which file, and of which kind of record."""

    file_id: UUID
    reference: str
    record: str
    title: str


def begin_form(
    context: Context, owner: QObject, form: NewForm, thread: UUID | None, then: Callable[[DraftRow], object]
) -> None:
    """Begin a draft, or an amendment of the entry *thread*, and hand it to *then*.

    Without the server a new form begins empty on this computer; an amendment needs the record as it stands there.
    """

    def failed(error: CasefileError) -> None:
        if isinstance(error, Away) and thread is None and context.jobs.outbox is not None:
            then(_here(context, form))
        else:
            context.jobs.trouble.emit(error)

    context.jobs.write(
        owner,
        lambda desk: desk.do(start_draft, form.file_id, form.record, thread_id=thread),
        then,
        failed=failed,
    )


def _here(context: Context, form: NewForm) -> DraftRow:
    """An empty form that the server has not heard of: it was never saved there."""
    desk = context.desk
    me = desk.actor.officer_id
    assert me is not None
    return DraftRow(
        new_id(), form.file_id, form.reference, form.record, None, form.title, desk.actor.name, me,
        FormState(0, desk.now(), {}),
    )  # fmt: skip
