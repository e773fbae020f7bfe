"""One signed record as read, with what can be done about it: amend, versions, challenge a partner."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from casefile.files.actions.challenge import start_challenge
from casefile.files.queries.docket import DividerPage
from casefile.files.queries.drafts import DraftRow
from casefile.record.described import Description
from casefile.record.facts import EntryFact
from casefile.record.remarks import endorsed
from casefile.sections.challenge import ABOUT, wants_challenge
from casefile.work.names import Permission
from ui.files.remarks import RemarksView
from ui.files.report_out import give_report_of
from ui.files.risk import RiskBeside
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.dialogs import Ask
from ui.widgets.flow import Beside
from ui.widgets.parts import button, column, label
from ui.widgets.record_view import RecordView


class EntryCard(QFrame):
    """A signed record.

    Signals:
        amending: It is to be amended.
        comparing: Its versions are to be shown side by side.
        wanted: Another divider is wanted; carries its key and a record.
        drafted: A draft of another section was begun; carries its identity and the key of its section.
    """

    amending = Signal()
    comparing = Signal()
    wanted = Signal(str, object)
    drafted = Signal(object, str)

    def __init__(
        self, context: Context, description: Description, entry: EntryFact, page: DividerPage, around: Around
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self._entry = context, entry
        body = column(self, margins=16, gap=10)
        title = label(page.title_of(entry) or description.title, "section-title", wrap=True)
        head = Beside(title, stacked=around.stacked)
        if entry.versions > 1:
            head.add(Chip(f"version {entry.version}", "accent", shape=False))
            head.add(button("Versions", self.comparing.emit, hint="Any two side by side"))
        may = context.may(Permission.KEEP_FILES)
        if entry.section in ABOUT:
            head.add(self._challenge(page.challenge_of(entry.thread_id), may=may))
        if entry.section == "report" and context.may(Permission.DISCLOSE):
            head.add(
                button("On paper …", self._give, hint="Look at the pages; give the endorsed version out")
            )
        amend = button("Amend", self.amending.emit, hint="Ctrl+E")
        amend.setEnabled(may)
        head.add(amend)
        body.addLayout(head)
        if sentence := page.marks.get(entry.id):
            body.addWidget(label(f"◆ {sentence}", "strong", wrap=True))
        body.addWidget(RecordView(description, entry, around))
        if entry.section == "risk":
            body.addWidget(RiskBeside(entry, page.entries, context.desk.standards))
        self.remarks = RemarksView(context, entry, page.remarks)
        body.addWidget(self.remarks)

    def _challenge(self, held: EntryFact | None, *, may: bool) -> QWidget:
        """To the challenge that was made, or a way to make one."""
        if held is not None:
            thread = held.thread_id
            return button(
                "See the challenge", lambda: self.wanted.emit("challenge", thread), hint=held.summary
            )
        made = button(
            "Challenge this",
            lambda: begin_challenge(self._context, self, self._entry, self._begun),
            hint="Police disagree: say with what, why, and how the child is safe meanwhile",
        )
        made.setEnabled(may)
        return made

    def _give(self) -> None:
        given = endorsed(self.remarks.held)
        give_report_of(self._context, self._entry, endorsed=self._entry.id in given, parent=self)

    def _begun(self, draft: DraftRow) -> None:
        self.drafted.emit(draft.id, draft.record)


def begin_challenge(context: Context, owner: QWidget, entry: EntryFact, then: object) -> None:
    """Begin the challenge of an entry; *then* gets the draft."""
    thread = entry.thread_id
    context.jobs.write(owner, lambda desk: desk.do(start_challenge, thread), then)  # type: ignore[arg-type]


def offer_challenge(context: Context, owner: QWidget, entry: EntryFact, then: object) -> None:
    """Police dissented: ask whether to take it up; nothing is asked of any other entry."""
    if not wants_challenge(entry) or not context.may(Permission.KEEP_FILES):
        return
    ask = Ask(
        "Police dissented: open a challenge?",
        "A dissent that nobody takes up changes nothing for the child. The challenge starts with what is recorded "
        "here, and its first stage has a limit.",
        (),
        "Open a challenge",
        owner,
    )

    def begun(draft: DraftRow) -> None:
        ask.accept()
        then(draft)  # type: ignore[operator]

    ask.given.connect(lambda _: begin_challenge(context, ask, entry, begun))
    ask.open()
