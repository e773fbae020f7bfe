"""Documents of a file: added whole, read inside the app, never written to the disk in the clear."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QTabWidget, QWidget

from casefile.errors import Unavailable
from casefile.files.actions.documents import add_document
from casefile.files.queries.docket import Docket, DocumentRow
from casefile.files.queries.documents import DocumentView, document
from casefile.record.dates import short_date
from casefile.work.names import Permission
from ui.shell.context import Context
from ui.widgets.document_view import PdfView, TextView
from ui.widgets.empty import Empty
from ui.widgets.parts import button, clear, column, label, readable, row
from ui.widgets.progress import ProgressView
from ui.widgets.table import Column, Table

LARGEST = 512 * 1024 * 1024
COLUMNS = (
    Column("", "Document", lambda one: one.name, width=0),
    Column("", "Received", lambda one: short_date(one.received_on), width=110),
    Column("", "From", lambda one: one.origin or "", width=180),
    Column("", "Size", lambda one: size_words(one.size), width=90, number=True),
)


class DocumentsView(QWidget):
    """The list above, the document below."""

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self._wanted: UUID | None = None
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(context.may(Permission.KEEP_FILES))
        body = column(self, margins=(20, 14, 20, 8), gap=8)
        head = row()
        head.addWidget(label("Documents", "section-title"))
        head.addWidget(label("Opened here, never as clear files on the disk", "quiet"), 1)
        new = button("Add documents …", self.add, name="primary", hint="Ctrl+N, or drop files here")
        new.setEnabled(context.may(Permission.KEEP_FILES))
        head.addWidget(new)
        body.addLayout(head)
        self._busy = column(gap=0)
        body.addLayout(self._busy)
        self.table = Table(COLUMNS, context.theme, "Documents")
        self.table.opened.connect(self._open)
        lower = QWidget()
        self._below = column(lower, gap=6)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([context.theme.px(190), context.theme.px(480)])
        body.addWidget(split, 1)
        self.setFocusProxy(self.table)

    def show_documents(self, docket: Docket) -> None:
        """List the documents of a file."""
        self.table.rows.show_rows(docket.documents)
        self.table.choose(0)
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
        """Add files, one after another, each whole or not at all."""
        if not paths:
            return
        shown = ProgressView("Adding documents")
        self._busy.addWidget(shown)
        file_id, context = self._file_id, self._context

        def work(job: object) -> object:
            done = None
            for path in paths:
                data = read_bytes(path)
                done = context.desk.with_(progress=job).do(add_document, file_id, path.name, data)  # type: ignore[arg-type]
                context.jobs.changed.emit(done.changed)
            return done

        def over(_: object) -> None:
            shown.hide()
            shown.deleteLater()

        def failed(error: object) -> None:
            over(None)
            context.jobs.trouble.emit(error)

        job = context.jobs.long(self, "Adding documents", work, over, failed=failed)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)

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
        clear(self._below)
        self._below.addWidget(label(found.row.name, "strong"))
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

    from ui.widgets.page import scrolled

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
