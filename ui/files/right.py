"""The right side of an open file: what is owed, and the chronology."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from casefile.desk import Desk, Done
from casefile.files.actions.tasks import add_task, mark_done, reopen_task, waive_task
from casefile.files.queries.docket import Docket
from casefile.record.dates import long_date
from casefile.record.owed import Owed
from casefile.work.names import Permission
from ui.files.chronology import TONES, hint
from ui.files.marks import task_item
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, column, label, readable, row

OWED = 0.42
"""Share of the height that what is owed may take beside the chronology."""

_SAID = {
    "done": ("How, and who says so", "Mark as done"),
    "waive": ("Why it need not be done", "Waive"),
    "reopen": ("Why it is owed again", "Open again"),
}
"""What is asked when something owed is done, waived or opened again, and the verb."""


class RightSide(QWidget):
    """Owed and chronology.

    Signals:
        wanted: A record is wanted; carries divider and thread.
    """

    wanted = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._docket: Docket | None = None
        body = column(self, margins=(8, 12, 6, 6), gap=4)
        self._ended = False
        head = row(margins=(8, 0, 4, 0), gap=4)
        self._owed_title = label("Owed on this file", "strong")
        head.addWidget(self._owed_title, 1)
        self._more = button("Ended", self._turn, name="link")
        head.addWidget(self._more)
        adds = button("Add", self.add, name="link", hint="Add something owed on this file")
        adds.setEnabled(context.may(Permission.KEEP_FILES))
        head.addWidget(adds)
        body.addLayout(head)
        self.owed = ItemList(context.theme, "Owed on this file")
        self.owed.opened.connect(self._ask_task)
        body.addWidget(self.owed)
        self._nothing = readable("Nothing is owed on this file today.", "quiet")
        self._nothing.setContentsMargins(8, 0, 0, 6)
        body.addWidget(self._nothing)
        title = label("Chronology", "strong")
        title.setContentsMargins(8, 6, 0, 0)
        body.addWidget(title)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter the chronology")
        self.filter.setToolTip("By words of what happened, or of its date")
        self.filter.setAccessibleName("Filter the chronology")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._show_events())
        beside = row(margins=(8, 2, 4, 2))
        beside.addWidget(self.filter)
        body.addLayout(beside)
        self.events = ItemList(context.theme, "Chronology", timeline=True)
        self.events.opened.connect(lambda event: self.wanted.emit(event.divider, event.thread_id))
        body.addWidget(self.events, 1)

    def show_file(self, docket: Docket) -> None:
        """Show what is owed and what happened."""
        self._docket = docket
        self._show_owed(docket)
        self._show_events()

    def _show_owed(self, docket: Docket) -> None:
        """What is owed, or what was done, waived or fell away."""
        waiting = [one for one in docket.owed if one.state.outstanding]
        ended = [one for one in docket.owed if not one.state.outstanding]
        self._ended = self._ended and bool(ended)
        self._owed_title.setText(
            f"Ended  {len(ended)}" if self._ended else f"Owed on this file  {len(waiting)}"
        )
        self._more.setText("Owed" if self._ended else "Ended")
        self._more.setToolTip("What is owed" if self._ended else "What was done, waived or fell away")
        self._more.setAccessibleName(self._more.toolTip())
        self._more.setVisible(bool(ended))
        agency = self._context.desk.standards.codes("agency").label
        shown = list(reversed(ended)) if self._ended else waiting
        self.owed.show_items([task_item(one, self._context.today, agency(one.owed_by)) for one in shown])
        self.owed.keep_whole(round(self.height() * OWED))
        self.owed.setVisible(bool(shown))
        self._nothing.setVisible(not shown)

    def _turn(self) -> None:
        self._ended = not self._ended
        if self._docket is not None:
            self._show_owed(self._docket)
            self.owed.choose_first()
            self.owed.setFocus()

    def add(self) -> None:
        """Ask what is owed, by whom and by when, and add it."""
        if self._docket is None:
            return
        file_id = self._docket.id
        agencies = self._context.desk.standards.codes("agency").in_use(self._context.today)
        ask = Ask(
            "Add something owed",
            "What the standard asks for is owed by itself; this is for everything else that must not be forgotten.",
            (
                Field("title", "What is to be done"),
                Field("due_on", "By when", help="As 2 Nov 2026. Leave empty if there is no day."),
                Field("owed_by", "Owed by", "police", tuple(Choice(one.code, one.label) for one in agencies)),
            ),
            "Add it",
            self,
        )
        ask.given.connect(
            lambda said: self._context.jobs.write(
                ask,
                lambda desk: desk.do(
                    add_task, file_id, said["title"], said["due_on"], owed_by=said["owed_by"] or "police"
                ),
                lambda _: ask.accept(),
                failed=ask.say,
            )
        )
        ask.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is owed takes the room it needs, and never more than its share of the height."""
        super().resizeEvent(event)
        self.owed.keep_whole(round(event.size().height() * OWED))

    def _show_events(self) -> None:
        if self._docket is None:
            return
        words = self.filter.text().casefold().split()
        items: list[Item] = []
        for one in self._docket.chronology:
            when = long_date(one.happened_on) if one.happened_on else "date not known"
            why = f"{when} · {one.title}" if one.title != one.summary else when
            text = f"{one.summary} {why}".casefold()
            if all(word in text for word in words):
                tone = "late" if one.doubtful else TONES.get(one.weight, "plain")
                items.append(
                    Item(
                        one.summary,
                        why,
                        tone=tone,
                        data=one,
                        hint=hint(one),
                    )
                )
        self.events.show_items(items)

    def _ask_task(self, task: Owed) -> None:
        menu = QMenu(self)
        if task.entry_id is not None:
            event = (
                next((one for one in self._docket.chronology if one.entry_id == task.entry_id), None)
                if self._docket
                else None
            )
            if event is not None:
                menu.addAction(
                    "Go to what it follows from", lambda: self.wanted.emit(event.divider, event.thread_id)
                )
        if task.state.outstanding:
            done = menu.addAction("Mark as done …", lambda: self._say(task, "done"))
            done.setEnabled(self._context.may(Permission.KEEP_FILES))
            waive = menu.addAction("Waive, with a reason …", lambda: self._say(task, "waive"))
            waive.setEnabled(self._context.may(Permission.WAIVE_TASK))
        else:
            again = menu.addAction("Open again, with a reason …", lambda: self._say(task, "reopen"))
            again.setEnabled(self._context.may(Permission.KEEP_FILES))
        rect = self.owed.visualRect(self.owed.currentIndex())
        menu.popup(self.owed.viewport().mapToGlobal(rect.bottomLeft()))

    def _say(self, task: Owed, what: str) -> None:
        if self._docket is None:
            return
        file_id = self._docket.id
        reason, verb = _SAID[what]
        fields = [Field("reason", reason, prose=True)]
        if what == "done":
            fields.insert(0, Field("on", "Done on", value=long_date(self._context.today)))
        ask = Ask(task.title, task.because, fields, verb, self)

        def go(said: dict[str, str]) -> None:
            def write(desk: Desk) -> Done[None]:
                if what == "done":
                    return desk.do(mark_done, file_id, task.id, said["on"], said["reason"])
                act = waive_task if what == "waive" else reopen_task
                return desk.do(act, file_id, task.id, said["reason"])

            self._context.jobs.write(ask, write, lambda _: ask.accept(), failed=ask.say)

        ask.given.connect(go)
        ask.open()
