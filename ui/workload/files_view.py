"""The files of one officer or of nobody with their points at the left; why one of them weighs so much at the right."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from casefile.record.dates import long_date
from casefile.workload.queries import files_of, why
from casefile.workload.rows import FileLoad, FileLoads, OfficerLoad, Why, WhyItem, count
from ui.shell.context import Context
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import LARGE, button, column, ground, keys, label, scale


class FilesView(QWidget):
    """Files and why.

    Signals:
        left: Back to the table.
        wanted: A file is wanted, at its front or at a record: the place in the room of files.
    """

    left = Signal()
    wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._whose: UUID | None = None
        self._day: date | None = None
        self._team = ""
        self._why: Why | None = None
        body = column(self, gap=0)
        head = QWidget()
        top = column(head, margins=(20, 8, 16, 8), gap=4)
        line = Flow(gap=8)
        self._back = button("‹ Back", self.left.emit, hint="Esc")
        line.addWidget(self._back)
        self._open_file = button("Open the file", self._to_file, hint="Ctrl+Enter")
        line.addWidget(self._open_file)
        top.addLayout(line)
        self._title = label("", "section-title", wrap=True)
        self._steps = label("", "quiet", wrap=True)
        top.addWidget(self._title)
        top.addWidget(self._steps)
        body.addWidget(head)
        self.list = ItemList(context.theme, "Files, the heaviest first", browse=True)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self._to_items())
        self.items = ItemList(context.theme, "Why it weighs what it weighs", browse=True)
        self.items.opened.connect(self._to_record)
        self._why_title = label("", "strong", wrap=True)
        right = ground("surface")
        inside = column(right, margins=(12, 10, 8, 0), gap=6)
        inside.addWidget(self._why_title)
        inside.addWidget(self.items, 1)
        left = ground("surface")
        column(left, margins=(8, 4, 0, 0)).addWidget(self.list)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setSizes([context.theme.px(480), context.theme.px(560)])
        body.addWidget(self._split, 1)
        keys(self, "Ctrl+Return", self._to_file)
        context.theme.changed.connect(self._fit)
        self._fit()

    def show_of(self, whose: UUID | None, day: date | None, team: str, held: OfficerLoad | None) -> None:
        """Show the files of an officer on a day, or of nobody; *held* tells of their capacity where it is known."""
        self._whose, self._day, self._team = whose, day, team
        self._show_why(None)
        steps = held.capacity.steps if held else ()
        told = " · ".join(
            f"{one.said} → {one.points}" if place else one.said for place, one in enumerate(steps)
        )
        self._steps.setText(told)
        self._steps.setVisible(bool(told))
        self.read()
        self.list.setFocus()

    def read(self) -> None:
        """Read again."""
        whose, day, team = self._whose, self._day, self._team
        self._context.jobs.read(
            self, lambda desk: desk.read(files_of, whose, as_of=day, team=team), self._arrived, slot="files"
        )

    def _arrived(self, found: FileLoads) -> None:
        total = found.total
        hidden = f" · {total.hidden}" if total.hidden else ""
        day = "" if found.day == self._context.today else f" on {long_date(found.day)}"
        who = "Without a named person" if found.officer_id is None else found.officer
        self._title.setText(
            f"{who}{day}: {count(total.points, 'point')} in {count(total.files, 'file')}{hidden}"
        )
        rows = [_item(one) for one in found.files]
        self.list.blockSignals(True)
        self.list.show_items(rows or [Item("No file that you may read.")])
        if self.list.currentIndex().row() < 0:
            self.list.choose_first()
        self.list.blockSignals(False)
        place = max(self.list.currentIndex().row(), 0)
        self._choose(found.files[min(place, len(found.files) - 1)] if found.files else None)

    def _choose(self, one: FileLoad | None) -> None:
        if one is None:
            self._show_why(None)
            return
        day = self._day
        self._context.jobs.read(
            self, lambda desk: desk.read(why, one.file_id, as_of=day), self._show_why, slot="why"
        )

    def _show_why(self, found: Why | None) -> None:
        self._why = found
        self._open_file.setEnabled(found is not None)
        if found is None:
            self._why_title.setText("")
            self.items.show_items(())
            return
        name = found.family_name.upper() or "Family not named"
        self._why_title.setText(f"Why {count(found.points, 'point')}? {name} {found.reference}")
        nothing = [Item("Nothing in it weighs by the standard.")]
        self.items.show_items([_why_item(one) for one in found.items] or nothing)

    def _to_items(self) -> None:
        if self._why is not None and self._why.items:
            self.items.setFocus()
            self.items.choose_first()

    def _to_record(self, one: WhyItem | None) -> None:
        if self._why is None or one is None:
            return
        place = (self._why.file_id, one.divider, one.thread_id) if one.thread_id else self._why.file_id
        self.wanted.emit(place)

    def _to_file(self) -> None:
        if self._why is not None:
            self.wanted.emit(self._why.file_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Why stands below the files where type is large."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        large = scale() >= LARGE
        self._split.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)


def _item(one: FileLoad) -> Item:
    parts = (
        [f"{one.children} {'child' if one.children == 1 else 'children'} on a plan"] if one.children else []
    )
    parts += ["high risk"] if one.high else []
    parts += [f"was with {one.was_with}"] if one.was_with else []
    parts += [f"supervised by {one.supervisor}"] if one.supervisor else ["no supervisor"]
    words = " · ".join(parts)
    name = one.family_name.upper() or "Family not named"
    return Item(
        f"{name}  {one.reference}",
        f"{words[:1].upper()}{words[1:]}",
        count(one.points, "point"),
        "plain",
        one,
    )


def _why_item(one: WhyItem) -> Item:
    number = f" ({one.number} × {one.each})" if one.number > 1 else ""
    return Item(
        f"{one.title}{number}", one.said, count(one.points, "point"), "plain", one, f"Weight: {one.source}"
    )
