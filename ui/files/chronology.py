"""The chronology as a divider: everything that happened, along a drawn time and as a list that leads to the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from casefile.files.chronology.actions import mark_event
from casefile.files.chronology.model import Chronology, Event, chosen
from casefile.files.chronology.queries import chronology
from casefile.files.picture.shapes import Drawing
from casefile.files.queries.docket import Docket, EventRow
from casefile.record.dates import long_date
from casefile.work.names import Permission
from ui.files.chronology_filter import ChronologyFilter
from ui.files.chronology_out import print_chronology_of
from ui.files.chronology_time import TimeView
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.menu import Act, MenuButton
from ui.widgets.page import scrolled
from ui.widgets.parts import button, column, keys, label, readable
from ui.widgets.stack import Stack

TONES = {"danger": "danger", "significant": "accent"}
"""The tone of an event by its weight."""


def hint(event: EventRow) -> str:
    """When police knew it, how much it weighs, and whether something of it is doubtful."""
    said = [f"Police knew on {long_date(event.known_on)}."]
    if event.weight:
        said.append("It endangers a child." if event.weight == "danger" else "It is significant.")
    if event.doubtful:
        said.append("Something of it is kept as stated by the source.")
    return " ".join(said)


LEAST_LIST = 140
"""Pixels at 100 % below which the list does not shrink: where type is large the page scrolls."""


class ChronologyView(QWidget):
    """Filter, drawn time and list.

    Signals:
        wanted: A record of this file is wanted; carries its divider and its thread.
        elsewhere: A record of another file is wanted; carries the file, its divider and its thread.
        bring_in: Another agency's chronology is to be brought in.
    """

    wanted = Signal(str, object)
    elsewhere = Signal(object, str, object)
    bring_in = Signal()

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self.told: Chronology | None = None
        self.shown_events: tuple[Event, ...] = ()
        self._beside: tuple[UUID, ...] = ()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QWidget()
        body = column(inner, margins=(20, 14, 16, 10), gap=8)
        body.addLayout(self._head())
        self._asks = readable("", "quiet")
        body.addWidget(self._asks)
        self.filters = ChronologyFilter(context.theme)
        self.filters.changed.connect(self._show)
        self.filter = self.filters.words
        body.addWidget(self.filters)
        self.time = TimeView(context)
        self.timeline = self.time.drawn
        self.timeline.chosen.connect(self._chosen_in_time)
        self.timeline.opened.connect(self._open_thread)
        body.addWidget(self.time)
        self.events = ItemList(context.theme, "Chronology", browse=True)
        self.events.chosen.connect(self._chosen_in_list)
        self.events.opened.connect(self._open)
        self._empty = Empty("", "")
        self._stack = Stack()
        self._stack.addWidget(self.events)
        self._stack.addWidget(self._empty)
        self._stack.setMinimumHeight(context.theme.px(LEAST_LIST))
        body.addWidget(self._stack, 1)
        column(self).addWidget(scrolled(inner, "Chronology page", surface=True))
        self.setFocusProxy(self.events)
        keys(self, "Ctrl+M", self.mark)

    def _head(self) -> Flow:
        head = Flow(apart=2)
        head.addWidget(label("Chronology", "section-title"))
        self._count = label("", "quiet")
        head.addWidget(self._count)
        self.files = MenuButton("Files", self._choices, hint="Other files of this family beside this one")
        head.addWidget(self.files)
        self.marks = button("Mark …", self.mark, hint="Ctrl+M: significant or no longer")
        self.marks.setEnabled(self._context.may(Permission.KEEP_FILES))
        head.addWidget(self.marks)
        bring = button(
            "Bring in …", self.bring_in.emit, hint="Another agency’s chronology, .xlsx, .docx or .csv"
        )
        bring.setEnabled(self._context.may(Permission.KEEP_FILES))
        head.addWidget(bring)
        if self._context.may(Permission.DISCLOSE):
            head.addWidget(button("Print …", self.print))
        return head

    def show_file(self, docket: Docket, asks: str) -> None:
        """Show the chronology of a file; *asks* is what the standard asks of it."""
        self._asks.setText(asks)
        self.read()

    def read(self) -> None:
        """Read it again, with the files that are shown beside this one."""
        file_id, beside = self._file_id, self._beside
        self._context.jobs.read(
            self, lambda desk: desk.read(chronology, file_id, beside), self._arrived, slot="chronology"
        )

    def beside(self, files: tuple[UUID, ...]) -> None:
        """Show these other files of the family too."""
        self._beside = files
        self.read()

    def mark(self) -> None:
        """Ask why the chosen event is significant, or is no longer, and keep that beside it."""
        event = self._current()
        if event is None or not self._context.may(Permission.KEEP_FILES):
            return
        taken = event.mark is not None
        ask = Ask(
            "Take the mark back" if taken else "Mark as significant",
            f"{event.when}: {event.summary}. The signed entry stays as it is; your name, the time and your reason "
            "stand beside it.",
            (Field("why", "Why", prose=True),),
            "Take it back" if taken else "Mark as significant",
            self,
        )
        thread = event.thread_id

        def done(_: UUID) -> None:
            ask.accept()
            self.read()

        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: desk.do(mark_event, thread, values["why"], significant=not taken), done,
                failed=ask.say,
            )
        )  # fmt: skip
        ask.open()

    def print(self) -> None:
        """Look at it on paper as it is filtered, then make a numbered copy."""
        if self.told is not None and self._context.may(Permission.DISCLOSE):
            print_chronology_of(self._context, self.told, self._beside, self.filters.wanted(), self)

    def _choices(self) -> list[Act]:
        """The files of the family, each shown or not."""
        found: list[Act] = []
        for one in self.told.others if self.told is not None else ():
            on = one.id in self._beside
            files = tuple(held for held in self._beside if held != one.id) if on else (*self._beside, one.id)
            words = f"{'✓ ' if on else ''}{one.reference}, {one.family_name or 'no name'}: {', '.join(one.shares)}"
            found.append((words, lambda files=files: self.beside(files), ""))
        return found or [("No other file that you may see shares anybody with this one", lambda: None, "")]

    def _arrived(self, told: Chronology) -> None:
        self.told = told
        self._beside = tuple(one for one in told.files if one != told.file_id)
        self.files.setText(f"Files: {len(told.files)} ▾")
        self.filters.offer(told, self._context.desk.standards)
        self._show()

    def _show(self) -> None:
        """Lay out on a lane what the filter asks for: there may be thousands."""
        if (told := self.told) is None:
            return
        wanted, draw = self.filters.wanted(), self.time.drawer(told)

        def lay() -> _Laid:
            events = chosen(told, wanted)
            return _Laid(told, events, tuple(_item(told, one) for one in reversed(events)), draw(events))

        self._context.jobs.read(self, lambda _: lay(), self._laid, slot="shown")

    def _laid(self, laid: _Laid) -> Iterator[None]:
        every, found = len(laid.told.events), len(laid.events)
        self._count.setText(f"{found:,} of {every:,}" if found != every else f"{every:,}")
        self.time.show_events(laid.told, laid.events, laid.drawing)
        yield
        self.shown_events = laid.events
        self.events.show_items(laid.items)
        self.events.choose_first()
        if every:
            self._empty.say("Nothing fits", "Try fewer letters, or another filter.")
        else:
            self._empty.say(
                "Nothing has happened yet", "What is signed behind any divider stands here by itself."
            )
        self._stack.setCurrentWidget(self.events if self.shown_events else self._empty)

    def _current(self) -> Event | None:
        item = self.events.currentIndex()
        return self.shown_events[len(self.shown_events) - 1 - item.row()] if item.isValid() else None

    def _chosen_in_time(self, thread: object) -> None:
        for place, event in enumerate(reversed(self.shown_events)):
            if event.thread_id == thread:
                self.events.blockSignals(True)
                self.events.setCurrentIndex(self.events.model().index(place, 0))
                self.events.blockSignals(False)

    def _chosen_in_list(self, event: object) -> None:
        if isinstance(event, Event):
            self.timeline.choose(event.thread_id)

    def _open_thread(self, thread: object) -> None:
        event = next((one for one in self.shown_events if one.thread_id == thread), None)
        if event is not None:
            self._open(event)

    def _open(self, event: Event) -> None:
        if event.file_id == self._file_id:
            self.wanted.emit(event.divider, event.thread_id)
        else:
            self.elsewhere.emit(event.file_id, event.divider, event.thread_id)


@dataclass(frozen=True, slots=True)
class _Laid:
    """What a filter left, as the page shows it.

    Attributes:
        events: Oldest first; ``items`` tells of them newest first.
    """

    told: Chronology
    events: tuple[Event, ...]
    items: tuple[Item, ...]
    drawing: Drawing


def _item(told: Chronology, event: Event) -> Item:
    parts = [event.when] + ([event.reference] if len(told.files) > 1 else [])
    parts += [event.title] if event.title != event.summary else []
    if event.known_on != event.happened_on:
        parts.append(f"police knew on {long_date(event.known_on)}")
    parts.append(event.source)
    if event.imported:
        parts.append("told by another agency, not checked by police")
    if event.mark is not None:
        parts.append(f"marked by {event.mark.by}: {event.mark.why}")
    if event.doubts:
        parts.append("◆ doubtful, as stated by the source")
    said = [f"Police knew on {long_date(event.known_on)}.", event.told, *event.doubts]
    return Item(event.summary, " · ".join(parts), event.weight, TONES.get(event.weight, "plain"), event,
                " ".join(one for one in said if one))  # fmt: skip
