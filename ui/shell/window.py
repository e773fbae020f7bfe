"""The window: gate or frame, one page at a time. It lists rooms and grows with none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from casefile.errors import Away, CasefileError
from casefile.opening import OpenStore
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.room import Command, Room
from ui.shell.account import ask_password
from ui.shell.bars import StatusLine, TopBar
from ui.shell.context import Context
from ui.shell.copies import Copies
from ui.shell.errors import Trouble
from ui.shell.gate import Gate
from ui.shell.idle import Idle
from ui.shell.jobs import Jobs
from ui.shell.line import AwayBar
from ui.shell.nav import Navigation
from ui.shell.pages import Pages
from ui.shell.palette import Finder, Palette
from ui.shell.settings import Settings
from ui.shell.shortcuts import Shortcuts
from ui.theme.icons import app_icon
from ui.theme.theme import Theme
from ui.widgets.order import step
from ui.widgets.parts import column, row
from ui.widgets.stack import Stack

TITLE = "Casefile"
MARKING = "OFFICIAL-SENSITIVE"


class Window(QMainWindow):
    """The main window."""

    def __init__(self, app: QApplication, theme: Theme, settings: Settings, rooms: Sequence[Room]) -> None:
        super().__init__()
        self._all_rooms, self._theme, self._settings = tuple(rooms), theme, settings
        theme.setParent(self)  # it dresses the application for this window, and goes with it
        self.finder: Callable[[], Finder | None] = lambda: None
        self.context: Context | None = None
        self._copies = Copies(app.clipboard(), self)
        self._keys = Shortcuts(self)
        self._back_to: tuple[str, str, Any] | None = None
        self.jobs = Jobs(self)
        self.setWindowTitle(TITLE)
        self.setWindowIcon(app_icon())
        self._draw()
        self._idle = Idle(app, settings.idle_minutes, self)
        self._idle.left.connect(self.status.show_lock)
        self._idle.still.connect(self.lock)
        self.jobs.changed.connect(self._changed)
        self.jobs.saved.connect(self.status.show_saved)
        self.jobs.trouble.connect(self.tell)
        self.jobs.running.connect(self.status.show_jobs)
        unclean = settings.get("open", "no") == "yes"
        notice = (
            "Casefile did not close in order last time: what was typed is among your drafts."
            if unclean
            else ""
        )
        self.gate = Gate(self.jobs, settings, notice=notice)
        self.gate.entered.connect(self._enter)
        self.stack.addWidget(self.gate)
        self.stack.setCurrentWidget(self.gate)
        self.top.show_officer("")
        settings.put("open", "yes")
        self.resize(1440, 900)
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)

    def _draw(self) -> None:
        self.stack = Stack()
        self.stack.setObjectName("page")
        self.top, self.status, self.nav = TopBar(self._theme, MARKING), StatusLine(), Navigation(self._theme)
        self.away = AwayBar(self.jobs)
        self.away.stood.connect(self.status.show_store)
        self.pages = Pages()
        self.pages.go.connect(self.go)
        frame = QWidget()
        outer = column(frame, gap=0)
        middle = row(gap=0)
        middle.addWidget(self.nav)
        middle.addWidget(self.pages, 1)
        outer.addWidget(self.top)
        outer.addWidget(self.away)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)
        self.stack.addWidget(frame)
        self.frame = frame
        self.setCentralWidget(self.stack)
        self.top.asked.connect(self.ask_where)
        self.top.lock.connect(self.lock)
        self.top.password.connect(lambda: ask_password(self.jobs, self))
        self.nav.wanted.connect(self.go)
        for keys, run in (
            ("Ctrl+K", self.ask_where),
            ("Ctrl+L", self.lock),
            ("Ctrl++", lambda: self._bigger(1)),
            ("Ctrl+=", lambda: self._bigger(1)),
            ("Ctrl+-", lambda: self._bigger(-1)),
            ("Ctrl+Q", self.close),
        ):
            self._keys.add(keys, run)

    def go(self, key: str, place: Any = None) -> None:
        """Show a room, at a place in it."""
        room = next((one for one in self._rooms() if one.key == key), None)
        if room is None or self.context is None:
            return
        self.nav.show_current(key)
        self.setWindowTitle(f"{room.title} – {TITLE}")
        self.pages.visit(room, self.context, place)

    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done from here."""
        rooms = tuple(
            Command(f"Go to {one.title}", lambda k=one.key: self.go(k), one.shortcut) for one in self._rooms()
        )
        own = (
            Command("Lock", self.lock, "Ctrl+L"),
            Command("Change your password", lambda: ask_password(self.jobs, self)),
            Command("Larger type", lambda: self._bigger(1), "Ctrl++"),
            Command("Smaller type", lambda: self._bigger(-1), "Ctrl+-"),
            Command("Close Casefile", self.close, "Ctrl+Q"),
        )
        return (*self.pages.commands(), *rooms, *own)

    def ask_where(self) -> None:
        """Open the palette."""
        if self.context is not None:
            palette = Palette(self._theme, self.commands(), self.finder(), self)
            palette.picked.connect(lambda command: command.run())
            palette.wanted.connect(lambda line: self.go("search", line))
            palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            palette.open()
            palette.move(self.mapToGlobal(self.top.finding.geometry().topLeft()))

    def lock(self) -> None:
        """Save what was typed, then take everything readable away until the officer signs in again."""
        if self.context is None:
            return
        self.pages.keep()
        desk = self.context.desk
        self._back_to = (str(desk.actor.officer_id), self.pages.here, self.pages.place())
        self._leave()
        self.jobs.stop()
        self.jobs.long(self, "Locking", lambda _: desk.sign_out(locked=True), lambda _: None)
        self.gate.lock(self.gate.officer_name)
        self.stack.setCurrentWidget(self.gate)

    def tell(self, error: CasefileError) -> None:
        """Show the one dialog for errors; a server that is away is told of once, however much waited for it."""
        if isinstance(error, Away) and any(one.isVisible() for one in self.findChildren(Trouble)):
            return
        box = Trouble(error, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own signature)
        """Tab goes as the eye goes."""
        return step(self, forward=next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what was typed, leave the files that are open, wait for both, and close the store."""
        self.pages.keep()
        self._leave()
        self.jobs.stop()
        if self.jobs.desk is not None:
            self.jobs.desk.close()
            self.jobs.desk = None
        self._settings.put("geometry", self.saveGeometry())
        self._settings.put("open", "no")
        super().closeEvent(event)

    def _enter(self, opened: OpenStore) -> None:
        self.context = Context(opened.desk, self.jobs, self._theme, self._settings, opened)
        actor = opened.desk.actor
        self.nav.show_rooms(self._rooms())
        self._keys.lead_to(self._rooms(), self.go)
        self.top.show_officer(actor.name)
        self.away.watch(opened.desk, opened.shown)
        self.stack.setCurrentWidget(self.frame)
        self._idle.start(self._settings.idle_minutes)
        back, self._back_to = self._back_to, None
        if back is not None and back[0] == str(actor.officer_id):
            self.go(back[1], back[2])
        elif self._rooms():
            self.go(self._rooms()[0].key)
        self._count()
        self._check_log()
        self.jobs.listen()

    def _rooms(self) -> tuple[Room, ...]:
        context = self.context
        return tuple(
            one for one in self._all_rooms if context and (one.needs is None or context.may(one.needs))
        )

    def _changed(self, changed: Changed) -> None:
        self.pages.on_changed(changed)
        if changed.kinds - {Kind.DRAFT, Kind.PRESENCE}:
            self._count()

    def _count(self) -> None:
        for room in self._rooms():
            if room.waiting is not None:
                self.jobs.read(
                    self.nav,
                    room.waiting,
                    lambda count, key=room.key: self.nav.show_count(key, count),
                    slot=f"count {room.key}",
                )

    def _check_log(self) -> None:
        assert self.context is not None
        desk = self.context.desk
        if self.context.may(Permission.READ_LOG) or not desk.store.by_role:
            self.jobs.long(
                self.status, "Proving the log", desk.verify_log, self.status.show_verdict,
                failed=lambda error: None if isinstance(error, Away) else self.tell(error),
            )  # fmt: skip

    def _leave(self) -> None:
        self._idle.pause()
        self.away.leave()
        self.context = None
        for dialog in self.findChildren(QWidget):
            if dialog.isWindow():
                dialog.close()
        self.pages.drop()
        self._copies.take_back()
        self.nav.show_rooms(())
        self._keys.lead_to(self._rooms(), self.go)
        self.top.show_officer("")
        self.status.show_saved(None)
        self.status.show_lock(None)
        self.setWindowTitle(TITLE)

    def _bigger(self, steps: int) -> None:
        self._theme.bigger(steps)
        self._settings.put("scale", self._theme.scale)
