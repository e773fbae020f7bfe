"""The room of hand-over: what waits for me, hand-overs, absences, and for a supervisor what is outstanding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QTabWidget

from casefile.access.queries import OfficerRow, officers
from casefile.handover.absence import AbsenceRow, absences
from casefile.handover.queries import waiting_for_me
from casefile.handover.rows import ItemRow, OutstandingRow
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.handover.absences import AbsencesPage
from ui.handover.files import FilesView
from ui.handover.going import GoingPage
from ui.handover.outstanding import OutstandingPage
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.page import PageHead
from ui.widgets.parts import LARGE, column, keys
from ui.widgets.stack import Stack

NOTHING = "Nothing waits for you here."


class HandoverScreen(Screen):
    """The room: one tab for each thing people come for."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._told = {"waiting": "", "going": "", "absences": "", "outstanding": ""}
        self._at: UUID | None = None
        body = column(self, gap=0)
        self.head = PageHead("Hand-over", "")
        body.addWidget(self.head)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Parts of hand-over")
        body.addWidget(self.tabs, 1)
        self.waiting = FilesView(context, "Files that wait for you", NOTHING, of_many=True)
        self.waiting.opens.connect(self._open)
        self._none = Empty(
            "Nothing waits for you",
            "Files that others hand over to you, questions about yours and those that were refused stand here. Going "
            "away? Record the absence under Absences, then begin under Hand-overs.",
        )
        self._first = Stack()
        self._first.addWidget(self.waiting)
        self._first.addWidget(self._none)
        self.going = GoingPage(context)
        self.going.opens.connect(self._open)
        self.going.told.connect(lambda words: self._say("going", words))
        self.absences = AbsencesPage(context)
        self.absences.begins.connect(self._begin_for)
        self.absences.told.connect(lambda words: self._say("absences", words))
        self.outstanding: OutstandingPage | None = None
        self._pages: list[tuple[str, Any]] = [("waiting", self.waiting), ("going", self.going)]
        self.tabs.addTab(self._first, "Waiting for me")
        self.tabs.addTab(self.going, "Hand-overs")
        self.tabs.addTab(self.absences, "Absences")
        self._pages.append(("absences", self.absences))
        if context.may(Permission.ALLOCATE):
            self._add_outstanding(context)
        self.tabs.currentChanged.connect(lambda _: self._turned())
        self.going.stack.currentChanged.connect(lambda _: self._fit())
        for sequence, key in (
            ("Alt+W", "waiting"),
            ("Alt+H", "going"),
            ("Alt+A", "absences"),
            ("Alt+O", "outstanding"),
        ):
            keys(self, sequence, lambda key=key: self.turn(key))

    def shown(self, place: Any = None) -> None:
        """Read; *place* is a hand-over, or with a file of it, or the key of a part."""
        if isinstance(place, str):
            self.turn(place)
        elif isinstance(place, UUID):
            self._hand(place)
        elif isinstance(place, tuple):
            self._hand(place[0], place[1])
        self._read()
        self._focus()

    def place(self) -> Any:
        """The hand-over that is open, or the part in view."""
        if self._key() == "going" and self.going.one.which is not None:
            return self.going.one.which
        return self._key()

    def keep(self) -> None:
        """Save at once what was typed."""
        self.waiting.keep()
        self.going.keep()

    def on_changed(self, changed: Changed) -> None:
        """Hand-overs, absences or who holds a file changed."""
        if changed.concerns(Kind.HANDOVER, Kind.OFFICER, Kind.CASE_FILE):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [
            Command("What waits for me", lambda: self.turn("waiting"), "Alt+W"),
            Command("Hand-overs", lambda: self.turn("going"), "Alt+H"),
            Command("Absences", lambda: self.turn("absences"), "Alt+A"),
            Command("Record an absence", lambda: self._in("absences", self.absences.new)),
        ]
        if self._context.may(Permission.KEEP_FILES):
            found += [
                Command("Begin a hand-over", lambda: self._in("going", self.going.ask_begin)),
                Command("Coming back", lambda: self._in("going", self.going.ask_back)),
            ]
        if self.outstanding is not None:
            found.append(
                Command("What of hand-over is outstanding", lambda: self.turn("outstanding"), "Alt+O")
            )
        return tuple(found)

    def turn(self, key: str) -> None:
        """Show a part: ``waiting``, ``going``, ``absences`` or ``outstanding``."""
        place = next((at for at, (name, _) in enumerate(self._pages) if name == key), None)
        if place is not None:
            self.tabs.setCurrentIndex(place)
            self._focus()

    def _add_outstanding(self, context: Context) -> None:
        page = self.outstanding = OutstandingPage(context)
        page.begins.connect(self._begin_without)
        page.hands.connect(self._hand)
        page.opens.connect(self._open)
        page.told.connect(lambda words: self._say("outstanding", words))
        self.tabs.addTab(page, "Outstanding")
        self._pages.append(("outstanding", page))

    def _key(self) -> str:
        return self._pages[self.tabs.currentIndex()][0]

    def _fit(self) -> None:
        """One hand-over has a head of its own: where type is large there is no room for both."""
        one = self._key() == "going" and self.going.stack.currentWidget() is self.going.one
        self.head.setVisible(not one or self._context.theme.scale < LARGE)

    def _turned(self) -> None:
        self._fit()
        self.keep()
        self._read()

    def _focus(self) -> None:
        key = self._key()
        if key == "waiting":
            self.waiting.table.setFocus()
        else:
            self._pages[self.tabs.currentIndex()][1].begin()

    def _read(self) -> None:
        key = self._key()
        self.head.say(self._told[key])
        if key == "waiting":
            self._context.jobs.read(
                self, lambda desk: (desk.read(waiting_for_me), desk.read(officers)),
                lambda found: self._arrived(*found), slot="waiting",
            )  # fmt: skip
        else:
            self._pages[self.tabs.currentIndex()][1].read()

    def _arrived(self, rows: tuple[ItemRow, ...], everyone: tuple[OfficerRow, ...]) -> None:
        self.waiting.tools.show_officers(everyone)
        self.waiting.show_items(rows)
        self._first.setCurrentWidget(self.waiting if rows else self._none)
        late = sum(one.late for one in rows)
        count = "1 file waits for you" if len(rows) == 1 else f"{len(rows)} files wait for you"
        self._say("waiting", f"{count}{f' · {late} late' if late else ''}")

    def _say(self, key: str, words: str) -> None:
        self._told[key] = words
        if key == self._key():
            self.head.say(words)

    def _open(self, place: Any) -> None:
        self.keep()
        self.go.emit("files", place)

    def _hand(self, which: UUID, at: UUID | None = None) -> None:
        self.turn("going")
        self.going.open(which, at)

    def _in(self, key: str, do: Callable[[], object]) -> None:
        """Show a part, and do something there."""
        self.turn(key)
        do()

    def _begin_for(self, absence: AbsenceRow) -> None:
        self._in("going", lambda: self.going.ask_begin(absence))

    def _begin_without(self, row: OutstandingRow) -> None:
        """Begin for the absence that the row speaks of."""
        officer = row.officer_id

        def found(rows: tuple[AbsenceRow, ...]) -> None:
            held = next((one for one in rows if one.from_on == row.from_on), None)
            if held is not None:
                self._begin_for(held)

        self._context.jobs.read(self, lambda desk: desk.read(absences, officer), found, slot="absence")
