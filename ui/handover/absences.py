"""Absences: who is away now, who will be, who was; recorded, put right, withdrawn, brought in and given out."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.handover.absence import AbsenceRow, absences, withdraw_absence
from casefile.handover.foresight import AbsenceVersion, Sight, absence_versions, foresee_absence
from casefile.record.dates import long_date
from casefile.work.names import Permission
from ui.handover.absence_files import AbsenceFiles
from ui.handover.absence_form import AbsenceForm
from ui.handover.marks import absence_item
from ui.record.around import ONE_COLUMN, TWO_COLUMNS
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import scrolled
from ui.widgets.parts import button, card, clear, column, ground, keys, label, readable
from ui.widgets.stack import Stack
from ui.widgets.words import moment_words


class AbsencesPage(QWidget):
    """The list at the left, one absence or the form at the right.

    Signals:
        begins: A hand-over is to be begun for an absence; carries its row.
        told: Who is away, in words.
    """

    begins = Signal(object)
    told = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[AbsenceRow, ...] = ()
        self._officers: tuple[OfficerRow, ...] = ()
        self._chosen: UUID | None = None
        self.form: AbsenceForm | None = None
        self.files = AbsenceFiles(context, self)
        body = column(self, gap=0)
        around = column(margins=(20, 10, 16, 10))
        around.addWidget(self._bar())
        body.addLayout(around)
        self.list = ItemList(context.theme, "Absences", browse=True)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda one: self.alter() if one is not None else None)
        self._right = QWidget()
        self._shown = column(self._right, margins=(16, 14, 16, 14), gap=12)
        self._empty = Empty(
            "Nobody is away",
            "Record your own absence, or bring in a CSV or your calendar. The page says at once whether it asks for a "
            "hand-over.",
        )
        left = ground("surface")
        self._stack = Stack()
        self._stack.setObjectName("surface")
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column(left, margins=(8, 8, 0, 0)).addWidget(self._stack)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._area = scrolled(self._right, "The absence")
        self._split.addWidget(self._area)
        self._split.setSizes([context.theme.px(480), context.theme.px(720)])
        body.addWidget(self._split, 1)
        keys(self, "Ctrl+N", self.new)
        keys(self, "Ctrl+E", self.alter)
        keys(self, "Alt+1", self.list.setFocus)

    def read(self) -> None:
        """Read the absences."""
        team = str(self.team.currentData() or "")
        self._context.jobs.read(
            self, lambda desk: (desk.read(absences, team=team), desk.read(officers)),
            lambda found: self._arrived(*found), slot="absences",
        )  # fmt: skip

    def begin(self) -> None:
        """Put the keyboard where it belongs."""
        if self.form is not None:
            self.form.form.begin()
        else:
            self.list.setFocus()

    def new(self) -> None:
        """Record an absence."""
        self._write(None)

    def alter(self) -> None:
        """Put the absence chosen right."""
        one = self._current()
        if one is not None and self._mine(one):
            self._write(one)

    def ask_withdraw(self) -> None:
        """Ask why an absence does not take place, and withdraw it."""
        one = self._current()
        if one is None:
            return
        about = f"{one.officer}, from {long_date(one.from_on)}. The record of it stays readable."
        ask = Ask("Withdraw the absence", about, (Field("reason", "Why", prose=True),), "Withdraw", self)
        ask.given.connect(
            lambda given: self._context.jobs.write(
                ask, lambda desk: desk.do(withdraw_absence, one.id, given["reason"]), lambda _: ask.accept(),
                failed=ask.say,
            )
        )  # fmt: skip
        ask.open()

    def _bar(self) -> QWidget:
        made = QWidget()
        line = Flow(made, gap=8)
        line.addWidget(button("Record an absence …", self.new, name="primary", hint="Ctrl+N"))
        line.addWidget(button("Bring in …", self.files.ask_import, hint="From a CSV or a calendar (.ics)"))
        line.addWidget(button("Give out …", self.files.ask_export, hint="As a calendar (.ics)"))
        self.team = QComboBox()
        self.team.setAccessibleName("Whose absences")
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.team.addItem("Every team", "")
        self.team.activated.connect(lambda _: self.read())
        line.addWidget(self.team)
        return made

    def _write(self, held: AbsenceRow | None) -> None:
        clear(self._shown)
        wide, px = self._area.viewport().width(), self._context.theme.px
        self.form = AbsenceForm(
            self._context, self._officers, held, short=wide < px(TWO_COLUMNS), stacked=wide < px(ONE_COLUMN)
        )
        self.form.closed.connect(self._close)
        self.form.recorded.connect(self._recorded)
        self._shown.addWidget(self.form)
        self._shown.addStretch(1)
        self.form.form.begin()

    def _close(self) -> None:
        self.form = None
        self._show(self._current())
        self.list.setFocus()

    def _recorded(self, absence_id: UUID) -> None:
        self.form, self._chosen = None, absence_id
        self.read()
        self.list.setFocus()

    def _current(self) -> AbsenceRow | None:
        return next((one for one in self._rows if one.id == self._chosen), None)

    def _mine(self, one: AbsenceRow) -> bool:
        """Whether this officer may say something of it."""
        own = one.officer_id == self._context.desk.actor.officer_id
        return own or self._context.may(Permission.ALLOCATE)

    def _arrived(self, rows: tuple[AbsenceRow, ...], everyone: tuple[OfficerRow, ...]) -> None:
        self._rows, self._officers, self.files.officers = rows, everyone, everyone
        offered = {self.team.itemData(place) for place in range(self.team.count())}
        for team in sorted({one.team for one in everyone if one.team} - offered):
            self.team.addItem(team, team)
        today, library = self._context.today, self._context.desk.standards
        now = [
            one for one in rows if one.from_on <= today and (one.until_on is None or one.until_on >= today)
        ]
        ahead = [one for one in rows if one.from_on > today]
        past = [one for one in rows if one.until_on is not None and one.until_on < today]
        items: list[Item] = []
        for name, some in (("Away now", now), ("Coming", ahead[::-1]), ("Past", past)):
            if some:
                items.append(Item(f"{name} ({len(some)})", heading=True))
                items += [absence_item(one, today, library) for one in some]
        self.list.blockSignals(True)
        self.list.show_items(items)
        ordered = (*now, *ahead[::-1], *past)
        held = next((one for one in rows if one.id == self._chosen), ordered[0] if ordered else None)
        if held is not None:
            self.list.choose(held)
        self.list.blockSignals(False)
        self._stack.setCurrentWidget(self.list if rows else self._empty)
        self.told.emit(f"{len(now)} away now, {len(ahead)} coming")
        self._chosen = held.id if held else None
        if self.form is None:
            self._show(held)

    def _choose(self, one: AbsenceRow | None) -> None:
        if one is not None and (one.id != self._chosen or self.form is not None):
            self._chosen, self.form = one.id, None
            self._show(one)

    def _show(self, one: AbsenceRow | None) -> None:
        clear(self._shown)
        if one is None:
            return
        if not self._mine(one):
            self._shown.addWidget(self._card(one, None, ()))
            self._shown.addStretch(1)
            return
        what = (one.officer_id, one.from_on, one.until_on, one.kind)
        self._context.jobs.read(
            self,
            lambda desk: (desk.read(foresee_absence, *what, replaces_id=one.id), desk.read(absence_versions, one.id)),
            lambda found: self._shown_whole(one, *found), slot="absence",
        )  # fmt: skip

    def _shown_whole(self, one: AbsenceRow, sight: Sight, versions: tuple[AbsenceVersion, ...]) -> None:
        if one.id == self._chosen and self.form is None:
            clear(self._shown)
            self._shown.addWidget(self._card(one, sight, versions))
            self._shown.addStretch(1)

    def _card(self, one: AbsenceRow, sight: Sight | None, versions: tuple[AbsenceVersion, ...]) -> QWidget:
        frame = card()
        body = column(frame, margins=16, gap=8)
        body.addWidget(label(one.officer, "section-title", wrap=True))
        kind = self._context.desk.standards.codes("absence_kind").label(one.kind) if one.kind else "Away"
        until = f" to {long_date(one.until_on)}" if one.until_on else ", no end known"
        body.addWidget(readable(f"{kind}, {long_date(one.from_on)}{until}"))
        if one.note:
            body.addWidget(readable(one.note, "quiet"))
        if sight is None:
            return frame
        held = "1 open file is held" if sight.held == 1 else f"{sight.held:,} open files are held"
        body.addWidget(readable(f"{sight.sentence} {held[:1].upper()}{held[1:]}."))
        if sight.going:
            body.addWidget(readable(f"{', '.join(sight.going)} goes on."))
        for older in versions[1:]:
            to = f" to {long_date(older.until_on)}" if older.until_on else ", no end known"
            said = f"Before: {long_date(older.from_on)}{to}, said by {older.recorded_by}, {moment_words(older.recorded_at)}"
            body.addWidget(readable(said, "small"))
        body.addWidget(self._buttons(one))
        return frame

    def _buttons(self, one: AbsenceRow) -> QWidget:
        made = QWidget()
        line = Flow(made, gap=8)
        over = one.until_on is not None and one.until_on < self._context.today
        if not over and self._context.may(Permission.KEEP_FILES):
            name = "primary" if one.needs_from is not None else ""
            line.addWidget(button("Hand over …", lambda: self.begins.emit(one), name=name))
        if one.kind != "no_access":
            line.addWidget(button("Put right …", self.alter, hint="Ctrl+E"))
            line.addWidget(button("Withdraw …", self.ask_withdraw))
        return made
