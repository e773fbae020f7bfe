"""The document a form was prefilled from, readable beside it: the line of each field shows as the field is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QShowEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QSplitter, QTextEdit, QWidget

from casefile.files.queries.documents import DocumentText, document_text
from ui.shell.context import Context
from ui.widgets.document_view import TextView
from ui.widgets.form import Form
from ui.widgets.parts import column, label, readable

NOT_FOUND = "This field was not read from the document. Look for it there, or leave it."
LARGE = 1.5
"""From this size of type on the document stands below the form, not at its side."""
RECOGNISED_BY = 30
"""Characters of a row's own words by which its line is known again after rows were taken out."""


class SourceView(QWidget):
    """The words of one document, and the line that the field in hand was read from."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._form: Form | None = None
        self._evidence: Mapping[str, Mapping[str, Any]] = {}
        body = column(self, margins=(14, 14, 14, 14), gap=6)
        self._name = label("", "section-title", wrap=True)
        body.addWidget(self._name)
        self.doubts = readable("", "")
        body.addWidget(self.doubts)
        self.said = readable("", "quiet")
        body.addWidget(self.said)
        self.text = TextView("", "Text of the document")
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 7)
        body.addWidget(self.text, 1)
        self._following = False

    def showEvent(self, event: QShowEvent) -> None:
        """From the first showing on, follow the keyboard through the fields."""
        super().showEvent(event)
        handle = self.window().windowHandle()
        if handle is not None and not self._following:
            handle.focusObjectChanged.connect(self._reached)
            self._following = True

    def show_source(self, source: Mapping[str, Any], form: Form) -> None:
        """Show the document that a form was prefilled from."""
        self._form, self._evidence = form, source.get("evidence") or {}
        self._name.setText(f"Compare with {source.get('name', 'the document')}")
        self.said.setText(
            "Go through the fields: the line each was read from is marked here. Sign what is right."
        )
        doubts = source.get("doubts") or ()
        self.doubts.setText("\n".join(f"◆ {one}" for one in doubts))
        self.doubts.setVisible(bool(doubts))
        self.text.setPlainText("")
        document_id = UUID(str(source.get("document_id")))
        self._context.jobs.read(
            self, lambda desk: desk.read(document_text, document_id), self._arrived, slot="source"
        )

    def drop(self) -> None:
        """Let go of the document."""
        self._form, self._evidence = None, {}
        self.text.setPlainText("")

    def show_line_of(self, path: str) -> None:
        """Mark the line that a field, or a row of a group (``actions.2``), was read from."""
        found = self._evidence.get(path)
        if found is None:
            self.said.setText(NOT_FOUND)
            self.text.setExtraSelections([])
            return
        self.said.setText(f"Read from line {found.get('line')}: {found.get('text')}")
        self._mark(int(found.get("line") or 1), str(found.get("text") or ""))

    def _arrived(self, found: DocumentText) -> None:
        self.text.setPlainText(found.text or "No text could be read from this document.")
        self._reached(QApplication.focusWidget())

    def _reached(self, now: QObject | None) -> None:
        if self._form is not None and isinstance(now, QWidget) and self.isVisible():
            path = self._path(self._form, now)
            if path:
                self.show_line_of(path)

    def _path(self, form: Form, widget: QWidget) -> str:
        """The field or row that a widget belongs to; "" for none."""
        for key, editor in form.editors.items():
            if editor is widget or editor.isAncestorOf(widget):
                return key
        for key, group in form.groups.items():
            for row in group.rows:
                if row.isAncestorOf(widget):
                    return self._of_row(key, row.state())
        return ""

    def _of_row(self, group: str, row: Mapping[str, Any]) -> str:
        words = str(row.get("name") or row.get("what") or "")[:RECOGNISED_BY].casefold()
        held = (path for path in self._evidence if path.startswith(f"{group}."))
        return next(
            (path for path in held if words and words in str(self._evidence[path].get("text")).casefold()),
            group,
        )

    def _mark(self, line: int, words: str) -> None:
        """Mark a line, with those below that the page broke it into."""
        block = self.text.document().findBlockByNumber(line - 1)
        if not block.isValid():
            return
        cursor = QTextCursor(block)
        said = " ".join(block.text().split())
        while len(said) < len(words) and block.next().isValid():
            block = block.next()
            said = f"{said} {' '.join(block.text().split())}".strip()
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        mark.format.setBackground(QColor(self._context.theme.colours.accent_ground))
        self.text.setExtraSelections([mark])
        still = QTextCursor(cursor)
        still.setPosition(cursor.anchor())
        self.text.setTextCursor(still)
        self.text.centerCursor()


class Comparing(QSplitter):
    """A page, and beside it the document that its form was prefilled from, while there is one.

    Signals:
        compared: Whether a document stands beside the page now.
    """

    compared = Signal(bool)

    def __init__(self, page: QWidget, context: Context) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._context = context
        self.source = SourceView(context)
        self.source.hide()
        self.addWidget(page)
        self.addWidget(self.source)

    @property
    def comparing(self) -> bool:
        """Whether a document stands beside the page."""
        return not self.source.isHidden()

    def compare(self, form: Form | None) -> None:
        """Show the source of a form beside it; None when no form is open."""
        source = form.source if form is not None else None
        if form is None or not source:
            self.source.hide()
            self.source.drop()
        else:
            self.source.show()
            large = self._context.theme.scale >= LARGE
            self.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)
            self.setSizes([550, 450])
            self.source.show_source(source, form)
        self.compared.emit(bool(source))
