"""Import: census returns and case files chosen or dropped here, each brought in whole or not at all, told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from casefile.errors import CasefileError, Unavailable
from casefile.exchange.census.bring_in import bring_in_census
from casefile.exchange.census.report import CensusReport
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.report import JsonReport
from casefile.work.changed import Done
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.page import PageHead
from ui.widgets.parts import button, card, column, keys, label, readable, row
from ui.widgets.progress import ProgressView

LARGEST = 512 * 1024 * 1024
START = (
    "Choose a file, or drop it here. Nothing is brought in before the whole of it was read; what is doubtful is "
    "brought in and marked. The same file again changes nothing."
)


class ImportScreen(Screen):
    """Choose, watch, read the report."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setAcceptDrops(True)
        body = column(self, gap=0)
        choose = button("Choose files …", self.choose, name="primary", hint="Ctrl+O")
        keys(self, "Ctrl+O", self.choose)
        body.addWidget(PageHead("Import", "Census returns (XML) and whole case files (JSON)", choose))
        inner = column(margins=(20, 14, 20, 14), gap=12)
        body.addLayout(inner, 1)
        frame = card()
        about = column(frame, margins=16, gap=6)
        about.addWidget(label("Children in Need census, or whole case files", "section-title"))
        about.addWidget(readable(START))
        line = row()
        line.addWidget(
            readable("Minutes, reports and mails go into a file: open it, then Documents.", "quiet"), 1
        )
        about.addLayout(line)
        inner.addWidget(frame)
        self._busy = column(gap=6)
        inner.addLayout(self._busy)
        self.report = QPlainTextEdit()
        self.report.setObjectName("reading")
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName("Report of the import")
        self.report.setPlaceholderText("What came of an import stands here, child by child.")
        inner.addWidget(self.report, 1)
        self._choose = choose

    def shown(self, place: Any = None) -> None:
        """Ready to choose."""
        self._choose.setFocus()

    def commands(self) -> tuple[Command, ...]:
        """Choosing files."""
        return (Command("Import: choose files", self.choose, "Ctrl+O"),)

    def choose(self) -> None:
        """Choose files on the disk."""
        paths, _ = QFileDialog.getOpenFileNames(
            self, "Files to bring in", "", "Returns and case files (*.xml *.json)"
        )
        self.bring_in([Path(one) for one in paths])

    def bring_in(self, paths: list[Path]) -> None:
        """Bring in one file after another."""
        for path in paths:
            self._one(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        self.bring_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _one(self, path: Path) -> None:
        shown = ProgressView(path.name)
        self._busy.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        desk = self._context.desk

        def ask(job: Job) -> Done[CensusReport] | Done[JsonReport]:
            try:
                if path.stat().st_size > LARGEST:
                    raise Unavailable(
                        f"{path.name} is larger than 512 MB.", kept="Nothing of it was brought in."
                    )
                data = path.read_bytes()
            except OSError as error:
                raise Unavailable(
                    f"{path.name} cannot be read.", kept="Nothing of it was brought in."
                ) from error
            errand = desk.with_(progress=job)
            if path.suffix.lower() == ".json":
                return errand.do(bring_in_json, data, path.name)
            return errand.do(bring_in_census, data, path.name)

        def over() -> None:
            shown.hide()
            shown.deleteLater()

        def done(found: Done[CensusReport] | Done[JsonReport]) -> None:
            over()
            self._say(path.name, "\n".join(found.result.lines()))

        def failed(error: CasefileError) -> None:
            over()
            self._say(path.name, f"▲ {error}")

        job = self._context.jobs.long(self, f"Import of {path.name}", ask, done, failed=failed)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

    def _say(self, name: str, words: str) -> None:
        before = self.report.toPlainText()
        self.report.setPlainText(f"{name}\n{words}\n\n{before}".strip() + "\n")
