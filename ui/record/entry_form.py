"""One record being written: the form, kept as a draft while it is typed, and what signing will do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QFrame, QLineEdit

from casefile.errors import Away, CasefileError, Conflict, Invalid, Unsure
from casefile.files.actions.drafts import discard_draft, save_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.drafts import DraftRow, Foresight, foresee
from casefile.outbox import FormPlace
from casefile.record.described import Description
from ui.record.saving import Saving, saved_where
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.flow import Beside, Flow
from ui.widgets.form import Form
from ui.widgets.parts import button, column, label, row

SIGNING = "Signing needs the server, and it is not answering."


class EntryForm(QFrame):
    """The card with the form; *verb* stands on its button in place of the record's.

    Signals:
        signed: The record was signed; carries the new version.
        closed: The form was closed, or the draft thrown away.
    """

    signed = Signal(object)
    closed = Signal()

    def __init__(
        self, context: Context, description: Description, draft: DraftRow, around: Around, verb: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self._description, self._draft = context, description, draft
        self._short, self._signs = around.short, False
        body = column(self, margins=16, gap=12)
        self._head(body)
        self._reason: QLineEdit | None = None
        if draft.thread_id is not None:
            self._reason = QLineEdit()
            self._reason.setPlaceholderText("Why the signed record must say something else")
            self._reason.setToolTip("It stands beside the new version for good")
            self._reason.setAccessibleName("Reason of the amendment")
            line = row(gap=12)
            line.addWidget(label("Reason of amendment *", "label"))
            line.addWidget(self._reason, 1)
            body.addLayout(line)
        self.form = Form(description, around)
        self.form.set_state(draft.values)
        self.form.changed.connect(self._typed)
        body.addWidget(self.form)
        self.saving = self._keeping(context, draft)
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        body.addWidget(self._said)
        self._foot(body, verb)
        sign = QShortcut(QKeySequence("Ctrl+Return"), self)
        sign.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        sign.activated.connect(self.sign)
        self._say_saved(saved_where(context, draft.saved_at), "accent")
        self._foresee()

    @property
    def draft_id(self) -> Any:
        """The draft's identity."""
        return self._draft.id

    def keep(self) -> None:
        """Save at once what was typed since the last save."""
        if not self.saving.clean:
            self.saving.keep()
            self._foresee()

    def _keeping(self, context: Context, draft: DraftRow) -> Saving:
        words = f"{self._description.title}, {draft.reference}"
        saving = Saving(
            context,
            FormPlace(save_draft.name, draft.id, words, draft.file_id, draft.record),
            self.form.state,
            lambda desk, values, revision: desk.do(save_draft, draft.id, values, revision),
            draft.revision,
        )
        saving.setParent(self)
        saving.said.connect(self._say_saved)
        saving.failed.connect(self._failed)
        saving.kept.connect(lambda _: self._sign_when_clean())
        saving.here.connect(self._cannot_sign)
        return saving

    def _sign_when_clean(self) -> None:
        if self._signs and self.saving.clean:
            self.sign()

    def _cannot_sign(self) -> None:
        if self._signs:
            self._failed(Away(SIGNING, kept="What you typed is kept on this computer and will be sent."))

    def sign(self) -> None:
        """Save, then sign what was saved; faults are shown under their fields."""
        self._sign.setEnabled(False)
        reason = self._reason.text().strip() if self._reason is not None else None
        if self._reason is not None and not reason:
            self._failed(Invalid("Say why the record is amended."))
            self._reason.setFocus()
            return
        if not self.saving.clean:
            self._signs = True
            self.keep()
            return
        self._signs = False
        draft = self._draft.id
        self._context.jobs.write(
            self,
            lambda desk: desk.do(sign_entry, draft, reason=reason),
            self.signed.emit,
            failed=self._failed,
        )

    def _head(self, body: Any) -> None:
        head = Flow(apart=2)
        words = f"Amend: {self._description.title}" if self._draft.thread_id else self._description.title
        head.addWidget(label(words, "section-title"))
        self._state = Chip("Draft", "accent", shape=False)
        head.addWidget(self._state)
        legend = label("* needed before signing   ◦ the standard asks", "small", wrap=self._short)
        body.addLayout(head)
        if self._short:
            body.addWidget(legend)
        else:
            head.addWidget(legend)

    def _foot(self, body: Any, verb: str) -> None:
        self._does = label("", "small", wrap=True)
        foot = Beside(self._does, stacked=self._short)
        foot.add(button("Throw away", self.discard, name="link", hint="Delete this draft"))
        foot.add(button("Keep as draft", self._close, hint="Esc"))
        words = verb or f"Sign {self._description.title.lower()}"
        self._sign = button(words, self.sign, name="primary", hint="Ctrl+Enter")
        foot.add(self._sign)
        body.addLayout(foot)

    def _typed(self) -> None:
        self._said.hide()
        self.saving.typed()

    def _say_saved(self, words: str, tone: str) -> None:
        self._state.say(f"Draft · {words[:1].lower()}{words[1:]}", tone, shape=tone == "danger")

    def _failed(self, error: CasefileError) -> None:
        self._signs = False
        self._sign.setEnabled(not isinstance(error, Unsure))
        if isinstance(error, Invalid):
            own = [one for one in error.faults if one.field]
            self.form.show_faults(own)
            rest = " ".join(one.sentence for one in error.faults if not one.field)
            count = f"{len(own)} field{'s' if len(own) != 1 else ''} to mend before signing." if own else ""
            text = f"{rest} {count}".strip()
        else:
            text = f"{error.sentence} {error.kept} {error.remedy}".strip()
            if isinstance(error, Conflict):
                text += " Close this form and open the draft again to see theirs."
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _foresee(self) -> None:
        draft, key, values = self._draft, self._description.key, self.form.state()
        self._context.jobs.read(
            self, lambda desk: desk.read(foresee, draft.file_id, key, values, draft.thread_id), self._foreseen,
            failed=lambda _: None, slot="foresee",
        )  # fmt: skip

    def _foreseen(self, sight: Foresight) -> None:
        opens = f"Opens: {'; '.join(sight.opens)}." if sight.opens else ""
        closes = f"Closes: {'; '.join(sight.closes)}." if sight.closes else ""
        self._does.setText(" ".join(part for part in (opens, closes) if part) or "Signing locks this record.")

    def _close(self) -> None:
        self.keep()
        self.closed.emit()

    def discard(self) -> None:
        """Throw the draft away."""
        self.saving.forget()
        draft = self._draft.id
        self._context.jobs.write(
            self, lambda desk: desk.do(discard_draft, draft), lambda _: self.closed.emit()
        )
