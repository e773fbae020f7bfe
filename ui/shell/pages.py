"""The pages of the rooms that were visited: made when first wanted, gone without trace at the lock."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from casefile.work.changed import Changed
from ui.room import Command, Room, Screen
from ui.shell.context import Context
from ui.widgets.stack import Stack


class Pages(Stack):
    """One page a room, one in view.

    Signals:
        go: A page wants another room; carries its key and the place in it.
    """

    go = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._screens: dict[str, Screen] = {}
        self.here = ""

    def visit(self, room: Room, context: Context, place: Any) -> None:
        """Show a room's page, at a place in it."""
        if self.here != room.key:
            self.keep()
        if room.key not in self._screens:
            screen = room.screen(context)
            screen.go.connect(self.go)
            self._screens[room.key] = screen
            self.addWidget(screen)
        self.here = room.key
        self.setCurrentWidget(self._screens[room.key])
        self._screens[room.key].shown(place)

    def keep(self) -> None:
        """Save at once what was typed on the page in view."""
        if self.here:
            self._screens[self.here].keep()

    def place(self) -> Any:
        """Where in the room the person is."""
        return self._screens[self.here].place() if self.here else None

    def commands(self) -> tuple[Command, ...]:
        """What can be done on the page in view."""
        return self._screens[self.here].commands() if self.here else ()

    def on_changed(self, changed: Changed) -> None:
        """Tell the page in view that something was written; the others read again when shown."""
        if self.here:
            self._screens[self.here].on_changed(changed)

    def drop(self) -> None:
        """Take every page away, with all that it shows."""
        self.here = ""
        for screen in self._screens.values():
            self.removeWidget(screen)
            screen.hide()
            screen.deleteLater()
        self._screens.clear()
