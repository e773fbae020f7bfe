"""Files of hand-overs in a table, with the checklist of one of them beside it; what can be done stands above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from casefile.errors import CasefileError, Invalid
from casefile.handover.ready import unready
from casefile.handover.rows import ItemRow
from casefile.record.dates import short_date
from ui.handover.acts import Acts
from ui.handover.checklist import ChecklistView
from ui.handover.marks import stands
from ui.handover.ticks import TickTable
from ui.handover.tools import Tools
from ui.shell.context import Context
from ui.widgets.page import scrolled
from ui.widgets.parts import LARGE, clear, column, ground, keys, label
from ui.widgets.table import Column

RESTING = 150
"""Milliseconds on a file before its checklist is read: the arrow keys run past others."""
RISKS = {"high": "danger", "medium": "late", "standard": "plain"}
WIDE, TABLE = 1100, 0.64
"""Pixels at 100 % from which the table has most of the room, and how much of it."""
NAMED = 6
"""Sentences on what keeps files from being sent, or accepted, that are shown at once."""
_ROOM = {"Risk": 620, "Next due": 620, "Ch.": 900, "As": 900}
"""From how many pixels on a column has room."""


class FilesView(QWidget):
    """The files.

    Signals:
        opens: Something of a file is wanted; carries the place of it in the room of files.
        spreads: The files ticked are to be spread over several receivers; carries them.
    """

    opens = Signal(object)
    spreads = Signal(object)

    def __init__(self, context: Context, name: str, nothing: str, *, of_many: bool = False) -> None:
        """The files, in a table that assistive programs call *name*.

        Args:
            nothing: What stands beside the table while it is empty.
            of_many: They come from several officers, so that each says from whom.
        """
        super().__init__()
        self._context, self._nothing, self._of_many = context, nothing, of_many
        self._wants: dict[UUID, tuple[str, ...]] = {}
        self.acts = Acts(context, self)
        self.acts.said.connect(lambda words: self.say(words))
        self.acts.failed.connect(self._failed)
        self.acts.busy.connect(self._busy_with)
        self.tools = Tools(context, self.acts)
        self.tools.spreads.connect(lambda: self.spreads.emit(self.table.meant()))
        self.table = TickTable(self._columns(), context.theme, name, _ROOM)
        self.table.ticks.connect(self._show_tools)
        self.table.chosen.connect(self._moved)
        self.table.opened.connect(lambda _: self.checklist.begin())
        self.checklist = ChecklistView(
            context, self.acts, lambda: self._area.viewport().width(), lambda one: self._wants.get(one)
        )
        self.checklist.opens.connect(self.opens)
        self.checklist.wants.connect(self._want)
        self.said = label("", "quiet", wrap=True)
        self.said.hide()
        self._progress = column(gap=0)
        body = column(self, gap=0)
        above = column(margins=(20, 8, 16, 8), gap=6)
        above.addWidget(self.tools)
        above.addWidget(self.said)
        above.addLayout(self._progress)
        body.addLayout(above)
        left = ground("surface")
        column(left).addWidget(self.table)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._area = scrolled(self.checklist, "The checklist")
        self._split.addWidget(self._area)
        body.addWidget(self._split, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(RESTING)
        self._wait.timeout.connect(self.show_chosen)
        self._keys()

    def show_items(self, rows: Sequence[ItemRow], *, at: UUID | None = None) -> None:
        """Show these files; *at* is the one to choose, by its place in the hand-over or by the file."""
        before = {one.id: one.step for one in self.table.held.rows}
        moved = {one.id for one in rows if before.get(one.id, one.step) is not one.step}
        self.table.held.tick(moved, on=False)  # what was sent or accepted is done with
        self.table.show_rows(rows)
        place = next(
            (one for one, row in enumerate(rows) if at is not None and at in (row.id, row.file_id)), None
        )
        if place is not None:
            self.table.choose(place)
        to_send = [one.id for one in self.acts.to_send(rows)]
        self._wants = {key: wants for key, wants in self._wants.items() if key in set(to_send)}
        if to_send:
            self._context.jobs.read(
                self, lambda desk: desk.read(unready, to_send), self._all_wants, slot="wants"
            )
        self._show_tools()
        self._read_again()

    def keep(self) -> None:
        """Save at once what was typed."""
        self.checklist.keep()

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say what was done, or what is wrong."""
        self.said.setObjectName("fault" if wrong else "quiet")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def show_chosen(self) -> None:
        """Show the checklist of the file that is chosen, at once."""
        self._wait.stop()
        row = self.table.current()
        if row is not None and row.id != self.checklist.item_id:
            self._area.verticalScrollBar().setValue(0)
            self.checklist.show_item(row.id)

    def step(self, down: int) -> None:
        """The next file, or the one before; whoever was in the form comes into the next one's."""
        self.keep()
        focus, form = QApplication.focusWidget(), self.checklist.form
        writing = form is not None and focus is not None and form.isAncestorOf(focus)
        self.table.choose(self.table.currentIndex().row() + down)
        row = self.table.current()
        self._wait.stop()
        if row is None or row.id == self.checklist.item_id:
            return
        if not writing:
            self._area.verticalScrollBar().setValue(0)
        self.checklist.show_item(row.id, begin=writing)

    def go(self) -> None:
        """Do what is next with the files meant: send them, or accept them."""
        self.keep()
        rows = self.table.meant()
        if self.acts.to_send(rows):
            self.acts.send(rows)
        elif self.acts.to_answer(rows):
            self.acts.accept(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The checklist goes below where type is large, and has more of the room where there is little."""
        super().resizeEvent(event)
        theme, wide = self._context.theme, event.size().width()
        large = theme.scale >= LARGE
        self._split.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)
        roomy = wide >= theme.px(WIDE)
        if event.oldSize().width() < 0 or roomy != (event.oldSize().width() >= theme.px(WIDE)):
            share = TABLE if roomy and not large else 0.5
            self._split.setSizes([round(wide * share), round(wide * (1 - share))])

    def _keys(self) -> None:
        for sequence, run in (
            ("Alt+1", self.table.setFocus),
            ("Alt+2", self.checklist.lines.setFocus),
            ("Alt+3", self.checklist.begin),
            ("Alt+4", self.tools.begin),
            ("Ctrl+Down", lambda: self.step(1)),
            ("Ctrl+Up", lambda: self.step(-1)),
            ("Ctrl+Return", self.go),
            ("Ctrl+O", self.checklist.open_file),
            ("Alt+S", self.tools.ask_spread),
            ("Alt+E", lambda: self.acts.ask_exception(self.table.meant())),
            ("Alt+T", lambda: self.acts.ask_take_back(self.table.meant())),
            ("Alt+R", lambda: self.acts.ask_refuse(self.table.current())),
            ("Alt+Q", lambda: self.acts.ask_or_answer(self.table.current())),
        ):
            keys(self, sequence, run)

    def _columns(self) -> tuple[Column, ...]:
        codes, today = self._context.desk.standards.codes, self._context.today
        risk, role = codes("risk_level").label, codes("handover_role").label
        other = (
            Column("", "From", lambda one: one.from_officer, width=126)
            if self._of_many
            else Column("", "To", lambda one: one.receiver, width=126)
        )
        return (
            Column("", "Reference", lambda one: one.reference, width=132),
            Column("", "Family", lambda one: one.family_name or "Not named", width=104),
            Column("", "How it stands", lambda one: self._stands(one)[0], lambda one: self._stands(one)[1], 0),
            other,
            Column("", "Risk", lambda one: risk(one.risk_level) if one.risk_level else "Not assessed",
                   lambda one: RISKS.get(one.risk_level or "", "late"), 96),
            Column("", "Next due", lambda one: short_date(one.next_due),
                   lambda one: "late" if one.next_due and one.next_due < today else None, 124),
            Column("", "Ch.", lambda one: str(one.children), width=44, number=True),
            Column("", "As", lambda one: role(one.role), width=130),
        )  # fmt: skip

    def _stands(self, one: ItemRow) -> tuple[str, str]:
        return stands(one, self._wants.get(one.id), self.acts.me, brief=not self._of_many)

    def _moved(self, row: ItemRow | None) -> None:
        self._show_tools()
        if row is None:
            self.checklist.show_nothing(self._nothing)
        else:
            self._wait.start()

    def _read_again(self) -> None:
        row = self.table.current()
        if row is None:
            self.checklist.show_nothing(self._nothing)
        else:
            self.checklist.show_item(row.id)

    def _show_tools(self) -> None:
        self.tools.show_rows(self.table.held.rows, self.table.meant(), len(self.table.held.ticked))

    def _all_wants(self, found: Mapping[UUID, tuple[str, ...]]) -> None:
        self._wants = dict(found)
        self._told()

    def _want(self, item_id: UUID, wants: tuple[str, ...]) -> None:
        self._wants[item_id] = wants
        self._told()

    def _told(self) -> None:
        """Every row says anew how it stands, and the file in view what keeps it."""
        self.table.held.tick((), on=True)
        self.checklist.show_wants()

    def _busy_with(self, shown: QWidget | None) -> None:
        clear(self._progress)
        if shown is not None:
            self.say("")
            self._progress.addWidget(shown)

    def _failed(self, error: CasefileError) -> None:
        """Say what keeps the files, and go to the first of them."""
        if not isinstance(error, Invalid):
            self.say(f"{error.sentence} {error.kept} {error.remedy}".strip(), wrong=True)
            return
        told = [one.sentence for one in error.faults]
        more = f" And {len(told) - NAMED} more." if len(told) > NAMED else ""
        self.say(f"{' '.join(told[:NAMED])}{more} {error.kept}", wrong=True)
        first: Any = error.faults[0].field
        place = next((at for at, one in enumerate(self.table.held.rows) if str(one.id) == first), None)
        if place is not None:
            self.table.choose(place)
