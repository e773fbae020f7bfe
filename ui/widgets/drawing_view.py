"""A drawing in the window: the shapes that paper prints, in the window's colours, gone through with the arrow keys."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from casefile.files.picture.shapes import Anchor, Dash, Drawing, Ink, Oval, Path, Place, Shape, Words
from casefile.files.picture.walk import Way, next_place
from ui.theme.theme import Theme

LEAST, MOST, STEP = 0.25, 3.0, 1.25
"""Smallest and largest size of a drawing, 1 is 100 %, and how much larger one key press makes it."""
NARROWEST = 0.8
_WAYS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
}
_DASHES = {Dash.DASHED: [4.0, 2.5], Dash.DOTTED: [1.0, 2.2]}
_FLAGS = {
    Anchor.START: Qt.AlignmentFlag.AlignLeft,
    Anchor.MIDDLE: Qt.AlignmentFlag.AlignHCenter,
    Anchor.END: Qt.AlignmentFlag.AlignRight,
}


class _Sheet(QWidget):
    """What is drawn, inside the part that scrolls."""

    def __init__(self, view: DrawingView) -> None:
        super().__init__()
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._view.draw(painter, QRectF(event.rect()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse."""
        self._view.press(event.position(), open_it=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is under the mouse."""
        self._view.press(event.position(), open_it=True)


LEAST_DRAWING = 180
"""Pixels at 100 % below which a drawing does not shrink: where type is large its page scrolls."""


class DrawingView(QScrollArea):
    """The drawing. Arrows move along its lines, Enter opens, + and - change the size, 0 fits it to the room.

    Signals:
        chosen: Another place is the current one; carries its key.
        opened: Enter, or a double click on a place; carries its key.
        resized: Where the drawing itself is made anew for another size: 1 larger, -1 smaller, 0 all of it.
    """

    chosen = Signal(object)
    opened = Signal(object)
    resized = Signal(int)

    def __init__(self, theme: Theme, name: str, *, fits: bool = True) -> None:
        """A drawing that is made larger as it is, or (not *fits*) one that whoever shows it makes anew."""
        super().__init__()
        self._fits = fits
        self._theme, self._name = theme, name
        self.drawing = Drawing("", 1, 1, ())
        self._boxes: tuple[tuple[float, float, float, float], ...] = ()
        self._colours = _colours(theme)
        self.current: UUID | str | None = None
        self._zoom, self._fitting = 1.0, True
        self._sheet = _Sheet(self)
        self.setWidget(self._sheet)
        self.setObjectName("surface")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self._sheet.setObjectName("surface")
        theme.changed.connect(self._size)

    @property
    def zoom(self) -> float:
        """How large it is drawn; 1 is 100 %."""
        return self._zoom

    def show_drawing(self, drawing: Drawing) -> None:
        """Show another drawing; the place and the size are kept."""
        self.drawing = drawing
        self._boxes = tuple(_around(one) for one in drawing.shapes)
        if self.current not in {one.key for one in drawing.places}:
            self.current = None
        if self.current is None and self.hasFocus() and drawing.places:
            self.choose(drawing.places[0].key)
        self._size()
        self._tell()

    def choose(self, key: UUID | str | None) -> None:
        """Make a place the current one and bring it in view."""
        if key is None or key == self.current:
            return
        self.current = key
        self._tell()
        self.bring_in_view(key)
        self._sheet.update()
        self.chosen.emit(key)

    def bring_in_view(self, key: UUID | str | None) -> None:
        """Scroll to a place, if the drawing has it."""
        place = next((one for one in self.drawing.places if one.key == key), None)
        if place is not None:
            box = self._box(place)
            self.ensureVisible(round(box.center().x()), round(box.center().y()),
                               round(box.width() / 2) + 30, round(box.height() / 2) + 30)  # fmt: skip

    def larger(self, steps: int = 1) -> None:
        """Draw larger, or smaller, about what is chosen."""
        if not self._fits:
            self.resized.emit(1 if steps > 0 else -1)
            return
        self._fitting = False
        self._zoom = min(max(self._zoom * STEP**steps, LEAST), MOST)
        self._size()

    def fit(self) -> None:
        """Draw as large as the room allows."""
        if not self._fits:
            self.resized.emit(0)
            return
        self._fitting = True
        self._size()

    def press(self, at: QPointF, *, open_it: bool) -> None:
        """Choose, or open, what is under a point."""
        self.setFocus()
        for place in self.drawing.places:
            if self._box(place).contains(at):
                self.choose(place.key)
                if open_it:
                    self.opened.emit(place.key)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter, + - 0, Home and End."""
        key = event.key()
        if key in _WAYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose(next_place(self.drawing, self.current, _WAYS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.larger()
        elif key == Qt.Key.Key_Minus:
            self.larger(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.drawing.places:
            self.choose(self.drawing.places[0 if key == Qt.Key.Key_Home else -1].key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel changes the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.larger(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: object) -> None:
        """What fits the room goes on to fit it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self._fitting:
            self._size()

    def draw(self, painter: QPainter, part: QRectF) -> None:
        """Draw the shapes of a part, and the mark around what is chosen."""
        scale = self._scale()
        left, top = part.x() / scale - 20, part.y() / scale - 20
        right, bottom = left + part.width() / scale + 40, top + part.height() / scale + 40
        painter.scale(scale, scale)
        self._colours = _colours(self._theme)
        for shape, (from_x, from_y, to_x, to_y) in zip(self.drawing.shapes, self._boxes, strict=True):
            if from_x < right and to_x > left and from_y < bottom and to_y > top:
                self._shape(painter, shape)
        place = self._place()
        if place is not None:
            box = QRectF(place.left, place.top, place.right - place.left, place.bottom - place.top)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            front = self._theme.colours.accent if self.hasFocus() else self._theme.colours.edge
            painter.setPen(QPen(QColor(front), 2))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 5, 5)

    def focusInEvent(self, event: object) -> None:
        """The first place is chosen where none was."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.current is None and self.drawing.places:
            self.choose(self.drawing.places[0].key)
        self._sheet.update()

    def focusOutEvent(self, event: object) -> None:
        """The mark is quieter while the keyboard is elsewhere."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._sheet.update()

    def _shape(self, painter: QPainter, shape: Shape) -> None:
        if isinstance(shape, Words):
            self._words(painter, shape)
            return
        pen = QPen(self._ink(shape.stroke), shape.width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if shape.dash in _DASHES:
            pen.setDashPattern(_DASHES[shape.dash])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(Qt.PenStyle.NoPen if shape.stroke is Ink.NONE else pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if shape.fill is Ink.NONE else self._ink(shape.fill))
        if isinstance(shape, Oval):
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.across / 2, shape.down / 2)
        elif shape.closed:
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))
        else:
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in shape.points]))

    def _words(self, painter: QPainter, words: Words) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if words.bold else QFont.Weight.Normal)
        font.setPixelSize(24)  # measured large: small sizes are rounded to whole pixels
        metrics = QFontMetricsF(font)
        size, text = words.size, words.text
        wide = metrics.horizontalAdvance(text) * size / 24
        if wide > words.room:
            size = max(size * NARROWEST, size * words.room / wide)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.room * 24 / size)
        painter.save()
        painter.translate(words.x, words.y)
        painter.scale(size / 24, size / 24)
        painter.setFont(font)
        painter.setPen(self._ink(words.ink))
        room = words.room * 24 / size + 2
        left = {Anchor.START: 0.0, Anchor.MIDDLE: -room / 2, Anchor.END: -room}[words.anchor]
        box = QRectF(left, -metrics.ascent(), room, metrics.height())
        painter.drawText(box, int(_FLAGS[words.anchor] | Qt.TextFlag.TextSingleLine), text)
        painter.restore()

    def _ink(self, ink: Ink) -> QColor:
        return self._colours[ink]

    def _scale(self) -> float:
        return self._zoom * self._theme.scale

    def _size(self) -> None:
        if self._fitting and self._fits:
            room = self.viewport().size()
            fits = min(room.width() / self.drawing.width, room.height() / self.drawing.height)
            self._zoom = min(max(fits / self._theme.scale, 0.55), 1.15)
        scale = self._scale()
        self._sheet.resize(QSize(round(self.drawing.width * scale), round(self.drawing.height * scale)))
        self._sheet.update()

    def _place(self) -> Place | None:
        return next((one for one in self.drawing.places if one.key == self.current), None)

    def _box(self, place: Place) -> QRectF:
        scale = self._scale()
        return QRectF(place.left * scale, place.top * scale,
                      (place.right - place.left) * scale, (place.bottom - place.top) * scale)  # fmt: skip

    def _tell(self) -> None:
        """Whoever cannot see it is told what is chosen; the list beside the drawing holds everything."""
        place = self._place()
        said = place.told if place is not None else self.drawing.title
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


def _colours(theme: Theme) -> dict[Ink, QColor]:
    """The inks in the window's colours."""
    colours = theme.colours
    inks = {Ink.TEXT: colours.text, Ink.QUIET: colours.quiet, Ink.LINE: colours.text, Ink.FAINT: colours.hairline,
            Ink.GROUND: colours.surface, Ink.HOUSE: colours.sunken, Ink.ACCENT: colours.accent,
            Ink.DANGER: colours.danger}  # fmt: skip
    return {ink: QColor(colour) for ink, colour in inks.items()}


def _around(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all that a shape may touch."""
    if isinstance(shape, Path):
        xs, ys = zip(*shape.points, strict=True)
        return min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1
    if isinstance(shape, Oval):
        x, y, across, down = shape.x, shape.y, shape.across / 2, shape.down / 2
        return x - across, y - down, x + across, y + down
    x, y, room, size = shape.x, shape.y, shape.room, shape.size
    return x - room, y - size, x + room, y + size
