"""The middle of an open file: whichever page the divider has."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from casefile.access.queries import OfficerRow
from casefile.files.queries.docket import DividerPage, DividerRow, Docket, divider_page
from casefile.files.queries.drafts import DraftRow
from ui.files.audit import AuditView
from ui.files.chronology import ChronologyView
from ui.files.chronology_import import ask_chronology
from ui.files.divider import DividerView
from ui.files.documents import DocumentsView
from ui.files.front import FrontSheet
from ui.files.household import HouseholdNow
from ui.files.marks import AUDIT, CHRONOLOGY, DOCUMENTS, FRONT, PEOPLE, PICTURE
from ui.files.people import PeopleView
from ui.files.picture import PictureView
from ui.files.research import ResearchView
from ui.files.risk import risk_over_time
from ui.files.source import Comparing
from ui.files.wider import WiderView
from ui.record.around import ONE_COLUMN, TWO_COLUMNS, around_of
from ui.record.entry_form import EntryForm
from ui.shell.context import Context
from ui.widgets.choice import Around
from ui.widgets.order import show
from ui.widgets.page import scrolled
from ui.widgets.parts import clear
from ui.widgets.stack import Stack

W = TypeVar("W", bound=QWidget)


class Middle(Stack):
    """The page of the divider that is open; each is made when it is first wanted.

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
        self._context, self._file_id = context, file_id
        self._columns = -1
        self._docket: Docket | None = None
        self.currentChanged.connect(self._say_compared)

    @cached_property
    def records(self) -> DividerView:
        """The records behind the divider that is open."""
        made = DividerView(self._context, self._file_id)
        made.moved.connect(self.moved)
        made.wanted.connect(self.wanted)
        made.drafted.connect(self.drafted)
        return made

    @cached_property
    def research(self) -> ResearchView:
        """What stands before the records of research."""
        made = ResearchView(self._context, self._file_id)
        made.wanted.connect(self.wanted)
        made.drafted.connect(self.drafted)
        made.hide()
        self.records.first.addWidget(made)
        return made

    @cached_property
    def comparing(self) -> Comparing:
        """The records, and beside a form the document that it was prefilled from."""
        made = Comparing(scrolled(self.records, "Records", surface=True), self._context)
        self.records.writing.connect(made.compare)
        made.compared.connect(self._say_compared)
        return self._kept(made)

    @cached_property
    def front(self) -> FrontSheet:
        """The first page of the file."""
        made = FrontSheet(self._context)
        made.wanted.connect(self.wanted)
        made.allocating.connect(self.allocating)
        return made

    @cached_property
    def _first(self) -> QScrollArea:
        return self._kept(scrolled(self.front, "Front sheet", surface=True))

    @cached_property
    def people(self) -> PeopleView:
        """The people of the file."""
        return self._kept(PeopleView(self._context, self._file_id))

    @cached_property
    def documents(self) -> DocumentsView:
        """What is kept whole."""
        made = DocumentsView(self._context, self._file_id)
        made.drafted.connect(self.drafted)
        return self._kept(made)

    @cached_property
    def audit(self) -> AuditView:
        """Who did and read what in the file."""
        return self._kept(AuditView(self._context, self._file_id))

    @cached_property
    def chronology(self) -> ChronologyView:
        """Everything that happened."""
        made = ChronologyView(self._context, self._file_id)
        made.wanted.connect(self.wanted)
        made.elsewhere.connect(self.elsewhere)
        made.bring_in.connect(lambda: ask_chronology(self._context, self._file_id, made))
        return self._kept(made)

    @cached_property
    def picture(self) -> PictureView:
        """The family drawn on any day."""
        made = PictureView(self._context, self._file_id)
        made.person.connect(self._person)
        made.chart.connect(self.show_wider)
        return self._kept(made)

    @cached_property
    def wider(self) -> WiderView:
        """Who the people of the file are tied to in other files."""
        made = WiderView(self._context, self._file_id)
        made.person.connect(self._person)
        made.file.connect(lambda file: self.elsewhere.emit(file, "", None))
        made.back.connect(lambda: self._turn(self.picture))
        return self._kept(made)

    @property
    def form(self) -> EntryForm | None:
        """The form that is open."""
        return self.records.form if self._has("records") else None

    def _has(self, page: str) -> bool:
        """Whether a page was wanted yet: each is made when it is."""
        return page in vars(self)

    def _kept(self, page: W) -> W:
        self.addWidget(page)
        return page

    def show_divider(
        self,
        docket: Docket,
        officers: tuple[OfficerRow, ...],
        key: str,
        thread: UUID | None = None,
        draft: UUID | None = None,
    ) -> None:
        """Show the page of a divider, at one of its records or drafts."""
        self._docket = docket
        self.records.reference = docket.reference
        around = around_of(self._context, docket, officers, self.width())
        divider = next((one for one in docket.dividers if one.key == key), None)
        if key == DOCUMENTS:
            self.documents.show_documents(docket)
            self.setCurrentWidget(self.documents)
        elif key == FRONT and not thread:
            self.front.show_file(docket, around)
            self.setCurrentWidget(self._first)
        elif key == PICTURE:
            self.picture.show_file(docket)
            self.setCurrentWidget(self.picture)
        elif key == AUDIT:
            self.audit.read()
            self.setCurrentWidget(self.audit)
        elif divider is not None and key == CHRONOLOGY:
            self.chronology.show_file(docket, f"The standard asks: {divider.asks} ({divider.source})")
            self.setCurrentWidget(self.chronology)
        elif divider is not None and key in PEOPLE and not divider.sections:
            self.people.show_people(docket, around, key)
            self.setCurrentWidget(self.people)
        elif divider is not None:
            clear(self.records.above)
            if key == "household":
                self.records.above.addWidget(HouseholdNow(self._context, docket))
            if key == "research" or self._has("research"):
                self.research.setVisible(key == "research")
            self.records.told_above = key == "research"
            if key == "research":
                self.research.read()
            self._read(divider, around, thread, draft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell when there is room for more columns than before, or for fewer."""
        super().resizeEvent(event)
        px = self._context.theme.px
        columns = sum(self.width() >= px(least) for least in (ONE_COLUMN, TWO_COLUMNS))
        if columns != self._columns:
            self._columns = columns
            self.refitted.emit()

    def new(self) -> None:
        """Begin what belongs behind the divider that is open."""
        page = self.currentWidget()
        if isinstance(page, PeopleView | DocumentsView):
            page.add()
        elif isinstance(page, Comparing):
            self.records.new_record()

    def enter(self) -> None:
        """Put the keyboard on the page."""
        page = self.currentWidget()
        if page is None:
            return
        if isinstance(page, Comparing):
            searched = self._has("research") and not self.research.isHidden()
            page = self.research if searched else self.records.records
        elif isinstance(page, QScrollArea):
            page = self.front
        page.setFocus()
        if page is vars(self).get("research"):
            show(self.research.grid)

    def show_wider(self) -> None:
        """Show who the people of the file are tied to in other files."""
        self.wider.read()
        self._turn(self.wider)

    def _turn(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        page.setFocus()

    def _person(self, person: UUID) -> None:
        """Go from the picture to everything known of somebody."""
        if self._docket is not None:
            self.wanted.emit(self.people.seek(self._docket, person), None)

    def _say_compared(self) -> None:
        page = self.currentWidget()
        self.compared.emit(isinstance(page, Comparing) and page.comparing)

    def _read(self, divider: DividerRow, around: Around, thread: UUID | None, draft: UUID | None) -> None:
        self.setCurrentWidget(self.comparing)
        file_id = self._file_id

        def arrived(page: DividerPage) -> None:
            chart = risk_over_time(self._context.theme, page.entries, self._context.desk.standards)
            if divider.key == "risk" and chart is not None:
                self.records.above.addWidget(chart)
            self.records.show_divider(divider, page, around, thread)
            wanted: DraftRow | None = next((one for one in page.drafts if one.id == draft), None)
            if wanted is not None:
                self.records.write_draft(wanted)

        self._context.jobs.read(
            self, lambda desk: desk.read(divider_page, file_id, divider.key), arrived, slot="divider"
        )
