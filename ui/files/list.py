"""The list of files: filters as you type, sorts by any column, fetched by page."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from casefile.files.queries.listing import FilePage, FileRow, list_files
from casefile.record.dates import short_date
from casefile.standards import Library
from casefile.work.names import Permission
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.page import PageHead
from ui.widgets.parts import button, column, row
from ui.widgets.stack import Stack
from ui.widgets.table import Column, Table

PAGE = 100
TYPING = 120
"""Milliseconds after the last key until the list is asked again."""
TONES = {"high": "danger", "medium": "late", "standard": "plain"}


def columns(library: Library, today: date) -> tuple[Column, ...]:
    """The columns of the list."""
    risk, category = library.codes("risk_level").label, library.codes("abuse_category").label

    def due(one: FileRow) -> str:
        if one.next_due is None:
            return ""
        return f"late since {short_date(one.next_due)}" if one.next_due < today else short_date(one.next_due)

    return (
        Column("reference", "Reference", lambda one: one.reference, width=140),
        Column("family_name", "Family", lambda one: one.family_name or "Name not known", width=0),
        Column("children", "Children", lambda one: str(one.children), width=76, number=True),
        Column("risk_level", "Risk", lambda one: risk(one.risk_level) if one.risk_level else "",
               lambda one: TONES.get(one.risk_level or ""), 110),
        Column("plan_category", "Plan", lambda one: category(one.plan_category) if one.plan_category else "",
               width=170),
        Column("officer", "Officer", lambda one: one.officer or "", width=160),
        Column("next_due", "Next due", due,
               lambda one: "late" if one.next_due and one.next_due < today else None, 195),
        Column("last_entry_on", "Last entry", lambda one: short_date(one.last_entry_on), width=110),
        Column("", "", lambda one: "restricted" if one.restricted else one.state if one.state != "open" else "",
               lambda one: "accent" if one.restricted else "plain", 108),
    )  # fmt: skip


class FileList(QWidget):
    """The page of the list.

    Signals:
        opened: A file is wanted; carries its identity.
        new: A new file is wanted.
        hidden: A restricted file is wanted, of which the list says nothing.
    """

    opened = Signal(object)
    new = Signal()
    hidden = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._sort: tuple[str, bool] = ("reference", True)
        body = column(self, gap=0)
        start = button("New file", self.new.emit, name="primary", hint="Ctrl+N")
        start.setEnabled(context.may(Permission.KEEP_FILES))
        glass = button("Open a restricted file …", self.hidden.emit, hint="Break the glass, with a reason")
        self.head = PageHead("Files", "", glass, start)
        glass.setVisible(context.may(Permission.BREAK_GLASS))
        body.addWidget(self.head)
        tools = row(margins=(20, 10, 16, 10))
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Filter by reference, any name, address or officer")
        self.finding.setToolTip("By reference, any name, address or officer (Ctrl+F)")
        self.finding.setAccessibleName("Filter files by reference, any name, address or officer (Ctrl+F)")
        self.finding.setClearButtonEnabled(True)
        self.finding.textChanged.connect(lambda _: self._wait.start())
        self.finding.returnPressed.connect(self._first)
        self.state = QComboBox()
        self.state.setAccessibleName("Which files")
        for words, key in (("Open files", "open"), ("Closed files", "closed"), ("All files", None)):
            self.state.addItem(words, key)
        self.state.activated.connect(lambda _: self.read())
        tools.addWidget(self.finding, 1)
        tools.addWidget(self.state)
        body.addLayout(tools)
        self.table = Table(columns(context.desk.standards, context.today), context.theme, "Files")
        self.table.opened.connect(lambda one: self.opened.emit(one.id))
        self.table.sorted_by.connect(self._sorted)
        self.table.rows.wants_more.connect(lambda _: self._more())
        self._empty = Empty("", "")
        self._stack = Stack()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        body.addWidget(self._stack, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self.read)

    def read(self) -> None:
        """Ask for the first page."""
        self._ask(0, self._arrived)

    def read_again(self) -> None:
        """Ask again for as much as is shown, without moving it."""
        self._ask(0, lambda page: self._arrived(page, again=True), max(self.table.rows.rowCount(), PAGE))

    def _ask(self, offset: int, then: Any, limit: int = PAGE) -> None:
        text, (key, down), state = self.finding.text(), self._sort, self.state.currentData()
        self._context.jobs.read(
            self,
            lambda desk: desk.read(
                list_files, text=text, sort=key, descending=down, state=state, offset=offset, limit=limit
            ),
            then,
            slot="list",
        )

    def _arrived(self, page: FilePage, *, again: bool = False) -> None:
        held = self.table.current()
        if again:
            self.table.show_again(page.rows, page.total)
        else:
            self.table.rows.show_rows(page.rows, page.total)
        one = "file" if page.total == 1 else "files"
        self.head.say(f"{page.total:,} {one}")
        if not again:
            place = next(
                (at for at, row in enumerate(page.rows) if held is not None and row.id == held.id), 0
            )
            self.table.choose(place)
        if not page.rows:
            if self.finding.text().strip():
                self._empty.say("No file fits", "Try fewer letters, another spelling, or All files.")
            else:
                self._empty.say(
                    "No files yet",
                    "Each family at risk gets a file. Press Ctrl+N to open the first one, or bring in a return, "
                    "documents or whole files under Import.",
                )
        self._stack.setCurrentWidget(self.table if page.rows else self._empty)

    def _more(self) -> None:
        self._ask(self.table.rows.rowCount(), lambda page: self.table.rows.add_rows(page.rows))

    def _sorted(self, key: str, down: bool) -> None:
        self._sort = (key, down)
        self.read()

    def _first(self) -> None:
        if (one := self.table.current()) is not None:
            self.opened.emit(one.id)
