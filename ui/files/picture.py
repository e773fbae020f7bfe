"""The picture of the family in an open file: on any day, by what happened or by what police knew, with its list beside it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSlider

from casefile.desk import Desk
from casefile.files.picture.draw import drawing_of
from casefile.files.picture.layout import Layout, layout_of
from casefile.files.picture.model import Basis, Family
from casefile.files.picture.queries import family_told
from casefile.files.picture.told import Told, family_ever, family_on
from casefile.files.picture.words import person_line, tie_line
from casefile.files.queries.docket import Docket
from casefile.record.dates import NotADate, long_date, read_date
from casefile.work.names import Permission
from ui.files.drawing_page import DrawingPage
from ui.files.picture_out import export_picture_of, print_picture_of
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.lists import Item
from ui.widgets.parts import button, keys, label
from ui.widgets.stack import Stack

WIDE = 900
"""Pixels at 100 % from which the list stands beside the drawing, and not below it."""
Laid = tuple[Told, Family, Layout]


class PictureView(DrawingPage):
    """Drawing, slider and list.

    Signals:
        person: A person is wanted; carries their identity.
        chart: The wider chart across files is wanted.
    """

    person = Signal(object)
    chart = Signal()

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__(context, "Picture of the family", "People, households and ties of the picture")
        self._file_id = file_id
        self._laid: Laid | None = None
        self._days: tuple[date, ...] = ()
        self.family: Family | None = None
        self.canvas.chosen.connect(self._chosen_in_drawing)
        self.canvas.opened.connect(self._open)
        self.list.chosen.connect(self._chosen_in_list)
        self.list.opened.connect(self._open)
        self._empty = Empty(
            "Nobody is named yet", "Add the people of the family under Child, and how they are related."
        )
        self._stack = Stack()
        self._stack.addWidget(self.split)
        self._stack.addWidget(self._empty)
        self.lay(self._head(), self._time(), shown=self._stack)
        for keys_, run in (
            ("Ctrl+Left", lambda: self.turn(-1)),
            ("Ctrl+Right", lambda: self.turn(1)),
            ("Ctrl+Home", lambda: self.slider.setValue(0)),
            ("Ctrl+End", lambda: self.slider.setValue(self.slider.maximum())),
        ):
            keys(self, keys_, run)

    def _head(self) -> Flow:
        head = Flow(apart=1)
        head.addWidget(label("Picture of the family", "section-title"))
        for one in self.sizes():
            head.addWidget(one)
        head.addWidget(
            button("Wider chart", self.chart.emit, hint="Who these people stand with in other files")
        )
        if self._context.may(Permission.DISCLOSE):
            head.addWidget(button("Export …", self.export))
            head.addWidget(button("Print …", self.print))
        return head

    def _time(self) -> Flow:
        line = Flow(gap=10)
        name = label("Day", "label")
        self.day = QLineEdit()
        self.day.setAccessibleName("Day shown")
        self.day.setToolTip("As 2 Nov 2026; Enter shows it")
        self.day.setMinimumWidth(self._context.theme.px(150))
        self.day.returnPressed.connect(self._typed)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Days on which something changed")
        self.slider.setToolTip(
            "Ctrl+Left and Ctrl+Right go to the day before and after on which something changed"
        )
        self.slider.setMinimumWidth(self._context.theme.px(220))
        self.slider.setMinimumHeight(self._context.theme.px(24))
        self.slider.valueChanged.connect(self._slid)
        self.known = QCheckBox("As police knew it that day")
        self.known.setToolTip("Otherwise as it was that day, by all that is known now")
        self.known.toggled.connect(lambda _: self._show())
        for part in (name, self.day, self.slider, self.known):
            line.addWidget(part)
        return line

    @property
    def shown_day(self) -> date:
        """The day in view."""
        return self.family.day if self.family is not None else self._context.today

    @property
    def basis(self) -> Basis:
        """By what it is shown."""
        return Basis.KNOWN if self.known.isChecked() else Basis.HAPPENED

    def show_file(self, docket: Docket) -> None:
        """Read the family of a file and lay it out; the day in view is kept while the file stays open."""
        file_id = self._file_id

        def lay(desk: Desk) -> Laid:
            told = desk.read(family_told, file_id)
            ever = family_ever(told, desk.standards)
            return told, ever, layout_of(ever)

        self._context.jobs.read(self, lay, self._arrived, slot="picture")

    def turn(self, by: int) -> None:
        """Go to the next day on which something changed, or the one before."""
        self.slider.setValue(self.slider.value() + by)

    def print(self) -> None:
        """Look at it on paper, then make a numbered copy."""
        if self._laid is not None and self._context.may(Permission.DISCLOSE):
            print_picture_of(self._context, self._laid[0], self.shown_day, self.basis, self)

    def export(self) -> None:
        """Ask for whom and where, then write it as SVG or PDF."""
        if self._laid is not None and self._context.may(Permission.DISCLOSE):
            export_picture_of(self._context, self._laid[0], self.shown_day, self.basis, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stands below the drawing where there is no room beside it."""
        super().resizeEvent(event)
        px = self._context.theme.px
        beside = self.width() >= px(WIDE)
        self.split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        size = self.split.width() if beside else self.split.height()
        self.split.setSizes([size - px(300), px(300)] if beside else [size * 2 // 3, size // 3])

    def _arrived(self, laid: Laid) -> None:
        day = self.family.day if self.family is not None else laid[0].today
        self._laid, self._days = laid, laid[0].days
        self._show_day(day)

    def _show_day(self, day: date) -> None:
        """Show a day; the slider stands on the last change before it."""
        if self._laid is None:
            return
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(self._days) - 1)
        self.slider.setValue(max(sum(one <= day for one in self._days) - 1, 0))
        self.slider.blockSignals(False)
        self._show(day)

    def _slid(self, place: int) -> None:
        if self._days:
            self._show(self._days[place])

    def _typed(self) -> None:
        try:
            day = read_date(self.day.text())
        except NotADate as fault:
            self.said.setText(fault.sentence)
            return
        if day > self._context.today:
            self.said.setText(f"{long_date(day)} is still to come.")
            return
        self._show_day(day)

    def _show(self, day: date | None = None) -> None:
        if self._laid is None:
            return
        told, ever, layout = self._laid
        library = self._context.desk.standards
        self.family = family_on(told, day or self.shown_day, self.basis, library, ever.letters)
        self.day.setText(long_date(self.family.day))
        self.slider.setAccessibleDescription(long_date(self.family.day))
        drawing = drawing_of(self.family, layout)
        self.said.setText(f"{drawing.title}.")
        self.canvas.show_drawing(drawing)
        chosen = self.canvas.current
        self.list.blockSignals(True)
        self.list.show_items(_items(self.family, layout))
        self.list.choose(chosen)
        self.list.blockSignals(False)
        self._stack.setCurrentWidget(self.split if ever.people else self._empty)

    def _chosen_in_drawing(self, key: object) -> None:
        self.list.blockSignals(True)
        self.list.choose(key)
        self.list.blockSignals(False)

    def _chosen_in_list(self, key: object) -> None:
        if isinstance(key, UUID):
            self.canvas.choose(key)

    def _open(self, key: object) -> None:
        """Open a person of this file; of somebody else say where they stand."""
        if self._laid is None or not isinstance(key, UUID) or self.family is None:
            return
        person = next((one for one in self._laid[0].people if one.id == key), None)
        if person is not None and any(
            one.file_id == self._file_id for one in person.facts.get("involvement", ())
        ):
            self.person.emit(key)
        elif person is not None:
            files = ", ".join(self._laid[0].elsewhere.get(key, ()))
            self.said.setText(f"{person.name} has no part in this file: they stand in {files}.")


def _items(family: Family, layout: Layout) -> list[Item]:
    """People, households, ties, and what could not be drawn."""
    found = [Item("People", heading=True)]
    for one in family.people:
        rest = person_line(family, one).removeprefix(one.name).lstrip(",; ")
        mark, tone = ("", "plain")
        if one.concern:
            mark, tone = "of concern", "danger"
        elif not one.verified:
            mark, tone = "not verified", "late"
        elif one.elsewhere:
            mark, tone = f"{len(one.elsewhere) + 1} files", "accent"
        found.append(Item(one.name, rest, mark, tone, one.id))
    if family.households:
        found.append(Item("Households", heading=True))
    for name, address, members in family.households:
        said = ", ".join(family.by_id[one].name for one in members)
        found.append(
            Item(f"{name}  {address}", said or "Nobody of the picture lives there on this day", data=name)
        )
    if family.ties:
        found.append(Item("Ties", heading=True))
    for tie in family.ties:
        words, _, sure = tie_line(family, tie).partition(". ")
        found.append(Item(words, sure, data=tie))
    askew = [one for one in layout.askew if one in family.ties]
    if askew:
        found.append(Item("Cannot be drawn: it contradicts the rest", heading=True))
        found += [
            Item(tie_line(family, one), mark="check", tone="late", data=("askew", one)) for one in askew
        ]
    return found
