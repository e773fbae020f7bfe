"""What only the officer can say of a file they hand over: saved as it is typed, and never over somebody else's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from casefile.errors import CasefileError, Invalid
from casefile.handover.begin import save_checklist, settle_checklist
from casefile.handover.queries import checklist
from casefile.handover.rows import ChecklistPage
from casefile.outbox import FormPlace
from casefile.record.described import Description, GroupSpec
from ui.record.beside import BesideView
from ui.record.saving import Keeper, Saving, saved_where
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.parts import column, label, readable
from ui.widgets.words import row_words, value_words


class ChecklistForm(QFrame):
    """The card with the form.

    Signals:
        kept: It was saved; carries what still keeps the file from being sent.
    """

    kept = Signal(object)

    def __init__(self, context: Context, page: ChecklistPage, around: Around) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self.item_id, self._around = context, page.item.id, around
        self._description = page.description
        body = column(self, margins=16, gap=12)
        head = Flow(apart=1)
        head.addWidget(label("What you add", "section-title"))
        self._state = Chip("Not begun", "plain", shape=False)
        head.addWidget(self._state)
        body.addLayout(head)
        body.addWidget(label(page.description.about, "quiet", wrap=True))
        self.form = Form(page.description, around)
        self.form.set_state(page.values)
        body.addWidget(self.form)
        self.said = label("", "fault", wrap=True)
        self.said.hide()
        body.addWidget(self.said)
        self.saving = Saving(
            context, self.form, _keeper(page.item.id, page.item.reference), page.state, page.revision
        )
        self.saving.setParent(self)
        self._came = label("", "quiet", wrap=True)
        self._came.hide()
        body.insertWidget(2, self._came)
        self.beside = BesideView(self.saving, page.description, around, context.desk.actor.officer_id)
        body.insertWidget(3, self.beside)
        self.form.changed.connect(self.said.hide)
        self.saving.said.connect(lambda words, tone: self._state.say(words, tone, shape=tone == "danger"))
        self.saving.kept.connect(lambda kept: self.kept.emit(kept.wants))
        self.saving.failed.connect(self._failed)
        self.saving.came_in.connect(self._news)
        if page.saved_at is not None:
            by = f" by {page.saved_by}" if page.saved_by else ""
            self._state.say(f"{saved_where(context, page.saved_at)}{by}", "accent", shape=False)

    def keep(self) -> None:
        """Save at once what was typed."""
        self.saving.keep()

    def begin(self) -> None:
        """Put the keyboard on the first field that is empty."""
        self.form.begin()

    def _news(self, words: str) -> None:
        self._came.setText(f"{words} It came in as it was written.")
        self._came.show()

    def _failed(self, error: CasefileError) -> None:
        if isinstance(error, Invalid):
            self.form.show_faults([one for one in error.faults if one.field])
        self.said.setText(f"{error.sentence} {error.kept} {error.remedy}".strip())
        self.said.show()


class ChecklistRead(QFrame):
    """What the officer added, as read by the receiver."""

    def __init__(self, description: Description, values: Mapping[str, Any], around: Around, by: str) -> None:
        super().__init__()
        self.setObjectName("card")
        body = column(self, margins=16, gap=6)
        body.addWidget(label(f"What {by} adds", "section-title", wrap=True))
        said = False
        for spec in description.fields:
            if words := value_words(spec, values.get(spec.key), around):
                said = True
                body.addWidget(label(spec.label, "strong", wrap=True))
                body.addWidget(readable(words))
        for group in description.groups:
            if rows := values.get(group.key):
                said = True
                body.addWidget(label(group.label, "strong", wrap=True))
                for one in rows:
                    body.addWidget(readable(f"– {_row(group, one, around)}"))
        if not said:
            body.addWidget(label("Nothing yet.", "quiet"))


def _keeper(item_id: UUID, reference: str) -> Keeper:
    return Keeper(
        FormPlace(save_checklist.name, item_id, f"Hand-over of {reference}"),
        lambda desk, values, revision, typing: desk.do(save_checklist, item_id, values, revision, typing),
        lambda desk, beside, seen, value: desk.do(settle_checklist, item_id, beside, seen, value),
        lambda desk: desk.read(checklist, item_id).state,
    )


def _row(group: GroupSpec, one: Mapping[str, Any], around: Around) -> str:
    return " · ".join(words for words in row_words(group.fields, one, around) if words)
