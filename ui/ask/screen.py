"""Ask: the prepared views at the left; what is asked and what was found at the right."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSplitter

from casefile.ask.queries import choices, count_asked
from casefile.ask.rows import Choices
from casefile.ask.views import Broken, Views, load_views
from casefile.desk import Desk
from casefile.errors import CasefileError, Invalid
from casefile.record.persons import folded
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.ask.answer_view import AnswerView
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import PageHead, scrolled
from ui.widgets.parts import LARGE, button, column, ground, keys, scale

if TYPE_CHECKING:
    from casefile.ask.shape import View

_WIDTHS = (300, 900)
_LOWEST = 88
"""Pixels of the list at 100 %, where it stands above what is asked."""
_TOUCHED = (Kind.CASE_FILE, Kind.ENTRY, Kind.PERSON, Kind.TASK, Kind.ALARM, Kind.RESTRICTION, Kind.MATCH)
NOT_LOADED = "Do not load"


class AskScreen(Screen):
    """The room."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._views = Views()
        self._counts: dict[str, int] = {}
        self._to_count: list[View] = []
        self._chosen = ""
        body = column(self, gap=0)
        self.head = PageHead("Ask", "", button("Count every view", self.count, hint="Ctrl+Shift+C"))
        body.addWidget(self.head)
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Filter")
        self.finding.setAccessibleName("Filter the views by a word (Ctrl+F)")
        self.finding.setClearButtonEnabled(True)
        self.finding.textChanged.connect(lambda _: self._list_views())
        self.list = ItemList(context.theme, "Views", browse=True)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._ask)
        left = ground("surface")
        inside = column(left, margins=(8, 8, 8, 0), gap=8)
        inside.addWidget(self.finding)
        inside.addWidget(self.list)
        self.answer = AnswerView(context)
        self.answer.opened.connect(lambda place: self.go.emit("files", place))
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._area = scrolled(self.answer, "The view")
        self._split.addWidget(self._area)
        self._split.setSizes([context.theme.px(one) for one in _WIDTHS])
        body.addWidget(self._split, 1)
        for sequence, run in (
            ("Ctrl+F", self.finding.setFocus),
            ("Alt+1", self.list.setFocus),
            ("Alt+2", self._to_rows),
            ("Ctrl+P", self.answer.print),
            ("Ctrl+E", self.answer.give_out),
            ("Ctrl+Shift+C", self.count),
        ):
            keys(self, sequence, run)
        context.theme.changed.connect(self._fit)
        self._fit()

    def shown(self, place: Any = None) -> None:
        """Read the views; *place* is the key of one to choose."""
        if isinstance(place, str):
            self._chosen = place

        def read(desk: Desk) -> tuple[Views, Choices]:
            return load_views(desk.standards), desk.read(choices)

        self._context.jobs.read(self, read, self._arrived, slot="views")
        self.list.setFocus()

    def place(self) -> Any:
        """The view chosen."""
        return self._chosen

    def on_changed(self, changed: Changed) -> None:
        """Something was written that a view may tell of."""
        if changed.concerns(*_TOUCHED):
            self.answer.again()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [Command("Count every view", self.count, "Ctrl+Shift+C")]
        if self._context.may(Permission.DISCLOSE) and self.answer.answer is not None:
            found.append(Command("Print what was asked", self.answer.print, "Ctrl+P"))
            found.append(Command("Give out what was asked as a table", self.answer.give_out, "Ctrl+E"))
        return tuple(found)

    def count(self) -> None:
        """Count the rows of every view as it stands, one after another so that nothing else waits; numbers only."""
        self._to_count = list(self._views.ready)
        self._count_next()

    def _count_next(self) -> None:
        if not self._to_count:
            return
        view = self._to_count.pop(0)

        def arrived(number: int) -> None:
            self._counts[view.key] = number
            self._list_views()
            self._count_next()

        def failed(error: CasefileError) -> None:
            if isinstance(error, Invalid):  # it cannot be asked before something is said
                self._count_next()
            else:
                self._context.jobs.trouble.emit(error)

        self._context.jobs.read(
            self, lambda desk: desk.read(count_asked, view), arrived, failed=failed, slot="count"
        )

    def _arrived(self, found: tuple[Views, Choices]) -> None:
        self._views, self.answer.form.choices = found
        broken = len(self._views.broken)
        more = f" · {broken} {'does' if broken == 1 else 'do'} not load" if broken else ""
        self.head.say(f"{len(self._views.ready)} questions across every file you may see{more}")
        self._list_views()
        held = next((one for one in self._views.ready if one.key == self._chosen), None)
        if held is not None:
            self.list.choose(held)
        elif not self.list.currentIndex().isValid():
            self.list.choose_first()

    def _list_views(self) -> None:
        """Those that fit the filter, under their headings; then those that do not load."""
        words = folded(self.finding.text()).split()
        fitting = [one for one in self._views.ready if _fits(one, words)]
        items: list[Item] = []
        for group, of_group in groupby(fitting, key=lambda one: one.group):
            items.append(Item(group, heading=True))
            items += [self._item(one) for one in of_group]
        broken = [one for one in self._views.broken if all(word in folded(one.name) for word in words)]
        if broken:
            items.append(Item(NOT_LOADED, heading=True))
            items += [
                Item(one.name, mark="◆ see why", tone="plain", data=one, hint=one.why) for one in broken
            ]
        self.list.show_items(items)

    def _item(self, one: View) -> Item:
        count = self._counts.get(one.key)
        mark = "" if count is None else f"{count:,}"
        return Item(one.title, mark=mark, data=one, hint=one.about)

    def _choose(self, one: View | Broken | None) -> None:
        if isinstance(one, Broken):
            self.answer.say(one.name, one.why)
        elif one is not None:
            self._chosen = one.key
            self.answer.show_view(one)

    def _ask(self, one: View | Broken | None) -> None:
        """Enter or a double click on a view asks it as it stands."""
        self._choose(one)
        if one is not None and not isinstance(one, Broken):
            self.answer.ask(then=self._to_rows)

    def _to_rows(self) -> None:
        """To the rows, and where type is large they are brought into view."""
        self.answer.focus_table()
        if self.answer.table is not None:
            self._area.ensureWidgetVisible(self.answer.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stands above where type is large."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        large = scale() >= LARGE
        self.list.setMinimumHeight(self._context.theme.px(_LOWEST) if large else 0)
        self._split.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)


def _fits(view: View, words: list[str]) -> bool:
    held = folded(f"{view.title} {view.group} {view.question} {view.about}")
    return all(word in held for word in words)
