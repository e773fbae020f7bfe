"""The middle of an open file: the records behind one divider, one read or written below them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from casefile.files.actions.files import mark_divider
from casefile.files.queries.docket import DividerPage, DividerRow, versions
from casefile.files.queries.drafts import DraftRow
from casefile.record.dates import short_date
from casefile.record.described import Description
from casefile.record.facts import EntryFact
from casefile.work.names import Permission
from ui.files.begun import NewForm, begin_form
from ui.files.entry_card import EntryCard, offer_challenge
from ui.files.lacking import Lacking
from ui.record.entry_form import EntryForm
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.dialogs import Ask, Field
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.form import SOURCE
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, clear, column, label, readable, row
from ui.widgets.versions import Versions
from ui.widgets.words import LONDON


class DividerView(QWidget):
    """Records of one divider; what stands in ``first`` and ``above`` is shown before them.

    Attributes:
        first: What stays while dividers are turned, shown for its own.
        above: What is made for the divider that is open, and goes with it.
        reference: Reference of the file.
        told_above: Whether that says itself what is missing.

    Signals:
        moved: A record was signed or a form closed; the file should be read again.
        writing: A form was opened (carries it) or is open no longer (None).
        wanted: Another divider is wanted; carries its key and a record.
        drafted: A draft behind another divider was begun; carries its identity and the key of its section.
    """

    moved = Signal()
    writing = Signal(object)
    wanted = Signal(str, object)
    drafted = Signal(object, str)

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self.reference = ""
        self._divider: DividerRow | None = None
        self._page: DividerPage | None = None
        self._around: Around | None = None
        self._descriptions: dict[str, Description] = {}
        self.form: EntryForm | None = None
        self._thread: UUID | None = None
        body = column(self, margins=(20, 14, 20, 14), gap=10)
        self._head, self._below = Flow(gap=10), column(gap=10)
        body.addLayout(self._head)
        self._asks = Lacking()
        body.addWidget(self._asks)
        self.told_above = False
        self.first, self.above = column(), column()
        for part in (self.first, self.above):
            body.addLayout(part)
        self.records = ItemList(context.theme, "Records")
        self.records.opened.connect(self._open)
        body.addWidget(self.records)
        body.addLayout(self._below)
        body.addStretch(1)

    def keep(self) -> None:
        """Save at once what was typed."""
        if self.form is not None:
            self.form.keep()

    def show_divider(
        self, divider: DividerRow, page: DividerPage, around: Around, thread: UUID | None = None
    ) -> None:
        """Show a divider with its records; *thread* is the record to open."""
        same = self._divider is not None and self._divider.key == divider.key
        self._divider, self._page, self._around = divider, page, around
        self._descriptions = {one.key: one for one in divider.sections}
        self._draw_head()
        self._draw_records()
        if same and self.form is not None:
            return  # also where its draft is gone by now: what was typed is still in it
        wanted = thread or (self._thread if same else None)
        entry = next((one for one in page.entries if one.thread_id == wanted), None)
        if entry is None and page.entries:
            entry = page.entries[0]
        if entry is not None:
            self.read_entry(entry)
        else:
            self._show_empty()

    def new_record(self) -> None:
        """Begin a record; asks which kind when there is more than one."""
        kinds = self._divider.sections if self._divider is not None else ()
        if len(kinds) == 1:
            self.start(kinds[0].key)
        elif kinds:
            self._kinds_menu().popup(self._new.mapToGlobal(self._new.rect().bottomLeft()))

    def start(self, record: str, thread: UUID | None = None) -> None:
        """Begin a draft of a kind of record, or an amendment of a signed one."""
        form = NewForm(self._file_id, self.reference, record, self._descriptions[record].title)
        begin_form(self._context, self, form, thread, self.write_draft)

    def write_draft(self, draft: DraftRow) -> None:
        """Show the form of a draft."""
        self.keep()
        clear(self._below)
        self._thread = draft.thread_id
        assert self._around is not None
        around = replace(self._around, short=self._around.short or SOURCE in draft.values)
        self.form = EntryForm(self._context, self._descriptions[draft.record], draft, around)
        self.form.signed.connect(self._signed)
        self.form.closed.connect(self._closed)
        self.form.again.connect(self.write_draft)
        self._below.addWidget(self.form)
        self.writing.emit(self.form.form)
        self.form.form.begin()

    def read_entry(self, entry: EntryFact) -> None:
        """Show one signed record."""
        self.keep()
        clear(self._below)
        self.form, self._thread = None, entry.thread_id
        self.writing.emit(None)
        assert self._around is not None
        assert self._page is not None
        shown = EntryCard(self._context, self._descriptions[entry.section], entry, self._page, self._around)
        shown.amending.connect(self.amend)
        shown.comparing.connect(lambda: self._ask_versions(entry))
        shown.wanted.connect(self.wanted)
        shown.drafted.connect(self.drafted)
        self._below.addWidget(shown)
        self.records.choose(entry.id)

    def amend(self) -> None:
        """Begin a new version of the record shown."""
        entry = self._shown()
        if entry is not None and self.form is None:
            self.start(entry.section, entry.thread_id)

    def _shown(self) -> EntryFact | None:
        entries = self._page.entries if self._page else ()
        return next((one for one in entries if one.thread_id == self._thread), None)

    def _draw_head(self) -> None:
        self._head.clear()
        divider = self._divider
        assert divider is not None
        self._head.addWidget(label(divider.title, "section-title"))
        if divider.mark == "not_applicable":
            self._head.addWidget(Chip(f"Not applicable: {divider.said_by}"))
        elif divider.missing:
            self._head.addWidget(Chip(f"{len(divider.missing)} missing", "late"))
        if divider.noted:
            self._head.addWidget(Chip("accreditation lacking", "late"))
        self._head.set_apart(self._head.count())
        may = self._context.may(Permission.KEEP_FILES)
        if divider.mark in ("not_applicable", "empty", "missing") and divider.sections:
            applies = divider.mark == "not_applicable"
            words = "Applies after all …" if applies else "Not applicable …"
            mark = button(words, lambda: self._ask_mark(applies))
            mark.setEnabled(may)
            self._head.addWidget(mark)
        kinds = divider.sections
        if kinds:
            words = f"New {kinds[0].title.lower()}" if len(kinds) == 1 else "New record ▾"
            self._new = button(words, self.new_record, name="primary", hint="Ctrl+N")
            self._new.setEnabled(may)
            self._head.addWidget(self._new)
        self._asks.tell(divider, told_above=self.told_above)

    def _draw_records(self) -> None:
        assert self._page is not None
        drafts = [
            Item(
                one.title,
                f"{one.officer}, saved {one.saved_at.astimezone(LONDON):%d %b %H:%M}",
                "Draft",
                "accent",
                one,
            )
            for one in self._page.drafts
        ]
        signed = [
            Item(self._page.title_of(one), self._line(one), f"version {one.version}" if one.versions > 1 else "signed",
                 "late" if one.doubts else "plain", one, heavy=False)
            for one in self._page.entries
        ]  # fmt: skip
        self.records.show_items([*drafts, *signed])
        self.records.keep_whole(self._context.theme.px(230))
        self.records.setVisible(bool(drafts or signed))

    def _line(self, entry: EntryFact) -> str:
        day = short_date(entry.happened_on) or "date not given"
        title = self._descriptions[entry.section].title
        doubt = " · in part as stated by the source" if entry.doubts else ""
        return f"{day} · {title} · {entry.author}{doubt}"

    def _open(self, what: Any) -> None:
        if isinstance(what, EntryFact):
            self.read_entry(what)
        else:
            self.write_draft(what)

    def _show_empty(self) -> None:
        clear(self._below)
        self.form = None
        self.writing.emit(None)
        divider = self._divider
        if divider is not None:
            self._below.addWidget(Empty("Nothing here yet", divider.asks))

    def _kinds_menu(self) -> QMenu:
        menu = QMenu(self)
        for one in self._divider.sections if self._divider else ():
            menu.addAction(one.title, lambda key=one.key: self.start(key))
        return menu

    def _signed(self, entry: EntryFact) -> None:
        self.form, self._thread = None, entry.thread_id
        self.writing.emit(None)
        self.records.show()
        self.records.setFocus()
        clear(self._below)
        self.moved.emit()
        if self._page is not None and self._page.challenge_of(entry.thread_id) is None:
            offer_challenge(
                self._context, self, entry, lambda draft: self.drafted.emit(draft.id, draft.record)
            )

    def _closed(self) -> None:
        self.form = None
        self.writing.emit(None)
        self.records.show()
        self.records.setFocus()
        clear(self._below)
        self.moved.emit()

    def _ask_versions(self, entry: EntryFact) -> None:
        thread = entry.thread_id
        self._context.jobs.read(
            self, lambda desk: desk.read(versions, thread), self._show_versions, slot="versions"
        )

    def _show_versions(self, found: tuple[EntryFact, ...]) -> None:
        self.keep()
        self.form = None
        self.writing.emit(None)
        clear(self._below)
        assert self._around is not None
        line = row()
        line.addWidget(readable("Versions side by side", "section-title"), 1)
        line.addWidget(button("Back to the record", lambda: self.read_entry(found[-1])))
        self._below.addLayout(line)
        self._below.addWidget(Versions(self._descriptions[found[0].section], found, self._around))

    def _ask_mark(self, applies: bool) -> None:
        assert self._divider is not None
        title, key, file_id = self._divider.title, self._divider.key, self._file_id
        words = "applies after all" if applies else "is not applicable"
        ask = Ask(f"{title} {words}", "Your name and the reason stand on the divider.",
                  (Field("reason", "Why", prose=True),), "Mark", self)  # fmt: skip
        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: desk.do(mark_divider, file_id, key, applies=applies, reason=values["reason"]),
                lambda _: ask.accept(), failed=ask.say,
            )
        )  # fmt: skip
        ask.open()
