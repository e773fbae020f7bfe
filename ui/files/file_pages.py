"""The pages of an open file: the front, people, documents, chronology, picture, and the records behind a divider."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from casefile.files.queries.docket import Docket
from ui.files.audit import AuditView
from ui.files.chronology import ChronologyView
from ui.files.chronology_import import ask_chronology
from ui.files.divider import DividerView
from ui.files.documents import DocumentsView
from ui.files.front import FrontSheet
from ui.files.people import PeopleView
from ui.files.picture import PictureView
from ui.files.research import ResearchView
from ui.files.source import Comparing
from ui.files.wider import WiderView
from ui.record.entry_form import EntryForm
from ui.shell.context import Context
from ui.widgets.page import scrolled
from ui.widgets.stack import Stack

W = TypeVar("W", bound=QWidget)


class FilePages(Stack):
    """The pages of an open file, of which one is in view; each is made when it is first wanted.

    Attributes:
        context: The window around it.
        file_id: The file.
        docket: The file as it was read, once it was.

    Signals:
        wanted: Another divider is wanted; carries its key and a record, or None.
        moved: Something was signed or closed; the file should be read again.
        drafted: A draft is wanted; carries its identity and the key of its section.
        compared: Whether a form stands beside the document it was prefilled from.
        elsewhere: Another file is wanted; carries its identity, and a divider and a record of it or nothing.
        allocating: The file is to be given to somebody.
        refitted: There is room for more columns than before, or for fewer.
    """

    wanted = Signal(str, object)
    moved = Signal()
    drafted = Signal(object, str)
    compared = Signal(bool)
    allocating = Signal()
    refitted = Signal()
    elsewhere = Signal(object, str, object)

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self.context, self.file_id = context, file_id
        self.docket: Docket | None = None
        self.currentChanged.connect(self._say_compared)

    @cached_property
    def records(self) -> DividerView:
        """The records behind the divider that is open."""
        made = DividerView(self.context, self.file_id)
        made.moved.connect(self.moved)
        made.wanted.connect(self.wanted)
        made.drafted.connect(self.drafted)
        return made

    @cached_property
    def research(self) -> ResearchView:
        """What stands before the records of research."""
        made = ResearchView(self.context, self.file_id)
        made.wanted.connect(self.wanted)
        made.drafted.connect(self.drafted)
        made.hide()
        self.records.first.addWidget(made)
        return made

    @cached_property
    def comparing(self) -> Comparing:
        """The records, and beside a form the document that it was prefilled from."""
        made = Comparing(scrolled(self.records, "Records", surface=True), self.context)
        self.records.writing.connect(made.compare)
        made.compared.connect(self._say_compared)
        return self._kept(made)

    @cached_property
    def front(self) -> FrontSheet:
        """The first page of the file."""
        made = FrontSheet(self.context)
        made.wanted.connect(self.wanted)
        made.allocating.connect(self.allocating)
        return made

    @cached_property
    def first(self) -> QScrollArea:
        """The first page, as it scrolls."""
        return self._kept(scrolled(self.front, "Front sheet", surface=True))

    @cached_property
    def people(self) -> PeopleView:
        """The people of the file."""
        return self._kept(PeopleView(self.context, self.file_id))

    @cached_property
    def documents(self) -> DocumentsView:
        """What is kept whole."""
        made = DocumentsView(self.context, self.file_id)
        made.drafted.connect(self.drafted)
        return self._kept(made)

    @cached_property
    def audit(self) -> AuditView:
        """Who did and read what in the file."""
        return self._kept(AuditView(self.context, self.file_id))

    @cached_property
    def chronology(self) -> ChronologyView:
        """Everything that happened."""
        made = ChronologyView(self.context, self.file_id)
        made.wanted.connect(self.wanted)
        made.elsewhere.connect(self.elsewhere)
        made.bring_in.connect(lambda: ask_chronology(self.context, self.file_id, made))
        return self._kept(made)

    @cached_property
    def picture(self) -> PictureView:
        """The family drawn on any day."""
        made = PictureView(self.context, self.file_id)
        made.person.connect(self._person)
        made.chart.connect(self.show_wider)
        return self._kept(made)

    @cached_property
    def wider(self) -> WiderView:
        """Who the people of the file are tied to in other files."""
        made = WiderView(self.context, self.file_id)
        made.person.connect(self._person)
        made.file.connect(lambda file: self.elsewhere.emit(file, "", None))
        made.back.connect(lambda: self._turn(self.picture))
        return self._kept(made)

    @property
    def form(self) -> EntryForm | None:
        """The form that is open."""
        return self.records.form if self.has("records") else None

    def has(self, page: str) -> bool:
        """Whether a page was wanted yet: each is made when it is."""
        return page in vars(self)

    def _kept(self, page: W) -> W:
        self.addWidget(page)
        return page

    def show_wider(self) -> None:
        """Show who the people of the file are tied to in other files."""
        self.wider.read()
        self._turn(self.wider)

    def _turn(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        page.setFocus()

    def _person(self, person: UUID) -> None:
        """Go from the picture to everything known of somebody."""
        if self.docket is not None:
            self.wanted.emit(self.people.seek(self.docket, person), None)

    def _say_compared(self) -> None:
        page = self.currentWidget()
        self.compared.emit(isinstance(page, Comparing) and page.comparing)
