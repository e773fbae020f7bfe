"""The report of one file: a sentence, a table of doubts by person and place, and all of it in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QTabWidget, QWidget

from casefile.errors import Unavailable
from ui.imports.told import DoubtRow, Told
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.dialogs import say_done
from ui.widgets.elided import Elided
from ui.widgets.parts import button, column, readable, row
from ui.widgets.table import Column, Table

COLUMNS = (
    Column("", "Of whom", lambda one: one.who, width=130),
    Column("", "File", lambda one: one.file, width=90),
    Column("", "Where", lambda one: one.where, width=140),
    Column("", "As stated", lambda one: one.stated, width=140),
    Column("", "Why it is doubtful", lambda one: one.why, width=0),
    Column("", "What was done", lambda one: one.done, width=150),
)


class ReportView(QWidget):
    """What came of one file."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._told: Told | None = None
        self._name = ""
        body = column(self, margins=(16, 0, 0, 0), gap=8)
        self._title = Elided("", "section-title")
        self.sentence = readable("")
        self.save = button(
            "Save the doubts …", self._save, hint="As CSV, for a spreadsheet. It is not encrypted."
        )
        head = row()
        head.addWidget(self._title, 1)
        head.addWidget(self.save)
        body.addLayout(head)
        body.addWidget(self.sentence)
        self.doubts = Table(COLUMNS, context.theme, "What is doubtful")
        self._find = QLineEdit()
        self._find.setObjectName("find")
        self._find.setPlaceholderText("Find in the doubts")
        self._find.setAccessibleName("Find in the doubts")
        self._find.textChanged.connect(lambda _: self._show_doubts())
        self._whole = readable("")
        self.words = QPlainTextEdit()
        self.words.setObjectName("reading")
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("Report of the import, in words")
        page = QWidget()
        inner = column(page, margins=(0, 8, 0, 0), gap=6)
        inner.addWidget(self._find)
        inner.addWidget(self.doubts, 1)
        inner.addWidget(self._whole)
        self.tabs = QTabWidget()
        self.tabs.addTab(page, "Doubts")
        self.tabs.addTab(self.words, "In words")
        self.tabs.setMinimumHeight(context.theme.px(200))
        body.addWidget(self.tabs, 1)
        self.doubts.chosen.connect(self._chosen)

    def show_told(self, name: str, told: Told) -> None:
        """Show what came of a file."""
        self._name, self._told = name, told
        self._title.setText(name)
        self.sentence.setText(f"▲ {told.sentence}" if told.refused else told.sentence)
        self.words.setPlainText("\n".join(told.lines))
        self.save.setVisible(bool(told.csv))
        self.tabs.setTabText(0, f"Doubts ({len(told.doubts):,})")
        self.tabs.setTabEnabled(0, bool(told.doubts))
        self.tabs.setCurrentIndex(0 if told.doubts else 1)
        self.tabs.setVisible(not told.refused)
        self._show_doubts()

    def save_to(self, target: Path) -> None:
        """Write the doubts as CSV, off the UI thread."""
        text = self._told.csv if self._told is not None else ""

        def work(job: Job) -> None:
            try:
                target.write_text(text, "utf-8-sig", newline="")
            except OSError as error:
                raise Unavailable(
                    f"{target.name} cannot be written there.", remedy="Choose another place."
                ) from error

        said = f"The doubts stand in {target}. The file is not encrypted."
        self._context.jobs.long(self, "Saving the doubts", work, lambda _: say_done(self, "Saved", said))

    def _save(self) -> None:
        name = f"{Path(self._name).stem} - doubts.csv"
        target, _ = QFileDialog.getSaveFileName(self, "Save the doubts", name, "CSV (*.csv)")
        if target:
            self.save_to(Path(target))

    def _show_doubts(self) -> None:
        wanted = self._find.text().casefold().split()
        told = self._told.doubts if self._told is not None else ()
        self.doubts.rows.show_rows([one for one in told if _holds(one, wanted)])
        self._chosen(None)

    def _chosen(self, doubt: DoubtRow | None) -> None:
        """The whole of the doubt chosen, which a line of the table cuts short."""
        self._whole.setVisible(doubt is not None)
        if doubt is not None:
            place = ", ".join(one for one in (doubt.who, doubt.file, doubt.where) if one)
            stated = f"“{doubt.stated}”. " if doubt.stated else ""
            self._whole.setText(f"{place}: {stated}{doubt.why} {doubt.done}")


def _holds(doubt: DoubtRow, wanted: list[str]) -> bool:
    text = f"{doubt.who} {doubt.file} {doubt.where} {doubt.stated} {doubt.why} {doubt.done}".casefold()
    return all(one in text for one in wanted)
