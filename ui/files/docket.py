"""A file as a docket with dividers: head, dividers, records, and what is owed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.files.queries.docket import DividerPage, DividerRow, Docket, divider_page, open_docket
from casefile.files.queries.drafts import DraftRow
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.files.divider import DividerView
from ui.files.documents import DocumentsView
from ui.files.export import export_json
from ui.files.front import FrontSheet
from ui.files.header import FileHead
from ui.files.marks import around_of, divider_item
from ui.files.people import PeopleView
from ui.files.printing import PrintDialog
from ui.files.right import RightSide
from ui.room import Command
from ui.shell.context import Context
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import scrolled
from ui.widgets.parts import column, ground

PEOPLE = ("child", "household", "associated")
DOCUMENTS_HINT = "Everything kept whole: minutes, reports, mails, photographs."
FRONT, DOCUMENTS, CHRONOLOGY = "front_sheet", "documents", "chronology"


class DocketView(QWidget):
    """One open file.

    Signals:
        left: The person goes back to the list.
    """

    left = Signal()

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self.file_id = context, file_id
        self._docket: Docket | None = None
        self._officers: tuple[OfficerRow, ...] = ()
        self._key = FRONT
        self._record: str | None = None
        self._thread: UUID | None = None
        self._draft: UUID | None = None
        self.head = FileHead(context.desk.standards)
        self.dividers = ItemList(context.theme, "Dividers", grounds=False)
        self.dividers.chosen.connect(self._chosen)
        self.dividers.opened.connect(lambda _: self._into())
        self.records = DividerView(context, file_id)
        self.records.moved.connect(self.read)
        self.front = FrontSheet(context)
        self.front.wanted.connect(self.go_to)
        self.people = PeopleView(context, file_id)
        self.documents = DocumentsView(context, file_id)
        self.right = RightSide(context)
        self.right.wanted.connect(self.go_to)
        self._lay()
        self._keys()

    @property
    def divider(self) -> str:
        """The divider that is open."""
        return self._key

    def keep(self) -> None:
        """Save at once what was typed."""
        self.records.keep()

    def read(self) -> None:
        """Read the file again."""
        file_id = self.file_id
        self._context.jobs.read(
            self,
            lambda desk: (desk.read(open_docket, file_id), desk.read(officers, with_inactive=True)),
            lambda found: self._arrived(*found),
            failed=self._not_there,
            slot="file",
        )

    def on_changed(self, changed: Changed) -> None:
        """Something of this file was written; drafts alone change nothing else."""
        if changed.kinds - {Kind.DRAFT} and changed.concerns(*Kind, file_id=self.file_id):
            self.read()

    def go_to(self, divider: str, thread: UUID | None = None, draft: UUID | None = None) -> None:
        """Open a divider, at one of its records or drafts."""
        self.keep()
        self._key, self._thread, self._draft = divider, thread, draft
        self.dividers.choose(divider)
        self._open()

    def seek(
        self,
        divider: str | None,
        thread: UUID | None = None,
        draft: UUID | None = None,
        record: str | None = None,
    ) -> None:
        """Read the file and open a divider, a record or a draft in it."""
        self._record = record
        if divider or record:
            self._key = divider or ""
            self._thread, self._draft = thread, draft
        self.read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done in this file."""
        found = [
            Command(f"Divider: {one.title}", lambda k=one.key: self.go_to(k))
            for one in (self._docket.dividers if self._docket is not None else ())
        ]
        if self._context.may(Permission.KEEP_FILES):
            found += [
                Command("New record here", self.new, "Ctrl+N"),
                Command("Amend this record", self.records.amend, "Ctrl+E"),
            ]
        if self._context.may(Permission.DISCLOSE):
            found.append(Command("Print this file", self.print, "Ctrl+P"))
            found.append(
                Command("Export this file as JSON", lambda: export_json(self._context, self._docket, self))
            )
        if self._context.may(Permission.RESTRICT_FILES):
            found.append(Command("Restrict this file to named readers", self.restrict))
        return (*found, Command("Back to the list of files", self.left.emit, "Esc"))

    def new(self) -> None:
        """Begin what belongs behind the divider that is open."""
        if not self._context.may(Permission.KEEP_FILES):
            return
        if self._stack.currentWidget() is self.people:
            self.people.add()
        elif self._stack.currentWidget() is self.documents:
            self.documents.add()
        elif self._stack.currentWidget() is self._scrolled:
            self.records.new_record()

    def print(self) -> None:
        """Ask what to print, then show it."""
        if self._docket is not None and self._context.may(Permission.DISCLOSE):
            PrintDialog(self._context, self._docket, self).open()

    def restrict(self) -> None:
        """Name who may read this file."""
        from ui.files.restrict import RestrictDialog

        if self._docket is not None:
            RestrictDialog(self._context, self._docket, self._officers, self).open()

    def _lay(self) -> None:
        body = column(self, gap=0)
        body.addWidget(self.head)
        left = ground("dividers")
        column(left, margins=(0, 8, 0, 8)).addWidget(self.dividers)
        self._scrolled: QScrollArea = scrolled(self.records, "Records", surface=True)
        self._stack = QStackedWidget()
        for page in (
            self._scrolled,
            scrolled(self.front, "Front sheet", surface=True),
            self.people,
            self.documents,
        ):
            self._stack.addWidget(page)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for part in (left, self._stack, self.right):
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        self._split, self._left = split, left
        self._context.theme.changed.connect(self._fit)
        self._fit()
        body.addWidget(split, 1)

    def _fit(self) -> None:
        """Where type is large the right side waits until it is asked for (Alt+3)."""
        theme = self._context.theme
        self.right.setVisible(theme.scale < 1.5)
        self._left.setMinimumWidth(theme.px(140))
        self._split.setSizes([theme.px(212), theme.px(720), theme.px(284)])

    def _keys(self) -> None:
        for keys, run in (
            ("Ctrl+N", self.new),
            ("Ctrl+E", self.records.amend),
            ("Ctrl+P", self.print),
            ("Esc", self.left.emit),
            ("Alt+1", self.dividers.setFocus),
            ("Alt+2", self._into),
            ("Alt+3", lambda: (self.right.show(), self.right.owed.setFocus())),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _arrived(self, docket: Docket, everyone: tuple[OfficerRow, ...]) -> None:
        first = self._docket is None
        self._docket, self._officers = docket, everyone
        if self._record is not None:
            holding = (
                one.key for one in docket.dividers if any(kind.key == self._record for kind in one.sections)
            )
            self._key, self._record = next(holding, FRONT), None
        self.head.show_file(docket, self._context.today, short=self._context.theme.scale >= 1.5)
        self.right.show_file(docket)
        self.dividers.blockSignals(True)
        items = [divider_item(one) for one in docket.dividers if one.key != CHRONOLOGY]
        count = len(docket.documents)
        items.append(Item("Documents", "", str(count) if count else "–", data=DOCUMENTS, hint=DOCUMENTS_HINT))
        self.dividers.show_items(items)
        self.dividers.choose(self._key)
        self.dividers.blockSignals(False)
        if first:
            self.dividers.setFocus()
        self._open()

    def _chosen(self, key: str | None) -> None:
        if key and self._docket is not None and key != self._key:
            self.keep()
            self._key = key
            self._thread = self._draft = None
            self._open()

    def _open(self) -> None:
        divider = next(
            (
                one
                for one in (self._docket.dividers if self._docket is not None else ())
                if one.key == self._key
            ),
            None,
        )
        if self._docket is not None and self._key == DOCUMENTS:
            self.documents.show_documents(self._docket)
            self._stack.setCurrentWidget(self.documents)
            return
        if divider is None or self._docket is None:
            return
        if self._key == FRONT and not self._thread:
            self.front.show_file(
                self._docket, self._officers, around_of(self._context, self._docket, self._officers)
            )
            self._stack.setCurrentIndex(1)
        elif self._key in PEOPLE and not divider.sections:
            self.people.show_people(
                self._docket, around_of(self._context, self._docket, self._officers), self._key
            )
            self._stack.setCurrentWidget(self.people)
        else:
            self._stack.setCurrentWidget(self._scrolled)
            file_id, key = self.file_id, self._key
            self._context.jobs.read(
                self, lambda desk: desk.read(divider_page, file_id, key),
                lambda page: self._show_page(divider, page), slot="divider",
            )  # fmt: skip

    def _show_page(self, divider: DividerRow, page: DividerPage) -> None:
        assert self._docket is not None
        around = around_of(self._context, self._docket, self._officers)
        self.records.show_divider(divider, page, around, self._thread)
        draft: DraftRow | None = next((one for one in page.drafts if one.id == self._draft), None)
        if draft is not None:
            self._draft = None
            self.records.write_draft(draft)

    def _into(self) -> None:
        page: Any = self._stack.currentWidget()
        if page is self._scrolled:
            self.records.records.setFocus()
        else:
            inner: Any = page.widget() if isinstance(page, QScrollArea) else page
            inner.setFocus()

    def _not_there(self, error: Any) -> None:
        self._context.jobs.trouble.emit(error)
        self.left.emit()
