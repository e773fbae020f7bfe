"""Another agency's chronology being brought in: what each column holds, how the first rows would read, then all of them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QWidget

from casefile.errors import CasefileError
from casefile.exchange.chronology.bring_in import ChronologyReport, bring_in_chronology
from casefile.exchange.chronology.rows import Told, read_rows
from casefile.exchange.chronology.sheet import Sheet as Table
from casefile.exchange.chronology.sheet import open_sheet
from casefile.exchange.chronology.words import target_labels
from casefile.exchange.readers.inside import Part
from casefile.exchange.readers.read import read_document
from casefile.record.dates import NotADate, long_date, read_date
from ui.files.documents import read_bytes
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.dialogs import say_done
from ui.widgets.fields.text import LineEditor
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, label, readable
from ui.widgets.sheet import Sheet

KINDS = "Chronologies (*.xlsx *.csv *.docx *.odt *.rtf *.pdf *.txt)"
FIRST = 40
"""Events that the preview shows."""


def ask_chronology(context: Context, file_id: UUID, parent: QWidget) -> None:
    """Ask which document, then show how it would come in."""
    path, _ = QFileDialog.getOpenFileName(parent, "Another agency’s chronology", "", KINDS)
    if path:
        open_chronology(context, file_id, Path(path), parent)


def open_chronology(context: Context, file_id: UUID, path: Path, parent: QWidget) -> None:
    """Read a document off the UI thread and show how it would come in."""

    def work(job: Job) -> tuple[Table, Part]:
        data = read_bytes(path)
        return open_sheet(data, path.name), Part(path.name, data, read_document(path.name, data, job), None)

    def read(found: tuple[Table, Part]) -> None:
        ChronologyDialog(context, file_id, *found, parent).open()

    context.jobs.long(parent, "Reading the chronology", work, read)


class ChronologyDialog(Sheet):
    """Whose it is, what its columns hold, and a preview that follows every choice.

    Signals:
        brought: It was brought in; carries the report.
    """

    brought = Signal(object)

    def __init__(self, context: Context, file_id: UUID, table: Table, part: Part, parent: QWidget) -> None:
        super().__init__("Bring in a chronology", parent, wide=860)
        self._context, self._file_id, self._table, self._part = context, file_id, table, part
        self.head(
            f"Bring in {part.name}",
            "Each row becomes an event in the agency’s own words, marked with its source. It is kept as it came and "
            "never altered; the document is kept whole beside it.",
        )
        for warning in table.warnings:
            self.body.addWidget(readable(f"◆ {warning}", "quiet"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.agency = _combo("Whose chronology it is")
        self.agency.addItem("Choose the agency", "")
        for one in context.desk.standards.codes("agency").in_use(context.today):
            if one.code not in ("police", "family"):
                self.agency.addItem(one.label, one.code)
        self.received = LineEditor()
        self.received.call("Police had it on", "As 2 Nov 2026")
        self.received.set_value(long_date(context.today))
        _line(grid, "Agency", self.agency)
        _line(grid, "Police had it on", self.received)
        self.columns: dict[str, QComboBox] = {}
        for heading, samples in zip(table.headings, table.samples, strict=True):
            self._column(grid, heading, samples[0] if samples else "")
        self.summary = label("", "strong", wrap=True)
        self.body.addWidget(self.summary)
        self.preview = ItemList(context.theme, "The first events as they would come in")
        self.preview.setMinimumHeight(context.theme.px(190))
        self.body.addWidget(self.preview, 1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.verb = button("Bring them in", self.bring, name="primary")
        self.foot.addWidget(self.verb)
        self._show()

    def mapping(self) -> dict[str, str]:
        """What each column holds, as chosen."""
        return {heading: str(combo.currentData()) for heading, combo in self.columns.items()}

    def bring(self) -> None:
        """Bring all of it in, or say what is missing."""
        if not self.agency.currentData():
            self.tell("Say whose chronology it is: every event bears its name.")
            self.agency.setFocus()
            return
        try:
            received = read_date(self.received.edit.text())
        except NotADate as fault:
            self.tell(fault.sentence)
            self.received.setFocus()
            return
        context, file_id, part = self._context, self._file_id, self._part
        agency, columns = str(self.agency.currentData()), self.mapping()
        self.verb.setEnabled(False)

        def done(report: ChronologyReport) -> None:
            parent = self.parentWidget()
            self.brought.emit(report)
            self.accept()
            if parent is not None:
                say_done(parent, "Brought in", report.sentence)

        def failed(error: CasefileError) -> None:
            self.verb.setEnabled(True)
            self.tell(f"{error.sentence} {error.kept}".strip())

        context.jobs.write(
            self,
            lambda desk: desk.do(bring_in_chronology, file_id, part, agency, columns, received_on=received),
            done,
            failed=failed,
        )

    def _column(self, grid: QGridLayout, heading: str, sample: str) -> None:
        combo = _combo(f"What “{heading}” holds")
        for key, words in target_labels().items():
            combo.addItem(words, key)
        combo.setCurrentIndex(max(combo.findData(self._table.guessed[heading]), 0))
        combo.currentIndexChanged.connect(lambda _: self._show())
        self.columns[heading] = combo
        _line(grid, heading, combo, " ".join(sample.split())[:60])

    def _show(self) -> None:
        """Read the rows by the mapping as it stands."""
        try:
            told = read_rows(self._table, self.mapping(), self._context.today)
        except CasefileError as error:
            self.preview.show_items([])
            self.summary.setText(error.sentence)
            self.verb.setEnabled(False)
            return
        self.verb.setEnabled(bool(told.events))
        self.verb.setText(f"Bring {len(told.events):,} {'event' if len(told.events) == 1 else 'events'} in")
        self.verb.setAccessibleName(self.verb.text())
        self.summary.setText(_summary(told))
        self.preview.show_items(_items(told))


def _summary(told: Told) -> str:
    said = [f"{len(told.events):,} events"]
    said += (
        [f"◆ {told.doubtful:,} dates are doubtful: they are kept as stated, and say why"]
        if told.doubtful
        else []
    )
    said += [f"{told.empty:,} rows say nothing and are left out"] if told.empty else []
    return ". ".join(said) + "."


def _items(told: Told) -> list[Item]:
    found: list[Item] = []
    for one in sorted(told.events[:FIRST], key=lambda each: not each.why):
        day = long_date(one.on) if one.on else "No date"
        about = " · ".join(
            part for part in (f"row {one.row}", one.told_by, one.about, one.response[:80]) if part
        )
        why = f"{about} · as stated “{one.stated}”: {one.why}" if one.why else about
        words = " ".join(one.what.split())
        found.append(Item(f"{day}: {words[:160]}", why, "check" if one.why else "", "late", one))
    return found


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def _line(grid: QGridLayout, name: str, field: QWidget, sample: str = "") -> None:
    at = grid.rowCount()
    words = label(name, "label", wrap=True)
    words.setBuddy(field)
    grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(field, at, 1)
    if sample:
        grid.addWidget(label(f"e.g. {sample}", "small", wrap=True), at, 2)
