"""The middle of an open file: whichever page the divider has."""

from __future__ import annotations

from typing import Any
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
from ui.shell.context import Context
from ui.widgets.choice import Around
from ui.widgets.order import show
from ui.widgets.page import scrolled
from ui.widgets.parts import clear
from ui.widgets.stack import Stack


class Middle(Stack):
    """The page of the divider that is open.

    Signals:
        wanted: Another divider is wanted; carries its key and a record, or None.
        moved: Something was signed or closed; the file should be read again.
        drafted: A draft is wanted; carries its identity and the key of its section.
        compared: Whether a form stands beside the document it was prefilled from.
        elsewhere: Another file is wanted; carries its identity, and a divider and a record of it or nothing.
        refitted: There is room for more columns than before, or for fewer.
    """

    wanted = Signal(str, object)
    moved = Signal()
    drafted = Signal(object, str)
    compared = Signal(bool)
    refitted = Signal()
    elsewhere = Signal(object, str, object)

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self._columns = -1
        self._docket: Docket | None = None
        self.records = DividerView(context, file_id)
        self.records.moved.connect(self.moved)
        self.records.wanted.connect(self.wanted)
        self.records.drafted.connect(self.drafted)
        self.research = ResearchView(context, file_id)
        self.research.wanted.connect(self.wanted)
        self.research.drafted.connect(self.drafted)
        self.research.hide()
        self.records.first.addWidget(self.research)
        self.front = FrontSheet(context)
        self.front.wanted.connect(self.wanted)
        self.people = PeopleView(context, file_id)
        self.documents = DocumentsView(context, file_id)
        self.documents.drafted.connect(self.drafted)
        self.audit = AuditView(context, file_id)
        self.chronology = ChronologyView(context, file_id)
        self.chronology.wanted.connect(self.wanted)
        self.chronology.elsewhere.connect(self.elsewhere)
        self.chronology.bring_in.connect(lambda: ask_chronology(context, file_id, self.chronology))
        self.picture = PictureView(context, file_id)
        self.picture.person.connect(self._person)
        self.wider = WiderView(context, file_id)
        self.wider.person.connect(self._person)
        self.wider.file.connect(lambda file: self.elsewhere.emit(file, "", None))
        self.picture.chart.connect(self.show_wider)
        self.wider.back.connect(lambda: self._turn(self.picture))
        self.comparing = Comparing(scrolled(self.records, "Records", surface=True), context)
        self.records.writing.connect(self.comparing.compare)
        self.comparing.compared.connect(self._say_compared)
        self.currentChanged.connect(self._say_compared)
        self._first: QScrollArea = scrolled(self.front, "Front sheet", surface=True)
        for page in (self.comparing, self._first, self.people, self.documents, self.audit, self.chronology,
                     self.picture, self.wider):  # fmt: skip
            self.addWidget(page)

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
        if page is self.people:
            self.people.add()
        elif page is self.documents:
            self.documents.add()
        elif page is self.comparing:
            self.records.new_record()

    def enter(self) -> None:
        """Put the keyboard on the page."""
        page: Any = self.currentWidget()
        records = self.records.records if self.research.isHidden() else self.research
        inside = {self.comparing: records, self._first: self.front}
        inside.get(page, page).setFocus()
        if records is self.research:
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
        self.compared.emit(self.currentWidget() is self.comparing and self.comparing.comparing)

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
