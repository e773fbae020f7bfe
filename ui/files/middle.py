"""The middle of an open file: whichever page the divider has."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea

from casefile.access.queries import OfficerRow
from casefile.files.queries.docket import DividerPage, DividerRow, Docket, divider_page
from casefile.files.queries.drafts import DraftRow
from ui.files.documents import DocumentsView
from ui.files.file_pages import FilePages
from ui.files.household import HouseholdNow
from ui.files.marks import AUDIT, CHRONOLOGY, DOCUMENTS, FRONT, PEOPLE, PICTURE
from ui.files.people import PeopleView
from ui.files.risk import risk_over_time
from ui.files.source import Comparing
from ui.record.around import ONE_COLUMN, TWO_COLUMNS, around_of
from ui.shell.context import Context
from ui.widgets.choice import Around
from ui.widgets.order import show
from ui.widgets.parts import clear


class Middle(FilePages):
    """The page of the divider that is open."""

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__(context, file_id)
        self._columns = -1

    def show_divider(
        self,
        docket: Docket,
        officers: tuple[OfficerRow, ...],
        key: str,
        thread: UUID | None = None,
        draft: UUID | None = None,
    ) -> None:
        """Show the page of a divider, at one of its records or drafts."""
        self.docket = docket
        around = around_of(self.context, docket, officers, self.width())
        divider = next((one for one in docket.dividers if one.key == key), None)
        if key == DOCUMENTS:
            self.documents.show_documents(docket)
            self.setCurrentWidget(self.documents)
        elif key == FRONT and not thread:
            self.front.show_file(docket, around)
            self.setCurrentWidget(self.first)
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
            self.records.reference = docket.reference
            clear(self.records.above)
            if key == "household":
                self.records.above.addWidget(HouseholdNow(self.context, docket))
            if key == "research" or self.has("research"):
                self.research.setVisible(key == "research")
            self.records.told_above = key == "research"
            if key == "research":
                self.research.read()
            self._read(divider, around, thread, draft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell when there is room for more columns than before, or for fewer."""
        super().resizeEvent(event)
        px = self.context.theme.px
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

    def amend(self) -> None:
        """Begin a new version of the record that is open."""
        if isinstance(self.currentWidget(), Comparing):
            self.records.amend()

    def enter(self) -> None:
        """Put the keyboard on the page."""
        page = self.currentWidget()
        if page is None:
            return
        if isinstance(page, Comparing):
            searched = self.has("research") and not self.research.isHidden()
            page = self.research if searched else self.records.records
        elif isinstance(page, QScrollArea):
            page = self.front
        page.setFocus()
        if page is vars(self).get("research"):
            show(self.research.grid)

    def _read(self, divider: DividerRow, around: Around, thread: UUID | None, draft: UUID | None) -> None:
        self.setCurrentWidget(self.comparing)
        file_id = self.file_id

        def arrived(page: DividerPage) -> None:
            chart = risk_over_time(self.context.theme, page.entries, self.context.desk.standards)
            if divider.key == "risk" and chart is not None:
                self.records.above.addWidget(chart)
            self.records.show_divider(divider, page, around, thread)
            wanted: DraftRow | None = next((one for one in page.drafts if one.id == draft), None)
            if wanted is not None:
                self.records.write_draft(wanted)

        self.context.jobs.read(
            self, lambda desk: desk.read(divider_page, file_id, divider.key), arrived, slot="divider"
        )
