"""Documents of a file: added whole, read inside the app, never written to the disk in the clear."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QSplitter, QTabWidget, QWidget

from casefile.errors import Cancelled, CasefileError, Invalid, Unavailable
from casefile.exchange.documents.bring_in import bring_in_document, draft_from_document
from casefile.exchange.documents.report import DocumentReport, Prefilled
from casefile.exchange.readers import read_whole
from casefile.files.queries.docket import Docket, DocumentRow
from casefile.files.queries.documents import DocumentView, document
from casefile.record.dates import short_date
from casefile.work.names import Permission
from ui.files.brought import Brought
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.document_view import PdfView, TextView
from ui.widgets.elided import Elided
from ui.widgets.empty import Empty
from ui.widgets.page import scrolled
from ui.widgets.parts import button, clear, column, ground, label, readable, row
from ui.widgets.progress import ProgressView
from ui.widgets.table import Column, Table

LARGEST = 512 * 1024 * 1024
COLUMNS = (
    Column("", "Document", lambda one: f"↳ {one.name}" if one.parent_id else one.name, width=0),
    Column("", "Received", lambda one: short_date(one.received_on), width=110),
    Column("", "From", lambda one: one.origin or "", width=180),
    Column("", "Size", lambda one: size_words(one.size), width=90, number=True),
)


class DocumentsView(QWidget):
    """The list above, the document below.

    Signals:
        drafted: A form prefilled from a document is to be opened; carries the draft and its section.
    """

    drafted = Signal(object, str)

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self._empty = False
        self.setAcceptDrops(context.may(Permission.KEEP_FILES))
        inner = ground("surface")
        column(self).addWidget(scrolled(inner, "Documents", surface=True))
        body = column(inner, margins=(20, 14, 20, 8), gap=8)
        head = row()
        head.addWidget(label("Documents", "section-title"))
        head.addWidget(Elided("Opened here, never as clear files on the disk", "quiet"), 1)
        new = button("Add documents …", self.add, name="primary", hint="Ctrl+N, or drop files here")
        new.setEnabled(context.may(Permission.KEEP_FILES))
        head.addWidget(new)
        body.addLayout(head)
        self._busy = column(gap=0)
        body.addLayout(self._busy)
        self._report = column(gap=0)
        body.addLayout(self._report)
        self.table = Table(COLUMNS, context.theme, "Documents")
        self.table.opened.connect(self._open)
        lower = QWidget()
        self._below = column(lower, gap=6)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        self.table.setMinimumHeight(context.theme.px(110))
        lower.setMinimumHeight(context.theme.px(220))
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([context.theme.px(190), context.theme.px(480)])
        body.addWidget(split, 1)
        self.setFocusProxy(self.table)

    def show_documents(self, docket: Docket) -> None:
        """List the documents of a file."""
        self.table.rows.show_rows(docket.documents)
        self.table.choose(0)
        if docket.documents and self._empty:
            clear(self._below)
        self._empty = not docket.documents
        if not docket.documents:
            clear(self._below)
            self._below.addWidget(
                Empty("No documents yet", "Minutes, reports, mails and photographs are kept whole, and their text is "
                      "read for search. Drop files here, or add them.", "Add documents …", self.add)
            )  # fmt: skip

    def add(self) -> None:
        """Choose files to add."""
        paths, _ = QFileDialog.getOpenFileNames(self, "Documents to add")
        self.add_paths([Path(one) for one in paths])

    def add_paths(self, paths: list[Path]) -> None:
        """Add files, one after another, each whole with all inside it or not at all, and tell what they hold."""
        if not paths:
            return
        clear(self._report)
        shown = ProgressView("Adding documents")
        self._busy.addWidget(shown)
        file_id, context = self._file_id, self._context

        reports: list[DocumentReport] = []
        troubles: list[str] = []

        def work(job: Job) -> None:
            for path in paths:
                try:
                    parts = read_whole(path.name, read_bytes(path), job)
                    done = context.desk.with_(progress=job).do(bring_in_document, file_id, parts)
                except Cancelled:
                    troubles.append(f"{path.name}: stopped; nothing of it was filed.")
                    return
                except CasefileError as error:
                    troubles.append(f"{path.name}: {error}")
                else:
                    reports.append(done.result)
                    context.jobs.changed.emit(done.changed)

        def over(_: object) -> None:
            shown.hide()
            shown.deleteLater()
            self._tell(reports, troubles)

        def failed(error: object) -> None:
            over(None)
            context.jobs.trouble.emit(error)

        job = context.jobs.long(self, "Adding documents", work, over, failed=failed)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

    def _tell(self, reports: list[DocumentReport], troubles: list[str]) -> None:
        """Say what was read and found, and offer the forms that wait."""
        told = Brought(self._context.theme, reports, troubles)
        told.confirm.connect(lambda draft, record: (clear(self._report), self.drafted.emit(draft, record)))
        told.record.connect(self._record)
        told.done.connect(self._told)
        clear(self._report)
        self._report.addWidget(told)
        if told.buttons and self.isAncestorOf(QApplication.focusWidget() or self):
            told.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self) -> None:
        clear(self._report)
        self.table.setFocus()

    def _record(self, document_id: UUID, record: str) -> None:
        """Start the form of a meeting from a document, and open it."""

        def begun(found: Prefilled) -> None:
            if found.draft_id is not None:
                clear(self._report)
                self.drafted.emit(found.draft_id, found.record)
            else:
                self._context.jobs.trouble.emit(Invalid(found.why_not, kept="No form was started."))

        self._context.jobs.write(self, lambda desk: desk.do(draft_from_document, document_id, record), begun)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _open(self, one: DocumentRow) -> None:
        wanted = one.id
        self._context.jobs.read(self, lambda desk: desk.read(document, wanted), self._show, slot="document")

    def _show(self, found: DocumentView) -> None:
        clear(self._report)
        clear(self._below)
        head = row()
        head.addWidget(Elided(found.row.name, "strong"), 1)
        if found.text and self._context.may(Permission.KEEP_FILES):
            document_id = found.row.id
            head.addWidget(
                button("Write minutes from it", lambda: self._record(document_id, "minutes"),
                       hint="Opens the minutes form with what can be read from this document, and its text beside it")
            )  # fmt: skip
        self._below.addLayout(head)
        for warning in found.row.warnings:
            self._below.addWidget(readable(f"◆ {warning}", "quiet"))
        tabs = QTabWidget()
        tabs.setAccessibleName(f"Document {found.row.name}")
        text = TextView(found.text, f"Text of {found.row.name}")
        if found.row.media_type == "application/pdf":
            tabs.addTab(PdfView(found.data, f"Pages of {found.row.name}"), "Pages")
        elif found.row.media_type.startswith("image/"):
            tabs.addTab(picture(found.data, found.row.name), "Picture")
        tabs.addTab(text, "Text")
        self._below.addWidget(tabs, 1)
        tabs.setFocus()


def picture(data: bytes, name: str) -> QWidget:
    """A picture from memory, fitted to the room."""
    from PySide6.QtGui import QPixmap

    shown = label("This picture cannot be shown.")
    pixmap = QPixmap()
    if pixmap.loadFromData(data):
        shown.setPixmap(
            pixmap.scaledToWidth(min(pixmap.width(), 1100), Qt.TransformationMode.SmoothTransformation)
        )
    shown.setAccessibleName(f"Picture {name}")
    return scrolled(shown, name)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file on the disk; Unavailable with a sentence when it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unavailable(
                f"{path.name} is larger than {size_words(LARGEST)}.", remedy="Split it and try again."
            )
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"{path.name} cannot be read.", remedy="Check that it is there and try again."
        ) from error


def size_words(size: int) -> str:
    """A size as people say it: ``12 kB``, ``3.4 MB``."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
