"""A police report on paper, and giving the endorsed version to somebody: to whom, on which ground, and how."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.desk import Errand
from casefile.paper.report import Given, give_report, preview_report
from casefile.record.facts import EntryFact
from casefile.work.changed import Done
from casefile.work.names import Permission
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.widgets.choice import code_choices
from ui.widgets.fields.picks import PickOne
from ui.widgets.page import scrolled
from ui.widgets.parts import column, label, readable

_ASKS = (
    ("lawful_basis", "Lawful basis", "ca89_s47"),
    ("agency", "Agency", "social_care"),
    ("disclosure_form", "How it goes", "secure_email"),
)


class GiveReport(PrintReport):
    """The pages at the right; at the left to whom it goes, on which lawful basis, and how."""

    def __init__(self, context: Context, entry: EntryFact, *, endorsed: bool, parent: QWidget) -> None:
        self._entry, self._endorsed = entry, endorsed
        self._library = context.desk.standards
        self._on = context.today
        self.picks: dict[str, PickOne] = {}
        thread = entry.thread_id
        what = Printable(
            "Police report to a conference",
            f"police-report-{entry.happened_on or context.today}.pdf",
            lambda errand: errand.read(preview_report, thread),
            self._given,
        )
        super().__init__(context, what, parent)

    def ask_more(self, left: QVBoxLayout) -> None:
        """On which ground it is shared, with which agency, and how."""
        asked = QWidget()
        inner = column(asked, gap=6)
        if not self._endorsed:
            inner.addWidget(
                readable(
                    "◆ No supervisor has endorsed this version: it can be looked at, not given.", "strong"
                )
            )
        for codes, name, first in _ASKS:
            pick = PickOne(code_choices(self._library.codes(codes), self._on))
            pick.set_value(first)
            pick.call(name, "It stands in the record of what was shared.")
            inner.addWidget(label(name, "label"))
            inner.addWidget(pick)
            self.picks[codes] = pick
        inner.addWidget(readable("It is recorded as shared, behind Information sharing.", "small"))
        inner.addStretch(1)
        left.addWidget(scrolled(asked, "How it is shared"), 4)

    def _given(self, errand: Errand, whom: str) -> Done[bytes]:
        basis, agency, form = (str(self.picks[codes].value() or "") for codes, _, _ in _ASKS)
        return errand.do(give_report, self._entry.thread_id, Given(whom, basis, agency, form))


def give_report_of(context: Context, entry: EntryFact, *, endorsed: bool, parent: QWidget) -> None:
    """Show a report as it prints; whoever may give copies out can give it."""
    if context.may(Permission.DISCLOSE):
        GiveReport(context, entry, endorsed=endorsed, parent=parent).open()
