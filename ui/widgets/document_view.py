"""A document read inside the app: its text, or its pages as they are, straight from memory."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, label

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class PdfView(QWidget):
    """The pages of a PDF held in memory; never written to a file."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        body = column(self, gap=6)
        self._said: QLabel = label("", "quiet", wrap=True)
        body.addWidget(self._said)
        tools = Flow(gap=6)
        tools.addWidget(button("Previous page", lambda: self.turn(-1)))
        tools.addWidget(button("Next page", lambda: self.turn(1)))
        tools.addWidget(button("Smaller", lambda: self.zoom(-1)))
        tools.addWidget(button("Larger", lambda: self.zoom(1)))
        body.addLayout(tools)
        self.view = QPdfView(self)
        self.view.setAccessibleName(name)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        body.addWidget(self.view, 1)
        self.view.pageNavigator().currentPageChanged.connect(lambda _: self._tell())
        self._tell()

    def turn(self, by: int) -> None:
        """Go to another page."""
        navigator = self.view.pageNavigator()
        page = min(max(navigator.currentPage() + by, 0), max(self.document.pageCount() - 1, 0))
        navigator.jump(page, navigator.currentLocation(), navigator.currentZoom())

    def zoom(self, by: int) -> None:
        """Make pages larger or smaller."""
        now = self.view.zoomFactor() if self.view.zoomMode() == QPdfView.ZoomMode.Custom else 1.0
        place = min(range(len(ZOOMS)), key=lambda one: abs(ZOOMS[one] - now)) + by
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(ZOOMS[min(max(place, 0), len(ZOOMS) - 1)])

    def drop(self) -> None:
        """Let go of the document: nothing of it stays in memory behind a lock."""
        self.document.close()
        self._buffer.setData(QByteArray())

    def _tell(self) -> None:
        pages = self.document.pageCount()
        self._said.setText(
            f"Page {self.view.pageNavigator().currentPage() + 1} of {pages}"
            if pages
            else "This PDF cannot be shown as pages. Read its text instead."
        )


class TextView(QPlainTextEdit):
    """The text of a document, to read and to copy from; never rich, so nothing in it can be fetched."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.setObjectName("reading")
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setPlainText(text or "No text could be read from this document.")
