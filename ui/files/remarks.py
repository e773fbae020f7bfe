"""What was said of a signed entry, beside it: returned, answered, settled, endorsed; and saying it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casefile.desk import Desk
from casefile.record.facts import EntryFact
from casefile.record.remarks import MARKS, RemarkFact, Return, Said, endorsed, returns
from casefile.sections import SECTIONS
from casefile.supervision.remarks import answer_return, endorse_entry, return_entry, settle_return
from casefile.work.changed import Done
from casefile.work.names import Permission
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.dialogs import Ask, Field
from ui.widgets.parts import button, column, label, readable, row, rule
from ui.widgets.words import moment_words

STATES = {
    "to answer": ("Waits for an answer", "danger"),
    "answered": ("Answered", "accent"),
    "settled": ("Settled", "done"),
}


def remark_words(one: RemarkFact) -> str:
    """A remark in one paragraph: what, who, when, and the words."""
    head = (
        f"{one.what.value.capitalize()} by {one.by}, {moment_words(one.recorded_at)}, version {one.version}"
    )
    return f"{head}: {one.says}" if one.says else f"{head}."


class RemarksView(QWidget):
    """The remarks on one entry, and what the officer may say.

    Attributes:
        held: The remarks on any of its versions.
    """

    def __init__(self, context: Context, entry: EntryFact, remarks: Sequence[RemarkFact]) -> None:
        super().__init__()
        self._context, self._entry = context, entry
        self.held = held = tuple(one for one in remarks if one.thread_id == entry.thread_id)
        body = column(self, gap=6)
        if held:
            body.addWidget(rule())
            body.addWidget(label("Remarks", "strong"))
        for one in returns(held):
            self._show(body, one)
        for one in held:
            if one.what is Said.ENDORSED:
                line = row(gap=8)
                this = one.entry_id == entry.id
                line.addWidget(
                    Chip("Endorsed" if this else "Earlier version endorsed", "done" if this else "plain")
                )
                line.addWidget(readable(remark_words(one), "small"), 1)
                body.addLayout(line)
        for one in held:
            if one.what in MARKS:
                line = row(gap=8)
                line.addWidget(
                    Chip(one.what.value.capitalize(), "accent" if one.what is Said.SIGNIFICANT else "plain")
                )
                line.addWidget(readable(remark_words(one), "small"), 1)
                body.addLayout(line)
        body.addLayout(self._verbs(entry.id in endorsed(held)))

    def _show(self, body: QVBoxLayout, one: Return) -> None:
        words, tone = STATES[one.state]
        line = row(gap=8)
        line.addWidget(Chip(words, tone))
        said = column(gap=2)
        said.addWidget(readable(remark_words(one.remark)))
        for reply in one.replies:
            said.addWidget(readable(f"↳ {remark_words(reply)}", "small"))
        line.addLayout(said, 1)
        mine = one.remark.by_id == self._context.desk.actor.officer_id
        if one.state != "settled":
            if self._context.may(Permission.KEEP_FILES) and not mine:
                line.addWidget(button("Answer …", lambda: self.answer(one)))
            if self._context.may(Permission.SIGN_SUPERVISION):
                line.addWidget(button("Settle …", lambda: self.settle(one)))
        body.addLayout(line)

    def _verbs(self, is_endorsed: bool) -> QHBoxLayout:
        """Return and endorse, for supervisors; nobody returns or endorses their own."""
        line = row(gap=8)
        if self._context.may(Permission.SIGN_SUPERVISION):
            own = self._entry.author_id == self._context.desk.actor.officer_id
            if not own:
                line.addWidget(button("Return …", self.give_back, hint="Back to its author, with a comment"))
            if SECTIONS[self._entry.section].endorsed and not is_endorsed and not own:
                line.addWidget(button("Endorse …", self.endorse, hint="You stand behind this version"))
        line.addStretch(1)
        return line

    def give_back(self) -> None:
        """Ask what is to be put right."""
        thread = self._entry.thread_id
        self._ask(
            "Return to its author", f"{self._entry.author} finds it in My work.",
            Field("words", "What is to be put right", prose=True), "Return",
            lambda desk, words: desk.do(return_entry, thread, words),
        )  # fmt: skip

    def answer(self, one: Return) -> None:
        """Ask for the answer."""
        about = f"{one.remark.by}: {one.remark.says} Amending the entry answers it too."
        self._ask(
            "Answer", about, Field("words", "Your answer", prose=True), "Answer",
            lambda desk, words: desk.do(answer_return, one.remark.id, words),
        )  # fmt: skip

    def settle(self, one: Return) -> None:
        """Ask whether it is well."""
        self._ask(
            "Settle", remark_words((one.remark, *one.replies)[-1]), Field("words", "Comment", prose=True), "Settle",
            lambda desk, words: desk.do(settle_return, one.remark.id, words),
        )  # fmt: skip

    def endorse(self) -> None:
        """Ask for a word beside the endorsement."""
        thread = self._entry.thread_id
        self._ask(
            f"Endorse this {_called(self._entry)}", "Your name stands beside this version. A new version is endorsed anew.",
            Field("words", "Comment", prose=True), "Endorse",
            lambda desk, words: desk.do(endorse_entry, thread, words),
        )  # fmt: skip

    def _ask(
        self, title: str, about: str, field: Field, verb: str, act: Callable[[Desk, str], Done[UUID]]
    ) -> None:
        ask = Ask(title, about, (field,), verb, self.window())
        jobs = self._context.jobs
        ask.given.connect(
            lambda values: jobs.write(
                ask, lambda desk: act(desk, values["words"]), lambda _: ask.accept(), failed=ask.say
            )
        )
        ask.open()


def _called(entry: EntryFact) -> str:
    """What is endorsed, within a sentence."""
    return "assessment" if entry.section == "risk" else "report"
