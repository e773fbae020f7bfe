"""The wider chart of an open file: who its people are tied to in other files, opened step by step."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent

from casefile.desk import Desk
from casefile.files.picture.chart import chart_of
from casefile.files.picture.knots import Associations, Knot, KnotKind, associations
from casefile.files.picture.shapes import Drawing
from casefile.paper.chart import export_associations, preview_associations, print_associations
from casefile.work.names import Permission
from ui.files.drawing_page import DrawingPage
from ui.files.picture_out import export_drawing
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.widgets.flow import Flow
from ui.widgets.lists import Item
from ui.widgets.parts import button, keys, label

WIDE = 900
_KINDS = {
    KnotKind.FILE: "Files",
    KnotKind.PERSON: "People",
    KnotKind.ADDRESS: "Addresses they share",
    KnotKind.CONTACT: "Numbers they share",
}


class WiderView(DrawingPage):
    """Chart and list.

    Signals:
        back: The picture of the family is wanted again.
        person: A person of this file is wanted; carries their identity.
        file: Another file is wanted; carries its identity.
    """

    back = Signal()
    person = Signal(object)
    file = Signal(object)

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__(
            context, "Associations across files", "Files, people, addresses and numbers of the chart"
        )
        self._file_id = file_id
        self.opened: list[str] = []
        self.told: Associations | None = None
        self.canvas.chosen.connect(self._chosen_in_drawing)
        self.canvas.opened.connect(self._enter)
        self.list.chosen.connect(lambda key: self.canvas.choose(key))
        self.list.opened.connect(self._enter)
        self.lay(self._head(), shown=self.split)
        keys(self, "Ctrl+Return", self.expand)

    def _head(self) -> Flow:
        head = Flow(apart=1)
        head.addWidget(label("Associations across files", "section-title"))
        head.addWidget(button("Back to the picture", self.back.emit))
        for one in self.sizes():
            head.addWidget(one)
        head.addWidget(button("Show what leads on", self.expand, name="primary", hint="Ctrl+Enter"))
        if self._context.may(Permission.DISCLOSE):
            head.addWidget(button("Export …", self.export))
            head.addWidget(button("Print …", self.print))
        return head

    def read(self) -> None:
        """Read the chart again, as far as it is opened."""
        file_id, opened = self._file_id, tuple(self.opened)

        def lay(desk: Desk) -> tuple[Associations, Drawing]:
            told = desk.read(associations, file_id, opened)
            return told, chart_of(told)

        self._context.jobs.read(self, lay, self._arrived, slot="wider")

    def expand(self) -> None:
        """Show what leads on from what is chosen, or fold it again."""
        key = self.canvas.current
        if not isinstance(key, str):
            return
        if key in self.opened:
            self.opened.remove(key)
        else:
            self.opened.append(key)
        self.read()

    def print(self) -> None:
        """Look at it on paper, then make a numbered copy."""
        if self.told is None or not self._context.may(Permission.DISCLOSE):
            return
        file_id, opened, reference = self._file_id, tuple(self.opened), self.told.reference
        what = Printable(
            f"Print the associations of {reference}",
            f"{reference}-associations.pdf",
            lambda errand: errand.read(preview_associations, file_id, opened),
            lambda errand, whom: errand.do(print_associations, file_id, whom, opened),
        )
        PrintReport(self._context, what, self).open()

    def export(self) -> None:
        """Ask for whom and where, then write it as SVG or PDF."""
        if self.told is None or not self._context.may(Permission.DISCLOSE):
            return
        file_id, opened = self._file_id, tuple(self.opened)
        export_drawing(
            self._context,
            ("Export the associations across files", f"{self.told.reference}-associations.svg"),
            lambda errand, form, whom: errand.read(export_associations, file_id, form, whom, opened),
            self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stands below the chart where there is no room beside it."""
        super().resizeEvent(event)
        px = self._context.theme.px
        beside = self.width() >= px(WIDE)
        self.split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        size = self.split.width() if beside else self.split.height()
        self.split.setSizes([size - px(300), px(300)] if beside else [size * 2 // 3, size // 3])

    def _arrived(self, found: tuple[Associations, Drawing]) -> None:
        self.told, drawing = found
        left = f" {self.told.left_out} more people are not shown." if self.told.left_out else ""
        self.said.setText(f"{drawing.title}.{left}")
        self.canvas.show_drawing(drawing)
        said = {one.key: one.told for one in drawing.places}
        self.list.blockSignals(True)
        self.list.show_items(_items(self.told, said))
        self.list.choose(self.canvas.current)
        self.list.blockSignals(False)

    def _chosen_in_drawing(self, key: object) -> None:
        self.list.blockSignals(True)
        self.list.choose(key)
        self.list.blockSignals(False)

    def _enter(self, key: object) -> None:
        """A person of this file or another file is opened; anything else shows what leads on."""
        knot = next((one for one in self.told.knots if one.key == key), None) if self.told else None
        if knot is None:
            return
        if knot.kind is KnotKind.FILE and knot.id != self._file_id:
            self.file.emit(knot.id)
        elif knot.kind is KnotKind.PERSON and knot.step == 1:
            self.person.emit(knot.id)
        else:
            self.canvas.choose(knot.key)
            self.expand()


def _items(told: Associations, said: dict[str | UUID, str]) -> list[Item]:
    found: list[Item] = []
    for kind, title in _KINDS.items():
        here = [one for one in told.knots if one.kind is kind]
        if here:
            found.append(Item(title, heading=True))
            found += [_item(one, said.get(one.key, "")) for one in here]
    return found


def _item(knot: Knot, said: str) -> Item:
    _, _, rest = said.partition(knot.title)
    mark = "" if knot.open or knot.step == 0 else f"step {knot.step}"
    return Item(knot.title, rest.lstrip(",; "), mark, "plain", knot.key)
