"""The right side of an open file: what is owed, and the chronology."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from casefile.files.actions.tasks import mark_done, waive_task
from casefile.files.queries.docket import Docket
from casefile.record.dates import long_date
from casefile.record.owed import Owed
from casefile.work.names import Permission
from ui.files.marks import task_item
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import column, label


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
        self._owed_title = label("Owed on this file", "strong")
        self._owed_title.setContentsMargins(8, 0, 0, 0)
        body.addWidget(self._owed_title)
        self.owed = ItemList(context.theme, "Owed on this file")
        self.owed.opened.connect(self._ask_task)
        body.addWidget(self.owed, 2)
        title = label("Chronology", "strong")
        title.setContentsMargins(8, 6, 0, 0)
        body.addWidget(title)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter the chronology")
        self.filter.setToolTip("By words of what happened, or of its date")
        self.filter.setAccessibleName("Filter the chronology")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._show_events())
        body.addWidget(self.filter)
        self.events = ItemList(context.theme, "Chronology", timeline=True)
        self.events.opened.connect(lambda event: self.wanted.emit(event.divider, event.thread_id))
        body.addWidget(self.events, 3)

    def show_file(self, docket: Docket) -> None:
        """Show what is owed and what happened."""
        self._docket = docket
        waiting = [one for one in docket.owed if one.state.outstanding]
        self._owed_title.setText(f"Owed on this file  {len(waiting)}")
        agency = self._context.desk.standards.codes("agency").label
        self.owed.show_items([task_item(one, self._context.today, agency(one.owed_by)) for one in waiting])
        self._show_events()

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
                tone = "late" if one.significant else "plain"
                items.append(
                    Item(
                        one.summary,
                        why,
                        tone=tone,
                        data=one,
                        hint=f"Police knew on {long_date(one.known_on)}",
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
        done = menu.addAction("Mark as done …", lambda: self._say(task, "done"))
        done.setEnabled(self._context.may(Permission.KEEP_FILES))
        waive = menu.addAction("Waive, with a reason …", lambda: self._say(task, "waive"))
        waive.setEnabled(self._context.may(Permission.WAIVE_TASK))
        rect = self.owed.visualRect(self.owed.currentIndex())
        menu.popup(self.owed.viewport().mapToGlobal(rect.bottomLeft()))

    def _say(self, task: Owed, what: str) -> None:
        if self._docket is None:
            return
        file_id = self._docket.id
        done = what == "done"
        fields = [Field("reason", "How, and who says so" if done else "Why it need not be done", prose=True)]
        if done:
            fields.insert(0, Field("on", "Done on", value=long_date(self._context.today)))
        ask = Ask(task.title, task.because, fields, "Mark as done" if done else "Waive", self)

        def go(values: dict[str, str]) -> None:
            if done:
                self._context.jobs.write(
                    ask, lambda desk: desk.do(mark_done, file_id, task.id, values["on"], values["reason"]),
                    lambda _: ask.accept(), failed=ask.say,
                )  # fmt: skip
            else:
                self._context.jobs.write(
                    ask, lambda desk: desk.do(waive_task, file_id, task.id, values["reason"]),
                    lambda _: ask.accept(), failed=ask.say,
                )  # fmt: skip

        ask.given.connect(go)
        ask.open()
