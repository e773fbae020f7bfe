"""Printing a file: which dividers, for whom, a look at the pages, then a numbered copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QLineEdit, QWidget

from casefile.errors import CasefileError
from casefile.files.queries.docket import Docket
from casefile.paper.actions import neutral_name, preview_file
from casefile.printing import Printed, print_copy
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.document_view import PdfView
from ui.widgets.flow import Flow
from ui.widgets.order import step
from ui.widgets.page import scrolled
from ui.widgets.parts import button, clear, column, keys, label, readable, row
from ui.widgets.progress import ProgressView
from ui.widgets.sheet import AROUND


class PrintDialog(QDialog):
    """Choices at the left, pages at the right."""

    def __init__(self, context: Context, docket: Docket, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._docket = context, docket
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Print")
        room = parent.window().size() - QSize(AROUND, AROUND)
        self.resize(QSize(context.theme.px(1120), context.theme.px(780)).boundedTo(room))
        body = row(self, margins=16, gap=16)
        left = column(gap=8)
        left.addWidget(label("Print this file", "section-title"))
        left.addWidget(
            readable(
                "A print is a disclosure: its copy number, and for whom it is, go into the log.", "quiet"
            )
        )
        self.recipient = QLineEdit()
        self.recipient.setPlaceholderText("For whom, e.g. review conference, 2 November 2026")
        self.recipient.setToolTip("For whom, and for what: it goes into the log")
        self.recipient.setAccessibleName("For whom the copy is")
        left.addWidget(self.recipient)
        self._boxes: dict[str, QCheckBox] = {}
        left.addWidget(self._choices(), 1)
        self._said = label("", "fault", wrap=True)
        left.addWidget(self._said)
        self._busy = column(gap=0)
        left.addLayout(self._busy)
        foot = Flow(gap=8)
        foot.addWidget(button("Close", self.reject))
        foot.addWidget(button("Look at the pages", self.look, hint="F5; Ctrl+Page Down turns them"))
        self._save = button("Save numbered copy …", self._ask_where, name="primary", hint="Ctrl+Enter")
        foot.addWidget(self._save)
        left.addLayout(foot)
        body.addLayout(left, 2)
        self._right = column(gap=0)
        body.addLayout(self._right, 3)
        self.view: PdfView | None = None
        for sequence, run in (
            ("F5", self.look),
            ("Ctrl+Return", self._ask_where),
            ("Ctrl+PgDown", lambda: self._turn(1)),
            ("Ctrl+PgUp", lambda: self._turn(-1)),
        ):
            keys(self, sequence, run)
        self.recipient.setFocus()
        self.look()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own signature)
        """Tab goes as the eye goes."""
        return step(self, forward=next)

    def chosen(self) -> tuple[str, ...] | None:
        """The dividers chosen; None for the whole file."""
        ticked = tuple(key for key, box in self._boxes.items() if box.isChecked())
        return None if len(ticked) == len(self._boxes) else ticked

    def look(self) -> None:
        """Show the pages a print would have, without making a copy."""
        file_id, chosen, desk = self._docket.id, self.chosen(), self._context.desk

        def ask(job: Job) -> bytes:
            return desk.with_(progress=job).read(preview_file, file_id, chosen)

        self._run("Laying the pages", ask, self._show)

    def save_copy(self, target: Path) -> None:
        """Make a numbered copy and write it to *target*."""
        file_id, chosen, desk, whom = (
            self._docket.id,
            self.chosen(),
            self._context.desk,
            self.recipient.text(),
        )

        def ask(job: Job) -> Printed:
            return print_copy(desk, file_id, target, dividers=chosen, recipient=whom, progress=job)

        def printed(copy: Printed) -> None:
            self._said.setText("")
            pages = f"{copy.pages} page{'' if copy.pages == 1 else 's'}"
            self._busy.addWidget(readable(f"✓ Copy {copy.number}, {pages}, stands in {target}.", "quiet"))

        self._run("Printing", ask, printed)

    def _choices(self) -> QWidget:
        inner = QWidget()
        body = column(inner, gap=2)
        everything = QCheckBox("Whole file")
        everything.setChecked(True)
        body.addWidget(everything)
        for one in self._docket.dividers:
            box = QCheckBox(one.title)
            box.setChecked(True)
            box.clicked.connect(lambda _: everything.setChecked(self.chosen() is None))
            body.addWidget(box)
            self._boxes[one.key] = box
        everything.clicked.connect(lambda on: [box.setChecked(on) for box in self._boxes.values()])
        body.addStretch(1)
        return scrolled(inner, "Dividers to print")

    def _ask_where(self) -> None:
        if not self.recipient.text().strip():
            self._said.setText("Say for whom the copy is: the log must name them.")
            self.recipient.setFocus()
            return
        name = neutral_name(self._docket.reference)
        target, _ = QFileDialog.getSaveFileName(self, "Save numbered copy", name, "PDF (*.pdf)")
        if target:
            self.save_copy(Path(target))

    def _turn(self, by: int) -> None:
        if self.view is not None:
            self.view.turn(by)

    def _run(self, title: str, ask: object, then: object) -> None:
        clear(self._busy)
        shown = ProgressView(title)
        self._busy.addWidget(shown)

        def over(result: object) -> None:
            shown.hide()
            shown.deleteLater()
            then(result)  # type: ignore[operator]

        def failed(error: CasefileError) -> None:
            shown.hide()
            shown.deleteLater()
            self._said.setText(f"{error.sentence} {error.kept} {error.remedy}".strip())

        job = self._context.jobs.long(self, title, ask, over, failed=failed)  # type: ignore[arg-type]
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

    def _show(self, pdf: bytes) -> None:
        clear(self._right)
        self.view = PdfView(pdf, "Pages as printed")
        self._right.addWidget(self.view)
