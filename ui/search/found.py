"""The page of the one search box: everything found, as a list or as a table; kept, printed, exported."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.record.dates import short_date
from casefile.search.hits import GROUPS, Hit, Results
from casefile.search.kept import KeptSearch
from casefile.search.words import search_as_typed, search_words
from casefile.work.changed import Changed
from casefile.work.names import Kind
from ui.room import Command, Screen
from ui.search.asking import HowToAsk
from ui.search.items import items, place_of
from ui.search.keeping import Keeping
from ui.search.narrowing import NarrowBar, without
from ui.search.out import GivingOut
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.lists import ItemList
from ui.widgets.page import PageHead
from ui.widgets.parts import button, column, ground, keys, label, row
from ui.widgets.stack import Stack
from ui.widgets.table import Column, Table

TYPING = 250
"""Milliseconds after the last key until the store is asked."""
COLUMNS = (
    Column("", "Kind", lambda one: GROUPS[one.kind], width=100),
    Column("", "What", lambda one: one.title, width=300),
    Column("", "File", lambda one: one.reference, width=120),
    Column("", "Family", lambda one: one.family_name, width=120),
    Column("", "Date", lambda one: short_date(one.on) if one.on else "", width=100),
    Column("", "By", lambda one: one.by, width=130),
    Column("", "Words around it", lambda one: one.snippet.text, width=0),
)


class SearchScreen(Screen):
    """The room: the field and what narrows it above, what was found below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._results = Results("", asked=False)
        body = column(self, gap=0)
        self.out = GivingOut(context, self, self._asked)
        self.keeping = Keeping(context, self._asked)
        self.keeping.wanted.connect(self._ask_again)
        gives = (
            button("Print …", self.out.print, hint="Ctrl+P"),
            button("Export …", self.out.export, hint="Ctrl+E"),
        )
        self.head = PageHead("Search", "", self.keeping, *(gives if self.out.may else ()))
        body.addWidget(self.head)
        tools = row(margins=(20, 10, 16, 8))
        self.field = QLineEdit()
        self.field.setPlaceholderText("Names, references, addresses, numbers, any words")
        self.field.setAccessibleName("Search everything you may see (Ctrl+F)")
        self.field.setToolTip("Ctrl+F; Enter searches, Down goes to what was found")
        self.field.returnPressed.connect(self.search)
        self.field.textEdited.connect(lambda _: self._wait.start())
        self.as_table = QCheckBox("As a table")
        self.as_table.setToolTip("Ctrl+T")
        self.as_table.clicked.connect(lambda _: self._show())
        tools.addWidget(self.field, 1)
        tools.addWidget(button("Search", self.search, name="primary"))
        tools.addWidget(self.as_table)
        body.addLayout(tools)
        self.bar = NarrowBar(context.desk.standards)
        self.bar.changed.connect(self.search)
        self.bar.added.connect(self._add)
        self.bar.removed.connect(lambda typed: self._set(without(self.field.text(), typed)))
        body.addWidget(self.bar)
        self.remarks = label("", "remark", wrap=True)
        self.remarks.setContentsMargins(20, 0, 16, 8)
        body.addWidget(self.remarks)
        body.addWidget(self._below(context), 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self._as_typed)
        for sequence, run in (
            ("Ctrl+F", self._to_field), ("Ctrl+P", self.out.print), ("Ctrl+E", self.out.export), ("Ctrl+D", self.keeping.keep),
            ("Ctrl+T", self.as_table.click), ("Alt+1", self._to_found),
        ):  # fmt: skip
            keys(self, sequence, run)
        keys(self.field, "Down", self._to_found)
        self._show()

    def _below(self, context: Context) -> QWidget:
        self.list = ItemList(context.theme, "Found", browse=True)
        self.list.opened.connect(self._open)
        left = ground("surface")
        column(left, margins=(8, 4, 8, 0)).addWidget(self.list)
        self.table = Table(COLUMNS, context.theme, "Found")
        self.table.opened.connect(self._open)
        self._nothing = Empty("Nothing is found", "")
        self._how = HowToAsk(self._set)
        self._stack = Stack()
        self._found_list = left
        for one in (left, self.table, self._nothing, self._how):
            self._stack.addWidget(one)
        return self._stack

    def shown(self, place: Any = None) -> None:
        """Search for *place*, a line, or stay where one was."""
        self.keeping.read()
        self._context.jobs.read(self, lambda desk: desk.read(officers), self._officers, slot="officers")
        if isinstance(place, str):
            self._set(place)
        self._to_field()

    def place(self) -> Any:
        """The line."""
        return self.field.text()

    def on_changed(self, changed: Changed) -> None:
        """What was found may have changed; kept searches too. Nothing moves under whoever types."""
        if changed.concerns(Kind.SETTING):
            self.keeping.read()
        if changed.concerns(Kind.ENTRY, Kind.PERSON, Kind.DOCUMENT, Kind.RESTRICTION, Kind.TASK):
            if self._results.asked and not changed.elsewhere:
                self._search(tells=False)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [
            Command("Keep this search …", self.keeping.keep, "Ctrl+D"),
            Command("What was found as a table or a list", self.as_table.click, "Ctrl+T"),
        ]
        if self.out.may:
            found += [
                Command("Print what was found", self.out.print, "Ctrl+P"),
                Command("Export what was found", self.out.export, "Ctrl+E"),
            ]
        return tuple(found)

    def search(self) -> None:
        """Search for the line as it stands, and show all of it."""
        self._search(tells=True)

    def _search(self, *, tells: bool) -> None:
        """Search; *tells* says whether the officer asked it, and not the page by itself."""
        self._wait.stop()
        line, kinds, older = self.field.text(), self.bar.wanted(), self.bar.older.isChecked()
        self._context.jobs.read(
            self,
            lambda desk: desk.read(search_words, line, kinds=kinds, older=older, tells=tells),
            self._arrived,
            slot="search",
        )

    def _asked(self) -> KeptSearch | None:
        """What is searched for, as the page stands."""
        if not self._results.asked:
            return None
        return KeptSearch("", self.field.text(), self.bar.wanted(), self.bar.older.isChecked())

    def _officers(self, found: tuple[OfficerRow, ...]) -> None:
        self.bar.officers = found

    def _ask_again(self, kept: KeptSearch) -> None:
        self.bar.choose(kept.kinds, older=kept.older)
        self._set(kept.line)

    def _set(self, line: str) -> None:
        self.field.setText(line)
        self.search()

    def _add(self, typed: str) -> None:
        self._set(f"{self.field.text().strip()} {typed}".strip())

    def _as_typed(self) -> None:
        line = self.field.text()
        if self.bar.wanted() or self.bar.older.isChecked():
            self._search(tells=False)
            return
        self._context.jobs.read(
            self, lambda desk: desk.read(search_as_typed, line), self._arrived, slot="search"
        )

    def _arrived(self, results: Results) -> None:
        if results.line == self.field.text():
            self._results = results
            self._show()

    def _show(self) -> None:
        results = self._results
        self.bar.show_found(results)
        self.bar.setVisible(results.asked)
        self.remarks.setText(" ".join(results.remarks))
        self.remarks.setVisible(bool(results.remarks))
        self.list.show_items(list(items(results)))
        self.table.rows.show_rows(results.hits)
        total = sum(one.total for one in results.groups)
        self.head.say(f"{total:,} found" if total else "")
        if not results.asked:
            self._stack.setCurrentWidget(self._how)
        elif not results.groups:
            self._nothing.say("Nothing is found", self._why_not())
            self._stack.setCurrentWidget(self._nothing)
        else:
            self._stack.setCurrentWidget(self.table if self.as_table.isChecked() else self._found_list)

    def _why_not(self) -> str:
        if self._results.narrowings or self.bar.wanted():
            return "Take out what narrows the search, or use fewer words."
        return "Use fewer words, the beginning of one with *, or another spelling. Names are found however they are written."

    def _to_field(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _to_found(self) -> None:
        if self._results.groups:
            shown = self.table if self.as_table.isChecked() else self.list
            shown.setFocus()
            if shown is self.list:
                self.list.choose_first()
            else:
                self.table.selectRow(0)

    def _open(self, hit: Hit | None) -> None:
        if hit is not None:
            self.go.emit(*place_of(hit))
