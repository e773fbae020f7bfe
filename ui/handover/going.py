"""Hand-overs that go on and those that ended; one of them opened; beginning one, and coming back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.desk import Desk
from casefile.handover.absence import AbsenceRow, absences
from casefile.handover.begin import start_handover
from casefile.handover.queries import handovers
from casefile.handover.rows import Begun, HandoverRow
from casefile.record.dates import long_date
from casefile.work.changed import Done
from casefile.work.names import Permission
from ui.handover.acts import officer_given
from ui.handover.back import BackView
from ui.handover.marks import handover_item
from ui.handover.one import HandoverView
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field, say_done
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, column, keys
from ui.widgets.stack import Stack

OTHER = "other"


class GoingPage(QWidget):
    """The list, or one hand-over, or the return.

    Signals:
        opens: Something of a file is wanted; carries the place of it in the room of files.
        told: How many there are, in words.
    """

    opens = Signal(object)
    told = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._officers: tuple[OfficerRow, ...] = ()
        self._absences: tuple[AbsenceRow, ...] = ()
        self.stack = Stack()
        column(self, gap=0).addWidget(self.stack)
        self.list = ItemList(context.theme, "Hand-overs", browse=True)
        self.list.opened.connect(lambda which: self.open(which) if which else None)
        self._empty = Empty(
            "No hand-over goes on",
            "Going away, or leaving? Record the absence, then begin here: every file you hold gets a checklist drawn "
            "from the file itself. You add what only you know, choose who receives it, and send.",
        )
        self._some = Stack()
        self._some.addWidget(self.list)
        self._some.addWidget(self._empty)
        first = QWidget()
        body = column(first, gap=0)
        line = Flow(gap=8)
        around = column(margins=(20, 10, 16, 10))
        around.addLayout(line)
        body.addLayout(around)
        line.addWidget(button("Begin a hand-over …", self.ask_begin, name="primary", hint="Ctrl+N"))
        line.addWidget(button("Coming back …", self.ask_back, hint="Alt+B"))
        self.ended = button("Show those that ended", self._turn)
        self.ended.setCheckable(True)
        line.addWidget(self.ended)
        body.addWidget(self._some, 1)
        self.one = HandoverView(context)
        self.one.left.connect(self.close_one)
        self.one.opens.connect(self.opens)
        self.back = BackView(context)
        self.back.left.connect(self.close_one)
        self.back.begun.connect(self._returned)
        self.first = first
        for page in (first, self.one, self.back):
            self.stack.addWidget(page)
        keys(first, "Ctrl+N", self.ask_begin)
        keys(first, "Alt+B", self.ask_back)
        keys(self, "Esc", self.close_one)

    def read(self) -> None:
        """Read the list, and the hand-over that is open."""
        ended = self.ended.isChecked()

        def ask(desk: Desk) -> tuple[Any, ...]:
            over = desk.read(handovers, ended=True) if ended else ()
            return desk.read(handovers), over, desk.read(officers), desk.read(absences)

        self._context.jobs.read(self, ask, lambda found: self._arrived(*found), slot="list")
        if self.stack.currentWidget() is self.one:
            self.one.read()

    def open(self, which: UUID, at: UUID | None = None) -> None:
        """Open a hand-over, at one of its files."""
        self.stack.setCurrentWidget(self.one)
        self.one.show_handover(which, at)

    def close_one(self) -> None:
        """Back to the list."""
        self.one.keep()
        self.one.which = None
        self.stack.setCurrentWidget(self.first)
        self.read()
        self.begin()

    def begin(self) -> None:
        """Put the keyboard where it belongs."""
        here = self.stack.currentWidget()
        if here is self.one:
            self.one.files.table.setFocus()
        elif here is self.first:
            self.list.setFocus()

    def keep(self) -> None:
        """Save at once what was typed."""
        self.one.keep()

    def ask_begin(self, absence: AbsenceRow | None = None) -> None:
        """Ask for which absence, or why and whose files, and begin."""
        if not self._context.may(Permission.KEEP_FILES):
            return
        others = self._context.may(Permission.ALLOCATE)
        held = tuple(one for one in self._absences if self._asks(one))
        held = (absence, *held) if absence is not None and absence not in held else held
        choices = (*(Choice(str(one.id), self._called(one)) for one in held), Choice(OTHER, "Another reason"))
        chosen = str(absence.id) if absence else choices[0].key
        fields = [Field("absence", "For", chosen, choices)]
        if others:
            people = tuple(Choice(str(one.id), one.shown, one.team) for one in self._officers)
            me = str(self._context.desk.actor.officer_id)
            fields.append(Field("officer", "Officer", me, people, help="Where it is for another reason."))
        fields.append(Field("reason", "Reason", prose=True, help="Needed where there is no absence."))
        about = "Every open file the officer holds, and what they owe in files of others, gets a checklist."
        ask = Ask("Begin a hand-over", about, fields, "Begin", self)

        def go(desk: Desk, given: dict[str, str]) -> Done[Begun]:
            one = next((each for each in held if str(each.id) == given["absence"]), None)
            officer = officer_given(given.get("officer") or str(desk.actor.officer_id))
            reason = given["reason"]
            if one is not None:
                return desk.do(start_handover, one.officer_id, one.id, reason=reason)
            return desk.do(start_handover, officer, reason=reason)

        def done(begun: Begun) -> None:
            ask.accept()
            self.open(begun.id)
            if begun.restricted:
                say_done(self, begun.reference, _restricted(begun))

        ask.given.connect(
            lambda given: self._context.jobs.write(ask, lambda desk: go(desk, given), done, failed=ask.say)
        )
        ask.open()

    def ask_back(self) -> None:
        """Ask who comes back, where that may be somebody else; then show which files could."""
        me = self._context.desk.actor.officer_id
        if not self._context.may(Permission.ALLOCATE):
            if me is not None:
                self._show_back(me)
            return
        people = tuple(Choice(str(one.id), one.shown, one.team) for one in self._officers)
        away = next((str(one.officer_id) for one in self._absences if self._away(one)), str(me))
        ask = Ask(
            "Coming back", "Whose return begins.", (Field("officer", "Officer", away, people),), "Go on", self
        )

        def go(given: dict[str, str]) -> None:
            if not given["officer"]:
                ask.say("Pick the officer.")
                return
            ask.accept()
            self._show_back(UUID(given["officer"]))

        ask.given.connect(go)
        ask.open()

    def _show_back(self, officer_id: UUID) -> None:
        name = next((one.shown for one in self._officers if one.id == officer_id), "The officer")
        self.stack.setCurrentWidget(self.back)
        self.back.show_officer(officer_id, name)

    def _returned(self, begun: Begun) -> None:
        if not begun.reference:
            self.close_one()
            say_done(self, "Back", "The absence has ended. No file was away.")
            return
        self.read()
        self.open(begun.id)

    def _turn(self) -> None:
        self.ended.setText("Hide those that ended" if self.ended.isChecked() else "Show those that ended")
        self.read()

    def _arrived(
        self,
        going: tuple[HandoverRow, ...],
        over: tuple[HandoverRow, ...],
        everyone: tuple[OfficerRow, ...],
        away: tuple[AbsenceRow, ...],
    ) -> None:
        self._officers, self._absences = everyone, away
        library = self._context.desk.standards
        items = [handover_item(one, library) for one in going]
        if over:
            items += [Item("Ended", heading=True), *(handover_item(one, library) for one in over)]
        self.list.show_items(items)
        if not self.list.currentIndex().isValid():
            self.list.choose_first()
        self._some.setCurrentWidget(self.list if items else self._empty)
        late = sum(one.late for one in going)
        self.told.emit(f"{len(going)} going on{f' · {late} late' if late else ''}")

    def _asks(self, one: AbsenceRow) -> bool:
        """Whether a hand-over can begin for an absence: not over, and one's own or anybody's for a supervisor."""
        mine = one.officer_id == self._context.desk.actor.officer_id
        over = one.until_on is not None and one.until_on < self._context.today
        return not over and (mine or self._context.may(Permission.ALLOCATE))

    def _away(self, one: AbsenceRow) -> bool:
        today = self._context.today
        return one.from_on <= today and (one.until_on is None or one.until_on >= today)

    def _called(self, one: AbsenceRow) -> str:
        kind = self._context.desk.standards.codes("absence_kind").label(one.kind) if one.kind else "Away"
        return f"{one.officer}: {kind.lower()} from {long_date(one.from_on)}"


def _restricted(begun: Begun) -> str:
    are = "file of it is" if begun.restricted == 1 else "files of it are"
    return f"{begun.restricted} {are} restricted and not shown to you: whoever may read them completes their checklists."
