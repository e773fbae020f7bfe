"""What only the officer can say of a file they hand over: saved as it is typed, and never over somebody else's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from casefile.errors import CasefileError, Conflict, Invalid
from casefile.handover.begin import save_checklist
from casefile.handover.queries import checklist
from casefile.handover.rows import ChecklistPage, Kept
from casefile.outbox import FormPlace
from casefile.record.described import Description, GroupSpec
from ui.record.saving import Saving, saved_where
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.parts import button, card, clear, column, label, readable
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
        self._theirs = column(gap=8)
        body.addLayout(self._theirs)
        item_id = self.item_id
        self.saving = Saving(
            context,
            FormPlace(save_checklist.name, item_id, f"Hand-over of {page.item.reference}"),
            self.form.state,
            lambda desk, values, revision: desk.do(save_checklist, item_id, values, revision),
            page.revision,
        )
        self.saving.setParent(self)
        self.form.changed.connect(self._typed)
        self.saving.said.connect(lambda words, tone: self._state.say(words, tone, shape=False))
        self.saving.kept.connect(self._kept)
        self.saving.failed.connect(self._failed)
        if page.saved_at is not None:
            by = f" by {page.saved_by}" if page.saved_by else ""
            self._state.say(f"{saved_where(context, page.saved_at)}{by}", "accent", shape=False)

    def keep(self) -> None:
        """Save at once what was typed."""
        self.saving.keep()

    def begin(self) -> None:
        """Put the keyboard on the first field that is empty."""
        self.form.begin()

    def _typed(self) -> None:
        self.said.hide()
        self.saving.typed()

    def _kept(self, kept: Kept) -> None:
        clear(self._theirs)
        self.kept.emit(kept.wants)

    def _failed(self, error: CasefileError) -> None:
        if isinstance(error, Conflict):
            self._read_theirs(error)
            return
        if isinstance(error, Invalid):
            self.form.show_faults([one for one in error.faults if one.field])
        self.said.setText(f"{error.sentence} {error.kept} {error.remedy}".strip())
        self.said.show()

    def _read_theirs(self, error: Conflict) -> None:
        item_id = self.item_id
        self._context.jobs.read(
            self, lambda desk: desk.read(checklist, item_id), lambda page: self._show_theirs(error, page),
            slot="theirs",
        )  # fmt: skip

    def _show_theirs(self, error: Conflict, page: ChecklistPage) -> None:
        """Both stand side by side until the officer says which; neither is lost."""
        self.said.setText(f"{error.sentence} {error.kept} Say which of the two is to stand.")
        self.said.show()
        clear(self._theirs)
        frame = card()
        body = column(frame, margins=12, gap=6)
        body.addWidget(label(f"As {page.saved_by or 'somebody else'} saved it", "strong", wrap=True))
        mine = self.form.state()
        for name, theirs, yours in _differences(self._description, page.values, mine, self._around):
            body.addWidget(readable(f"{name}. Theirs: {theirs or 'nothing'}. Yours: {yours or 'nothing'}."))
        foot = Flow(gap=8, right=True)
        foot.addWidget(button("Take theirs", lambda: self._take(page)))
        foot.addWidget(button("Keep mine", lambda: self._overrule(page), name="primary"))
        body.addLayout(foot)
        self._theirs.addWidget(frame)

    def _take(self, page: ChecklistPage) -> None:
        """Theirs stand in the form from now on."""
        self.form.set_state(page.values)
        self._overrule(page)

    def _overrule(self, page: ChecklistPage) -> None:
        """What stands in the form is saved after theirs; the log holds both saves."""
        self.said.hide()
        clear(self._theirs)
        self.saving.revision = page.revision
        self.saving.typed()
        self.saving.keep()


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


def _differences(
    description: Description, theirs: Mapping[str, Any], yours: Mapping[str, Any], around: Around
) -> list[tuple[str, str, str]]:
    found = [
        (
            spec.label,
            value_words(spec, theirs.get(spec.key), around),
            value_words(spec, yours.get(spec.key), around),
        )
        for spec in description.fields
    ]
    for group in description.groups:
        both = (theirs.get(group.key) or (), yours.get(group.key) or ())
        told = ["; ".join(_row(group, one, around) for one in rows) for rows in both]
        found.append((group.label, told[0], told[1]))
    return [one for one in found if one[1] != one[2]]


def _row(group: GroupSpec, one: Mapping[str, Any], around: Around) -> str:
    return " · ".join(words for words in row_words(group.fields, one, around) if words)
