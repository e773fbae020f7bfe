"""What came of the documents that were added: what was read and found, in words, and the forms that wait."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton

from casefile.exchange.documents.report import DocumentReport, Prefilled
from ui.theme.theme import Theme
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, label, row

CONFIRM = "Confirm the minutes"
RECORD = {
    "conference": "Record the conference",
    "strategy": "Record the strategy discussion",
    "core_group": "Record the core group",
}
"""What the button of each section of a meeting says."""
LINES, LINES_OF_LARGE = 9, 5
LARGE = 1.5


class Brought(QFrame):
    """A card with the report, and a button for each form that waits.

    Signals:
        confirm: A draft is to be opened; carries its identity and the key of its section.
        record: A meeting is to be recorded from a document; carries the document and the key of the section.
        done: The card is no longer wanted.
    """

    confirm = Signal(object, str)
    record = Signal(object, str)
    done = Signal()

    def __init__(self, theme: Theme, reports: Sequence[DocumentReport], troubles: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("card")
        body = column(self, margins=14, gap=8)
        head = row()
        head.addWidget(label(_title(reports), "section-title", wrap=True), 1)
        head.addWidget(button("Close", self.done.emit, hint="The documents stay filed"))
        body.addLayout(head)
        self.said = QPlainTextEdit("\n".join([*troubles, *(line for one in reports for line in one.lines())]))
        self.said.setObjectName("reading")
        self.said.setReadOnly(True)
        self.said.setTabChangesFocus(True)
        self.said.setAccessibleName("What was read and found")
        shown = min(LINES if theme.scale < LARGE else LINES_OF_LARGE, max(self.said.blockCount() + 1, 3))
        self.said.setFixedHeight(self.said.fontMetrics().lineSpacing() * shown + theme.px(20))
        body.addWidget(self.said)
        self.buttons: list[QPushButton] = []
        waiting = [one for report in reports for one in report.prefilled]
        for found in waiting:
            self._offer(found, several=sum(1 for each in waiting if each.draft_id) > 1)
        if self.buttons:
            flow = Flow()
            for one in self.buttons:
                flow.addWidget(one)
            body.addLayout(flow)

    def _offer(self, one: Prefilled, *, several: bool) -> None:
        of = f" in {one.name}" if several else ""
        draft: UUID | None = one.draft_id
        if draft is not None:
            words = CONFIRM if one.record == "minutes" else f"Confirm: {one.section.lower()}"
            made = button(
                words + of,
                lambda: self.confirm.emit(draft, one.record),
                name="" if self.buttons else "primary",
                hint="Opens the prefilled form with the document beside it",
            )
            self.buttons.append(made)
        if one.beside:
            made = button(
                RECORD[one.beside] + of,
                lambda: self.record.emit(one.document_id, one.beside),
                hint="The file holds no record of this meeting yet; actions stand in its minutes",
            )
            self.buttons.append(made)


def _title(reports: Sequence[DocumentReport]) -> str:
    new = sum(1 for report in reports for one in report.filed if not one.again)
    filed = f"{new} document{'' if new == 1 else 's'} filed" if new else "Nothing new was filed"
    forms = sum(len(report.drafts) for report in reports)
    if not forms:
        return filed
    return f"{filed}, {forms} form{'' if forms == 1 else 's'} to confirm"
