"""The chronology as a divider: everything that happened, from every divider, on lines that lead to their record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from casefile.files.queries.docket import Docket, EventRow
from casefile.record.dates import long_date
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import column, label, readable, row
from ui.widgets.stack import Stack

TONES = {"danger": "danger", "significant": "accent"}
"""The tone of an event by its weight."""


def fits(event: EventRow, words: list[str]) -> bool:
    """Whether an event holds every word: of what happened, its date, its divider or how much it weighs."""
    day = long_date(event.happened_on) if event.happened_on else "date not known"
    text = f"{event.summary} {event.title} {day} {event.weight}".casefold()
    return all(word in text for word in words)


def hint(event: EventRow) -> str:
    """When police knew it, how much it weighs, and whether something of it is doubtful."""
    said = [f"Police knew on {long_date(event.known_on)}."]
    if event.weight:
        said.append("It endangers a child." if event.weight == "danger" else "It is significant.")
    if event.doubtful:
        said.append("Something of it is kept as stated by the source.")
    return " ".join(said)


def _item(event: EventRow) -> Item:
    when = long_date(event.happened_on) if event.happened_on else "date not known"
    parts = [when, event.title] if event.title != event.summary else [when]
    if event.known_on != event.happened_on:
        parts.append(f"police knew on {long_date(event.known_on)}")
    parts.append(event.source)
    if event.doubtful:
        parts.append("◆ doubtful, as stated by the source")
    return Item(
        event.summary, " · ".join(parts), event.weight, TONES.get(event.weight, "plain"), event, hint(event)
    )


class ChronologyView(QWidget):
    """Filter and list.

    Signals:
        wanted: A record is wanted; carries its divider and its thread.
    """

    wanted = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._docket: Docket | None = None
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(self, margins=(20, 14, 20, 14), gap=8)
        head = row()
        head.addWidget(label("Chronology", "section-title"))
        self._count = label("", "quiet")
        head.addWidget(self._count)
        head.addStretch(1)
        body.addLayout(head)
        self._asks = readable("", "quiet")
        body.addWidget(self._asks)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by words, date, divider, danger or significant")
        self.filter.setToolTip("By words of what happened, its date, its divider, or danger and significant")
        self.filter.setAccessibleName("Filter the chronology by words, date, divider or weight")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._show())
        body.addWidget(self.filter)
        self.events = ItemList(context.theme, "Chronology")
        self.events.opened.connect(lambda one: self.wanted.emit(one.divider, one.thread_id))
        self._empty = Empty("", "")
        self._stack = Stack()
        self._stack.addWidget(self.events)
        self._stack.addWidget(self._empty)
        body.addWidget(self._stack, 1)
        self.setFocusProxy(self.events)

    def show_file(self, docket: Docket, asks: str) -> None:
        """Show the chronology of a file; *asks* is what the standard asks of it."""
        self._docket = docket
        self._asks.setText(asks)
        self._show()

    def _show(self) -> None:
        if self._docket is None:
            return
        words = self.filter.text().casefold().split()
        every = self._docket.chronology
        found = [one for one in every if fits(one, words)]
        self._count.setText(f"{len(found):,} of {len(every):,}" if words else f"{len(every):,}")
        self.events.show_items([_item(one) for one in found])
        self.events.choose_first()
        if every:
            self._empty.say("Nothing fits", "Try fewer letters, or another word.")
        else:
            self._empty.say(
                "Nothing has happened yet", "What is signed behind any divider stands here by itself."
            )
        self._stack.setCurrentWidget(self.events if found else self._empty)
