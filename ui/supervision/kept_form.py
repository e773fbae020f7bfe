"""A form of a campaign: kept as it is typed, sent when it is whole."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from casefile.errors import CasefileError, Invalid
from casefile.outbox import FormPlace
from casefile.supervision.campaign.actions import (
    drop_campaign_form,
    keep_campaign_form,
    settle_campaign_form,
)
from casefile.supervision.campaign.queries import answer_form, begin_form
from casefile.supervision.campaign.rows import FormToFill
from ui.record.beside import BesideView
from ui.record.saving import Keeper, Saving, saved_where
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.flow import Beside, Flow
from ui.widgets.form import Form
from ui.widgets.parts import button, column, keys, label, row


class KeptForm(QFrame):
    """The card with the form.

    Signals:
        given: The verb was pressed and everything typed is kept; carries the state of the form and the reason.
        closed: The form was closed, or thrown away.
    """

    given = Signal(object, str)
    closed = Signal()

    def __init__(self, context: Context, filled: FormToFill, around: Around, title: str, verb: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self._filled = context, filled
        body = column(self, margins=16, gap=12)
        head = Flow(apart=1)
        head.addWidget(label(title, "section-title", wrap=True))
        self._state = Chip("Not begun", "plain", shape=False)
        head.addWidget(self._state)
        body.addLayout(head)
        self.reason: QLineEdit | None = None
        if filled.again:
            self.reason = QLineEdit()
            self.reason.setAccessibleName("Why the answer is put right")
            self.reason.setPlaceholderText("Why the answer given before must say something else")
            line = row(gap=12)
            line.addWidget(label("Why it is put right *", "label"))
            line.addWidget(self.reason, 1)
            body.addLayout(line)
        self.form = Form(filled.description, around)
        self.form.set_state(filled.values)
        self.saving = Saving(context, self.form, _keeper(self.about, title), filled.state, filled.revision)
        self.saving.setParent(self)
        self.saving.said.connect(lambda words, tone: self._state.say(words, tone, shape=tone == "danger"))
        self.saving.failed.connect(self.failed)
        body.addWidget(BesideView(self.saving, filled.description, around, context.desk.actor.officer_id))
        body.addWidget(self.form)
        self.said = label("", "fault", wrap=True)
        self.said.hide()
        self.form.changed.connect(self.said.hide)
        body.addWidget(self.said)
        foot = Beside(label("", "small", wrap=True), stacked=around.short)
        foot.add(button("Throw away", self._discard, name="link", hint="Forget what was typed"))
        foot.add(button("Keep and close", self.close_form, hint="Esc"))
        self.verb = button(verb, self.send, name="primary", hint="Ctrl+Enter")
        foot.add(self.verb)
        body.addLayout(foot)
        keys(self, "Ctrl+Return", self.send)
        keys(self, "Esc", self.close_form)
        if filled.saved_at is not None:
            self._state.say(saved_where(context, filled.saved_at), "accent", shape=False)

    @property
    def about(self) -> UUID | None:
        """The file it is about, as it stands in the campaign; None for a campaign to begin."""
        return self._filled.asked.id if self._filled.asked else None

    def keep(self) -> None:
        """Save at once what was typed since the last save."""
        self.saving.keep()

    def send(self) -> None:
        """Hand over what stands in the form; it is kept first."""
        if not self.verb.isEnabled():
            return
        self.verb.setEnabled(False)
        self.keep()
        self.given.emit(self.form.state(), self.reason.text() if self.reason is not None else "")

    def failed(self, error: CasefileError) -> None:
        """Say what is wrong, each fault under its field."""
        self.verb.setEnabled(True)
        if isinstance(error, Invalid):
            own = [one for one in error.faults if one.field]
            self.form.show_faults(own)
            rest = [one.sentence for one in error.faults if not one.field or one.field == "reason"]
            words = " ".join([*rest, f"{len(own)} to mend." if own else ""]).strip()
        else:
            words = f"{error.sentence} {error.kept} {error.remedy}".strip()
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def clear_faults(self) -> None:
        """Say nothing any more."""
        self.form.clear_faults()
        self.said.hide()

    def close_form(self) -> None:
        """Keep what was typed and close."""
        self.keep()
        self.closed.emit()

    def _discard(self) -> None:
        self.saving.drop()
        about = self.about
        self._context.jobs.write(
            self, lambda desk: desk.do(drop_campaign_form, about), lambda _: self.closed.emit()
        )


def _keeper(about: UUID | None, title: str) -> Keeper:
    return Keeper(
        FormPlace(keep_campaign_form.name, about, title),
        lambda desk, values, revision, typing: desk.do(keep_campaign_form, about, values, revision, typing),
        lambda desk, beside, seen, value: desk.do(settle_campaign_form, about, beside, seen, value),
        lambda desk: (desk.read(begin_form) if about is None else desk.read(answer_form, about)).state,
    )
