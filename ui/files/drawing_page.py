"""A page with a drawing and the same in words beside it: the picture of a family, and the chart across files."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QPushButton, QSplitter, QWidget

from ui.shell.context import Context
from ui.widgets.drawing_view import LEAST_DRAWING, DrawingView
from ui.widgets.lists import ItemList
from ui.widgets.page import scrolled
from ui.widgets.parts import button, column, label


class DrawingPage(QWidget):
    """The page. Whoever makes one says what stands above the drawing, and fills it.

    Attributes:
        canvas: The drawing.
        list: What it shows, in words.
        split: Both, side by side or one below the other.
        said: A quiet line above them.
    """

    def __init__(self, context: Context, title: str, in_words: str) -> None:
        """A page called *title*, whose list is called *in_words* for who listens to the window."""
        super().__init__()
        self._context, self._title = context, title
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.said = label("", "quiet", wrap=True)
        self.canvas = DrawingView(context.theme, title)
        self.list = ItemList(context.theme, in_words, browse=True)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.canvas)
        self.split.addWidget(self.list)
        self.split.setStretchFactor(0, 1)
        self.setFocusProxy(self.canvas)

    def sizes(self) -> tuple[QPushButton, ...]:
        """The buttons that draw it smaller, larger, and as large as there is room."""
        return (
            button("Smaller", lambda: self.canvas.larger(-1), hint="-"),
            button("Larger", lambda: self.canvas.larger(), hint="+"),
            button("Fit", lambda: self.canvas.fit(), hint="0"),
        )

    def lay(self, *above: QLayout, shown: QWidget) -> None:
        """Lay what stands above, the quiet line, and *shown*, which holds the drawing; it scrolls where type is large."""
        inner = QWidget()
        body = column(inner, margins=(20, 14, 16, 12), gap=8)
        for one in above:
            body.addLayout(one)
        body.addWidget(self.said)
        shown.setMinimumHeight(self._context.theme.px(LEAST_DRAWING))
        body.addWidget(shown, 1)
        column(self).addWidget(scrolled(inner, f"Page: {self._title}", surface=True))
