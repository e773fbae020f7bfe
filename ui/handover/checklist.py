"""The checklist of one file: what the file says, what the officer adds, and what was said about it since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.errors import CasefileError
from casefile.files.queries.docket import place_of_entry
from casefile.handover.queries import checklist
from casefile.handover.receive import note_opened
from casefile.handover.rows import Block, ChecklistPage, Line, WordRow
from casefile.record.dates import long_date, short_date
from ui.handover.acts import Acts
from ui.handover.form import ChecklistForm, ChecklistRead
from ui.handover.marks import family, stands
from ui.record.around import ONE_COLUMN, TWO_COLUMNS
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, clear, column, label, readable
from ui.widgets.words import moment_words

_WORDS = {
    "sent": "Sent", "opened": "Opened", "asked": "Asked back", "answered": "Answered", "refused": "Refused",
    "accepted": "Accepted", "withdrawn": "Taken back", "excepted": "Exception", "stays": "Stays",
}  # fmt: skip


class ChecklistView(QWidget):
    """One file of a hand-over, read or written.

    Signals:
        opens: Something of the file is wanted; carries the place of it in the room of files.
        wants: What keeps the file from being sent has changed; carries its identity and the sentences.
    """

    opens = Signal(object)
    wants = Signal(object, object)

    def __init__(
        self,
        context: Context,
        acts: Acts,
        room: Callable[[], int],
        wants_of: Callable[[UUID], Sequence[str] | None],
    ) -> None:
        """The view.

        Args:
            room: How much room there is across, which settles the columns of the form.
            wants_of: What keeps a file from being sent, as far as is known; None where it is not to be sent.
        """
        super().__init__()
        self._context, self._acts, self._room, self._wants_of = context, acts, room, wants_of
        self.item_id: UUID | None = None
        self.page: ChecklistPage | None = None
        self.form: ChecklistForm | None = None
        self._begin = False
        body = column(self, margins=(16, 14, 16, 14), gap=12)
        self._top = column(gap=8)
        self._written = column(gap=8)
        self._below = column(gap=8)
        self.lines = ItemList(context.theme, "What the file says", browse=True)
        self.lines.opened.connect(self._open_line)
        self.lines.hide()
        body.addLayout(self._top)
        body.addWidget(self.lines)
        body.addLayout(self._written)
        body.addLayout(self._below)
        body.addStretch(1)

    def keep(self) -> None:
        """Save at once what was typed."""
        if self.form is not None:
            self.form.keep()

    def show_nothing(self, words: str) -> None:
        """No file is chosen."""
        self.keep()
        self.item_id, self.page, self.form = None, None, None
        for part in (self._top, self._written, self._below):
            clear(part)
        self.lines.hide()
        self._top.addWidget(label(words, "quiet", wrap=True))

    def show_item(self, item_id: UUID, *, begin: bool = False) -> None:
        """Read the checklist of a file; *begin* puts the keyboard in its form."""
        if item_id != self.item_id:
            self.keep()
            self.form = None
        self.item_id, self._begin = item_id, begin
        self._context.jobs.read(
            self,
            lambda desk: desk.read(checklist, item_id),
            self._arrived,
            failed=self._gone,
            slot="checklist",
        )

    def begin(self) -> None:
        """Put the keyboard in the form, or on what the file says where there is none."""
        if self.form is not None:
            self.form.begin()
        else:
            self.lines.setFocus()

    def show_wants(self) -> None:
        """Say anew what keeps the file from being sent."""
        if self.page is not None:
            self._draw_top(self.page)

    def open_file(self) -> None:
        """Open the file; that the receiver did is recorded."""
        if self.page is not None:
            self._note("file")
            self.opens.emit(self.page.item.file_id)

    def _gone(self, error: CasefileError) -> None:
        self.show_nothing(f"{error.sentence} {error.remedy}".strip())

    def _arrived(self, page: ChecklistPage) -> None:
        if page.item.id != self.item_id:
            return
        same = self.form is not None and self.form.item_id == page.item.id and page.may_edit
        self.page = page
        self._draw_top(page)
        self.lines.show_items(_items(page.blocks))
        self.lines.keep_whole()
        self.lines.show()
        if not same:
            self._draw_written(page)
        self._draw_below(page)
        if page.may_receive and "checklist" not in page.item.opened:
            self._note("checklist")
        if self._begin:
            self._begin = False
            self.begin()

    def _draw_top(self, page: ChecklistPage) -> None:
        clear(self._top)
        item, wants = page.item, self._wants_of(page.item.id)
        head = Flow(gap=8, apart=1)
        head.addWidget(label(family(item), "section-title"))
        words, tone = stands(item, wants, self._acts.me)
        head.addWidget(Chip(item.state if wants else words, tone))
        self._top.addLayout(head)
        role = self._context.desk.standards.codes("handover_role").label(item.role)
        to = f" to {item.receiver}" if item.receiver else ""
        told = f"{role} · from {item.from_officer}{to} · by {long_date(item.due_on)}"
        self._top.addWidget(label(told, "quiet", wrap=True))
        away = "" if page.owner.why == "holder" else "◆ "
        self._top.addWidget(readable(f"{away}{page.owner.sentence}", "quiet"))
        if item.asked:
            self._top.addWidget(readable(f"◆ {item.receiver} asks: {item.asked}", "strong"))
        for one in wants or ():
            self._top.addWidget(label(f"◆ {one}", "fault", wrap=True))
        self._top.addWidget(self._buttons(page))

    def _buttons(self, page: ChecklistPage) -> QWidget:
        made, item, acts = QWidget(), page.item, self._acts
        line = Flow(made, gap=8)
        rows = (item,)
        if page.may_receive:
            line.addWidget(button("Accept", lambda: acts.accept(rows), name="primary", hint="Ctrl+Enter"))
            line.addWidget(button("Ask back …", lambda: acts.ask_or_answer(item), hint="Alt+Q"))
            line.addWidget(button("Refuse …", lambda: acts.ask_refuse(item), hint="Alt+R"))
        if acts.to_send(rows):
            line.addWidget(button("Send this file", lambda: self._send(page), name="primary"))
        if item.asked and acts.may_give(item):
            line.addWidget(button("Answer …", lambda: acts.ask_or_answer(item), name="primary", hint="Alt+Q"))
        if acts.to_take_back(rows):
            line.addWidget(button("Take back …", lambda: acts.ask_take_back(rows), hint="Alt+T"))
        if acts.to_except(rows):
            line.addWidget(button("Exception …", lambda: acts.ask_exception(rows), hint="Alt+E"))
        line.addWidget(button("Open the file", self.open_file, hint="Ctrl+O"))
        return made

    def _send(self, page: ChecklistPage) -> None:
        self.keep()
        self._acts.send((page.item,))

    def _draw_written(self, page: ChecklistPage) -> None:
        clear(self._written)
        self.form = None
        wide, px = self._room(), self._context.theme.px
        around = Around(
            self._context.today,
            self._context.desk.standards.codes,
            short=wide < px(TWO_COLUMNS),
            stacked=wide < px(ONE_COLUMN),
        )
        if not page.may_edit:
            read = ChecklistRead(page.description, page.values, around, page.item.from_officer)
            self._written.addWidget(read)
            return
        self.form = ChecklistForm(self._context, page, around)
        item_id = page.item.id
        self.form.kept.connect(lambda wants: self.wants.emit(item_id, wants))
        self._written.addWidget(self.form)

    def _draw_below(self, page: ChecklistPage) -> None:
        clear(self._below)
        if page.changed:
            self._below.addWidget(label("Recorded in the file since it was sent", "strong", wrap=True))
            for one in page.changed:
                day = f", {long_date(one.on)}" if one.on else ""
                self._below.addWidget(readable(f"{one.text.rstrip('.')}{day}."))
        if page.words:
            self._below.addWidget(label("What was said and done", "strong"))
            for word in page.words:
                self._below.addWidget(readable(self._told(word), "quiet"))

    def _told(self, one: WordRow) -> str:
        what = _WORDS.get(one.what, one.what)
        said = self._opened(one.said) if one.what == "opened" else one.said
        to = f" to {one.receiver}" if one.what == "sent" else ""
        more = (
            f" {one.interim} looks after it until {long_date(one.until_on)}; approved by {one.approved_by}."
            if one.interim
            else ""
        )
        return f"{moment_words(one.at)}  {what}{to} by {one.by}{f': {said}' if said else ''}{more}"

    def _opened(self, key: str) -> str:
        """What was opened, in words."""
        if key in ("checklist", "file"):
            return f"the {key}"
        return self._context.desk.standards.divider(key).title

    def _note(self, what: str) -> None:
        """Record that the receiver opened something."""
        page = self.page
        if page is not None and page.may_receive and what not in page.item.opened:
            item_id = page.item.id
            self._context.jobs.write(self, lambda desk: desk.do(note_opened, item_id, what))

    def _open_line(self, line: Any) -> None:
        if isinstance(line, Line) and line.entry_id is not None:
            entry_id = line.entry_id
            self._context.jobs.read(
                self, lambda desk: desk.read(place_of_entry, entry_id), self._open_place, slot="entry"
            )

    def _open_place(self, place: tuple[UUID, str, UUID]) -> None:
        self._note(place[1])
        self.opens.emit(place)


def _items(blocks: Sequence[Block]) -> list[Item]:
    """What the file says under each heading; headings under which there is nothing are told together at the end."""
    found: list[Item] = []
    for block in blocks:
        if not block.lines:
            continue
        found.append(Item(block.title, heading=True))
        for one in block.lines:
            mark = short_date(one.on) or ("late" if one.late else "")
            found.append(Item(one.text, "", mark, "late" if one.late else "plain", one))
    nothing = " ".join(one.nothing for one in blocks if not one.lines and one.nothing)
    return (
        [*found, Item("Nothing under the other headings", heading=True), Item(nothing)] if nothing else found
    )
