"""Whether what stands on a page can be read whole and reached: computed from the geometry, not believed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from tests.journeys.stops import Stop
from ui.widgets.drawing_view import DrawingView
from ui.widgets.elided import Elided
from ui.widgets.fields.picks import Tick
from ui.widgets.order import WHOLE

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
    QAbstractItemView,
    QAbstractSpinBox,
)
READ = (QLabel, *CONTROLS, QTabBar)


def faults(stop: Stop, room: tuple[int, int]) -> list[str]:
    """Everything on a page that is cut, covered or out of reach, each in a sentence."""
    shown = [one for one in stop.shown() if not is_inner(one)]
    top = stop.top
    found = [f"{stop.name}: {words}" for one in shown for words in _of(one, top)]
    found += [
        f"{stop.name}: {words}" for words in _covering([one for one in shown if isinstance(one, READ)], top)
    ]
    if top.width() > room[0] or top.height() > room[1]:
        found.append(f"{stop.name}: it is {top.width()} × {top.height()}, larger than {room[0]} × {room[1]}")
    return found


def called(one: QWidget) -> str:
    """How a widget is named in a sentence."""
    words = one.text() if isinstance(one, QLabel | QAbstractButton | QLineEdit) else one.accessibleName()
    return f"{type(one).__name__} “{(words or one.accessibleName() or one.objectName())[:60]}”"


def is_inner(one: QWidget) -> bool:
    """Parts that Qt makes inside a control: the line of a box, the heading of a table, scroll bars."""
    if isinstance(one, QScrollBar) or one.objectName().startswith("qt_"):
        return True
    holder = one.parentWidget()
    while holder is not None:
        if isinstance(holder, (*WHOLE, QTabBar, QScrollBar)):
            return True
        holder = holder.parentWidget()
    return False


def _goes_sideways(one: QScrollArea) -> bool:
    """Whether it must be scrolled sideways to be read; a drawing is larger than its room and gone along by arrows."""
    return not isinstance(one, DrawingView) and one.horizontalScrollBar().maximum() > 0


def _of(one: QWidget, top: QWidget) -> Iterator[str]:
    if isinstance(one, READ):
        yield from _cut_by_its_frame(one, top)
    if isinstance(one, QLabel):
        yield from _cut_label(one)
    elif isinstance(one, Tick) and one.text() != one.words:
        if one.width() >= one.sizeHint().width() or one.words not in one.toolTip():
            yield f"{called(one)} is cut and its tooltip does not say the whole"
    elif isinstance(one, QAbstractButton) and one.text():
        hint = one.sizeHint()
        if one.width() < hint.width() or one.height() < min(hint.height(), one.minimumSizeHint().height()):
            yield f"{called(one)} is {_size(one.size())} and needs {_size(hint)}"
    elif isinstance(one, QLineEdit) and not one.text() and one.placeholderText():
        yield from _cut_hint(one)
    elif isinstance(one, QComboBox) and not one.isEditable():
        wanted = one.fontMetrics().horizontalAdvance(one.currentText()) + 36
        if one.width() < wanted and one.toolTip() != one.currentText():
            yield f"{called(one)} is {one.width()} wide; “{one.currentText()}” needs {wanted}"
    elif isinstance(one, QTabBar):
        if one.width() < one.sizeHint().width() or one.height() < one.sizeHint().height():
            yield f"tabs are {_size(one.size())} and need {_size(one.sizeHint())}"
    elif isinstance(one, QTableView):
        yield from _cut_headings(one)
    elif isinstance(one, QScrollArea) and _goes_sideways(one):
        yield f"{called(one)} scrolls sideways by {one.horizontalScrollBar().maximum()}"


def _cut_label(one: QLabel) -> Iterator[str]:
    if not one.text() or not one.pixmap().isNull():
        return
    if isinstance(one, Elided):
        if one.shown() != one.text() and one.toolTip() != one.text():
            yield f"{called(one)} is cut and its tooltip does not say the whole"
        if one.height() < one.sizeHint().height():
            yield f"{called(one)} is {one.height()} high and needs {one.sizeHint().height()}"
        return
    if one.wordWrap():
        wanted = one.heightForWidth(one.width())
        if one.height() < wanted:
            yield f"{called(one)} is {one.height()} high and needs {wanted}"
        longest = max(
            (one.fontMetrics().horizontalAdvance(word) for word in one.text().replace("\u200b", " ").split()),
            default=0,
        )
        if one.contentsRect().width() < longest:
            yield f"{called(one)} is {one.width()} wide, and its longest word needs {longest}"
    elif (
        one.width() < one.sizeHint().width() or one.height() < one.sizeHint().height()
    ) and not one.toolTip():
        yield f"{called(one)} is {_size(one.size())} and needs {_size(one.sizeHint())}"


def _cut_hint(one: QLineEdit) -> Iterator[str]:
    wanted = one.fontMetrics().horizontalAdvance(one.placeholderText()) + 18
    if one.width() < wanted and not one.toolTip():
        yield f"{called(one)} is {one.width()} wide; its hint “{one.placeholderText()}” needs {wanted}"


def _cut_headings(one: QTableView) -> Iterator[str]:
    head, model = one.horizontalHeader(), one.model()
    if head.isHidden():
        return
    for place in range(model.columnCount()):
        if not head.isSectionHidden(place) and head.sectionSize(place) < head.sectionSizeHint(place):
            title = model.headerData(place, head.orientation())
            yield f"{called(one)}: the heading “{title}” has {head.sectionSize(place)} of {head.sectionSizeHint(place)}"


def _cut_by_its_frame(one: QWidget, top: QWidget) -> Iterator[str]:
    """Outside what holds it; inside an area that scrolls, that area's page holds it."""
    holder = one.parentWidget()
    while holder is not None and holder is not top.parentWidget():
        area = holder.parentWidget()
        if isinstance(area, QAbstractScrollArea) and holder is area.viewport():
            return
        place = QRect(one.mapTo(holder, QPoint(0, 0)), one.size())
        if not holder.rect().contains(place):
            yield f"{called(one)} stands outside its {type(holder).__name__}: {_rect(place)} in {_size(holder.size())}"
            return
        if holder is top:
            return
        holder = area


def _covering(shown: list[QWidget], top: QWidget) -> Iterator[str]:
    """Two things to read that lie over each other on one page."""
    placed = [(one, *_corners(one, top)) for one in shown]
    for at, (one, left, above, right, below) in enumerate(placed):
        for other, its_left, its_top, its_right, its_bottom in placed[at + 1 :]:
            if (
                min(right, its_right) - max(left, its_left) < 2
                or min(below, its_bottom) - max(above, its_top) < 2
            ):
                continue
            if one.isAncestorOf(other) or other.isAncestorOf(one) or _page_of(one) is not _page_of(other):
                continue
            yield f"{called(one)} and {called(other)} lie over each other"


def _corners(one: QWidget, top: QWidget) -> tuple[int, int, int, int]:
    place = one.mapTo(top, QPoint(0, 0))
    return place.x(), place.y(), place.x() + one.width(), place.y() + one.height()


def _page_of(one: QWidget) -> QWidget | None:
    """The page of the nearest area that scrolls; None outside of all."""
    holder = one.parentWidget()
    while holder is not None:
        area = holder.parentWidget()
        if isinstance(area, QAbstractScrollArea) and holder is area.viewport():
            return area
        holder = area
    return None


def _size(size: QSize) -> str:
    return f"{size.width()} × {size.height()}"


def _rect(rect: QRect) -> str:
    return f"{rect.x()}, {rect.y()}, {rect.width()} × {rect.height()}"
