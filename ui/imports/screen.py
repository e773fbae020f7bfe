"""Import: files chosen or dropped here, brought in one after another, each whole or not at all, and told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedLayout, QWidget

from casefile.errors import CasefileError
from casefile.exchange.docket import Index
from casefile.work.changed import Done
from ui.imports.batch import KNOWN, Queued, bring_in, bring_in_index, look
from ui.imports.mapping_view import Mapped, MappingView
from ui.imports.received import Received
from ui.imports.report_view import ReportView
from ui.imports.told import Told, refused, told_of
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import PageHead, scrolled
from ui.widgets.parts import button, card, clear, column, keys, label, readable, row
from ui.widgets.progress import ProgressView

KINDS = (
    ("Children in Need census", ".xml", "Every child of an authority’s yearly return becomes a case file."),
    ("Docket index", ".csv .xlsx", "A register of paper dockets: you say which column holds what, and see the first rows."),
    ("Whole case file", ".json", "As Casefile exports it."),
)  # fmt: skip
START = (
    "Nothing is brought in before the whole of a file was read; what is doubtful is brought in and marked. "
    "The same file again changes nothing. Minutes, reports and mails go into a file: open it, then Documents."
)
BESIDE = 700
"""Pixels at 100 % from which the files chosen stand beside their report."""
_MARKS = {
    "waiting": ("waiting", "plain"),
    "running": ("under way", "accent"),
    "asking": ("asks for its columns", "accent"),
    "refused": ("not brought in", "danger"),
    "left out": ("left out", "plain"),
}


class ImportScreen(Screen):
    """Choose, say which column holds what, watch, read the reports."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._queue: list[Queued] = []
        self.setAcceptDrops(True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._front())
        self.mapping = MappingView(context)
        self.mapping.ready.connect(self._mapped)
        self.mapping.left_out.connect(self._left_out)
        self.mapping.sheet_wanted.connect(self._other_sheet)
        self._stack.addWidget(self.mapping)

    @property
    def queue(self) -> tuple[Queued, ...]:
        """The files chosen since the page was opened, the newest last."""
        return tuple(self._queue)

    def shown(self, place: Any = None) -> None:
        """Ready to choose, or to go on with what is asked."""
        if self._stack.currentIndex() == 0:
            self._choose.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Files stand beside their report where there is room, else above it."""
        super().resizeEvent(event)
        beside = self.width() >= self._context.theme.px(BESIDE)
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def commands(self) -> tuple[Command, ...]:
        """Choosing files."""
        return (Command("Import: choose files", self.choose, "Ctrl+O"),)

    def choose(self) -> None:
        """Choose files on the disk."""
        if not self.received.may_stand():
            return
        endings = " ".join(f"*{one}" for one in KNOWN)
        paths, _ = QFileDialog.getOpenFileNames(
            self, "Files to bring in", "", f"Returns, docket indexes and case files ({endings})"
        )
        self.bring_in([Path(one) for one in paths])

    def bring_in(self, paths: list[Path]) -> None:
        """Put files at the end of the queue; they are brought in one after another."""
        if self.received.may_stand():
            self._queue += [Queued(one, received_on=self.received.day()) for one in paths]
            self._next()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        self.bring_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _front(self) -> QWidget:
        front = QWidget()
        body = column(front, gap=0)
        self._choose = button("Choose files …", self.choose, name="primary", hint="Ctrl+O")
        keys(front, "Ctrl+O", self.choose)
        body.addWidget(PageHead("Import", "", self._choose))
        page = QWidget()
        body.addWidget(scrolled(page, "Files brought in"), 1)
        inner = column(page, margins=(20, 14, 20, 14), gap=12)
        about, self._more = _about()
        inner.addWidget(about)
        self.received = Received(self._context.today)
        inner.addWidget(self.received)
        self._busy = column(gap=6)
        inner.addLayout(self._busy)
        self.list = ItemList(self._context.theme, "Files chosen")
        self.list.setMinimumWidth(self._context.theme.px(250))
        self.list.chosen.connect(self._show_report)
        self.list.opened.connect(self._opened)
        self.report = ReportView(self._context)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self.report)
        self.list.setMinimumHeight(self._context.theme.px(90))
        self.report.setMinimumHeight(self._context.theme.px(330))
        self._split.setSizes([340, 860])
        self._split.setStretchFactor(1, 1)
        self._empty = Empty(
            "Nothing was brought in yet", "What comes of each file stands here, with what is doubtful."
        )
        inner.addWidget(self._empty, 1)
        inner.addWidget(self._split, 1)
        self._split.hide()
        return front

    def _next(self) -> None:
        """Go on with the first file that waits, unless one is under way or asks."""
        self._show_queue()
        if any(one.state in ("running", "asking") for one in self._queue):
            return
        one = next((one for one in self._queue if one.state == "waiting"), None)
        if one is None:
            return
        one.state = "running"
        if one.is_index:
            self._look(one)
        else:
            desk = self._context.desk
            self._run(one, lambda job: bring_in(desk, one, job))

    def _look(self, one: Queued, sheet: str = "") -> None:
        """Open an index off the UI thread, then ask about its columns."""

        def found(what: tuple[Index, bytes]) -> None:
            one.index, one.data = what
            one.state = "asking"
            self._show_queue()
            self._ask(one)

        path = one.path
        self._context.jobs.read(
            self,
            lambda _: look(path, sheet),
            found,
            failed=lambda error: self._over(one, refused(error)),
            slot="look",
        )
        self._show_queue()

    def _ask(self, one: Queued) -> None:
        if one.index is not None:
            self._stack.setCurrentIndex(1)
            self.mapping.show_index(one.index)

    def _asking(self) -> Queued | None:
        return next((one for one in self._queue if one.state == "asking"), None)

    def _mapped(self, mapped: Mapped) -> None:
        one = self._asking()
        if one is None:
            return
        self._stack.setCurrentIndex(0)
        one.state = "running"
        desk = self._context.desk
        self._run(one, lambda job: bring_in_index(desk, one, mapped, job))

    def _left_out(self) -> None:
        one = self._asking()
        self._stack.setCurrentIndex(0)
        if one is not None:
            said = "Left out; nothing of it was brought in."
            self._over(one, Told(said, (said,), refused=True), "left out")

    def _other_sheet(self, sheet: str) -> None:
        if (one := self._asking()) is not None:
            one.state = "running"
            self._look(one, sheet)

    def _run(self, one: Queued, ask: Any) -> None:
        """Bring a file in with progress and cancel."""
        shown = ProgressView(one.path.name)
        self._busy.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)

        def done(found: Done[Any]) -> None:
            clear(self._busy)
            self._over(one, told_of(found.result), "done")

        def failed(error: CasefileError) -> None:
            clear(self._busy)
            self._over(one, refused(error))

        job = self._context.jobs.long(self, f"Import of {one.path.name}", ask, done, failed=failed)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)
        self._show_queue()

    def _over(self, one: Queued, told: Told, state: str = "refused") -> None:
        if self._stack.currentIndex() == 1 and self._asking() is None:
            self._stack.setCurrentIndex(0)
        one.state, one.told, one.index, one.data = state, told, None, b""
        self._show_queue()
        self.list.choose(self._queue.index(one))
        self._show_report(self._queue.index(one))
        self._next()

    def _show_queue(self) -> None:
        self._empty.setVisible(not self._queue)
        self._more.setVisible(not self._queue)
        self._split.setVisible(bool(self._queue))
        self.list.show_items([self._item(place, one) for place, one in enumerate(self._queue)])

    def _item(self, place: int, one: Queued) -> Item:
        if one.state == "done" and one.told is not None:
            count = len(one.told.doubts)
            mark, tone = (f"{count:,} doubtful", "late") if count else ("done", "done")
        else:
            mark, tone = _MARKS[one.state]
        said = one.told.sentence.split(". ") if one.told is not None else [""]
        why = said[1 if one.state == "done" and len(said) > 1 else 0].rstrip(".")
        return Item(one.path.name, why, mark, tone, place)

    def _opened(self, place: int | None) -> None:
        """Enter or a click on a file: its report, or the question it waits with."""
        self._show_report(place)
        if place is not None and self._queue[place].state == "asking":
            self._ask(self._queue[place])

    def _show_report(self, place: int | None) -> None:
        if place is None or not self._queue:
            return
        one = self._queue[place]
        waiting = Told(
            {"waiting": "It waits for the files before it."}.get(one.state, "It is being brought in.")
        )
        self.report.show_told(one.path.name, one.told or waiting)


def _about() -> tuple[QWidget, QWidget]:
    """What may be dropped: a card, and the part of it that makes room once there are files."""
    frame = card()
    body = column(frame, margins=16, gap=8)
    body.addWidget(label("Choose files, or drop them anywhere on this page", "section-title", wrap=True))
    more = QWidget()
    inside = column(more, gap=8)
    kinds = row(gap=24)
    for title, endings, about in KINDS:
        one = column(gap=1)
        one.addWidget(label(title, "strong"))
        one.addWidget(label(endings, "small"))
        one.addWidget(label(about, "quiet", wrap=True))
        one.addStretch(1)
        kinds.addLayout(one, 1)
    inside.addLayout(kinds)
    inside.addWidget(readable(START, "small"))
    body.addWidget(more)
    return frame, more
