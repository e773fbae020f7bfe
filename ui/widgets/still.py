"""Changing a page under a person's hands without moving what they read or type."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_PASSES = 4
"""Layouts inside layouts come to rest after so many turns."""


@contextmanager
def held_still(page: QWidget) -> Generator[None]:
    """Whatever has the keyboard inside *page* stays at its place on the screen while the page changes around it."""
    focus, area = QApplication.focusWidget(), _area(page)
    if focus is None or area is None or not page.isAncestorOf(focus):
        yield
        return
    before = focus.mapTo(area, QPoint(0, 0)).y()
    yield
    for _ in range(_PASSES):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    bar = area.verticalScrollBar()
    bar.setValue(bar.value() + focus.mapTo(area, QPoint(0, 0)).y() - before)


def _area(page: QWidget) -> QScrollArea | None:
    found = page.parentWidget()
    while found is not None and not isinstance(found, QScrollArea):
        found = found.parentWidget()
    return found
