"""Printing a report over several files: for whom, a look at the pages, then a numbered copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from casefile.desk import Errand
from casefile.errors import CasefileError, Unavailable
from casefile.paper.supervision import preview_supervision, print_supervision
from casefile.work.changed import Done
from casefile.work.names import Permission
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.document_view import PdfView
from ui.widgets.flow import Flow
from ui.widgets.order import step
from ui.widgets.parts import button, clear, column, label, readable, row
from ui.widgets.progress import ProgressView
from ui.widgets.sheet import AROUND


@dataclass(frozen=True, slots=True)
class Printable:
    """What is printed: its title, a neutral file name, how to look at it and how to make a copy for somebody."""

    title: str
    name: str
    preview: Callable[[Errand], bytes]
    copy: Callable[[Errand, str], Done[bytes]]


class PrintReport(QDialog):
    """For whom at the left, pages at the right."""

    def __init__(self, context: Context, what: Printable, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._what = context, what
        self.setWindowTitle(what.title)
        room = parent.window().size() - QSize(AROUND, AROUND)
        self.resize(QSize(context.theme.px(1040), context.theme.px(720)).boundedTo(room))
        body = row(self, margins=16, gap=16)
        left = column(gap=8)
        left.addWidget(label(what.title, "section-title", wrap=True))
        left.addWidget(
            readable(
                "A print is a disclosure: its copy number, and for whom it is, go into the log.", "quiet"
            )
        )
        self.recipient = QLineEdit()
        self.recipient.setPlaceholderText("For whom")
        self.recipient.setToolTip("For whom, and for what: it goes into the log")
        self.recipient.setAccessibleName("For whom the copy is")
        left.addWidget(self.recipient)
        self.ask_more(left)
        self.said = label("", "fault", wrap=True)
        left.addWidget(self.said)
        self._busy = column(gap=0)
        left.addLayout(self._busy)
        left.addStretch(1)
        foot = Flow(gap=8)
        foot.addWidget(button("Close", self.reject))
        foot.addWidget(button("Save numbered copy …", self.ask_where, name="primary"))
        left.addLayout(foot)
        body.addLayout(left, 2)
        self._right = column(gap=0)
        body.addLayout(self._right, 3)
        self.recipient.setFocus()
        self._run("Laying the pages", lambda errand: what.preview(errand), self._show)
        self.finished.connect(self.deleteLater)

    def ask_more(self, left: QVBoxLayout) -> None:
        """Ask for what else the log must know; nothing for most prints."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own signature)
        """Tab goes as the eye goes."""
        return step(self, forward=next)

    def ask_where(self) -> None:
        """Ask where the copy goes; nothing is made before it is known for whom."""
        if not self.recipient.text().strip():
            self.said.setText("Say for whom the copy is: the log must name them.")
            self.recipient.setFocus()
            return
        target, _ = QFileDialog.getSaveFileName(self, "Save numbered copy", self._what.name, "PDF (*.pdf)")
        if target:
            self.save_copy(Path(target))

    def save_copy(self, target: Path) -> None:
        """Make a numbered copy and write it to *target*."""
        whom = self.recipient.text()

        def make(errand: Errand) -> bytes:
            done = self._what.copy(errand, whom)
            try:
                target.write_bytes(done.result)
            except OSError as error:
                raise Unavailable(
                    f"{target.name} cannot be written there.", kept="The copy number is used and logged.",
                    remedy="Choose another place and print again.",
                ) from error  # fmt: skip
            return done.result

        def made(pdf: bytes) -> None:
            self._show(pdf)
            self.said.setText("")
            self._busy.addWidget(readable(f"✓ The copy stands in {target}.", "quiet"))

        self._run("Printing", make, made)

    def _run(self, title: str, make: Callable[[Errand], bytes], then: Callable[[bytes], object]) -> None:
        clear(self._busy)
        shown = ProgressView(title)
        self._busy.addWidget(shown)
        desk = self._context.desk

        def over(pdf: bytes) -> None:
            clear(self._busy)
            then(pdf)

        def failed(error: CasefileError) -> None:
            clear(self._busy)
            self.said.setText(f"{error.sentence} {error.kept} {error.remedy}".strip())

        def ask(job: Job) -> bytes:
            return make(desk.with_(progress=job))

        job = self._context.jobs.long(self, title, ask, over, failed=failed)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

    def _show(self, pdf: bytes) -> None:
        clear(self._right)
        self._right.addWidget(PdfView(pdf, "Pages as printed"))


def print_supervision_of(context: Context, file_id: UUID, reference: str, parent: QWidget) -> None:
    """Show the supervision history of a file as it prints, for who may give copies out."""
    if not context.may(Permission.DISCLOSE):
        return
    what = Printable(
        f"Print the supervision of {reference}",
        f"{reference}-supervision.pdf",
        lambda errand: errand.read(preview_supervision, file_id),
        lambda errand, whom: errand.do(print_supervision, file_id, whom),
    )
    PrintReport(context, what, parent).open()
