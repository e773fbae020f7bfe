"""Research as a grid: people down, checks across; what is missing says why and by when, Enter records what was searched."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from casefile.files.actions.drafts import start_draft
from casefile.files.queries.drafts import DraftRow
from casefile.files.research.model import CheckColumn, Researched, ResearchGrid
from casefile.files.research.queries import research
from casefile.paper.research import preview_research, print_research, search_words
from casefile.record.dates import long_date, short_date
from casefile.sections.researched import CheckCell, CheckState
from casefile.work.names import Permission
from ui.files.research_checks import CheckSheet
from ui.files.research_parts import brief
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.theme.fonts import in_columns
from ui.theme.theme import Theme
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.parts import button, card, clear, column, readable
from ui.widgets.table import TONE, ChipDelegate, Index

WIDE, HIGH, LINE = 86, 34, 11
"""Pixels at 100 % of one cell, and letters of one line of a heading."""
MOST = 9
"""People in view at once; more are scrolled to."""


LEGEND = (
    "✓ searched on that day, ◷ wanted by then, ◆ wanted and late, or not settled, ● asked and not answered, "
    "– not asked for. Enter records."
)


def cell_mark(cell: CheckCell, today: date) -> tuple[str, str]:
    """Words and tone of a cell; colour never says it alone."""
    last = brief(cell.searches[0].on, today) if cell.searches else ""
    late = cell.due_on is not None and cell.due_on < today
    match cell.state:
        case CheckState.DONE:
            return last, "done"
        case CheckState.AWAITED:
            return "asked", "accent"
        case CheckState.POSSIBLE:
            return "unsure", "late"
        case CheckState.NAME:
            return "name", "late"
        case CheckState.AGAIN | CheckState.MISSING:
            return brief(cell.due_on, today) if cell.due_on else "wanted", "late" if late else "due"
        case _:
            return (last, "plain") if last else ("–", "")


def broken(title: str) -> str:
    """A title on several lines, each as long as its longest word needs: columns stay narrow."""
    return "\n".join(wrap(title, max(LINE, *(len(one) for one in title.split())), break_long_words=False))


class GridModel(QAbstractTableModel):
    """The grid as a table that says itself in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told: ResearchGrid | None = None

    def show_grid(self, told: ResearchGrid) -> None:
        """Show this grid instead."""
        self.beginResetModel()
        self.told = told
        self.endResetModel()

    def at(self, index: Index) -> tuple[Researched, CheckColumn, CheckCell] | None:
        """Who and which check stand there."""
        if self.told is None or not index.isValid():
            return None
        person, check = self.told.people[index.row()], self.told.columns[index.column()]
        return person, check, person.cells[check.key]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """People."""
        return 0 if parent.isValid() or self.told is None else len(self.told.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Checks."""
        return 0 if parent.isValid() or self.told is None else len(self.told.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, tone and the whole of it for who listens."""
        found = self.at(index)
        if found is None or self.told is None:
            return None
        person, check, cell = found
        words, tone = cell_mark(cell, self.told.as_of)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == TONE:
            return tone
        if role == Qt.ItemDataRole.ToolTipRole:
            return " ".join((f"{person.name}, {check.title}: {cell.state.value}.", *cell.why))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            due = f", by {long_date(cell.due_on)}" if cell.due_on else ""
            return f"{person.name}, {check.title}: {cell.state.value}{due}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of people and titles of checks."""
        if self.told is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            check = self.told.columns[section]
            return {
                Qt.ItemDataRole.DisplayRole: broken(check.title),
                Qt.ItemDataRole.ToolTipRole: check.why,
                Qt.ItemDataRole.AccessibleTextRole: check.title,
            }.get(Qt.ItemDataRole(role))
        person = self.told.people[section]
        told = f"{person.roles}{f', born {person.born}' if person.born else ''}"
        return {Qt.ItemDataRole.DisplayRole: person.name, Qt.ItemDataRole.ToolTipRole: told}.get(
            Qt.ItemDataRole(role)
        )


class Grid(QTableView):
    """The grid as seen.

    Signals:
        opened: Enter or a double click on a cell; carries the person and the check.
        chosen: Another cell is the current one; carries person, check and cell, or None.
    """

    opened = Signal(object, object)
    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.grid = GridModel(self)
        self.setModel(self.grid)
        self.setItemDelegate(ChipDelegate(theme, self, apart=3))
        self.setObjectName("narrow")
        self.setAccessibleName("Research: people down, checks across")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        head, side = self.horizontalHeader(), self.verticalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        side.setSectionsClickable(False)
        side.setHighlightSections(False)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for one in (head, side):
            one.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(lambda now, _: self.chosen.emit(self.grid.at(now)))
        theme.changed.connect(self._fit)

    def show_grid(self, told: ResearchGrid) -> None:
        """Show a grid, as high as its people."""
        self.grid.show_grid(told)
        self._fit()

    def choose(self, person: UUID | None, check: str) -> None:
        """Go to a cell; where it is not, to the first that is wanted."""
        told = self.grid.told
        if told is None or not told.people or not told.columns:
            return
        places = [(down, across) for down in range(len(told.people)) for across in range(len(told.columns))]
        cells = {at: told.people[at[0]].cells[told.columns[at[1]].key] for at in places}
        held = [at for at, one in cells.items() if (one.person_id, one.check) == (person, check)]
        wanted = held or [at for at, one in cells.items() if one.state.wanted] or places
        self.setCurrentIndex(self.grid.index(*wanted[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records; letters stay for shortcuts of the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cells share the room there is."""
        super().resizeEvent(event)
        self._spread()

    def _open(self, index: Index) -> None:
        found = self.grid.at(index)
        if found is not None:
            self.opened.emit(found[0], found[1])

    def _spread(self) -> None:
        count = self.grid.columnCount()
        if count:
            head = self.horizontalHeader()
            needed = max(head.sectionSizeHint(one) for one in range(count))
            head.setDefaultSectionSize(max(self.viewport().width() // count, self._theme.px(WIDE), needed))

    def _fit(self) -> None:
        px = self._theme.px
        self.setFont(in_columns(self.font()))
        names = [one.name for one in self.grid.told.people] if self.grid.told is not None else []
        widest = max((self.fontMetrics().horizontalAdvance(one) for one in names), default=0)
        self.verticalHeader().setFixedWidth(min(widest + px(22), px(190)))
        self.verticalHeader().setDefaultSectionSize(px(HIGH))
        titles = [one.title for one in self.grid.told.columns] if self.grid.told is not None else []
        lines = max((broken(one).count("\n") + 1 for one in titles), default=1)
        self.horizontalHeader().setFixedHeight(self.fontMetrics().lineSpacing() * lines + px(10))
        self._spread()
        shown = min(max(len(names), 1), MOST)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().height() + shown * px(HIGH) + bar + px(4))


class ResearchView(QWidget):
    """The grid, what its current cell says, and what can be done: record, report, print.

    Signals:
        wanted: A record is to be shown; carries its divider and its thread.
        drafted: A draft of the report was begun; carries its identity and the key of its section.
    """

    wanted = Signal(str, object)
    drafted = Signal(object, str)

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self._at: tuple[UUID | None, str] = (None, "")
        self.theme = context.theme
        self.told: ResearchGrid | None = None
        body = column(self, gap=8)
        self._count = readable("", "strong")
        body.addWidget(self._count)
        self._head = Flow(gap=8)
        may = context.may(Permission.KEEP_FILES)
        self.record_button = button("Record checks …", self.record, hint="Enter, in the grid")
        self.report_button = button(
            "Report to the conference …",
            self.report,
            hint="Drafted from the file; it waits behind Conferences to be edited",
        )
        for one in (self.record_button, self.report_button):
            one.setEnabled(may)
            self._head.addWidget(one)
        if context.may(Permission.DISCLOSE):
            self._head.addWidget(button("Print …", self.print))
        body.addLayout(self._head)
        self.grid = Grid(context.theme)
        self.grid.opened.connect(lambda person, check: self.record(person, check))
        self.grid.chosen.connect(self._say)
        body.addWidget(self.grid)
        self._legend = readable(LEGEND, "small")
        body.addWidget(self._legend)
        self._cell = card()
        self._said = column(self._cell, margins=12, gap=4)
        body.addWidget(self._cell)
        self.setFocusProxy(self.grid)

    def read(self) -> None:
        """Read it again."""
        file_id = self._file_id
        self._context.jobs.read(
            self, lambda desk: desk.read(research, file_id), self._arrived, slot="research"
        )

    def record(self, person: Researched | None = None, check: CheckColumn | None = None) -> None:
        """Record what was searched about somebody: whoever the current cell is about."""
        if self.told is None or not self._context.may(Permission.KEEP_FILES):
            return
        found = self.grid.grid.at(self.grid.currentIndex())
        person = person or (found[0] if found else None)
        if person is None:
            return
        check = check or (found[1] if found else None)
        sheet = CheckSheet(self._context, self.told, person, check.key if check else "", self.window())
        sheet.finished.connect(lambda _: self.grid.setFocus())
        sheet.open()

    def report(self) -> None:
        """Begin the police report to the next conference."""
        file_id = self._file_id

        def begun(draft: DraftRow) -> None:
            self.drafted.emit(draft.id, draft.record)

        self._context.jobs.write(self, lambda desk: desk.do(start_draft, file_id, "report"), begun)

    def print(self) -> None:
        """Look at it on paper, then make a numbered copy."""
        if self.told is None:
            return
        file_id, reference = self._file_id, self.told.reference
        what = Printable(
            f"Print the research of {reference}",
            f"{reference}-research.pdf",
            lambda errand: errand.read(preview_research, file_id),
            lambda errand, whom: errand.do(print_research, file_id, whom),
        )
        PrintReport(self._context, what, self).open()

    def _arrived(self, told: ResearchGrid) -> None:
        self.told = told
        ahead = told.conference
        fixed = (
            f"Conference on {long_date(ahead.on)}: searches count from {short_date(ahead.counts_from)}, report due "
            f"{short_date(ahead.report_by)}"
            if ahead is not None
            else "No conference is fixed"
        )
        wanted = "nothing is wanted" if not told.wanted else f"{told.wanted} to make"
        self._count.setText(f"{fixed} · {wanted}")
        at = self._at
        self.grid.show_grid(told)
        for one in (self.grid, self._legend):
            one.setVisible(bool(told.people))
        self.record_button.setVisible(bool(told.people))
        self.grid.choose(*at)
        if not told.people:
            self._say(None)

    def _say(self, found: tuple[Researched, CheckColumn, CheckCell] | None) -> None:
        clear(self._said)
        if found is None:
            if self.told is not None and not self.told.people:
                self._said.addWidget(
                    readable("Nobody is named yet. Add the people of the family under Child.", "quiet")
                )
            return
        person, check, cell = found
        self._at = person.id, check.key
        words, tone = cell_mark(cell, self.told.as_of if self.told else date.min)
        self._said.addWidget(readable(f"{person.name}, {person.roles.lower()} · {check.title}", "strong"))
        line = Flow(gap=8)
        line.addWidget(Chip(cell.state.value.capitalize(), tone or "plain"))
        if cell.searches:
            thread = cell.searches[0].thread_id
            line.addWidget(
                button("Open the record", lambda: self.wanted.emit("research", thread), name="link")
            )
        self._said.addLayout(line)
        due = f"By {long_date(cell.due_on)}. " if cell.due_on else ""
        if due or cell.why:
            self._said.addWidget(readable(f"{due}{' '.join(cell.why)}"))
        for one in cell.searches:
            self._said.addWidget(readable(search_words(one, self._context.desk.standards), "small"))
        if not cell.searches and words == "–":
            self._said.addWidget(readable("Offered; the standard does not ask for it.", "small"))
