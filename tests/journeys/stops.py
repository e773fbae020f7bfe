"""A page or a dialog of the window as it stands, and how a walk comes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.pictures import settle
from ui.shell.window import Window


@dataclass(frozen=True, slots=True)
class Stop:
    """A page or a dialog as it stands.

    Attributes:
        name: What it is called in what a test says.
        top: The window or the dialog.
    """

    name: str
    top: QWidget

    def shown(self) -> list[QWidget]:
        """Every widget in view here, in the order they were made."""
        return [
            one for one in self.top.findChildren(QWidget) if one.isVisibleTo(self.top) and one.isVisible()
        ]


def page(window: Window, name: str) -> Stop:
    """What is in view in the window."""
    settle(window)
    return Stop(name, window)


def dialogs(window: Window, name: str, *ask: Callable[[], object]) -> Iterator[Stop]:
    """Each dialog as it opens, closed after it was looked at."""
    for one in ask:
        one()
        settle(window)
        found = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QDialog) and each.isVisible() and each is not window
        ]
        assert found, f"{name}: no dialog opened"
        yield Stop(f"{name}: {found[-1].windowTitle()}", found[-1])
        found[-1].close()
        settle(window)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
