"""The review queue: files at the left, the one chosen at the right; signed, the next one comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget

from casefile.access.queries import OfficerRow, officers
from casefile.desk import Desk
from casefile.paper.book import new_file
from casefile.paper.queue import print_queue
from casefile.supervision.queue import QueuePage, QueueRow, default_whose, review_queue
from casefile.supervision.saved import SavedFilter, forget_filter, keep_filter, kept_filters
from casefile.work.changed import Changed, Done
from casefile.work.names import Kind
from ui.record.printing import print_supervision_of
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.supervision.filters import Filters
from ui.supervision.marks import queue_item
from ui.supervision.review import ReviewPage
from ui.widgets.dialogs import Ask, Field
from ui.widgets.empty import Empty
from ui.widgets.lists import ItemList
from ui.widgets.page import PageHead, scrolled
from ui.widgets.parts import button, column, ground, keys

PAGE = 100
RESTING = 150
"""Milliseconds on a file before its page is read: the arrow keys run past others."""

_NOTHING = {
    "mine": (
        "No file waits for you",
        (
            "Files whose review is due, and files that an alarm has put here, stand in this queue, the most dangerous "
            "first. Choose All files above to see those of other supervisors."
        ),
    ),
    "told": (
        "No file has gone up to you",
        (
            "Files with an alarm that your rank is told of stand here, and files whose review by you is due, the most "
            "dangerous first. Choose All files above to see every file that waits for a supervisor."
        ),
    ),
}


class ReviewScreen(Screen):
    """The room."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[QueueRow, ...] = ()
        self._next: UUID | None = None
        body = column(self, gap=0)
        self._more = button("More files", lambda: self._read(len(self._rows)), name="link")
        self._more.hide()
        self.head = PageHead("Review queue", "", self._more, button("Print", self._ask_where, hint="Ctrl+P"))
        body.addWidget(self.head)
        self.filters = Filters(context)
        self.filters.changed.connect(self._read)
        self.filters.keep.connect(self.ask_name)
        self.filters.drop.connect(self._forget)
        body.addWidget(self.filters)
        self.queue = ItemList(context.theme, "Files that want a review", browse=True)
        self.queue.opened.connect(lambda _: self.page.begin())
        self.queue.chosen.connect(lambda _: self._wait.start())
        self.page = ReviewPage(context)
        self.page.signed.connect(self._signed)
        self.page.wanted.connect(lambda place: self.go.emit("files", place))
        self.page.left.connect(self.queue.setFocus)
        left = ground("surface")
        column(left, margins=(8, 8, 0, 0)).addWidget(self.queue)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(scrolled(self.page, "The file under review"))
        split.setSizes([context.theme.px(500), context.theme.px(700)])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(Empty(*_NOTHING[default_whose(context.desk.actor.role)]))
        self._stack.addWidget(
            Empty(
                "No file of the queue fits what is asked for above",
                "Files that wait are still there: ask for less.",
                "Show them all",
                self.filters.clear,
            )
        )
        body.addWidget(self._stack, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(RESTING)
        self._wait.timeout.connect(self.show_chosen)
        keys(self, "Alt+1", self.queue.setFocus)
        keys(self, "Alt+2", self.page.alarms.setFocus)
        keys(self, "Alt+3", self.page.changed.begin)
        keys(self, "Alt+4", self.page.begin)
        keys(self, "F5", self.page.show_news)
        keys(self, "Ctrl+O", self._open)
        keys(self, "Ctrl+P", self._ask_where)
        keys(self, "Ctrl+Shift+P", self._print_history)

    def shown(self, place: Any = None) -> None:
        """Read the queue; *place* is the file to choose."""
        self._next = place if isinstance(place, UUID) else self._next
        self._read()
        self._read_choices()
        self.queue.setFocus()

    def place(self) -> Any:
        """The file chosen."""
        return self.page.file_id

    def keep(self) -> None:
        """Save at once what was typed."""
        self.page.keep()

    def on_changed(self, changed: Changed) -> None:
        """Alarms, reviews or files changed."""
        self.page.on_changed(changed)
        if changed.concerns(Kind.ALARM, Kind.ENTRY, Kind.TASK, Kind.CASE_FILE, Kind.RESTRICTION):
            self._read(again=True, quiet=changed.elsewhere)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        return (
            Command("See what changed", self.page.changed.begin, "Alt+3"),
            Command("Write the note", self.page.begin, "Alt+4"),
            Command("Open this file", self._open, "Ctrl+O"),
            Command("Keep this filter", self.ask_name),
            Command("Print the supervision history", self._print_history, "Ctrl+Shift+P"),
            Command("Print the queue", self._ask_where, "Ctrl+P"),
        )

    def _read(self, offset: int = 0, *, again: bool = False, quiet: bool = False) -> None:
        """Read a page of the queue; *again*, as much as is shown; *quiet*, and the file in hand stays."""
        wanted, limit = self.filters.chosen(), max(len(self._rows), PAGE) if again else PAGE
        self._context.jobs.read(
            self,
            lambda desk: desk.read(review_queue, wanted, offset=offset, limit=limit),
            lambda page: self._arrived(page, offset, quiet=quiet),
            slot="queue",
        )

    def _read_choices(self, choose: str | None = None) -> None:
        """Read officers and kept filters; *choose* is the filter that was just kept."""
        self._context.jobs.read(
            self,
            lambda desk: (desk.read(officers), desk.read(kept_filters)),
            lambda found: self._choices(*found, choose),
            slot="choices",
        )

    def _choices(
        self, everyone: tuple[OfficerRow, ...], kept: tuple[SavedFilter, ...], choose: str | None
    ) -> None:
        self.filters.show_officers(everyone)
        self.filters.show_saved(kept, " ".join(choose.split()) if choose else None)

    def _arrived(self, page: QueuePage, offset: int, *, quiet: bool = False) -> None:
        today = self._context.today
        self._rows = (*self._rows[:offset], *page.rows)
        one = "file wants" if page.total == 1 else "files want"
        self.head.say(
            f"{page.total:,} {one} you · {page.danger:,} in danger"
            if page.danger
            else f"{page.total:,} {one} you"
        )
        self._more.setVisible(len(self._rows) < page.total)
        held = self._next or self.page.file_id
        self.queue.show_items([queue_item(row, today) for row in self._rows])
        held_open = self.page.form is not None or (quiet and self.page.file_id is not None)
        none = 2 if self.filters.narrowed() else 1
        self._stack.setCurrentIndex(0 if self._rows or held_open else none)
        chosen = next((row for row in self._rows if row.file_id == held), None)
        self._next = None
        if chosen is not None:
            self.queue.choose(chosen)
        elif quiet and self.page.file_id is not None:
            self.queue.choose_none()
            self.page.say_news("It no longer waits in the queue · Show")
        elif self.page.form is not None:
            self.queue.choose_none()
        else:
            self.queue.choose_first()
        if not self._rows and not held_open:
            self.page.show_nothing()

    def show_chosen(self) -> None:
        """Show the page of the file that is chosen."""
        row = self._current()
        if row is not None and row.file_id != self.page.file_id:
            self.page.show_file(row.file_id)

    def _current(self) -> QueueRow | None:
        index = self.queue.currentIndex()
        items = self.queue.items()
        return items[index.row()].data if index.isValid() and index.row() < len(items) else None

    def _signed(self) -> None:
        """The next file of the queue as it stood comes up; the signed one may leave it."""
        ids = [row.file_id for row in self._rows]
        at = next((place for place, one in enumerate(ids) if one == self.page.file_id), -1)
        self._next = ids[at + 1] if at + 1 < len(ids) else None
        self.page.file_id = None
        self._read()
        self.queue.setFocus()

    def _open(self) -> None:
        if self.page.file_id is not None:
            self.go.emit("files", self.page.file_id)

    def _print_history(self) -> None:
        row = self._current()
        if row is not None:
            print_supervision_of(self._context, row.file_id, row.reference, self)

    def _ask_where(self) -> None:
        target, _ = QFileDialog.getSaveFileName(self, "Save numbered copy", "review-queue.pdf", "PDF (*.pdf)")
        if target:
            self.save_copy(Path(target))

    def save_copy(self, target: Path) -> None:
        """Print the queue as it is filtered into a file; whole, or not at all."""
        wanted = self.filters.chosen()

        def go(desk: Desk) -> Done[bytes]:
            done = desk.do(print_queue, wanted)
            with new_file(target) as stream:
                stream.write(done.result)
            return done

        self._context.jobs.write(self, go, lambda _: self.head.say(f"Printed to {target.name}"))

    def ask_name(self) -> None:
        """Ask under which name the filter is kept."""
        wanted = self.filters.chosen()
        ask = Ask("Keep this filter", "It is kept for you alone.", (Field("name", "Name"),), "Keep", self)

        def go(values: dict[str, str]) -> None:
            self._context.jobs.write(
                ask, lambda desk: desk.do(keep_filter, values["name"], wanted),
                lambda _: (ask.accept(), self._read_choices(values["name"])), failed=ask.say,
            )  # fmt: skip

        ask.given.connect(go)
        ask.open()

    def _forget(self, name: str) -> None:
        self._context.jobs.write(
            self, lambda desk: desk.do(forget_filter, name), lambda _: self._read_choices()
        )
