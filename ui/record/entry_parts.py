"""Head and foot of the card in which a record is written: whose it is, who else is there, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from casefile.files.queries.drafts import DraftRow, Foresight, foresee
from ui.record.here import HereChips
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.flow import Beside, Flow
from ui.widgets.parts import button, column, label, row
from ui.widgets.words import LONDON


class EntryHead(QWidget):
    """Title, state of the draft, its officer, who is there, and what came in."""

    def __init__(self, title: str, draft: DraftRow, *, mine: bool, short: bool) -> None:
        super().__init__()
        body = column(self, gap=8)
        line = Flow(apart=4)
        line.addWidget(label(f"Amend: {title}" if draft.thread_id else title, "section-title"))
        self._state = Chip("Draft", "accent", shape=False)
        line.addWidget(self._state)
        self._whose = Chip(f"Begun by {draft.officer}", "plain")
        self._whose.setVisible(not mine)
        line.addWidget(self._whose)
        self.here = HereChips()
        line.addWidget(self.here)
        legend = label("* needed before signing   ◦ the standard asks", "small", wrap=short)
        body.addLayout(line)
        if short:
            body.addWidget(legend)
        else:
            line.addWidget(legend)
        self._came = label("", "quiet", wrap=True)
        self._came.hide()
        body.addWidget(self._came)
        self.say(f"saved {draft.saved_at.astimezone(LONDON):%H:%M}")

    def say(self, words: str, tone: str = "accent") -> None:
        """Say how the draft stands."""
        self._state.say(f"Draft · {words[:1].lower()}{words[1:]}", tone, shape=tone in ("danger", "late"))

    def say_begun_here(self) -> None:
        """The server is away: the form was begun on this computer."""
        self.say("on this computer only; will be sent", "late")
        self._came.setText(
            "Begun while the server does not answer, so what the file knows is not filled in. What you type is kept "
            "here, encrypted, and sent as your draft when the server is back."
        )
        self._came.show()

    def hide_news(self) -> None:
        """What was said of how it was begun is over."""
        self._came.hide()

    def show_news(self, words: str) -> None:
        """Say whose words came in."""
        self._came.setText(f"{words} It came in as it was written.")
        self._came.show()

    def is_mine(self) -> None:
        """The draft was taken over."""
        self._whose.hide()


class EntryFoot(QWidget):
    """What signing would do, and the verbs."""

    def __init__(self, verb: str, *, short: bool) -> None:
        super().__init__()
        self._does = label("", "small", wrap=True)
        line = Beside(self._does, stacked=short)
        self.again = button("Begin again with what stands here")
        self.away = button("Throw away", name="link", hint="Delete this draft")
        self.take = button("Take over", hint="The draft becomes yours to sign or throw away")
        self.close_it = button("Keep as draft", hint="Esc")
        self.sign = button(verb, name="primary", hint="Ctrl+Enter")
        for one in (self.again, self.away, self.take, self.close_it, self.sign):
            line.add(one)
        column(self).addLayout(line)
        self.again.hide()

    def show_mine(self, *, mine: bool) -> None:
        """Offer what its officer may do, or what another may."""
        self.away.setVisible(mine)
        self.take.setVisible(not mine)
        self.sign.setEnabled(mine)

    def allow(self) -> None:
        """It may be signed again, by its officer."""
        self.sign.setEnabled(not self.take.isVisibleTo(self))

    def foresee(self, context: Context, draft: DraftRow, state: Callable[[], dict[str, Any]]) -> None:
        """Ask what signing would open and close."""
        values = state()
        context.jobs.read(
            self, lambda desk: desk.read(foresee, draft.file_id, draft.record, values, draft.thread_id), self._foreseen,
            failed=lambda _: None, slot="foresee",
        )  # fmt: skip

    def _foreseen(self, sight: Foresight) -> None:
        opens = f"Opens: {'; '.join(sight.opens)}." if sight.opens else ""
        closes = f"Closes: {'; '.join(sight.closes)}." if sight.closes else ""
        self._does.setText(" ".join(part for part in (opens, closes) if part) or "Signing locks this record.")


def reason_line() -> tuple[QWidget, QLineEdit]:
    """The line that asks why a signed record must say something else, and its field."""
    reason = QLineEdit()
    reason.setPlaceholderText("Why the signed record must say something else")
    reason.setToolTip("It stands beside the new version for good")
    reason.setAccessibleName("Reason of the amendment")
    made = QWidget()
    line = row(made, gap=12)
    line.addWidget(label("Reason of amendment *", "label"))
    line.addWidget(reason, 1)
    return made, reason
