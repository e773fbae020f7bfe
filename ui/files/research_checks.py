"""Recording checks of one person in a sheet: kept as a draft as it is typed, signed by Ctrl+Enter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from casefile.errors import CasefileError, Conflict, Invalid
from casefile.files.actions.drafts import discard_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.drafts import DraftRow
from casefile.files.research.model import Researched, ResearchGrid
from ui.files.research_form import ChecksForm
from ui.record.entry_form import draft_keeper
from ui.record.saving import Saving
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.order import show
from ui.widgets.parts import button, keys
from ui.widgets.sheet import Sheet

WIDE = 860
"""Pixels at 100 %."""


class CheckSheet(Sheet):
    """The sheet: what is known of the person, the checks, and what can be done."""

    def __init__(
        self, context: Context, told: ResearchGrid, person: Researched, check: str, parent: QWidget
    ) -> None:
        super().__init__(f"Record checks: {person.name}", parent, wide=WIDE)
        self._context, self._file_id = context, told.file_id
        self._draft: DraftRow | None = None
        self._saving: Saving | None = None
        self._signing = self._leaving = False
        born = f", born {person.born}" if person.born else ""
        self.head(f"Record checks: {person.name}", f"{person.roles}{born}. One signed entry for all of it.")
        self.form = ChecksForm(context, told, person)
        self.form.head.by.set_value(context.desk.actor.name)
        self.body.addWidget(self.form)
        self.state = Chip("Draft", "accent", shape=False)
        self.foot.addWidget(self.state)
        self.foot.addWidget(button("Throw away", self.throw_away, name="link"))
        self.foot.addWidget(button("Keep as draft", self.reject, hint="Esc"))
        self.verb = button("Sign checks", self.sign, name="primary", hint="Ctrl+Enter")
        self.verb.setEnabled(False)
        self.foot.addWidget(self.verb)
        keys(self, "Ctrl+Return", self.sign)
        self.form.choose(check)
        self._start()

    def showEvent(self, event: QShowEvent) -> None:
        """The line that was chosen is in view, however large the type."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: show(self.form.table))

    def sign(self) -> None:
        """Save what was typed, then sign it."""
        if self._saving is None or not self.verb.isEnabled():
            return
        if (sentence := self.form.trouble()) is not None:
            self.tell(sentence)
            return
        self.tell("")
        self.verb.setEnabled(False)
        self._signing = True
        self._saving.typed()
        self._saving.keep()

    def throw_away(self) -> None:
        """Leave nothing of it."""
        draft, saving = self._draft, self._saving
        if draft is None or saving is None:
            super().reject()
            return
        saving.drop()
        self._context.jobs.write(
            self,
            lambda desk: desk.do(discard_draft, draft.id),
            lambda _: super(CheckSheet, self).reject(),
            failed=self._failed,
        )

    def reject(self) -> None:
        """Leave it as a draft; where nothing was said, as nothing."""
        if self.form.empty:
            self.throw_away()
            return
        if self._saving is not None and not self._saving.clean:
            self._leaving = True
            self._saving.keep()
            return
        super().reject()

    def _start(self) -> None:
        file_id, values = self._file_id, {**self.form.state(), "searches": [], "status": None}
        self._context.jobs.write(
            self,
            lambda desk: desk.do(start_draft, file_id, "research", values=values),
            self._started,
            failed=self._failed,
        )

    def _started(self, draft: DraftRow) -> None:
        self._draft = draft
        self._saving = Saving(self._context, self.form, draft_keeper(draft), draft.state)
        self._saving.setParent(self)
        self._saving.said.connect(lambda words, tone: self.state.say(words, tone))
        self._saving.kept.connect(lambda _: self._kept())
        self._saving.failed.connect(self._failed)
        self._saving.here.connect(lambda: self._failed(None))
        self.verb.setEnabled(True)
        if not self.form.empty:
            self._saving.typed()

    def _kept(self) -> None:
        if self._leaving:
            super().reject()
        elif self._signing and self._draft is not None and self._saving is not None:
            self._signing = False
            draft, revision = self._draft.id, self._saving.revision
            self._context.jobs.write(
                self,
                lambda desk: desk.do(sign_entry, draft, revision=revision),
                lambda _: self.accept(),
                failed=self._failed,
            )

    def _failed(self, error: CasefileError | None) -> None:
        """Say what is wrong; what was typed stays here, and in the draft."""
        self._signing = self._leaving = False
        self.verb.setEnabled(self._draft is not None)
        if error is None:
            self.tell(
                "The server is not answering. What you typed is kept on this computer and will be sent."
            )
        elif isinstance(error, Invalid):
            self.tell(" ".join(one.sentence for one in error.faults) or error.sentence)
        else:
            self.tell(_words(error))


def _words(error: Any) -> str:
    again = (
        " Read it among the drafts of this divider, then sign it there."
        if isinstance(error, Conflict)
        else ""
    )
    return f"{error.sentence} {error.kept} {error.remedy}{again}".strip()
