"""Whether everything on a page has a name, is reached by the keyboard in reading order, and says what its colour says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.journeys.fits import CONTROLS, called, is_inner
from tests.journeys.stops import Stop
from ui.widgets.lists import ItemList
from ui.widgets.order import takes_tab
from ui.widgets.table import TONE, Table

MANY = 400
"""Stops of Tab on a page, at most."""


def faults(stop: Stop) -> list[str]:
    """Everything on a page that somebody without a mouse, or without eyes for colour, would miss."""
    shown = [one for one in stop.shown() if not is_inner(one)]
    said = (*_nameless(shown), *_out_of_reach(shown), *_by_colour_alone(shown), *_in_order(stop, shown))
    return [f"{stop.name}: {words}" for words in said]


def name(one: QWidget) -> str:
    """What an assistive program is told that this is: its name, else its words, else those of the label that leads here.

    It is computed as Qt computes it. Asking Qt's own interface objects for it from Python in such numbers corrupts
    the heap: both sides free them.
    """
    words = one.text() if isinstance(one, QAbstractButton) else ""
    labels = one.window().findChildren(QLabel)
    led = (
        each.text()
        for each in labels
        if each.buddy() is not None and one in (each.buddy(), each.buddy().focusProxy())
    )
    return one.accessibleName() or words or next(led, "")


def _nameless(shown: list[QWidget]) -> Iterator[str]:
    for one in shown:
        if (takes_tab(one) or isinstance(one, CONTROLS)) and not name(one).strip():
            yield f"{type(one).__name__} in {type(one.parent()).__name__} has no name"


def _out_of_reach(shown: list[QWidget]) -> Iterator[str]:
    for one in shown:
        if isinstance(one, CONTROLS) and one.isEnabled() and not takes_tab(one) and not _by_arrows(one):
            yield f"{called(one)} is not reached by Tab"


def _by_arrows(one: QWidget) -> bool:
    """Of keys of which one is pressed down, Tab stops at that one, and the arrows lead to the others."""
    group = one.group() if isinstance(one, QAbstractButton) else None
    return group is not None and group.exclusive() and any(takes_tab(each) for each in group.buttons())


def tab_stops(top: QWidget) -> list[QWidget]:
    """Where the keyboard goes as Tab is pressed, until it is back where it began."""
    top.activateWindow()
    assert QTest.qWaitForWindowActive(top)
    found: list[QWidget] = []
    for _ in range(MANY):
        QTest.keyClick(QApplication.focusWidget() or top, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or here.window() is not top or here in found:
            break
        found.append(here)
    return found


def _in_order(stop: Stop, shown: list[QWidget]) -> Iterator[str]:
    """Everything is come by on the way, and the way is that of the eye; from the last it goes on at the first."""
    stops = tab_stops(stop.top)
    for one in shown:
        if takes_tab(one) and not any(
            one is each or one is each.focusProxy() or each.parent() is one for each in stops
        ):
            yield f"{called(one)} is not come by with Tab, of {len(stops)} stops"
    turns = [(one, other) for one, other in pairwise([*stops, *stops[:1]]) if _before(other, one)]
    for one, other in turns[1:] if len(turns) > 1 else ():
        yield f"Tab goes from {called(one)} back to {called(other)}"


def _before(one: QWidget, other: QWidget) -> bool:
    """Whether *one* is read before *other*: by the parts of the page that hold them, above or at the left."""
    mine, theirs = _holders(one), _holders(other)
    common = next(each for each in mine if each in theirs)
    if common in (one, other):
        return False
    parts = mine[mine.index(common) - 1], theirs[theirs.index(common) - 1]
    here, there = (QRect(each.mapTo(common, QPoint(0, 0)), each.size()) for each in parts)
    if here.bottom() <= there.top():
        return True
    same_line = here.top() < there.bottom() and there.top() < here.bottom()
    return same_line and here.right() <= there.left()


def _holders(one: QWidget) -> list[QWidget]:
    """A widget, what holds it, what holds that, up to the window."""
    found = [one]
    while not found[-1].isWindow() and (parent := found[-1].parentWidget()) is not None:
        found.append(parent)
    return found


def _by_colour_alone(shown: list[QWidget]) -> Iterator[str]:
    for one in shown:
        if isinstance(one, QLabel) and one.property("tone") and not one.text().strip():
            yield "a label has a tone and no word"
        elif isinstance(one, ItemList) and one.timeline:
            for item in one.items():
                if item.tone not in ("plain", "danger", "late"):
                    yield f"{called(one)}: “{item.title}” has a dot of its own colour and no shape of its own"
        elif isinstance(one, Table):
            for row in range(one.rows.rowCount()):
                for column in range(one.rows.columnCount()):
                    index = one.rows.index(row, column)
                    if (
                        index.data(TONE) not in (None, "plain")
                        and index.data()
                        and not str(index.data()).strip()
                    ):
                        yield f"{called(one)}: a cell has a tone and no word"
        elif one.property("wrong") and not _said_near(one):
            yield f"{called(one)} is marked as wrong, and nothing beside it says so"
        elif isinstance(one, QAbstractButton) and one.isCheckable() and not one.text() and not name(one):
            yield "a key that can be pressed down has no word"


def _said_near(one: QWidget) -> bool:
    """Whether a sentence on what is wrong stands in view, on the same page."""
    return any(
        label.objectName() == "fault" and label.text() and label.isVisible()
        for label in one.window().findChildren(QLabel)
    )
