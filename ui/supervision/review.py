"""One file being reviewed, on one page: what alarms, what changed, and the note."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.alarms.queries import AlarmRow
from casefile.files.actions.drafts import start_draft
from casefile.files.queries.docket import DividerPage, Docket, divider_page, open_docket
from casefile.files.queries.drafts import DraftRow
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.sections.supervision import DIVIDER, RECORD
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.record.accepting import ask_accept
from ui.record.around import ONE_COLUMN, around_of
from ui.record.entry_form import EntryForm
from ui.shell.context import Context
from ui.supervision.digest import DigestView
from ui.supervision.marks import alarm_item
from ui.widgets.chip import Chip
from ui.widgets.flow import Beside
from ui.widgets.lists import ItemList
from ui.widgets.parts import button, card, clear, column, label
from ui.widgets.record_view import RecordView


class ReviewPage(QWidget):
    """The page beside the queue.

    Signals:
        signed: The review was signed; the next file may come.
        wanted: The file is wanted, at a divider and one of its records, or at its front.
        left: The keyboard goes back to the queue.
    """

    signed = Signal()
    wanted = Signal(object)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.file_id: UUID | None = None
        self._docket: Docket | None = None
        self._officers: tuple[OfficerRow, ...] = ()
        self.form: EntryForm | None = None
        body = column(self, margins=(16, 14, 16, 14), gap=12)
        self._head = column()
        body.addLayout(self._head)
        frame = card()
        inner = column(frame, margins=12, gap=6)
        self._alarms_title = label("What alarms", "section-title")
        inner.addWidget(self._alarms_title)
        self.alarms = ItemList(context.theme, "Alarms of this file")
        self.alarms.opened.connect(self._ask_alarm)
        inner.addWidget(self.alarms)
        body.addWidget(frame)
        self.changed = DigestView(context)
        self.changed.wanted.connect(self.wanted)
        self.changed.left.connect(self.left)
        self.changed.hide()
        body.addWidget(self.changed)
        self._note = column(gap=10)
        body.addLayout(self._note)
        body.addStretch(1)

    def keep(self) -> None:
        """Save at once what was typed."""
        if self.form is not None:
            self.form.keep()

    def on_changed(self, changed: Changed) -> None:
        """Something of the file was written; what others wrote waits until the officer asks for it."""
        if self.form is not None:
            self.form.on_changed(changed)
        mine = self._docket is not None and self._docket.restricted
        kinds = (Kind.ALARM, Kind.ENTRY, Kind.TASK, Kind.CASE_FILE)
        if self.file_id is None or not changed.concerns(*kinds, file_id=self.file_id, restricted=mine):
            return
        if changed.elsewhere:
            self.say_news("Something new was written · Show")
        else:
            self.show_file(self.file_id)

    def say_news(self, words: str) -> None:
        """Say quietly that what is read here is no longer all."""
        if self._docket is not None:
            self._news.setText(words)
            self._news.show()

    def show_news(self) -> None:
        """Read again what others wrote in the file."""
        if self.file_id is not None:
            self.show_file(self.file_id)

    def show_file(self, file_id: UUID) -> None:
        """Read a file and show its page."""
        self.keep()
        self.file_id = file_id
        self._context.jobs.read(
            self,
            lambda desk: (
                desk.read(open_docket, file_id),
                desk.read(divider_page, file_id, DIVIDER),
                desk.read(officers, with_inactive=True),
            ),
            lambda found: self._arrived(*found),
            slot="review",
        )

    def show_nothing(self) -> None:
        """No file is chosen."""
        self.file_id, self._docket, self.form = None, None, None
        clear(self._head)
        clear(self._note)
        self.changed.hide()
        self.alarms.show_items([])
        self._alarms_title.setText("")

    def begin(self) -> None:
        """Write the note: the one begun already, or a new one."""
        if (
            self._docket is None
            or self.form is not None
            or not self._context.may(Permission.SIGN_SUPERVISION)
        ):
            if self.form is not None:
                self.form.form.begin()
            return
        file_id = self._docket.id
        mine = next(
            (one for one in self._page.drafts if one.record == RECORD and one.thread_id is None), None
        )
        if mine is not None:
            self._write(mine)
        else:
            self._context.jobs.write(self, lambda desk: desk.do(start_draft, file_id, RECORD), self._write)

    def _arrived(self, docket: Docket, page: DividerPage, everyone: tuple[OfficerRow, ...]) -> None:
        if docket.id != self.file_id:
            return
        same = self._docket is not None and self._docket.id == docket.id and self.form is not None
        self._docket, self._page, self._officers = docket, page, everyone
        self._draw_head(docket)
        stands = [one for one in docket.alarms if one.accepted is None]
        self._alarms_title.setText(f"What alarms  {len(stands)}" if stands else "Nothing alarms")
        self.alarms.show_items([alarm_item(one) for one in docket.alarms])
        self.alarms.keep_whole(self._context.theme.px(230))
        self.alarms.setVisible(bool(docket.alarms))
        self.changed.show()
        self.changed.show_file(docket, everyone)
        if not same:
            self.form = None
            self._draw_note(page)

    def _draw_head(self, docket: Docket) -> None:
        clear(self._head)
        name = f"{docket.family_name.upper()} family" if docket.family_name else "Family not named"
        parts = [
            docket.reference,
            f"{docket.children} {'child' if docket.children == 1 else 'children'}",
            docket.officer,
        ]
        title = QWidget()
        lines = column(title, gap=2)
        lines.addWidget(label(name, "section-title", wrap=True))
        lines.addWidget(label(" · ".join(one for one in parts if one), "quiet", wrap=True))
        head = Beside(title, stacked=self._narrow())
        if docket.plan_category:
            words = self._context.desk.standards.codes("abuse_category").label(docket.plan_category)
            head.add(Chip(f"Plan: {words.lower()}"))
        self._news = button("Something new was written · Show", self.show_news, name="link", hint="F5")
        self._news.hide()
        head.add(self._news)
        head.add(button("Open file", lambda: self.wanted.emit(docket.id), hint="Ctrl+O"))
        self._head.addLayout(head)

    def _narrow(self) -> bool:
        return self.width() < self._context.theme.px(ONE_COLUMN)

    def _draw_note(self, page: DividerPage) -> None:
        clear(self._note)
        last = page.entries[0] if page.entries else None
        day = last.happened_on if last else None
        words = f"Last review {long_date(day)} by {last.author}" if last and day else "Not reviewed yet"
        line = Beside(label(words, "section-title", wrap=True), stacked=self._narrow())
        begun = any(one.record == RECORD for one in page.drafts)
        verb = "Go on with the note" if begun else "Write the note"
        start = button(verb, self.begin, name="primary", hint="Enter")
        start.setEnabled(self._context.may(Permission.SIGN_SUPERVISION))
        line.add(start)
        self._note.addLayout(line)
        if last is not None:
            self._show_last(last)

    def _show_last(self, last: EntryFact) -> None:
        frame = card()
        column(frame, margins=12).addWidget(RecordView(self._description(), last, self._around()))
        self._note.addWidget(frame)

    def _write(self, draft: DraftRow) -> None:
        if draft.file_id != self.file_id:
            return
        clear(self._note)
        self.form = EntryForm(self._context, self._description(), draft, self._around(), verb="Sign and next")
        self.form.signed.connect(lambda _: self._done())
        self.form.again.connect(self._write)
        self.form.closed.connect(self._closed)
        self._note.addWidget(self.form)
        self.form.form.begin()

    def _done(self) -> None:
        self.form = None
        clear(self._note)
        self.signed.emit()

    def _closed(self) -> None:
        self.form = None
        self.left.emit()
        if self.file_id is not None:
            self.show_file(self.file_id)

    def _description(self) -> Any:
        assert self._docket is not None
        divider = next(one for one in self._docket.dividers if one.key == DIVIDER)
        return next(one for one in divider.sections if one.key == RECORD)

    def _around(self) -> Any:
        assert self._docket is not None
        return around_of(self._context, self._docket, self._officers, self.width())

    def _ask_alarm(self, alarm: AlarmRow) -> None:
        menu = QMenu(self)
        docket = self._docket
        event = (
            next((one for one in docket.chronology if one.entry_id == alarm.entry_id), None)
            if docket
            else None
        )
        if event is not None and docket is not None:
            place = (docket.id, event.divider, event.thread_id, None, None)
            menu.addAction("Open what shows it", lambda: self.wanted.emit(place))
        accept = menu.addAction("Accept until a day …", lambda: self.ask_accept(alarm))
        accept.setEnabled(self._context.may(Permission.SIGN_SUPERVISION) and alarm.accepted is None)
        rect = self.alarms.visualRect(self.alarms.currentIndex())
        menu.popup(self.alarms.viewport().mapToGlobal(rect.bottomLeft()))

    def ask_accept(self, alarm: AlarmRow) -> None:
        """Ask until when an alarm may stand, and why."""
        ask_accept(self._context, alarm, self)
