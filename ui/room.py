"""What a room and a screen are: the shell lists rooms and knows nothing else of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.work.changed import Changed
from casefile.work.names import Permission


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from the keyboard and found with Ctrl+K."""

    title: str
    run: Callable[[], object]
    shortcut: str = ""


class Screen(QWidget):
    """The page of a room.

    Signals:
        go: Another room is wanted; carries its key and the place in it.
        titled: What stands in the title bar of the window; never a name of a case.
    """

    go = Signal(str, object)
    titled = Signal(str)

    def shown(self, place: Any = None) -> None:
        """The page has come into view, at a place in it or where it was."""

    def place(self) -> Any:
        """Where in the room the person is, to come back to; plain data."""
        return None

    def on_changed(self, changed: Changed) -> None:
        """Something was written: refresh if it concerns this page."""

    def keep(self) -> None:
        """Save at once what was typed and still waits to be saved."""

    def commands(self) -> tuple[Command, ...]:
        """What can be done here now."""
        return ()


@dataclass(frozen=True, slots=True)
class Room:
    """One room of the window.

    Attributes:
        key: Short key, as in ``go``.
        title: As shown at the left.
        screen: Makes its page, given the context.
        shortcut: Keys that lead there.
        needs: Shown only to officers with this right.
        waiting: Counts what waits for this officer, given the desk; runs off the UI thread.
        group: Rooms of one group stand together.
    """

    key: str
    title: str
    screen: Callable[[Any], Screen]
    shortcut: str = ""
    needs: Permission | None = None
    waiting: Callable[[Any], int] | None = None
    group: int = 0
