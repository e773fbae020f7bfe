"""One record being written: the form, kept as a draft while it is typed, and what signing will do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QFrame, QLineEdit

from casefile.errors import CasefileError, Conflict, Invalid
from casefile.files.actions.drafts import discard_draft, save_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.drafts import DraftRow, Foresight, foresee
from casefile.record.described import Description
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.flow import Beside, Flow
from ui.widgets.form import Form
from ui.widgets.parts import button, column, label, row
from ui.widgets.words import LONDON

TYPING = 400
"""Milliseconds after the last key until the draft is saved."""


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
        self._revision = draft.revision
        self._short = around.short
        self._saving = self._dirty = False
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
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        body.addWidget(self._said)
        self._foot(body, verb)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self.keep)
        sign = QShortcut(QKeySequence("Ctrl+Return"), self)
        sign.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        sign.activated.connect(self.sign)
        self._show_saved(draft.saved_at)
        self._foresee()

    @property
    def draft_id(self) -> Any:
        """The draft's identity."""
        return self._draft.id

    def keep(self) -> None:
        """Save at once what was typed since the last save."""
        self._wait.stop()
        if not self._dirty or self._saving:
            return
        self._dirty, self._saving = False, True
        values, draft, revision = self.form.state(), self._draft.id, self._revision
        self._context.jobs.write(
            self,
            lambda desk: desk.do(save_draft, draft, values, revision),
            self._saved,
            failed=self._not_saved,
        )
        self._foresee()

    def sign(self) -> None:
        """Save, then sign; faults are shown under their fields."""
        self.keep()
        self._sign.setEnabled(False)
        reason = self._reason.text().strip() if self._reason is not None else None
        if self._reason is not None and not reason:
            self._failed(Invalid("Say why the record is amended."))
            self._reason.setFocus()
            return
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
        self._dirty = True
        self._state.say("Draft · saving …", "accent", shape=False)
        self._said.hide()
        self._wait.start()

    def _saved(self, kept: Any) -> None:
        self._saving, self._revision = False, kept.revision
        if self._dirty:
            self.keep()
        else:
            self._show_saved(kept.saved_at)

    def _not_saved(self, error: CasefileError) -> None:
        self._saving, self._dirty = False, True
        self._state.say("Draft · not saved", "danger")
        self._failed(error)

    def _show_saved(self, moment: Any) -> None:
        self._state.say(f"Draft · saved {moment.astimezone(LONDON):%H:%M}", "accent", shape=False)

    def _failed(self, error: CasefileError) -> None:
        self._sign.setEnabled(True)
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
        self._wait.stop()
        self._dirty = False
        draft = self._draft.id
        self._context.jobs.write(
            self, lambda desk: desk.do(discard_draft, draft), lambda _: self.closed.emit()
        )
