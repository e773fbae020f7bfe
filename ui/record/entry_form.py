"""One record being written: the form, kept as a draft while it is typed, and what signing will do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QFrame, QLineEdit

from casefile.desk import Desk
from casefile.errors import Away, CasefileError, Conflict, Invalid, Missing, Unsure
from casefile.files.actions.drafts import (
    begin_again,
    discard_draft,
    save_draft,
    settle_draft,
    take_over_draft,
)
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.drafts import DraftRow, Foresight, draft_now, foresee
from casefile.outbox import FormPlace
from casefile.record.described import Description
from casefile.work.changed import Changed
from casefile.work.names import Kind
from ui.record.beside import BesideView
from ui.record.here import HereChips, Staying
from ui.record.saving import Keeper, Saving, saved_where
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.flow import Beside, Flow
from ui.widgets.form import Form
from ui.widgets.parts import button, column, keys, label, row

SIGNING = "Signing needs the server, and it is not answering."


class EntryForm(QFrame):
    """The card with the form; *verb* stands on its button in place of the record's.

    Signals:
        signed: The record was signed; carries the new version.
        closed: The form was closed, or the draft thrown away.
        again: Another draft goes on with what was typed here; carries it.
    """

    signed = Signal(object)
    closed = Signal()
    again = Signal(object)

    def __init__(
        self, context: Context, description: Description, draft: DraftRow, around: Around, verb: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self._description, self._draft = context, description, draft
        self._short = around.short
        self._signing = self._over = False
        me = context.desk.actor.officer_id
        body = column(self, margins=16, gap=12)
        self._head(body, mine=draft.officer_id == me)
        self._reason = self._ask_reason(body) if draft.thread_id is not None else None
        self.form = Form(description, around)
        self.form.set_state(draft.values)
        self.saving = Saving(context, self.form, _keeper(draft), draft.state)
        self.saving.setParent(self)
        self.staying = Staying(context, draft.file_id, draft.id, self)
        self.beside = BesideView(self.saving, description, around, me)
        body.addWidget(self.beside)
        body.addWidget(self.form)
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        body.addWidget(self._said)
        self._foot(body, verb, mine=draft.officer_id == me)
        self._wire()
        self._show_saved(draft.saved_at)
        self._foresee()

    @property
    def draft_id(self) -> Any:
        """The draft's identity."""
        return self._draft.id

    def keep(self) -> None:
        """Save at once what was typed since the last save."""
        self.saving.keep()

    def part(self) -> None:
        """Save, and say that nobody is writing here any more."""
        self.keep()
        self.staying.go()

    def on_changed(self, changed: Changed) -> None:
        """Somebody else wrote in the draft, came or went."""
        self.staying.on_changed(changed)
        if changed.elsewhere and changed.concerns(Kind.DRAFT, file_id=self._draft.file_id, restricted=True):
            self.saving.refresh()

    def sign(self) -> None:
        """Save, then sign what was read; faults are shown under their fields."""
        if not self._sign.isEnabled():
            return
        self.keep()
        self._sign.setEnabled(False)
        reason = self._reason.text().strip() if self._reason is not None else None
        if self._reason is not None and not reason:
            self._failed(Invalid("Say why the record is amended."))
            self._reason.setFocus()
        elif not self.saving.clean:
            self._signing = True
        else:
            self._sign_now(reason)

    def _sign_now(self, reason: str | None) -> None:
        draft, revision, over = self._draft.id, self.saving.revision, self._over
        self._context.jobs.write(
            self,
            lambda desk: desk.do(sign_entry, draft, reason=reason, revision=revision, over=over),
            self._is_signed,
            failed=self._failed,
        )

    def _is_signed(self, entry: Any) -> None:
        self.staying.go()
        self.signed.emit(entry)

    def _wire(self) -> None:
        self.form.changed.connect(self._typed)
        self.saving.said.connect(
            lambda words, tone: self._state.say(f"Draft · {words.lower()}", tone, shape=tone == "danger")
        )
        self.saving.here.connect(self._cannot_sign)
        self.saving.kept.connect(self._kept)
        self.saving.failed.connect(self._failed)
        self.saving.came_in.connect(self._news)
        self.staying.seen.connect(lambda found: self._here.show_here(found, draft_id=self._draft.id))
        sign = QShortcut(QKeySequence("Ctrl+Return"), self)
        sign.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        sign.activated.connect(self.sign)
        keys(self, "F6", self.beside.begin)

    def _head(self, body: Any, *, mine: bool) -> None:
        head = Flow(apart=4)
        words = f"Amend: {self._description.title}" if self._draft.thread_id else self._description.title
        head.addWidget(label(words, "section-title"))
        self._state = Chip("Draft", "accent", shape=False)
        head.addWidget(self._state)
        self._whose = Chip("" if mine else f"Begun by {self._draft.officer}", "plain")
        self._whose.setVisible(not mine)
        head.addWidget(self._whose)
        self._here = HereChips()
        head.addWidget(self._here)
        legend = label("* needed before signing   ◦ the standard asks", "small", wrap=self._short)
        body.addLayout(head)
        if self._short:
            body.addWidget(legend)
        else:
            head.addWidget(legend)
        self._came = label("", "quiet", wrap=True)
        self._came.hide()
        body.addWidget(self._came)

    def _ask_reason(self, body: Any) -> QLineEdit:
        reason = QLineEdit()
        reason.setPlaceholderText("Why the signed record must say something else")
        reason.setToolTip("It stands beside the new version for good")
        reason.setAccessibleName("Reason of the amendment")
        line = row(gap=12)
        line.addWidget(label("Reason of amendment *", "label"))
        line.addWidget(reason, 1)
        body.addLayout(line)
        return reason

    def _foot(self, body: Any, verb: str, *, mine: bool) -> None:
        self._does = label("", "small", wrap=True)
        foot = Beside(self._does, stacked=self._short)
        self._again = button("Begin again with what stands here", self._begin_again)
        self._again.hide()
        foot.add(self._again)
        self._away = button("Throw away", self.discard, name="link", hint="Delete this draft")
        self._take = button(
            "Take over", self._take_over, hint="The draft becomes yours to sign or throw away"
        )
        foot.add(self._away)
        foot.add(self._take)
        foot.add(button("Keep as draft", self._close, hint="Esc"))
        words = verb or f"Sign {self._description.title.lower()}"
        self._sign = button(words, self.sign, name="primary", hint="Ctrl+Enter")
        foot.add(self._sign)
        body.addLayout(foot)
        self._show_mine(mine=mine)

    def _show_mine(self, *, mine: bool) -> None:
        self._whose.setVisible(not mine)
        self._away.setVisible(mine)
        self._take.setVisible(not mine)
        self._sign.setEnabled(mine)

    def _typed(self) -> None:
        self._said.hide()
        self._over = False
        self.staying.typed()

    def _kept(self, kept: Any) -> None:
        self._foresee()
        if self._signing:
            self._signing = False
            reason = self._reason.text().strip() if self._reason is not None else None
            self._sign_now(reason)

    def _news(self, words: str) -> None:
        """Words of somebody else came in: said quietly; whoever was about to sign reads them first."""
        self._came.setText(f"{words} It came in as it was written.")
        self._came.show()
        if self._signing:
            self._signing = False
            self._tell(f"{words} Read it, then sign.")
            self._sign.setEnabled(True)

    def _show_saved(self, moment: Any) -> None:
        self._state.say(f"Draft · {saved_where(self._context, moment).lower()}", "accent", shape=False)

    def _cannot_sign(self) -> None:
        if self._signing:
            self._failed(Away(SIGNING, kept="What you typed is kept on this computer and will be sent."))

    def _failed(self, error: CasefileError) -> None:
        self._signing = False
        self._sign.setEnabled(not self._take.isVisibleTo(self) and not isinstance(error, Unsure))
        if isinstance(error, Unsure):
            self._state.say("Not known yet whether it was signed", "late")
        if isinstance(error, Invalid):
            own = [one for one in error.faults if one.field]
            self.form.show_faults(own)
            rest = " ".join(one.sentence for one in error.faults if not one.field)
            count = f"{len(own)} field{'s' if len(own) != 1 else ''} to mend before signing." if own else ""
            self._tell(f"{rest} {count}".strip())
        elif isinstance(error, Conflict):
            self._clashed(error)
        else:
            self._tell(f"{error.sentence} {error.kept} {error.remedy}".strip())
            if isinstance(error, Missing):
                self._is_gone()

    def _is_gone(self) -> None:
        """Somebody else signed the draft or threw it away; what was typed since is still here."""
        self.staying.go()
        self._sign.setEnabled(False)
        self._state.say("Draft · gone", "late")
        self._again.setVisible(not self.saving.clean)

    def _clashed(self, error: Conflict) -> None:
        """Somebody else's words stand between this officer and the signature."""
        if self.saving.waiting:
            self._tell(error.sentence)
            self.beside.begin()
        elif error.theirs is not None:
            self._tell(f"{error.sentence} Read what came in, then sign.")
            self.saving.refresh()
        else:
            self._over = True
            self._tell(f"{error.sentence} Sign again to sign it without what they have not saved yet.")

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))

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
        self.part()
        self.closed.emit()

    def discard(self) -> None:
        """Throw the draft away; where others wrote in it too, only when it is said a second time."""
        self.saving.drop()
        draft, over = self._draft.id, self._over

        def refused(error: CasefileError) -> None:
            self._over = isinstance(error, Conflict)
            again = " Throw away again to throw their words away too." if self._over else ""
            self._tell(f"{error.sentence}{again}")

        def thrown(_: object) -> None:
            self.staying.go()
            self.closed.emit()

        self._context.jobs.write(
            self, lambda desk: desk.do(discard_draft, draft, with_theirs=over), thrown, failed=refused
        )

    def _take_over(self) -> None:
        draft = self._draft.id

        def taken(now: DraftRow) -> None:
            self._draft = now
            self._show_mine(mine=True)
            self.saving.refresh()

        self.keep()
        self._context.jobs.write(
            self, lambda desk: desk.do(take_over_draft, draft), taken, failed=self._failed
        )

    def _begin_again(self) -> None:
        """The draft is gone, what was typed is not: another draft goes on with it."""
        values, known = self.form.state(), self.saving.known
        gone = replace(self._draft, state=replace(self._draft.state, values=known))
        self._context.jobs.write(
            self, lambda desk: desk.do(begin_again, gone, values), self.again.emit, failed=self._failed
        )


def _keeper(draft: DraftRow) -> Keeper:
    which = draft.id
    words = f"{draft.title}, {draft.reference}"

    def read(desk: Desk) -> Any:
        return desk.read(draft_now, which).state

    return Keeper(
        FormPlace(save_draft.name, which, words, draft.file_id, draft.record),
        lambda desk, values, revision, typing: desk.do(save_draft, which, values, revision, typing),
        lambda desk, beside, seen, value: desk.do(settle_draft, which, beside, seen, value),
        read,
    )
