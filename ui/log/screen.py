"""The log page: what was done and read, filtered; and the proof that nobody changed it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit

from casefile.audit.queries import LogLine, log_page
from casefile.audit.verify import Verdict
from casefile.files.queries.names import Names, names_in_log
from casefile.work.names import Logged
from ui.log.copies import CopiesSheet
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.log_table import log_table
from ui.widgets.page import PageHead
from ui.widgets.parts import button, column, keys, readable, row
from ui.widgets.progress import ProgressView

PAGE = 200


class LogScreen(Screen):
    """The rows of the log, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._subject: UUID | None = None
        body = column(self, gap=0)
        self.head = PageHead(
            "Log",
            "Newest first",
            button("Copies taken away", self.show_copies, hint="Who has which files until when"),
            button("Prove the log", self.prove, name="primary"),
        )
        body.addWidget(self.head)
        tools = row(margins=(20, 10, 16, 10))
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Filter by officer, act or reason")
        self.finding.setToolTip("By officer, act or reason (Ctrl+F)")
        self.finding.setAccessibleName("Filter the log by officer, act or reason (Ctrl+F)")
        self.finding.setClearButtonEnabled(True)
        self.finding.textChanged.connect(lambda _: self._wait.start())
        self.category = QComboBox()
        self.category.setAccessibleName("Category")
        self.category.addItem("All categories", None)
        for one in Logged:
            if one is not Logged.NOT_PERSONAL:
                self.category.addItem(one.value.capitalize(), one.value)
        self.category.activated.connect(lambda _: self._read())
        self.about = button("Rows about this file or person", self.narrow, hint="Enter on a row")
        self.everything = button("All rows", self.widen, hint="Esc")
        self.everything.hide()
        keys(self, "Esc", self.widen)
        tools.addWidget(self.finding, 1)
        tools.addWidget(self.category)
        tools.addWidget(self.about)
        tools.addWidget(self.everything)
        body.addLayout(tools)
        self._said = readable("", "quiet")
        self._said.setContentsMargins(20, 0, 16, 8)
        self._said.hide()
        body.addWidget(self._said)
        self._progress = column(margins=(20, 0, 16, 8))
        body.addLayout(self._progress)
        self.table = log_table(context.theme, "Rows of the log")
        self.table.rows.wants_more.connect(lambda _: self._more())
        self.table.opened.connect(lambda _: self.narrow())
        body.addWidget(self.table, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(200)
        self._wait.timeout.connect(self._read)

    def shown(self, place: Any = None) -> None:
        """Read the newest rows."""
        self._read()
        self.finding.setFocus()

    def commands(self) -> tuple[Command, ...]:
        """Proving the log."""
        return (Command("Prove the log", self.prove), Command("Copies taken away", self.show_copies))

    def show_copies(self) -> None:
        """Who has a copy of which files, until when, and what is not back."""
        CopiesSheet(self._context, self).open()

    def narrow(self) -> None:
        """Only the rows about the file of the current row, or about its person where it names no file."""
        line: LogLine | None = self.table.current()
        if line is not None and (found := (*line.files, *line.people)):
            self._subject = found[0]
            self._said.setText("Only rows about one file or person. Press Esc for all rows.")
            self._said.show()
            self.everything.show()
            self._read()

    def widen(self) -> None:
        """All rows again."""
        if self._subject is not None:
            self._subject = None
            self._said.hide()
            self.everything.hide()
            self._read()

    def prove(self) -> None:
        """Read every row of the log and its digests, and say what was found."""
        shown = ProgressView("Proving the log")
        self._progress.addWidget(shown)

        def over(words: str) -> None:
            shown.hide()
            shown.deleteLater()
            self._said.setText(words)
            self._said.show()

        def found(verdict: Verdict) -> None:
            faults = " ".join(one.sentence for one in verdict.faults)
            intact = f"✓ The log is intact: {verdict.rows:,} rows read, each digest and the heads kept outside agree."
            words = intact if verdict.intact else f"▲ The log is not intact. {faults}"
            over(" ".join((words, *verdict.remarks)))

        job = self._context.jobs.long(
            self, "Proving the log", self._context.desk.verify_log, found,
            failed=lambda error: over(f"▲ {error.sentence}"),
        )  # fmt: skip
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

    def _read(self) -> None:
        self._ask(None, self._arrived)

    def _ask(self, before: int | None, then: Any) -> None:
        text, category, subject = self.finding.text(), self.category.currentData(), self._subject
        self._context.jobs.read(
            self,
            lambda desk: desk.read(
                log_page, text=text, category=category, subject=subject, before_seq=before, limit=PAGE
            ),
            then,
            slot="log",
        )

    def _arrived(self, lines: tuple[LogLine, ...]) -> None:
        self.table.rows.show_rows(lines, len(lines) + (len(lines) == PAGE))
        self.table.choose(0)
        self._name(lines)

    def _name(self, lines: tuple[LogLine, ...]) -> None:
        """Ask what the files and people of these rows are called."""
        files = {one for line in lines for one in line.files}
        people = {one for line in lines for one in line.people}
        self._context.jobs.read(
            self, lambda desk: desk.read(names_in_log, files, people), self._named, slot="names"
        )

    def _named(self, names: Names) -> None:
        self.table.name(names)

    def _further(self, lines: tuple[LogLine, ...]) -> None:
        self.table.rows.add_rows(lines)
        self._name(lines)

    def _more(self) -> None:
        rows = self.table.rows.rows
        if rows:
            self._ask(rows[-1].seq, self._further)
