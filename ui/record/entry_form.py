"""One record being written: the form, kept as a draft while it is typed, and what signing will do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from casefile.desk import Desk
from casefile.errors import Away, CasefileError, Conflict, Invalid, Missing, Unsure
from casefile.files.actions.drafts import (
    begin_again,
    discard_draft,
    save_begun,
    save_draft,
    settle_draft,
    take_over_draft,
)
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.drafts import DraftRow, draft_now
from casefile.outbox import FormPlace
from casefile.record.described import Description
from casefile.work.changed import Changed
from casefile.work.names import Kind
from ui.record.beside import BesideView
from ui.record.entry_parts import EntryFoot, EntryHead, reason_line
from ui.record.here import Staying
from ui.record.saving import Keeper, Saving, saved_where
from ui.shell.context import Context
from ui.widgets.choice import Around
from ui.widgets.form import Form
from ui.widgets.parts import column, keys, label

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
        self._context, self._draft = context, draft
        self._signing = self._over = False
        self._begun_here = not draft.revision
        me = context.desk.actor.officer_id
        mine = draft.officer_id == me
        body = column(self, margins=16, gap=12)
        self._head = EntryHead(description.title, draft, mine=mine, short=around.short)
        body.addWidget(self._head)
        self._reason: QLineEdit | None = None
        if draft.thread_id is not None:
            line, self._reason = reason_line()
            body.addWidget(line)
        self.form = Form(description, around)
        self.form.set_state(draft.values)
        self.saving = Saving(context, self.form, draft_keeper(draft), draft.state)
        self.saving.setParent(self)
        self.staying = Staying(context, draft.file_id, draft.id, self)
        self.beside = BesideView(self.saving, description, around, me)
        body.addWidget(self.beside)
        body.addWidget(self.form)
        self._said = label("", "fault", wrap=True)
        self._said.hide()
        body.addWidget(self._said)
        self._foot = EntryFoot(verb or f"Sign {description.title.lower()}", short=around.short)
        self._foot.show_mine(mine=mine)
        body.addWidget(self._foot)
        self._wire()
        self._foot.foresee(context, draft, self.form.state)

    @property
    def draft_id(self) -> Any:
        """The draft's identity."""
        return self._draft.id

    @property
    def _only_here(self) -> bool:
        """Whether the form was begun on this computer and never reached the server."""
        return self._begun_here and not self.saving.revision

    def keep(self) -> None:
        """Save at once what was typed since the last save."""
        self.saving.keep()

    def on_changed(self, changed: Changed) -> None:
        """Somebody else wrote in the draft, came or went."""
        self.staying.on_changed(changed)
        if changed.elsewhere and changed.concerns(Kind.DRAFT, file_id=self._draft.file_id, restricted=True):
            self.saving.refresh()

    def sign(self) -> None:
        """Save, then sign what was read; faults are shown under their fields."""
        if not self._foot.sign.isEnabled():
            return
        if self._only_here:
            self.saving.typed()  # the server has not heard of the form at all
        self.keep()
        self._foot.sign.setEnabled(False)
        if self._reason is not None and not self._reason.text().strip():
            self._failed(Invalid("Say why the record is amended."))
            self._reason.setFocus()
        elif not self.saving.clean:
            self._signing = True
        else:
            self._sign_now()

    def discard(self) -> None:
        """Throw the draft away; where others wrote in it too, only when it is said a second time."""
        self.saving.drop()
        outbox = self._context.jobs.outbox
        if self._only_here and outbox is not None:
            place = draft_keeper(self._draft).place
            self._context.jobs.aside(self, lambda: outbox.drop(place), lambda _: self.closed.emit())
            return
        draft, over = self._draft.id, self._over

        def refused(error: CasefileError) -> None:
            self._over = isinstance(error, Conflict)
            again = " Throw away again to throw their words away too." if self._over else ""
            self._tell(f"{error.sentence}{again}")

        self._context.jobs.write(
            self,
            lambda desk: desk.do(discard_draft, draft, with_theirs=over),
            lambda _: self.closed.emit(),
            failed=refused,
        )

    def _wire(self) -> None:
        self.form.changed.connect(self._typed)
        self.saving.said.connect(self._head.say)
        self.saving.here.connect(self._cannot_sign)
        if self._begun_here:
            self._head.say_begun_here()
        else:
            self._head.say(saved_where(self._context, self._draft.saved_at))
        self.saving.kept.connect(lambda _: self._kept())
        self.saving.failed.connect(self._failed)
        self.saving.came_in.connect(self._news)
        self.staying.seen.connect(lambda found: self._head.here.show_here(found, draft_id=self._draft.id))
        self._foot.sign.clicked.connect(self.sign)
        self._foot.away.clicked.connect(self.discard)
        self._foot.take.clicked.connect(self._take_over)
        self._foot.again.clicked.connect(self._begin_again)
        self._foot.close_it.clicked.connect(self._close)
        keys(self, "Ctrl+Return", self.sign)
        keys(self, "F6", self.beside.begin)

    def _sign_now(self) -> None:
        draft, revision, over = self._draft.id, self.saving.revision, self._over
        reason = self._reason.text().strip() if self._reason is not None else None
        self._context.jobs.write(
            self,
            lambda desk: desk.do(sign_entry, draft, reason=reason, revision=revision, over=over),
            self.signed.emit,
            failed=self._failed,
        )

    def _typed(self) -> None:
        self._said.hide()
        self._over = False
        self.staying.typed()

    def _kept(self) -> None:
        if self._begun_here:
            self._head.hide_news()
        self._foot.foresee(self._context, self._draft, self.form.state)
        if self._signing:
            self._signing = False
            self._sign_now()

    def _news(self, words: str) -> None:
        """Words of somebody else came in: said quietly; whoever was about to sign reads them first."""
        self._head.show_news(words)
        if self._signing:
            self._signing = False
            self._tell(f"{words} Read it, then sign.")
            self._foot.allow()

    def _failed(self, error: CasefileError) -> None:
        self._signing = False
        self._foot.allow()
        if isinstance(error, Unsure):
            self._foot.sign.setEnabled(False)
            self._head.say("not known yet whether it was signed", "late")
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

    def _cannot_sign(self) -> None:
        if self._signing:
            self._failed(Away(SIGNING, kept="What you typed is kept on this computer and will be sent."))

    def _is_gone(self) -> None:
        """Somebody else signed the draft or threw it away; what was typed since is still here."""
        self._foot.sign.setEnabled(False)
        self._head.say("gone", "late")
        self._foot.again.setVisible(not self.saving.clean)

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

    def _close(self) -> None:
        self.keep()
        self.closed.emit()

    def _take_over(self) -> None:
        draft = self._draft.id

        def taken(now: DraftRow) -> None:
            self._draft = now
            self._head.is_mine()
            self._foot.show_mine(mine=True)
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


def draft_keeper(draft: DraftRow) -> Keeper:
    """How a draft is kept at the desk as it is typed."""
    which = draft.id
    words = f"{draft.title}, {draft.reference}"

    def read(desk: Desk) -> Any:
        return desk.read(draft_now, which).state

    if not draft.revision:
        place = FormPlace(save_begun.name, which, words, draft.file_id, draft.record)
        return Keeper(
            place,
            lambda desk, values, revision, typing: desk.do(
                save_begun, which, values, revision, typing, **place.begins
            ),
            lambda desk, beside, seen, value: desk.do(settle_draft, which, beside, seen, value),
            read,
        )
    return Keeper(
        FormPlace(save_draft.name, which, words, draft.file_id, draft.record),
        lambda desk, values, revision, typing: desk.do(save_draft, which, values, revision, typing),
        lambda desk, beside, seen, value: desk.do(settle_draft, which, beside, seen, value),
        read,
    )
