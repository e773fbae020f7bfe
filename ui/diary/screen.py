"""The diary: days at the left, the dates of the day at the right; or all dates as a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from casefile.diary.queries import diary, month_of, teams, week_of
from casefile.diary.rows import Diary, DiaryRow, Wanted
from casefile.record.dates import long_date
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.diary.bar import Bar, Of
from ui.diary.files import CalendarFiles, ask_copy
from ui.diary.grid import WEEK, DayGrid
from ui.diary.invite import Inviting
from ui.diary.marks import items_of_all, items_of_day
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import PageHead
from ui.widgets.parts import button, column, ground, keys

AHEAD = 28
"""Calendar days of a list."""
KEPT = 8
"""Diaries that are held so that going back and forth asks nothing twice."""
BESIDE = 1.5
"""From this size of type the dates of the day stand below the days."""


class DiaryScreen(Screen):
    """The room."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._held: dict[Wanted, Diary] = {}
        self._seen_on = self.day = context.today
        body = column(self, gap=0)
        self.inviting = Inviting(context, self)
        self.inviting.drafted.connect(lambda place: self.go.emit("files", place))
        body.addWidget(self._head())
        self.bar = Bar(context)
        self.bar.stepped.connect(self.step)
        self.bar.changed.connect(self.read)
        body.addWidget(self.bar)
        self.grid = DayGrid(context.theme)
        self.grid.reached.connect(self.show_day)
        self.grid.opened.connect(self._to_list)
        self.list = ItemList(context.theme, "Dates", browse=True)
        self.list.opened.connect(self.open_row)
        right = ground("surface")
        column(right, margins=(8, 4, 0, 0)).addWidget(self.list)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.grid)
        self._split.addWidget(right)
        self._split.setSizes([context.theme.px(740), context.theme.px(380)])
        body.addWidget(self._split, 1)
        for sequence, run in self._shortcuts().items():
            keys(self, sequence, run)
        context.theme.changed.connect(self._fit)
        self._fit()

    def _head(self) -> PageHead:
        buttons = []
        if self._context.may(Permission.KEEP_FILES):
            buttons.append(
                button("Invitation …", self.invite, hint="Start the form of a meeting from an .ics")
            )
        if self._context.may(Permission.DISCLOSE):
            buttons.append(button("Calendar file …", self.ask_calendar, hint="For a calendar program (.ics)"))
            buttons.append(button("Print", self.print, hint="Ctrl+P"))
        self.head = PageHead("Diary", "", *buttons)
        return self.head

    def _shortcuts(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "PgUp": lambda: self.step(-1),
            "PgDown": lambda: self.step(1),
            "Alt+T": lambda: self.step(0),
            "Alt+M": lambda: self.bar.choose_view("month"),
            "Alt+W": lambda: self.bar.choose_view("week"),
            "Alt+L": lambda: self.bar.choose_view("list"),
        }
        if self._context.may(Permission.DISCLOSE):
            found["Ctrl+P"] = self.print
        return found

    def shown(self, place: Any = None) -> None:
        """Read; *place* is a file, or where the person was: whose, view and day."""
        if isinstance(place, UUID):
            self.bar.choose_of(Of("file", file_id=place))
            self.bar.view.setCurrentIndex(self.bar.view.findData("list"))
        elif isinstance(place, tuple):
            whose, view, self.day = place
            self.bar.choose_of(whose)
            self.bar.view.setCurrentIndex(self.bar.view.findData(view))
        self.read()
        self._context.jobs.read(self, lambda desk: desk.read(teams), self.bar.show_teams, slot="teams")
        (self.list if self.bar.chosen_view() == "list" else self.grid).setFocus()

    def place(self) -> Any:
        """Whose dates, which view, which day."""
        return self.bar.chosen_of(), self.bar.chosen_view(), self.day

    def on_changed(self, changed: Changed) -> None:
        """Something with a date may have changed."""
        if changed.concerns(
            Kind.ENTRY, Kind.TASK, Kind.DRAFT, Kind.CASE_FILE, Kind.OFFICER, Kind.RESTRICTION, Kind.PERSON
        ):
            self._held.clear()
            self.read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [
            Command("Diary: month", lambda: self.bar.choose_view("month"), "Alt+M"),
            Command("Diary: week", lambda: self.bar.choose_view("week"), "Alt+W"),
            Command("Diary: list", lambda: self.bar.choose_view("list"), "Alt+L"),
            Command("Diary: today", lambda: self.step(0), "Alt+T"),
        ]
        if self._context.may(Permission.KEEP_FILES):
            found.append(Command("Bring in an invitation", self.invite))
        if self._context.may(Permission.DISCLOSE):
            found.append(Command("Calendar file", self.ask_calendar))
            found.append(Command("Print the diary", self.print, "Ctrl+P"))
        return tuple(found)

    def wanted(self) -> Wanted:
        """The diary in view."""
        view, of = self.bar.chosen_view(), self.bar.chosen_of()
        days = {"month": month_of, "week": week_of}.get(
            view, lambda day: (day, day + timedelta(days=AHEAD - 1))
        )
        return Wanted(*days(self.day), of.whose, of.file_id, of.team, self.bar.chosen_kinds())

    def read(self) -> None:
        """Read the days in view, unless they are here and nothing changed."""
        if self._seen_on != self._context.today:
            self._held.clear()
            self._seen_on = self._context.today
        wanted = self.wanted()
        if wanted in self._held:
            self._arrived(wanted, self._held[wanted])
            return
        self._context.jobs.read(
            self,
            lambda desk: desk.read(diary, wanted),
            lambda found: self._arrived(wanted, found),
            slot="diary",
        )

    def _arrived(self, wanted: Wanted, found: Diary) -> None:
        while len(self._held) >= KEPT:
            self._held.pop(next(iter(self._held)))
        self._held[wanted] = found
        if wanted.whose == "file":
            self.bar.call_file(self.bar.chosen_of(), f"File {found.title}")
        self._say(found)
        listed = self.bar.chosen_view() == "list"
        self.grid.setVisible(not listed)
        if listed:
            self.list.show_items(items_of_all(found) or [self._nothing()])
            if self.list.hasFocus() or not self.list.currentIndex().isValid():
                self.list.choose_first()
            return
        self.grid.today = self._context.today
        self.grid.month = self.day.month if self.bar.chosen_view() == "month" else None
        weeks = ((found.until_on - found.from_on).days + 1) // WEEK
        self.grid.show_days(found.from_on, weeks, found, self.day)
        self.list.show_items(items_of_day(self.day, found))

    def _nothing(self) -> Item:
        return Item(
            "Nothing stands in these days.", "What has a date stands here: meetings, limits, absences."
        )

    def _say(self, found: Diary) -> None:
        view = self.bar.chosen_view()
        if view == "month":
            when = f"{self.day:%B %Y}"
        else:
            when = f"{long_date(found.from_on)} to {long_date(found.until_on)}"
        count = len(found.rows)
        told = f"{when} · {count:,} {'date' if count == 1 else 'dates'}"
        if found.conflicts:
            told += f", {found.conflicts} in conflict"
        self.head.say(f"{told} · there is more: choose a kind" if found.left_off else told)

    def show_day(self, day: date) -> None:
        """Come to a day; the weeks around it are read when they are not in view."""
        held = self._held.get(self.wanted())
        self.day = day
        if held is not None and self._held.get(self.wanted()) is held:
            self.grid.setCurrentIndex(self.grid.days.of(day))
            self.list.show_items(items_of_day(day, held))
        else:
            self.read()

    def step(self, steps: int) -> None:
        """Back or on by a month, a week or the days of a list; 0 for today."""
        view = self.bar.chosen_view()
        if steps == 0:
            self.day = self._context.today
        elif view == "month":
            first = self.day.replace(day=1)
            other = (first + timedelta(days=32 if steps > 0 else -1)).replace(day=1)
            last = ((other + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day
            self.day = other.replace(day=min(self.day.day, last))
        else:
            self.day += timedelta(days=steps * (WEEK if view == "week" else AHEAD))
        self.read()

    def open_row(self, one: DiaryRow | None) -> None:
        """Open what stands behind a date: its form, its record, or its file."""
        if one is None or one.file_id is None:
            return
        if one.draft_id is not None:
            self.go.emit("files", (one.file_id, None, None, one.draft_id, one.section))
        elif one.divider:
            self.go.emit("files", (one.file_id, one.divider, one.thread_id))
        else:
            self.go.emit("files", one.file_id)

    def _to_list(self) -> None:
        self.list.setFocus()
        self.list.choose_first()

    def invite(self) -> None:
        """Ask for an invitation and start the form of its meeting."""
        of = self.bar.chosen_of()
        self.inviting.ask(of.file_id if of.whose == "file" else None)

    def ask_calendar(self) -> None:
        """Give the diary out as a calendar file, or have one kept up to date."""
        CalendarFiles(self._context, self.wanted(), self).open()

    def print(self) -> None:
        """Print the diary in view."""
        ask_copy(self._context, self.wanted(), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The dates of the day go below where there is hardly room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self._context.theme.scale >= BESIDE
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
