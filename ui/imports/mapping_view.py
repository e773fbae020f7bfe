"""The step between choosing a docket index and bringing it in: which column holds what, and how it would come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSplitter, QWidget

from casefile.errors import CasefileError
from casefile.exchange.docket import DocketMap, Index
from casefile.exchange.docket.preview import Preview, preview
from casefile.record.dates import NotADate, long_date, read_date
from ui.imports.columns import ColumnPicks
from ui.imports.remembered import Remembered
from ui.shell.context import Context
from ui.widgets.flow import Cells
from ui.widgets.page import PageHead, scrolled
from ui.widgets.parts import button, column, keys, label, readable, row, scaled
from ui.widgets.table import Column, Table

COLUMNS = (
    Column("", "Row", lambda one: str(one.row), width=48, number=True),
    Column("", "File", lambda one: one.file, width=104),
    Column("", "Child", lambda one: one.child, width=180),
    Column("", "Born", lambda one: one.born, width=156),
    Column("", "Doubtful", lambda one: f"{len(one.doubts)} doubtful" if one.doubts else "", lambda _: "late", width=126),
    Column("", "Lives at", lambda one: one.lives, width=190),
    Column("", "Adults", lambda one: one.adults, width=210),
    Column("", "Plan and risk", lambda one: one.plan, width=230),
    Column("", "Held by", lambda one: one.holder, width=100),
    Column("", "Kept as notes", lambda one: one.notes, width=260),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mapped:
    """How an index is to be brought in."""

    mapping: DocketMap
    received_on: date | None


class MappingView(QWidget):
    """Picks for the columns above, the first rows as they would come in below.

    Signals:
        ready: The index is to be brought in so; carries a :class:`Mapped`.
        left_out: The index is not to be brought in now.
        sheet_wanted: Another sheet of the workbook is to be looked at; carries its name.
    """

    ready = Signal(object)
    left_out = Signal()
    sheet_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._remembered = Remembered(context.settings)
        self._index: Index | None = None
        body = column(self, gap=0)
        self.go = button("Import", self.bring_in, name="primary", hint="Ctrl+Return")
        self.leave = button("&Leave it out", self.left_out.emit, hint="Alt+L")
        self._head = PageHead("Which column holds what", "", self.leave, self.go)
        keys(self, "Ctrl+Return", self.bring_in)
        body.addWidget(self._head)
        page = QWidget()
        body.addWidget(scrolled(page, "Which column holds what"), 1)
        inner = column(page, margins=(20, 10, 20, 12), gap=8)
        inner.addLayout(self._choices())
        self._said = readable("", "fault")
        self._hint = readable("", "quiet")
        inner.addWidget(self._said)
        inner.addWidget(self._hint)
        self.picks = ColumnPicks()
        self.picks.changed.connect(self._changed)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        columns = scrolled(self.picks, "Columns of the index")
        columns.setMinimumHeight(context.theme.px(150))
        split.addWidget(columns)
        split.addWidget(self._below())
        split.setSizes([560, 340])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        inner.addWidget(split, 1)

    def show_index(self, index: Index) -> None:
        """Ask about an index: the remembered mapping of just these columns, else the guess."""
        self._index = index
        self._head.say(index.name)
        self._sheets.blockSignals(True)
        self._sheets.clear()
        self._sheets.addItems(list(index.sheets))
        self._sheets.setCurrentText(index.sheet)
        self._sheets.blockSignals(False)
        for one in (self._sheets, self._sheet_label):
            one.setVisible(len(index.sheets) > 1)
        self.picks.show_index(index)
        known = self._remembered.fitting(index)
        self.name.setText(known.name if known else "")
        self.name.setEnabled(bool(index.headed))
        if known:
            self.picks.show_map(known)
        self._changed()
        self._first_to_look_at()

    def mapping(self) -> DocketMap:
        """What is picked now."""
        index = self._index
        sheet = index.sheet if index is not None and len(index.sheets) > 1 else ""
        return DocketMap(self.picks.columns(), sheet, self.name.text().strip())

    def bring_in(self) -> None:
        """Hand the mapping over, if it may be used."""
        faults = self._faults()
        if self._index is None or faults:
            self._say(faults)
            return
        if self.name.text().strip() and self.name.isEnabled():
            self._remembered.keep(self.mapping())
        self.ready.emit(Mapped(self.mapping(), self._received_on()))

    def _choices(self) -> Cells:
        line = Cells(least=scaled(220), most=3, gap=20)
        self._sheet_label, self._sheets = label("Sheet", "label"), QComboBox()
        self._sheets.setAccessibleName("Sheet of the workbook")
        self._sheets.activated.connect(lambda _: self.sheet_wanted.emit(self._sheets.currentText()))
        self.name, self.received = QLineEdit(), QLineEdit()
        for title, edit, hint in (
            ("Remember as", self.name, "a name, if it comes again"),
            ("Received on", self.received, long_date(self._context.today)),
        ):
            edit.setPlaceholderText(hint)
            edit.setToolTip(hint)
            edit.setAccessibleName(title)
            line.addWidget(_named(label(title, "label"), edit))
        self.received.textChanged.connect(lambda _: self._changed())
        line.addWidget(_named(self._sheet_label, self._sheets))
        return line

    def _below(self) -> QWidget:
        below = QWidget()
        below.setMinimumHeight(self._context.theme.px(290))
        body = column(below, margins=(0, 8, 0, 0), gap=6)
        self._title = label("The first rows as they will come in", "section-title", wrap=True)
        body.addWidget(self._title)
        self.table = Table(COLUMNS, self._context.theme, "The first rows as they will come in")
        self.table.setMinimumHeight(self._context.theme.px(120))
        self.table.chosen.connect(self._doubts_of)
        body.addWidget(self.table, 1)
        self._doubts = readable("", "small")
        body.addWidget(self._doubts)
        return below

    def _first_to_look_at(self) -> None:
        """The keyboard goes to the first pick that is not certain, else to the first."""
        assert self._index is not None
        order = [one.place for one in self._index.columns if one.guess.sure in ("unsure", "none", "likely")]
        picks = self.picks.picks
        if picks:
            picks[order[0] if order else 0].setFocus()

    def _received_on(self) -> date | None:
        text = self.received.text().strip()
        return read_date(text) if text else None

    def _faults(self) -> list[str]:
        found = [said] if (said := self.picks.trouble()) else []
        found += self.mapping().faults()
        try:
            on = self._received_on()
        except NotADate as fault:
            return [*found, fault.sentence]
        if on is not None and on > self._context.today:
            found.append("The index cannot have been received in the future.")
        return found

    def _say(self, faults: list[str]) -> None:
        self._said.setText(" ".join(f"▲ {one}" for one in faults))
        self._said.setVisible(bool(faults))

    def _changed(self) -> None:
        faults = self._faults()
        self._say(faults)
        self.go.setEnabled(not faults)
        mapping = self.mapping()
        hints = list(mapping.hints())
        if self._index is not None and not self._index.headed:
            hints.append(
                "No headings were recognised: the first row may hold a child. The mapping is not remembered."
            )
        self._hint.setText(" ".join(hints))
        self._hint.setVisible(bool(hints))
        if self._index is None:
            return
        index, standards, today = self._index, self._context.desk.standards, self._context.today
        self._context.jobs.read(
            self,
            lambda _: preview(index, mapping, standards, today),
            self._show_preview,
            failed=self._cannot_show,
            slot="preview",
        )

    def _show_preview(self, found: Preview) -> None:
        self.table.rows.show_rows(found.lines)
        files = f"{found.files} {'file' if found.files == 1 else 'files'}"
        doubts = sum(len(one.doubts) for one in found.lines)
        self._title.setText(
            f"The first rows as they will come in: {len(found.lines)} children in {files}, {doubts} doubtful"
        )
        asides = " ".join(f"▲ {one}" for one in found.asides[:3])
        self._doubts.setText(f"Belongs to no child: {asides}" if asides else "")
        self._doubts.setVisible(bool(asides))

    def _cannot_show(self, error: CasefileError) -> None:
        self.table.rows.show_rows([])
        self._title.setText(str(error))

    def _doubts_of(self, line: object) -> None:
        said = getattr(line, "doubts", ())
        self._doubts.setText(" ".join(f"▲ {one}" for one in said))
        self._doubts.setVisible(bool(said))


def _named(name: QLabel, field: QWidget) -> QWidget:
    """A field with its name at the left."""
    made = QWidget()
    line = row(made, gap=8)
    name.setBuddy(field)
    line.addWidget(name)
    line.addWidget(field, 1)
    return made
