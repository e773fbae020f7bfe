"""Tab goes as the eye goes: by the layouts in view, whenever the parts of a page were made.

Qt's own chain runs in the order in which widgets came to be, so a form that is opened later would come last, after
what stands at its right.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QTextEdit,
    QWidget,
)

WHOLE = (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit)
"""Controls whose parts are nobody's business."""

TURNS = 6
"""Turns of the event loop in which a page comes to stand after something on it grew."""
_STOPS = frozenset((Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus))
"""Policies that hold Tab."""


def takes_tab(one: QWidget) -> bool:
    """Whether Tab stops here now."""
    return one.isVisible() and one.isEnabled() and one.focusProxy() is None and one.focusPolicy() in _STOPS


def reading_order(top: QWidget) -> list[QWidget]:
    """Everything in a window at which Tab stops, as it is read."""
    return [one for one in _walk(top) if takes_tab(one)]


def step(top: QWidget, *, forward: bool) -> bool:
    """Put the keyboard on the next stop, or the one before; False when there is none."""
    stops = reading_order(top)
    if not stops:
        return False
    now = QApplication.focusWidget()
    place = stops.index(now) if now in stops else (-1 if forward else 0)
    wanted = stops[(place + (1 if forward else -1)) % len(stops)]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    wanted.setFocus(reason)
    show(wanted)
    return True


def bring(one: QWidget, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
    """Put the keyboard there and, as the page comes to stand, scroll to it: it may have moved by what was said above."""
    one.setFocus(reason)
    _follow(one, TURNS)


def _follow(one: QWidget, turns: int) -> None:
    if one.isVisible():
        show(one)
    if turns:
        QTimer.singleShot(0, one, lambda: _follow(one, turns - 1))


def show(one: QWidget) -> None:
    """Scroll every area that holds it until it is in view."""
    holder = one.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(one)
        holder = holder.parentWidget()


def _walk(top: QWidget) -> list[QWidget]:
    """Everything in view, in order: a list that grows, for each press of Tab goes through hundreds of widgets."""
    found: list[QWidget] = []
    ahead = [top]
    while ahead:
        one = ahead.pop()
        found.append(one)
        if not isinstance(one, WHOLE):
            ahead += [part for part in reversed(_parts(one)) if part.isVisible()]
    return found


def _parts(one: QWidget) -> list[QWidget]:
    """What stands directly in a widget, in the order of its layout."""
    if isinstance(one, QMainWindow):
        found = [one.centralWidget()]
    elif isinstance(one, QScrollArea):
        found = [one.widget()]
    elif isinstance(one, QSplitter):
        found = [one.widget(place) for place in range(one.count())]
    elif isinstance(one, QTabWidget):
        found = [one.tabBar(), one.currentWidget()]
    elif isinstance(one, QStackedWidget):
        found = [one.currentWidget()]
    elif (layout := one.layout()) is not None:
        found = list(_laid(layout))
    else:
        found = [each for each in one.children() if isinstance(each, QWidget)]
    return [each for each in found if each is not None]


def _laid(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: tuple(layout.getItemPosition(place))[:2])  # pyright: ignore[reportArgumentType] (PySide6's stub says object)
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid(inner)
